//! What this service does: an example resource, to be replaced by yours.

#[cfg(not(feature = "postgres"))]
use std::sync::{Mutex, PoisonError};

use axum::Json;
use axum::extract;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tokio::task::JoinSet;
use utoipa::ToSchema;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::environment::{Environment, Noted};
use crate::error::{ApiError, ErrorBody};
use crate::http::Body;
use crate::state::AppState;

/// Settings of the service's own part.
#[derive(Debug, Clone)]
pub struct Settings {
    longest_name: usize,
}

impl Settings {
    pub(crate) fn read(
        environment: &mut Environment<impl Fn(&str) -> Option<String>>,
    ) -> Result<Self, Noted> {
        Ok(Self {
            longest_name: environment.optional("LONGEST_NAME", "a number", 200)?,
        })
    }
}

/// What the handlers of this part share.
pub struct State {
    settings: Settings,
    #[cfg(not(feature = "postgres"))]
    items: Mutex<Vec<Item>>,
}

impl State {
    /// Prepares the part.
    pub fn new(settings: &Settings) -> Self {
        Self {
            settings: settings.clone(),
            #[cfg(not(feature = "postgres"))]
            items: Mutex::default(),
        }
    }
}

/// Starts the part's work in the background: none yet.
pub fn start(_state: &AppState, _background: &mut JoinSet<()>) {}

/// The part's routes.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, create))
}

/// Adds to the description of the API what the routes do not say.
pub fn describe(_document: &mut OpenApi) {}

/// A thing with a name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Item {
    id: i64,
    name: String,
}

/// What a new item needs.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewItem {
    name: String,
}

impl NewItem {
    fn checked(self, longest: usize) -> Result<String, ApiError> {
        let name = self.name.trim();
        if name.is_empty() || name.chars().count() > longest {
            return Err(ApiError::Invalid(format!(
                "The name must have 1 to {longest} characters"
            )));
        }
        Ok(name.to_owned())
    }
}

/// Lists the items.
#[utoipa::path(get, path = "/api/v1/items", responses((status = 200, body = Vec<Item>)))]
async fn list(
    extract::State(state): extract::State<AppState>,
) -> Result<Json<Vec<Item>>, ApiError> {
    all(&state).await.map(Json)
}

/// Adds an item.
#[utoipa::path(post, path = "/api/v1/items", request_body = NewItem,
    responses((status = 201, body = Item), (status = 422, body = ErrorBody)))]
async fn create(
    extract::State(state): extract::State<AppState>,
    Body(item): Body<NewItem>,
) -> Result<(StatusCode, Json<Item>), ApiError> {
    let item = add(&state, item.checked(state.domain.settings.longest_name)?).await?;
    Ok((StatusCode::CREATED, Json(item)))
}

#[cfg(feature = "postgres")]
async fn all(state: &AppState) -> Result<Vec<Item>, ApiError> {
    let query = sqlx::query_as("SELECT id, name FROM items ORDER BY id LIMIT 1000");
    let query = query.fetch_all(state.database.pool());
    let rows: Vec<(i64, String)> =
        crate::telemetry::call(crate::database::PEER, "SELECT items", query).await?;
    Ok(rows
        .into_iter()
        .map(|(id, name)| Item { id, name })
        .collect())
}

#[cfg(feature = "postgres")]
async fn add(state: &AppState, name: String) -> Result<Item, ApiError> {
    let query = sqlx::query_scalar("INSERT INTO items (name) VALUES ($1) RETURNING id");
    let query = query.bind(&name).fetch_one(state.database.pool());
    let id = crate::telemetry::call(crate::database::PEER, "INSERT items", query).await?;
    Ok(Item { id, name })
}

#[cfg(not(feature = "postgres"))]
async fn all(state: &AppState) -> Result<Vec<Item>, ApiError> {
    std::future::ready(()).await;
    Ok(state
        .domain
        .items
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone())
}

#[cfg(not(feature = "postgres"))]
async fn add(state: &AppState, name: String) -> Result<Item, ApiError> {
    std::future::ready(()).await;
    let mut items = state
        .domain
        .items
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    let id = i64::try_from(items.len()).map_err(ApiError::internal)? + 1;
    let item = Item { id, name };
    items.push(item.clone());
    Ok(item)
}
