use std::path::Path;

use sqlx::postgres::{PgConnectOptions, PgSslMode};
use sqlx::{ConnectOptions as _, Connection as _, PgConnection};

use super::connect::{Backing, in_time};
use super::interfaces;
use crate::context::Context;
use crate::report::{Finding, Outcome};
use crate::rule::{self, Level};

pub(super) async fn check(context: &Context<'_>, backing: &Backing<'_>, outcome: &mut Outcome) {
    let key = backing.key;
    let Some(address) = backing.address(context, 5432).await else {
        outcome.undecided(
            &rule::POSTGRES_SILENT,
            format!("`{key}` cannot be reached from here"),
        );
        return;
    };
    let user = backing.variable("POSTGRES_USER").unwrap_or("postgres");
    let options = PgConnectOptions::new_without_pgpass()
        .host(&address.ip().to_string())
        .port(address.port())
        .username(user)
        .password(backing.variable("POSTGRES_PASSWORD").unwrap_or_default())
        .database(backing.variable("POSTGRES_DB").unwrap_or(user))
        .ssl_mode(PgSslMode::Prefer)
        .application_name("devkit doctor")
        .disable_statement_logging();
    let mut connection = match in_time(PgConnection::connect_with(&options)).await {
        Ok(connection) => connection,
        Err(reason) => {
            outcome.report(Finding::new(
                &rule::POSTGRES_SILENT,
                key,
                format!("PostgreSQL at {address} does not let user `{user}` in: {reason}"),
            ));
            return;
        }
    };
    outcome.decided(&rule::POSTGRES_SILENT);
    version(backing, &mut connection, outcome).await;
    connections(backing, &mut connection, outcome).await;
    migrations(context, backing, &mut connection, outcome).await;
    outcome.extend(interfaces::tables(context, key, &options, &mut connection).await);
    let _ = in_time(connection.close()).await;
}

async fn text(connection: &mut PgConnection, query: &'static str) -> Result<String, String> {
    in_time(sqlx::query_scalar::<_, String>(query).fetch_one(connection)).await
}

async fn number(connection: &mut PgConnection, query: &'static str) -> Result<i64, String> {
    in_time(sqlx::query_scalar::<_, i64>(query).fetch_one(connection)).await
}

async fn version(backing: &Backing<'_>, connection: &mut PgConnection, outcome: &mut Outcome) {
    let tagged = backing.tag.map(major).filter(|major| !major.is_empty());
    let Some(tagged) = tagged else {
        return;
    };
    match text(connection, "SHOW server_version").await {
        Ok(running) if major(&running) != tagged => {
            let key = backing.key;
            let message =
                format!("`{key}` runs PostgreSQL {running}, and its image is tagged {tagged}");
            let finding = Finding::new(&rule::POSTGRES_VERSION, key, message);
            outcome.report(if backing.is_substitute() {
                // Without containers the machine's own PostgreSQL takes the image's place.
                finding.with_level(Level::Info).with_help(format!(
                    "Install PostgreSQL {tagged} to run what production runs"
                ))
            } else {
                finding
            });
        }
        Ok(_) => outcome.decided(&rule::POSTGRES_VERSION),
        Err(reason) => outcome.undecided(&rule::POSTGRES_VERSION, reason),
    }
}

fn major(version: &str) -> String {
    version.chars().take_while(char::is_ascii_digit).collect()
}

async fn connections(backing: &Backing<'_>, connection: &mut PgConnection, outcome: &mut Outcome) {
    let most = number(
        connection,
        "SELECT current_setting('max_connections')::bigint",
    )
    .await;
    let used = number(
        connection,
        "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'",
    )
    .await;
    match (most, used) {
        (Ok(most), Ok(used)) if (most - used) * 10 < most => outcome.report(Finding::new(
            &rule::POSTGRES_CONNECTIONS,
            backing.key,
            format!(
                "{used} of {most} connections of `{}` are in use",
                backing.key
            ),
        )),
        (Ok(_), Ok(_)) => outcome.decided(&rule::POSTGRES_CONNECTIONS),
        (Err(reason), _) | (_, Err(reason)) => {
            outcome.undecided(&rule::POSTGRES_CONNECTIONS, reason);
        }
    }
}

/// Each service keeps its migrations in a schema of its own; a query for a query counts them all.
const APPLIED: &str = "SELECT coalesce(sum((xpath('/row/c/text()', query_to_xml(format(\
    'SELECT count(*) AS c FROM %I._sqlx_migrations WHERE success', schemaname), \
    false, true, '')))[1]::text::bigint), 0)::bigint \
    FROM pg_tables WHERE tablename = '_sqlx_migrations'";
/// As [`APPLIED`], for those that failed.
const FAILED: &str = "SELECT coalesce(sum((xpath('/row/c/text()', query_to_xml(format(\
    'SELECT count(*) AS c FROM %I._sqlx_migrations WHERE NOT success', schemaname), \
    false, true, '')))[1]::text::bigint), 0)::bigint \
    FROM pg_tables WHERE tablename = '_sqlx_migrations'";

async fn migrations(
    context: &Context<'_>,
    backing: &Backing<'_>,
    connection: &mut PgConnection,
    outcome: &mut Outcome,
) {
    let Some(written) = migration_files(context) else {
        return;
    };
    let there = number(
        connection,
        "SELECT count(*) FROM pg_tables WHERE tablename = '_sqlx_migrations'",
    )
    .await;
    if there == Ok(0) {
        let message = format!(
            "No migration was applied to the database of `{}`, and {written} are written",
            backing.key
        );
        outcome.report(Finding::new(
            &rule::POSTGRES_MIGRATIONS,
            backing.key,
            message,
        ));
        return;
    }
    let applied = number(connection, APPLIED).await;
    let failed = number(connection, FAILED).await;
    match (applied, failed) {
        (Ok(applied), Ok(failed)) if failed > 0 || applied < written => {
            outcome.report(Finding::new(
                &rule::POSTGRES_MIGRATIONS,
                backing.key,
                format!("{applied} of {written} migrations are applied, and {failed} have failed"),
            ));
        }
        (Ok(_), Ok(_)) => outcome.decided(&rule::POSTGRES_MIGRATIONS),
        (Err(reason), _) | (_, Err(reason)) => {
            outcome.undecided(&rule::POSTGRES_MIGRATIONS, reason);
        }
    }
}

/// How many migrations the services bring along, in the layout of sqlx.
fn migration_files(context: &Context<'_>) -> Option<i64> {
    let mut folders: Vec<_> = context
        .project()
        .services
        .values()
        .filter_map(|service| service.build.as_ref())
        .map(|build| Path::new(&build.context).join("migrations"))
        .filter(|folder| folder.is_dir())
        .collect();
    folders.sort();
    folders.dedup();
    let count: usize = folders.iter().map(|folder| migrations_in(folder)).sum();
    i64::try_from(count).ok().filter(|count| *count > 0)
}

fn migrations_in(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    entries
        .filter_map(Result::ok)
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| {
            let number = name.split('_').next().unwrap_or_default();
            let numbered = number.parse::<u64>().is_ok();
            numbered && name.to_lowercase().ends_with(".sql") && !name.contains(".down.")
        })
        .count()
}
