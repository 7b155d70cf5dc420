use std::path::Path;

use crate::support::{Platform, TODAY};
use devkit_doctor::{FailOn, fix, output};

fn drifted() -> Platform {
    let platform = Platform::clean();
    platform.replace(
        "docs/architecture/overview.md",
        "| API             | 8000          | 8000 ",
        "| API             | 8000          | 8080 ",
    );
    platform
}

#[test]
fn json_carries_rule_subject_and_both_places() {
    let report = drifted().doctor();
    let value: serde_json::Value = serde_json::from_str(&output::json(&report)).unwrap();
    let finding = &value["findings"][0];
    assert_eq!(finding["rule"], "DK501");
    assert_eq!(finding["subject"], "api");
    assert_eq!(finding["level"], "error");
    assert_eq!(finding["evidence"], "static");
    assert_eq!(finding["document"]["file"], "docs/architecture/overview.md");
    assert_eq!(finding["compose"]["file"], "docker-compose.yml");
    assert_eq!(value["summary"]["errors"], 1);
    assert_eq!(value["schema"], output::SCHEMA);
}

#[test]
fn github_and_sarif_point_into_the_document() {
    let report = drifted().doctor();
    assert!(
        output::github(&report).starts_with("::error file=docs/architecture/overview.md,line=")
    );
    let value: serde_json::Value = serde_json::from_str(&output::sarif(&report)).unwrap();
    let result = &value["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "DK501");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(
        place["artifactLocation"]["uri"],
        "docs/architecture/overview.md"
    );
}

#[test]
fn errors_fail_and_a_clean_platform_does_not() {
    assert!(drifted().doctor().fails(FailOn::Error));
    assert!(!drifted().doctor().fails(FailOn::Never));
    assert!(!Platform::clean().doctor().fails(FailOn::Unknown));
}

#[test]
fn a_fix_corrects_the_port_and_ticks_the_checklist() {
    let platform = drifted();
    let report = platform.doctor();
    let changes = fix::plan(&report, &platform.documents(), &platform.root(), TODAY).unwrap();
    let diff = changes.diff();
    assert!(
        diff.contains("+| API             | 8000          | 8000 "),
        "{diff}"
    );
    assert!(diff.contains("+- [x] Port mappings are accurate"), "{diff}");
    assert!(diff.contains("+**Last Validated:** 2026-12-01"), "{diff}");
    let _applied = changes.apply().unwrap();
    assert!(platform.doctor().findings.is_empty());
}

#[test]
fn the_page_of_rules_is_that_of_the_table() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/devkit/doctor-rules.md");
    let written = std::fs::read_to_string(&page).unwrap_or_default();
    if written != output::rule_table() && std::env::var_os("DEVKIT_BLESS").is_some() {
        std::fs::create_dir_all(page.parent().unwrap()).unwrap();
        std::fs::write(&page, output::rule_table()).unwrap();
        return;
    }
    assert!(
        written == output::rule_table(),
        "{} is out of date; run this test with DEVKIT_BLESS=1",
        page.display()
    );
}
