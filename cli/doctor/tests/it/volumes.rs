//! Volumes that a document names, and how the compose files spell them.

use crate::support::{Platform, lines};

const SHOP: &str = "name: shop
services:
  db:
    image: postgres:17
    volumes: ['pgdata:/var/lib/postgresql/data']
  cache:
    image: redis:8
    volumes: ['cache-data:/data']
volumes:
  pgdata:
  cache-data:
";

/// What doctor says of the volumes in a document about the shop.
fn said(title: &str, text: &str) -> Vec<String> {
    let platform = Platform::of(SHOP, &format!("# {title}\n\n{text}"));
    lines(&platform.doctor())
        .into_iter()
        .filter(|line| line.starts_with("DK60"))
        .collect()
}

fn table(database: &str, cache: &str) -> String {
    format!("| Volume | Service |\n|---|---|\n| `{database}` | db |\n| `{cache}` | cache |\n")
}

#[test]
fn other_separators_are_told() {
    for (database, cache, name, key) in [
        ("pg_data", "cache-data", "pg_data", "pgdata"),
        ("pg-data", "cache-data", "pg-data", "pgdata"),
        ("pgdata", "cache_data", "cache_data", "cache-data"),
        ("pgdata", "cachedata", "cachedata", "cache-data"),
    ] {
        let found = said("Shop", &table(database, cache));
        assert_eq!(found.len(), 1, "{database}, {cache}: {found:#?}");
        assert!(found[0].starts_with(&format!("DK601 warning {name} [")));
        assert!(
            found[0].ends_with(&format!("calls it `{key}`")),
            "{found:#?}"
        );
    }
}

#[test]
fn the_name_and_the_name_with_the_project_are_silent() {
    for text in [
        table("pgdata", "cache-data"),
        table("shop_pgdata", "shop_cache-data"),
        table("acme_pgdata", "acme_cache-data"),
        table("Pg Data", "Cache Data"),
    ] {
        assert_eq!(said("Shop", &text), Vec::<String>::new(), "{text}");
    }
    let text = table("acme_pgdata", "cache-data");
    assert_eq!(said("Acme Webshop", &text), Vec::<String>::new());
}

#[test]
fn another_name_before_a_volume_is_a_question() {
    let found = said("Shop", &table("old_pgdata", "cache-data"));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(
        found[0].starts_with("DK601 info old_pgdata ["),
        "{found:#?}"
    );
}

#[test]
fn the_name_of_compose_is_written_into_tables() {
    let platform = Platform::of(
        SHOP,
        &format!("# Shop\n\n{}", table("pg_data", "cache-data")),
    );
    let report = platform.doctor();
    let fixes: Vec<_> = report
        .findings
        .iter()
        .filter_map(|finding| finding.fix.as_ref())
        .flat_map(|fix| &fix.edits)
        .collect();
    assert_eq!(fixes.len(), 1);
    let text = platform.read("ARCHITECTURE.md");
    assert_eq!(&text[fixes[0].span.clone()], "pg_data");
    assert_eq!(fixes[0].replacement, "pgdata");
}

#[test]
fn a_volume_with_a_name_of_its_own_is_told_by_that_name() {
    let compose = "services:
  db:
    image: postgres:17
    volumes: ['pgdata:/var/lib/postgresql/data']
volumes:
  pgdata: {name: shop-pg-data}
";
    let platform = Platform::of(
        compose,
        "# Shop\n\n| Volume | Service |\n|---|---|\n| `shop_pg_data` | db |\n| `shop_logs_*` | db |\n",
    );
    let found: Vec<String> = lines(&platform.doctor())
        .into_iter()
        .filter(|line| line.starts_with("DK601"))
        .collect();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].ends_with("calls it `shop-pg-data`"), "{found:#?}");
}
