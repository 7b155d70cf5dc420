//! Repairs: what they draw is understood when it is read again.

use devkit_doctor::fix;

use crate::support::{Platform, TODAY, lines};

const MAILER: &str = "\n  mailer:\n    image: axllent/mailpit:v1.20\n";

fn mended(platform: &Platform) -> String {
    mended_all(platform, 1)
}

fn mended_all(platform: &Platform, missing: usize) -> String {
    let report = platform.doctor();
    let found: Vec<_> = lines(&report)
        .into_iter()
        .filter(|line| line.starts_with("DK101"))
        .collect();
    assert_eq!(found.len(), missing, "{:#?}", lines(&report));
    let changes = fix::plan(&report, &platform.documents(), &platform.root(), TODAY).unwrap();
    let diff = changes.diff();
    let _applied = changes.apply().unwrap();
    let left: Vec<_> = lines(&platform.doctor())
        .into_iter()
        .filter(|line| line.starts_with("DK10"))
        .collect();
    assert_eq!(left, Vec::<String>::new(), "{diff}");
    diff
}

#[test]
fn a_missing_service_is_drawn_as_a_node() {
    let compose = format!(
        "services:\n  api:\n    image: example/api:1\n  db:\n    image: postgres:17\n{MAILER}"
    );
    let document = "# Shop\n\n```mermaid\ngraph TD\n  api[API] --> db[(db)]\n```\n";
    let diff = mended(&Platform::of(&compose, document));
    assert!(diff.contains("+  mailer[mailer]"), "{diff}");
}

#[test]
fn a_missing_service_is_drawn_as_a_box_in_the_clean_platform() {
    let platform = Platform::clean();
    let service = "\n  mailer:\n    image: axllent/mailpit:v1.20\n    networks:\n      - app-network\n\n  redis:\n";
    platform.replace("docker-compose.yml", "\n  redis:\n", service);
    let diff = mended(&platform);
    assert!(diff.contains("mailer"), "{diff}");
}

#[test]
fn all_missing_services_are_drawn_at_once() {
    let compose = format!(
        "services:\n  api:\n    image: example/api:1\n  db:\n    image: postgres:17\n{MAILER}\n  search:\n    image: opensearchproject/opensearch:2\n  broker:\n    image: nats:2\n"
    );
    let graph = "# Shop\n\n```mermaid\ngraph TD\n  api[API] --> db[(db)]\n```\n";
    mended_all(&Platform::of(&compose, graph), 3);
    let boxes = "# Shop\n\n```\n\
        ┌──────────────────────────────┐\n\
        │  ┌─────────┐    ┌─────────┐  │\n\
        │  │   api   │───▶│   db    │  │\n\
        │  └─────────┘    └─────────┘  │\n\
        │                              │\n\
        └──────────────────────────────┘\n```\n";
    mended_all(&Platform::of(&compose, boxes), 3);
}

#[test]
fn a_waiver_that_silences_nothing_is_told() {
    let compose = "services:\n  api:\n    image: example/api:1\n  db:\n    image: postgres:17\n";
    let document = "# Shop\n\n<!-- devkit:ignore DK101 \"mailer\" gone -->\n<!-- devkit:ignore DK1234 typo -->\n\n\
        ```mermaid\ngraph TD\n  api[API] --> db[(db)]\n```\n";
    let report = Platform::of(compose, document).doctor();
    let found: Vec<_> = lines(&report)
        .into_iter()
        .filter(|line| line.starts_with("DK108"))
        .collect();
    assert_eq!(
        found,
        [
            "DK108 info mailer [ARCHITECTURE.md:3 | -] The waiver of DK101 for `mailer` silences nothing",
            "DK108 info DK1234 [ARCHITECTURE.md:4 | -] No rule is named `DK1234`",
        ]
    );
}
