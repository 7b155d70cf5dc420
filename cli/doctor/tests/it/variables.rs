//! Documented environment variables against files and source code.

use crate::support::{Platform, lines};

const COMPOSE: &str = r#"
services:
  api:
    build: ./api
    environment:
      LOG_LEVEL: ${LOG_LEVEL:-info}
      CACHE_SECONDS: "60"
  db:
    image: postgres:17
    environment:
      POSTGRES_DB: shop
      POSTGRES_USER: app
    volumes: [data:/var/lib/postgresql/data]
volumes:
  data:
"#;

const DOCUMENT: &str = "# Shop

## Environment Variables

| Variable | Service | Default | Purpose |
|---|---|---|---|
| `LOG_LEVEL` | api | `info` | How much is logged |
| `CACHE_SECONDS` | api | `60` | How long lists are kept |
| `MAIL_HOST` | api | `localhost` | Read by the code alone |
| `POSTGRES_DB` | db | `shop` | The database |
| `PGDATA` | db | `/var/lib/postgresql/data` | The image's own |
| `TZ` | Mailer | `UTC` | Of a service that is elsewhere |
";

fn platform(document: &str) -> Platform {
    let platform = Platform::of(COMPOSE, document);
    platform.write("api/Dockerfile", "FROM scratch\n");
    platform.write("api/src/main.py", "os.getenv('MAIL_HOST')\n");
    platform
}

fn found(document: &str) -> Vec<String> {
    let report = platform(document).doctor();
    lines(&report)
        .into_iter()
        .filter(|line| line.starts_with("DK918") || line.starts_with("DK919"))
        .collect()
}

#[test]
fn variables_that_files_or_code_know_are_no_drift() {
    assert_eq!(found(DOCUMENT), Vec::<String>::new());
}

#[test]
fn a_renamed_variable_and_another_value_are_found_at_their_line() {
    let renamed = found(&DOCUMENT.replace("`CACHE_SECONDS`", "`CACHE_MINUTES`"));
    assert_eq!(
        renamed,
        [
            "DK918 warning CACHE_MINUTES [ARCHITECTURE.md:8 | -] The document says that \
          `CACHE_MINUTES` is a variable, and neither the configuration nor the source code of \
          `api` names it"
        ]
    );
    let of_image = found(&DOCUMENT.replace("`POSTGRES_DB`", "`POSTGRES_DBS`"));
    assert_eq!(of_image.len(), 1, "{of_image:?}");
    assert!(of_image[0].starts_with("DK918 warning POSTGRES_DBS [ARCHITECTURE.md:10 "));
    let value = found(&DOCUMENT.replace("| `60` |", "| `90` |"));
    assert_eq!(
        value,
        [
            "DK919 warning CACHE_SECONDS [ARCHITECTURE.md:8 | docker-compose.yml:7] The document \
          says `90` for `CACHE_SECONDS`, and it is set to `60`"
        ]
    );
}

#[test]
fn a_document_about_another_configuration_says_so_once() {
    let rows =
        ["A", "B", "C", "D", "E", "F"].map(|letter| format!("| `OTHER_{letter}` | api | x | |\n"));
    let rows = rows.concat();
    let document = format!("{DOCUMENT}{rows}");
    let found = found(&document);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("DK918 info ARCHITECTURE.md"),
        "{found:?}"
    );
}
