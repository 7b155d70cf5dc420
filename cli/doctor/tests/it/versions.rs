//! Versions that a document names, and those of the images.

use crate::support::{Platform, lines, mermaid};

const SHOP: &str = "services:
  api:
    build: ./api
  db:
    image: postgres:${PG:-17}-alpine
  cache:
    image: redis:8
  queue:
    image: rabbitmq
";

/// What doctor says of versions in a document about the shop.
fn said(document: &str) -> Vec<String> {
    let platform = Platform::of(SHOP, document);
    lines(&platform.doctor())
        .into_iter()
        .filter(|line| line.starts_with("DK110"))
        .collect()
}

#[test]
fn a_box_with_another_version_is_told() {
    let found = said(&mermaid("graph LR\n  api --> db[(PostgreSQL 15)]"));
    assert_eq!(
        found,
        [
            "DK110 warning db [ARCHITECTURE.md:7 | docker-compose.yml:5] The document says PostgreSQL 15, and `db` runs `postgres:17-alpine`"
        ]
    );
    let drawn = "# Shop\n\n```\n┌────────────────┐\n│   PostgreSQL   │\n│ postgres:15    │\n└────────────────┘\n```\n";
    let found = said(drawn);
    assert!(
        found.len() == 1 && found[0].contains("[ARCHITECTURE.md:6 |"),
        "{found:#?}"
    );
}

#[test]
fn tables_lists_and_front_matter_are_compared() {
    for (text, line) in [
        (
            "| Service | Image |\n|---|---|\n| db | `postgres:15` |\n| cache | redis:8-alpine |\n",
            5,
        ),
        (
            "| Component | Technology | Version |\n|---|---|---|\n| Database | PostgreSQL | 16.2 |\n",
            5,
        ),
        (
            "| | |\n|---|---|\n| Cache | Redis 8.2 |\n| Database | PostgreSQL 15 |\n",
            6,
        ),
        ("## Stack\n\n- **Database**: PostgreSQL 15\n- Redis 8\n", 5),
    ] {
        let found = said(&format!("# Shop\n\n{text}"));
        assert_eq!(found.len(), 1, "{text}: {found:#?}");
        assert!(
            found[0].starts_with(&format!("DK110 warning db [ARCHITECTURE.md:{line} |")),
            "{found:#?}"
        );
    }
    let found = said("---\ntitle: Shop\nversion: 2\npostgres: \"15\"\nredis: 8\n---\n\n# Shop\n");
    assert!(
        found.len() == 1 && found[0].contains("[ARCHITECTURE.md:4 |"),
        "{found:#?}"
    );
}

#[test]
fn one_version_in_many_places_is_one_finding() {
    let found = said(
        "# Shop\n\n- PostgreSQL 15\n- Data: PostgreSQL 15\n\n| Store | What |\n|---|---|\n| db | postgres:15 |\n",
    );
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].ends_with("(lines 4, 8 as well)"), "{found:#?}");
}

#[test]
fn another_image_of_the_same_program_is_told() {
    let table = |image: &str| {
        said(&format!(
            "# Shop\n\n| Service | Image |\n|---|---|\n| db | {image} |\n"
        ))
    };
    let found = table("pgvector/pgvector:pg17");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].ends_with(
        "The document says `pgvector/pgvector:pg17`, and `db` runs `postgres:17-alpine`"
    ));
    assert_eq!(table("bitnami/postgresql:17").len(), 1);
    assert_eq!(
        table("mirror.example.org/library/postgres:17"),
        Vec::<String>::new()
    );
    assert_eq!(table("docker.io/postgres:17"), Vec::<String>::new());
}

#[test]
fn what_agrees_or_says_nothing_is_silent() {
    for text in [
        "- PostgreSQL 17.2\n- Redis 8\n- RabbitMQ 3.13",
        "- PostgreSQL 14+\n- Redis 6 or newer\n- Redis >= 7",
        "- PostgreSQL 5432\n- Redis 6379\n- Python 3.12, Rust 1.75, Node 20",
        "- postgres:5432\n- redis:6379\n- postgres:latest",
        "- Upgrade from PostgreSQL 15 to 17\n- redis client 4.6.0",
        "## Prerequisites\n\n- PostgreSQL 15",
        "## Production\n\n- PostgreSQL 15 on RDS",
        "| Package | Version |\n|---|---|\n| redis | 4.6.0 |",
        "| Service | Port |\n|---|---|\n| Redis | 6 |\n| PostgreSQL | 15432 |",
    ] {
        assert_eq!(
            said(&format!("# Shop\n\n{text}\n")),
            Vec::<String>::new(),
            "{text}"
        );
    }
    let numbered =
        mermaid("graph LR\n  api --> a[Redis 1]\n  api --> b[Redis 2]\n  api --> c[Redis 3]");
    assert_eq!(said(&numbered), Vec::<String>::new());
}

#[test]
fn an_extension_drawn_for_the_plain_program_is_asked_about() {
    let questions = |compose: &str, document: &str| -> Vec<String> {
        let platform = Platform::of(compose, document);
        lines(&platform.doctor())
            .into_iter()
            .filter(|line| line.starts_with("DK1"))
            .collect()
    };
    let shop =
        |image: &str| format!("services:\n  api:\n    build: ./api\n  db:\n    image: {image}\n");
    let drawn = |node: &str| mermaid(&format!("graph LR\n  api[api] --> db{node}"));
    for (image, node, name) in [
        ("postgres:17", "[(TimescaleDB)]", "TimescaleDB"),
        ("postgres:17", "[(PostGIS 3.4)]", "PostGIS 3.4"),
        ("mysql:8.4", "[(Percona Server)]", "Percona Server"),
        ("postgres:17", "[\"Metrics<br/>(TimescaleDB)\"]", "Metrics"),
    ] {
        let found = questions(&shop(image), &drawn(node));
        assert_eq!(found.len(), 1, "{node}: {found:#?}");
        assert!(
            found[0].starts_with(&format!(
                "DK103 info {name} [ARCHITECTURE.md:7 | docker-compose.yml:5]"
            )),
            "{found:#?}"
        );
        let alias = format!("<!-- devkit:alias {name} = db -->\n\n{}", drawn(node));
        assert_eq!(questions(&shop(image), &alias), Vec::<String>::new());
    }
    for (image, node) in [
        ("timescale/timescaledb:2.17-pg16", "[(TimescaleDB)]"),
        ("postgis/postgis:16-3.4", "[(PostGIS)]"),
        ("ankane/pgvector:v0.5.1", "[(pgvector)]"),
        ("timescale/timescaledb:2.17-pg16", "[(PostgreSQL)]"),
        ("percona:8.0", "[(MySQL)]"),
        ("postgres:17", "[(PostgreSQL)]"),
    ] {
        let found = questions(&shop(image), &drawn(node));
        assert_eq!(found, Vec::<String>::new(), "{image}, {node}");
    }
}

#[test]
fn a_drawing_names_images_in_short() {
    let compose = "services:
  kafka: {image: 'confluentinc/cp-kafka:7.5.0'}
  web: {build: ./web}
";
    let document = mermaid("graph LR\n  web --> KF[kafka:7.5]");
    let platform = Platform::of(compose, &document);
    let found: Vec<String> = lines(&platform.doctor())
        .into_iter()
        .filter(|line| line.starts_with("DK110"))
        .collect();
    assert_eq!(found, Vec::<String>::new());
}
