//! What this service does: users, authentication and exports.

mod auth;
mod events;
mod export;
mod identity;
mod jobs;
mod password;
mod refresh;
mod token;
mod users;

use std::path::PathBuf;

use tokio::sync::broadcast;
use tokio::task::JoinSet;
use utoipa::openapi::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::environment::{Environment, Noted, Secret};
use crate::state::AppState;

/// A replica that has this many job changes to deliver reads the jobs again instead.
const CHANGES: usize = 256;
const SECRET_LENGTH: usize = 32;

/// Settings of the service's own part.
#[derive(Debug, Clone)]
pub struct Settings {
    jwt_secret: Secret,
    export_directory: PathBuf,
}

impl Settings {
    pub(crate) fn read(
        environment: &mut Environment<impl Fn(&str) -> Option<String>>,
    ) -> Result<Self, Noted> {
        let jwt_secret =
            environment.required("JWT_SECRET", "at least 32 characters long", |secret| {
                (secret.len() >= SECRET_LENGTH).then(|| Secret::new(secret))
            });
        let export_directory = environment.optional(
            "EXPORT_DIRECTORY",
            "a folder",
            PathBuf::from("../../tmp/exports"),
        );
        Ok(Self {
            jwt_secret: jwt_secret?,
            export_directory: export_directory?,
        })
    }
}

/// What the handlers of this part share.
pub struct State {
    tokens: token::Tokens,
    export_directory: PathBuf,
    changes: broadcast::Sender<events::Change>,
}

impl State {
    /// Prepares the part.
    pub fn new(settings: &Settings) -> Self {
        Self {
            tokens: token::Tokens::new(&settings.jwt_secret),
            export_directory: settings.export_directory.clone(),
            changes: broadcast::Sender::new(CHANGES),
        }
    }
}

/// Starts the part's work in the background.
pub fn start(state: &AppState, background: &mut JoinSet<()>) {
    background.spawn(events::listen(state.clone()));
}

/// The part's routes.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(auth::register))
        .routes(routes!(auth::login))
        .routes(routes!(auth::refresh))
        .routes(routes!(auth::logout))
        .routes(routes!(users::list, users::create))
        .routes(routes!(export::start))
        .routes(routes!(export::download))
        .routes(routes!(jobs::show))
        .routes(routes!(events::stream))
}

/// Adds to the description of the API what the routes do not say.
pub fn describe(document: &mut OpenApi) {
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("JWT")
        .build();
    let components = document.components.get_or_insert_default();
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
}
