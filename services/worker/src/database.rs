//! PostgreSQL: a pool of connections.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};

use crate::environment::{Environment, Noted};

/// The name of the database in log lines and health answers.
pub const PEER: &str = "postgres";
const CONNECTIONS: u32 = 10;
const ACQUIRE: Duration = Duration::from_secs(5);

/// How to reach the database.
#[derive(Debug, Clone)]
pub struct Settings {
    options: PgConnectOptions,
}

impl Settings {
    pub(crate) fn read(
        environment: &mut Environment<impl Fn(&str) -> Option<String>>,
    ) -> Result<Self, Noted> {
        let options = environment.required(
            "DATABASE_URL",
            "a URL like postgres://user:password@host:5432/database",
            |url| {
                let known = url.starts_with("postgres://") || url.starts_with("postgresql://");
                known
                    .then(|| url.parse::<PgConnectOptions>().ok())
                    .flatten()
            },
        )?;
        Ok(Self {
            options: options.application_name(crate::NAME),
        })
    }
}

/// The database.
#[derive(Clone)]
pub struct Database {
    pool: PgPool,
}

impl Database {
    /// Prepares a pool; connections are made when they are needed.
    pub fn new(settings: &Settings) -> Self {
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(ACQUIRE)
            .connect_lazy_with(settings.options.clone());
        Self { pool }
    }

    /// The pool, to run queries on.
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// Succeeds if the database answers.
    pub async fn ping(&self) -> sqlx::Result<()> {
        sqlx::query("SELECT 1").execute(&self.pool).await.map(drop)
    }

    /// Closes the pool.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}
