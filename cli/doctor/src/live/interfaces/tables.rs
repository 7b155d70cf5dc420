//! Documented tables and columns against a running PostgreSQL.

use std::collections::BTreeMap;

use devkit_archdoc::{Column, Table, normalised};
use devkit_diagnostic::Location;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection as _, PgConnection};

use super::is_foreign;
use crate::context::{Context, Page};
use crate::live::connect::in_time;
use crate::matching::product_of_image;
use crate::report::{Finding, Outcome};
use crate::rule::{self, Level};

/// The columns of every table that people made, with their types.
const COLUMNS: &str = "SELECT namespace.nspname::text, class.relname::text, attribute.attname::text, \
    format_type(attribute.atttypid, NULL) \
    FROM pg_class class JOIN pg_namespace namespace ON namespace.oid = class.relnamespace \
    JOIN pg_attribute attribute ON attribute.attrelid = class.oid \
    WHERE class.relkind IN ('r', 'p', 'v', 'm', 'f') AND attribute.attnum > 0 \
    AND NOT attribute.attisdropped \
    AND namespace.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')";
/// The other databases of the server that let somebody in.
const DATABASES: &str = "SELECT datname::text FROM pg_database \
    WHERE datallowconn AND NOT datistemplate AND datname <> current_database() LIMIT 8";

/// A table that is there: its columns and their types, by name.
type Found = BTreeMap<String, String>;

/// Looks for every documented table in the databases of a server.
pub(in crate::live) async fn check(
    context: &Context<'_>,
    key: &str,
    options: &PgConnectOptions,
    connection: &mut PgConnection,
) -> Outcome {
    let mut outcome = Outcome::default();
    let documented = |page: &&Page<'_>| !page.document.facts.tables.is_empty();
    let pages: Vec<&Page<'_>> = context.pages.iter().filter(documented).collect();
    if pages.is_empty() {
        return outcome;
    }
    let tables = match everything(options, connection).await {
        Ok(tables) => tables,
        Err(reason) => {
            outcome.undecided(&rule::MISSING_TABLE, reason);
            return outcome;
        }
    };
    for page in pages {
        compare(context, page, key, &tables, &mut outcome);
    }
    outcome
}

fn compare(
    context: &Context<'_>,
    page: &Page<'_>,
    key: &str,
    tables: &BTreeMap<(String, String), Found>,
    outcome: &mut Outcome,
) {
    let documented = &page.document.facts.tables;
    let mut missing = Vec::new();
    for table in documented
        .iter()
        .filter(|table| table.origin.confidence >= 0.5)
    {
        let found = named(tables, &table.name);
        if found.is_empty() {
            missing.push(table);
            continue;
        }
        outcome.decided(&rule::MISSING_TABLE);
        columns(page, table, &found, outcome);
    }
    let Some(first) = missing.first() else {
        return;
    };
    if has_other_database(context, key) {
        let reason = "a table may be in a database that is not PostgreSQL";
        outcome.undecided(&rule::MISSING_TABLE, reason);
        return;
    }
    if is_foreign(missing.len(), documented.len()) {
        outcome.report(
            Finding::new(
                &rule::MISSING_TABLE,
                key,
                format!(
                    "{} of {} documented tables are not in `{key}`; the document seems to describe another database",
                    missing.len(),
                    documented.len()
                ),
            )
            .with_level(Level::Info)
            .in_document(first.origin.location()),
        );
        return;
    }
    for table in missing {
        outcome.report(
            Finding::new(
                &rule::MISSING_TABLE,
                table.name.as_str(),
                format!("No database of `{key}` has a table `{}`", table.name),
            )
            .in_document(table.origin.location()),
        );
    }
}

/// Whether the platform keeps data in a database of another kind as well.
fn has_other_database(context: &Context<'_>, key: &str) -> bool {
    context.project().services.iter().any(|(name, service)| {
        let product = service.image.as_deref().and_then(product_of_image);
        name != key
            && product.is_some_and(|product| product.role == Some(devkit_archdoc::Role::Database))
    })
}

fn columns(page: &Page<'_>, table: &Table, found: &[&Found], outcome: &mut Outcome) {
    for column in &table.columns {
        outcome.decided(&rule::MISSING_COLUMN);
        let types: Vec<&String> = found
            .iter()
            .filter_map(|columns| {
                let wanted = normalised(&column.name);
                columns.iter().find(|(name, _)| normalised(name) == wanted)
            })
            .map(|(_, kind)| kind)
            .collect();
        let problem = match types.as_slice() {
            [] => format!("Table `{}` has no column `{}`", table.name, column.name),
            [kind, ..] if !types.iter().any(|kind| same_kind(column, kind)) => format!(
                "Column `{}` of table `{}` is `{kind}`, and the document says `{}`",
                column.name,
                table.name,
                column.type_name.as_deref().unwrap_or_default()
            ),
            _ => continue,
        };
        outcome.report(
            Finding::new(
                &rule::MISSING_COLUMN,
                format!("{}.{}", table.name, column.name),
                problem,
            )
            .in_document(place(page, table, column)),
        );
    }
}

