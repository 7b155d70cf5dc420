//! Doctor on repositories that devkit did not make.

use std::fs;
use std::path::Path;

use devkit_testkit::{Binary, Run};
use serde_json::Value;

const COMPOSE: &str = "services:
  api:
    image: example/api:1
  db:
    image: postgres:17
    ports: ['5433:5432']
    env_file: ./none-such.env
";
const DOCUMENT: &str = "# Shop\n\n```mermaid\ngraph TD\n  api[API] --> mail[Mail Service]\n```\n";

fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("no temporary folder: {error}"));
    for (file, text) in [
        ("deploy/docker-compose.yml", COMPOSE),
        ("docs/design.md", DOCUMENT),
    ] {
        let path = folder.path().join(file);
        let parent = path.parent().unwrap_or(folder.path());
        fs::create_dir_all(parent).unwrap_or_else(|error| panic!("{file}: {error}"));
        fs::write(&path, text).unwrap_or_else(|error| panic!("{file}: {error}"));
    }
    folder
}

fn doctor(folder: &Path, compose: &str, document: &str) -> Run {
    let arguments = ["-f", compose, "doctor", "--static", "--document", document];
    let format = ["--format", "json", "--fail-on", "never"];
    Binary::new(env!("CARGO_BIN_EXE_devkit")).run(folder, &[&arguments[..], &format].concat())
}

/// The rules of the findings, with the files and lines of both places.
fn places(run: &Run) -> Vec<String> {
    let report: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| {
        panic!("no JSON: {error}: {} {}", run.stdout, run.stderr);
    });
    let place = |value: &Value| match value["file"].as_str() {
        Some(file) => format!("{file}:{}", value["line"]),
        None => "-".to_owned(),
    };
    let findings = report["findings"].as_array().into_iter().flatten();
    findings
        .map(|finding| {
            let rule = finding["rule"].as_str().unwrap_or_default();
            format!(
                "{rule} {} {}",
                place(&finding["document"]),
                place(&finding["compose"])
            )
        })
        .collect()
}

#[test]
fn files_are_named_from_where_the_user_stands() {
    let folder = repository();
    let above = places(&doctor(
        folder.path(),
        "deploy/docker-compose.yml",
        "docs/design.md",
    ));
    for expected in [
        "DK101 docs/design.md:4 deploy/docker-compose.yml:4",
        "DK102 docs/design.md:5 -",
        "DK403 - deploy/docker-compose.yml:6",
        "DK924 - deploy/docker-compose.yml:7",
    ] {
        assert!(above.iter().any(|place| place == expected), "{above:#?}");
    }
    let beside = places(&doctor(
        &folder.path().join("docs"),
        "../deploy/docker-compose.yml",
        "design.md",
    ));
    for expected in [
        "DK101 design.md:4 ../deploy/docker-compose.yml:4",
        "DK924 - ../deploy/docker-compose.yml:7",
    ] {
        assert!(beside.iter().any(|place| place == expected), "{beside:#?}");
    }
}

#[test]
fn a_document_beside_the_project_is_mended() {
    let folder = repository();
    let arguments = ["-f", "../deploy/docker-compose.yml", "doctor", "--static"];
    let mend = [
        "--document",
        "../docs/design.md",
        "--fix",
        "--fail-on",
        "never",
    ];
    let run = Binary::new(env!("CARGO_BIN_EXE_devkit"))
        .run(
            &folder.path().join("docs"),
            &[&arguments[..], &mend].concat(),
        )
        .expect_code(0);
    let document = fs::read_to_string(folder.path().join("docs/design.md")).unwrap_or_default();
    assert!(
        document.contains("\n  db[db]\n"),
        "{} {document}",
        run.stderr
    );
    assert!(!folder.path().join(".devkit").exists());
}

#[test]
fn a_document_where_the_user_stands_is_found() {
    let folder = repository();
    let docs = folder.path().join("docs");
    fs::rename(docs.join("design.md"), docs.join("architecture.md"))
        .unwrap_or_else(|error| panic!("{error}"));
    let arguments = ["-f", "deploy/docker-compose.yml", "doctor", "--static"];
    let run = Binary::new(env!("CARGO_BIN_EXE_devkit")).run(
        folder.path(),
        &[&arguments[..], &["--fail-on", "never"]].concat(),
    );
    assert!(
        run.stdout.contains("docs/architecture.md:5"),
        "{}",
        run.stdout
    );
}

#[test]
fn what_was_understood_is_a_table_a_kind_of_fact() {
    let folder = repository();
    let run = Binary::new(env!("CARGO_BIN_EXE_devkit"))
        .run(
            folder.path(),
            &["doctor", "--facts", "--document", "docs/design.md"],
        )
        .expect_code(0);
    let rows: Vec<Vec<&str>> = run
        .stdout
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    for expected in [
        &["docs/design.md"][..],
        &["LINE", "NAME", "KIND", "RUNNABLE", "CONFIDENCE"],
        &["5", "API", "service", "yes", "0.90"],
        &["LINE", "FROM", "TO", "KIND", "CONFIDENCE"],
        &["5", "API", "Mail", "Service", "request", "0.90"],
    ] {
        assert!(rows.iter().any(|row| row == expected), "{}", run.stdout);
    }
}

