//! PostgreSQL: a pool of connections, and the migrations of the service's own schema.

use std::time::Duration;

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqlSafeStr};

use crate::environment::{Environment, Noted};

/// The name of the database in log lines and health answers.
pub const PEER: &str = "postgres";
const MIGRATIONS: &[(i64, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/migrations.rs"));
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
        // The service's own schema comes first, so that several services share one database.
        let search_path = format!("{},public", schema());
        Ok(Self {
            options: options
                .application_name(crate::NAME)
                .options([("search_path", search_path.as_str())]),
        })
    }
}

/// The schema that holds the service's tables.
pub fn schema() -> String {
    crate::NAME.replace('-', "_")
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

/// Brings the schema up to date. Replicas do not do this: it runs once, before them.
pub async fn migrate(settings: &Settings) -> Result<(), sqlx::Error> {
    let mut connection = connect(&settings.options).await?;
    let schema = AssertSqlSafe(format!("CREATE SCHEMA IF NOT EXISTS \"{}\"", schema()));
    sqlx::query(schema).execute(&mut connection).await?;
    migrator().run(&mut connection).await?;
    tracing::info!(
        peer = PEER,
        operation = "migrate",
        count = MIGRATIONS.len(),
        "migrated"
    );
    connection.close().await
}

/// Connects, with patience for a database that is just starting.
async fn connect(options: &PgConnectOptions) -> Result<PgConnection, sqlx::Error> {
    for attempt in 1..=30 {
        match PgConnection::connect_with(options).await {
            Err(error @ sqlx::Error::Io(_)) => {
                tracing::warn!(peer = PEER, attempt, error = %error, "not reachable yet");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            outcome => return outcome,
        }
    }
    PgConnection::connect_with(options).await
}

fn migrator() -> Migrator {
    let migrations = MIGRATIONS.iter().map(|(version, description, sql)| {
        let description = description.replace('_', " ").into();
        Migration::new(
            *version,
            description,
            MigrationType::Simple,
            sql.into_sql_str(),
            false,
        )
    });
    Migrator::with_migrations(migrations.collect())
}
