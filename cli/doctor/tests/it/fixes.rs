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

/// The frames around what the document draws of a name, the innermost last.
fn frames_of(platform: &Platform, name: &str) -> Vec<String> {
    let documents = platform.documents();
    let components = &documents[0].facts.components;
    let found = components.iter().find(|component| component.name == name);
    found.unwrap_or_else(|| panic!("{name}")).groups.clone()
}

#[test]
fn a_box_stands_in_the_section_of_its_marker() {
    for (file, before, section) in [
        (
            "docker-compose.yml",
            "\n  worker:\n",
            "Application Services",
        ),
        ("docker-compose.yml", "\n  redis:\n", "Backing Services"),
        (
            "docker-compose.development.yml",
            "\n  pgadmin:\n",
            "Development Services",
        ),
    ] {
        let platform = Platform::clean();
        let service =
            "\n  ledger:\n    image: example/ledger:1.20\n    networks:\n      - app-network\n";
        platform.replace(file, before, &format!("{service}{before}"));
        let diff = mended(&platform);
        let frames = frames_of(&platform, "ledger");
        let last = frames.last().map(String::as_str);
        assert!(
            last.is_some_and(|last| last.contains(section)),
            "{section}: {frames:?}\n{diff}"
        );
    }
}

#[test]
fn a_node_stands_among_its_like() {
    let compose = "services:\n  api:\n    build: ./api\n  db:\n    image: postgres:17\n  cache:\n    image: redis:8\n  worker:\n    build: ./worker\n";
    let document = "# Shop\n\n```mermaid\ngraph TD\n  subgraph Apps\n    api[api]\n  end\n  subgraph Data\n    db[(db)]\n  end\n  api --> db\n```\n";
    let platform = Platform::of(compose, document);
    mended_all(&platform, 2);
    assert_eq!(frames_of(&platform, "cache"), ["Data"]);
    assert_eq!(frames_of(&platform, "worker"), ["Apps"]);
}

#[test]
fn what_is_like_nothing_drawn_is_put_into_no_frame() {
    let compose = "services:\n  api:\n    build: ./api\n  db:\n    image: postgres:17\n  grafana:\n    image: grafana/grafana:11.0.0\n";
    let framed = "# Shop\n\n```mermaid\ngraph TD\n  subgraph Apps\n    api[api]\n  end\n  subgraph Data\n    db[(db)]\n  end\n  api --> db\n```\n";
    let fixes = |document: &str| {
        let report = Platform::of(compose, document).doctor();
        let found: Vec<_> = report
            .findings
            .into_iter()
            .filter(|finding| finding.rule.id == "DK101")
            .collect();
        assert_eq!(found.len(), 1);
        found.iter().filter(|finding| finding.fix.is_some()).count()
    };
    assert_eq!(fixes(framed), 0);
    assert_eq!(
        fixes("# Shop\n\n```mermaid\ngraph TD\n  api[api] --> db[(db)]\n```\n"),
        1
    );
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
