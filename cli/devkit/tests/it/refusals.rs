//! Bad input gets a clear error, a proper exit code, and changes nothing.

use std::fs;
use std::path::Path;

use devkit_testkit::{Binary, Run};
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().unwrap_or_else(|error| panic!("no temporary folder: {error}"))
}

fn devkit(folder: &Path, arguments: &[&str]) -> Run {
    Binary::new(env!("CARGO_BIN_EXE_devkit")).run(folder, arguments)
}

fn write(folder: &Path, file: &str, text: &str) {
    fs::write(folder.join(file), text).unwrap_or_else(|error| panic!("{file}: {error}"));
}

/// A platform made by devkit, and all of its files with their contents.
fn platform() -> TempDir {
    let folder = folder();
    devkit(folder.path(), &["new", "platform", "demo"]).expect_code(0);
    folder
}

fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push((
                    path.display().to_string(),
                    fs::read(&path).unwrap_or_default(),
                ));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn a_folder_without_compose_files_says_what_to_do() {
    let folder = folder();
    let run = devkit(folder.path(), &["ps"]).expect_code(2);
    assert!(run.stderr.contains("compose"), "{}", run.stderr);
    assert!(run.stderr.contains("help:"), "{}", run.stderr);
}

#[test]
fn broken_yaml_is_shown_with_line_and_column() {
    let folder = folder();
    write(
        folder.path(),
        "docker-compose.yml",
        "services:\n  api:\n    image: [x\n  web: {}\n",
    );
    let run = devkit(folder.path(), &["config"]).expect_code(2);
    assert!(run.stderr.contains("docker-compose.yml:"), "{}", run.stderr);
    assert!(run.stdout.is_empty(), "{}", run.stdout);
}

#[test]
fn a_misspelt_key_is_named_with_the_right_one() {
    let folder = folder();
    write(
        folder.path(),
        "compose.yaml",
        "services:\n  api:\n    imge: x\n",
    );
    let run = devkit(folder.path(), &["config"]).expect_code(2);
    assert!(run.stderr.contains("compose.yaml:3:5"), "{}", run.stderr);
    assert!(run.stderr.contains("image"), "{}", run.stderr);
}

#[test]
fn an_unknown_template_lists_the_known_ones() {
    let folder = platform();
    let root = folder.path().join("demo");
    let before = contents(&root);
    let run = devkit(
        &root,
        &["new", "service", "billing", "--template", "api-axm"],
    )
    .expect_code(2);
    assert!(run.stderr.contains("api-axum"), "{}", run.stderr);
    assert!(run.stderr.contains("worker-rust"), "{}", run.stderr);
    assert_eq!(contents(&root), before);
}

#[test]
fn names_that_cannot_be_are_refused_before_anything_is_written() {
    let folder = platform();
    let root = folder.path().join("demo");
    let before = contents(&root);
    for name in ["Billing", "../billing", "bill ing", "-billing", "api"] {
        let run = devkit(
            &root,
            &["new", "service", "--template", "api-axum", "--", name],
        )
        .expect_code(2);
        assert!(run.stderr.contains(name), "{name}: {}", run.stderr);
        assert_eq!(contents(&root), before, "{name}");
    }
}

#[test]
fn a_second_time_is_refused_and_changes_nothing() {
    let folder = platform();
    let root = folder.path().join("demo");
    let before = contents(&root);
    devkit(folder.path(), &["new", "platform", "demo"]).expect_code(2);
    devkit(&root, &["new", "backing", "postgres"]).expect_code(2);
    devkit(&root, &["new", "tool", "pgadmin"]).expect_code(2);
    assert_eq!(contents(&root), before);
}

#[test]
fn what_is_missing_is_named_by_its_flag_where_nobody_can_be_asked() {
    let folder = platform();
    let root = folder.path().join("demo");
    let run = devkit(&root, &["new", "service", "billing"]).expect_code(2);
    assert!(run.stderr.contains("--template"), "{}", run.stderr);
}

#[test]
fn a_dry_run_shows_a_diff_and_changes_nothing() {
    let folder = platform();
    let root = folder.path().join("demo");
    let before = contents(&root);
    let arguments = [
        "new",
        "service",
        "billing",
        "--template",
        "api-axum",
        "--dry-run",
    ];
    let run = devkit(&root, &arguments).expect_code(0);
    assert!(run.stdout.contains("+  billing:"), "{}", run.stdout);
    assert!(
        run.stdout.contains("+++ b/docker-compose.yml"),
        "{}",
        run.stdout
    );
    assert_eq!(contents(&root), before);
}

#[test]
fn an_added_service_can_be_removed_again() {
    let folder = platform();
    let root = folder.path().join("demo");
    let before = contents(&root);
    devkit(
        &root,
        &["new", "service", "billing", "--template", "api-axum"],
    )
    .expect_code(0);
    assert_ne!(contents(&root), before);
    devkit(&root, &["remove", "service", "billing"]).expect_code(0);
    let after = contents(&root);
    let files = |all: &[(String, Vec<u8>)]| {
        all.iter()
            .filter(|(path, _)| !path.contains("/.devkit/"))
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(files(&after), files(&before));
}