#[test]
fn facts_name_the_document_from_where_the_user_stands() {
    let folder = repository();
    let run = Binary::new(env!("CARGO_BIN_EXE_devkit"))
        .run(
            &folder.path().join("docs"),
            &[
                "doctor",
                "--facts",
                "--document",
                "design.md",
                "--format",
                "json",
            ],
        )
        .expect_code(0);
    let facts: serde_json::Value =
        serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("no JSON: {error}"));
    assert_eq!(facts["components"][0]["file"], "design.md");
}

#[test]
fn findings_of_one_rule_are_told_together() {
    let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("no temporary folder: {error}"));
    let service = |index: usize| {
        format!(
            "  tool{index}:\n    image: tool:1\n    volumes: ['./settings{index}:/etc/tool']\n    privileged: true\n"
        )
    };
    let compose: String = (1..=6).map(service).collect();
    fs::write(
        folder.path().join("docker-compose.yml"),
        format!("services:\n{compose}"),
    )
    .unwrap_or_else(|error| panic!("{error}"));
    let text = |arguments: &[&str]| {
        Binary::new(env!("CARGO_BIN_EXE_devkit"))
            .run(folder.path(), arguments)
            .expect_code(0)
            .stdout
    };
    let count = |text: &str, part: &str| text.matches(part).count();
    let brief = text(&["doctor", "--static"]);
    assert_eq!(count(&brief, "info DK922"), 3, "{brief}");
    assert_eq!(count(&brief, "and 3 more DK922"), 1, "{brief}");
    assert_eq!(count(&brief, "help: Create it"), 1, "{brief}");
    assert_eq!(count(&brief, "warning DK406"), 6, "{brief}");
    assert_eq!(
        count(&brief, "help: Add the single capability"),
        1,
        "{brief}"
    );
    let whole = text(&["--verbose", "doctor", "--static"]);
    assert_eq!(count(&whole, "info DK922"), 6, "{whole}");
    let one = text(&["doctor", "--static", "--only", "DK406"]);
    assert!(
        one.contains("6 warnings; 1 rule decided, 0 undecided"),
        "{one}"
    );
}

#[test]
fn rules_are_explained_as_they_are_chosen() {
    let folder = repository();
    let binary = Binary::new(env!("CARGO_BIN_EXE_devkit"));
    let list = |more: &[&str]| {
        let arguments = [&["doctor", "--list"], more].concat();
        binary.run(folder.path(), &arguments).expect_code(0).stdout
    };
    assert!(list(&[]).contains("\nDK960 "));
    let some = list(&["--only", "DK5xx", "--skip", "DK501"]);
    assert!(
        some.starts_with("DK502 ") && !some.contains("\nDK6"),
        "{some}"
    );
    let rules: Value = serde_json::from_str(&list(&["--only", "DK101", "--format", "json"]))
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(rules["rules"][0]["rule"], "DK101");
    assert_eq!(rules["rules"][0]["level"], "error");
    let contrary = binary.run(folder.path(), &["doctor", "--static", "--allow-writes"]);
    contrary.expect_code(2);
}

#[test]
fn what_was_not_looked_at_is_not_ticked() {
    let folder = repository();
    let document = "# Shop\n\n| Service | Internal | External |\n|---|---|---|\n| db | 5432 | 5444 |\n\n- [ ] Port mappings are accurate\n- [x] Storage strategy matches volumes\n- [ ] All services are documented in the diagram\n\n**Last Validated:** 2026-01-02\n";
    let file = folder.path().join("docs/design.md");
    let fix = |more: &[&str]| {
        fs::write(&file, document).unwrap_or_else(|error| panic!("{error}"));
        let arguments = ["-f", "deploy/docker-compose.yml", "doctor", "--static"];
        let rest = [
            "--document",
            "docs/design.md",
            "--fix",
            "--fail-on",
            "never",
        ];
        let all = [&arguments[..], &rest, more].concat();
        Binary::new(env!("CARGO_BIN_EXE_devkit"))
            .run(folder.path(), &all)
            .expect_code(0);
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{error}"))
    };
    let one = fix(&["--only", "DK501"]);
    assert_eq!(one, document.replace("5444", "5433"));
    let all = fix(&["--only", "DK5"]);
    assert_eq!(
        all,
        document
            .replace("5444", "5433")
            .replace("[ ] Port", "[x] Port")
    );
    // The database of this repository has no volume.
    let whole = fix(&[]);
    assert!(
        !whole.contains("2026-01-02") && whole.contains("[ ] Storage"),
        "{whole}"
    );
}