/// The line on which a column is named, near its table.
fn place(page: &Page<'_>, table: &Table, column: &Column) -> Location {
    let lines = page.document.source.text().lines();
    let found = lines
        .enumerate()
        .skip(table.origin.line.saturating_sub(1))
        .take(table.columns.len() * 2 + 8)
        .find_map(|(index, line)| {
            let word = |part: char| !(part.is_alphanumeric() || part == '_');
            let at = line.split(word).position(|word| word == column.name);
            at.map(|_| (index + 1, line.find(column.name.as_str()).unwrap_or(0)))
        });
    match found {
        Some((line, byte)) => {
            let source = &page.document.source;
            source.location(source.line_start(line) + byte)
        }
        None => table.origin.location(),
    }
}

/// Whether a documented type and one of the database are of one kind, as far as both are known.
fn same_kind(column: &Column, found: &str) -> bool {
    let documented = column.type_name.as_deref().and_then(kind);
    match (documented, kind(found)) {
        (Some(documented), Some(found)) => documented == found,
        // Identities and documents are often kept as text.
        (Some(documented), None) if is_text(found) => matches!(documented, "uuid" | "json"),
        _ => true,
    }
}

fn is_text(name: &str) -> bool {
    name == "text" || name.starts_with("character")
}

/// The kind of a type; texts are what documents call anything.
fn kind(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    let first = name.split(['(', ' ', '[']).next()?;
    match first {
        "int" | "integer" | "bigint" | "smallint" | "serial" | "bigserial" | "int2" | "int4"
        | "int8" | "long" => Some("integer"),
        "decimal" | "numeric" | "money" | "float" | "double" | "real" | "float4" | "float8" => {
            Some("number")
        }
        "bool" | "boolean" => Some("boolean"),
        "timestamp" | "timestamptz" | "datetime" | "date" => Some("time"),
        "uuid" | "guid" => Some("uuid"),
        "json" | "jsonb" => Some("json"),
        "bytea" | "blob" | "binary" => Some("bytes"),
        _ => None,
    }
}

/// The tables that a documented name means: in its schema where it names one, in singular or plural.
fn named<'t>(tables: &'t BTreeMap<(String, String), Found>, name: &str) -> Vec<&'t Found> {
    let (schema, name) = match name.rsplit_once('.') {
        Some((schema, name)) => (Some(normalised(schema)), normalised(name)),
        None => (None, normalised(name)),
    };
    let of = |plural: bool| -> Vec<&'t Found> {
        tables
            .iter()
            .filter(|((in_schema, table), _)| {
                let table = normalised(table);
                let same = table == name || (plural && singular(&table) == singular(&name));
                same && schema
                    .as_ref()
                    .is_none_or(|schema| *schema == normalised(in_schema))
            })
            .map(|(_, columns)| columns)
            .collect()
    };
    let exact = of(false);
    if exact.is_empty() { of(true) } else { exact }
}

fn singular(name: &str) -> String {
    if let Some(stem) = name.strip_suffix("ies") {
        format!("{stem}y")
    } else if let Some(stem) = name
        .strip_suffix("ses")
        .or_else(|| name.strip_suffix("xes"))
    {
        format!("{stem}{}", &name[name.len() - 3..name.len() - 2])
    } else {
        name.strip_suffix('s').unwrap_or(name).to_owned()
    }
}

/// The tables of all databases of a server.
async fn everything(
    options: &PgConnectOptions,
    connection: &mut PgConnection,
) -> Result<BTreeMap<(String, String), Found>, String> {
    let mut tables = BTreeMap::new();
    collect(connection, &mut tables).await?;
    let others = in_time(sqlx::query_scalar::<_, String>(DATABASES).fetch_all(connection)).await?;
    for name in others {
        let options = options.clone().database(&name);
        // A database that this user may not enter is none of the platform's.
        if let Ok(mut other) = in_time(PgConnection::connect_with(&options)).await {
            collect(&mut other, &mut tables).await?;
            let _ = in_time(other.close()).await;
        }
    }
    Ok(tables)
}

async fn collect(
    connection: &mut PgConnection,
    tables: &mut BTreeMap<(String, String), Found>,
) -> Result<(), String> {
    let rows = sqlx::query_as::<_, (String, String, String, String)>(COLUMNS);
    for (schema, table, column, kind) in in_time(rows.fetch_all(connection)).await? {
        tables
            .entry((schema, table))
            .or_default()
            .insert(column, kind);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_found_in_singular_or_plural_and_in_its_schema() {
        let tables: BTreeMap<(String, String), Found> = ["users", "basket_items", "categories"]
            .map(|table| (("api".to_owned(), table.to_owned()), Found::new()))
            .into();
        for name in ["USERS", "user", "api.users", "BasketItem", "category"] {
            assert_eq!(named(&tables, name).len(), 1, "{name}");
        }
        for name in ["orders", "billing.users", "use"] {
            assert!(named(&tables, name).is_empty(), "{name}");
        }
    }

    #[test]
    fn types_are_compared_by_kind() {
        let column = |kind: &str| Column {
            name: "id".to_owned(),
            type_name: Some(kind.to_owned()),
            key: None,
        };
        assert!(same_kind(&column("int"), "bigint"));
        assert!(same_kind(&column("datetime"), "timestamp with time zone"));
        assert!(same_kind(&column("string"), "uuid"));
        assert!(same_kind(&column("uuid"), "text"));
        assert!(!same_kind(&column("uuid"), "bigint"));
        assert!(!same_kind(&column("bigint"), "text"));
    }
}
