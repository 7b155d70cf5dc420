//! Each fixture is a folder with `tree/` (the files), `args` (the folder to run in, then options
//! and variables, one a line) and the answer of Docker Compose: `expected.json`, or
//! `expected.err` where it refuses.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use devkit_compose::config::{Dollars, json};
use devkit_compose::{LoadOptions, Project, load};
use devkit_diagnostic::Diagnostics;
use serde_json::Value;

/// A fixture, copied into a folder of its own.
struct Fixture {
    name: String,
    folder: PathBuf,
    options: Vec<String>,
    environment: BTreeMap<String, String>,
    tree: tempfile::TempDir,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn fixtures() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(root())
        .expect("fixtures")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    folders.sort();
    folders
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).expect("a copy");
        }
    }
}

impl Fixture {
    fn open(path: &Path) -> Self {
        let tree = tempfile::tempdir().expect("a folder");
        copy(&path.join("tree"), &tree.path().join("tree"));
        let arguments = std::fs::read_to_string(path.join("args")).expect("args");
        let mut lines = arguments.lines();
        let folder = tree
            .path()
            .join("tree")
            .join(lines.next().expect("a folder"));
        let folder = folder.canonicalize().expect("the folder exists");
        let mut environment = BTreeMap::from([("HOME".into(), "/root".into())]);
        let mut options = Vec::new();
        for line in lines {
            match line.split_once('=') {
                Some((name, value)) if !line.starts_with('-') => {
                    environment.insert(name.into(), value.into());
                }
                _ => options.extend(line.splitn(2, ' ').map(ToOwned::to_owned)),
            }
        }
        Self {
            name: path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned(),
            folder,
            options,
            environment,
            tree,
        }
    }

    fn tree(&self) -> String {
        let tree = self.tree.path().canonicalize().expect("the folder exists");
        tree.join("tree").to_string_lossy().into_owned()
    }

    fn standard_input(&self) -> Option<String> {
        std::fs::read_to_string(self.tree.path().join("tree/stdin")).ok()
    }

    fn load(&self) -> Result<Project, Diagnostics> {
        let mut options = LoadOptions {
            working_dir: self.folder.clone(),
            environment: self.environment.clone(),
            standard_input: self.standard_input(),
            ..LoadOptions::default()
        };
        let mut rest = self.options.iter();
        while let (Some(option), Some(value)) = (rest.next(), rest.next()) {
            match option.as_str() {
                "-f" => options.files.push(value.into()),
                "-p" => options.project_name = Some(value.clone()),
                "--profile" => options.profiles.push(value.clone()),
                "--env-file" => options.env_files.push(value.into()),
                "--project-directory" => options.project_directory = Some(value.into()),
                other => panic!("{}: unknown option {other}", self.name),
            }
        }
        load(&options)
    }

    /// What is wrong with devkit's answer, given the reference's.
    fn compare(&self, expected: Result<Value, String>) -> Option<String> {
        let answer = self
            .load()
            .and_then(|project| Ok(json(&project, Dollars::Doubled)?));
        match (answer, expected) {
            (Ok(_), Err(reason)) => Some(format!("accepted, the reference refuses: {reason}")),
            (Err(errors), Ok(_)) => Some(format!("refused: {errors}")),
            (Err(errors), Err(_)) => errors
                .iter()
                .all(|error| error.message.is_empty())
                .then(|| "refused without a message".to_owned()),
            (Ok(text), Ok(expected)) => {
                let found: Value = serde_json::from_str(&text).expect("JSON");
                let mut differences = Vec::new();
                compare("", &expected, &found, &mut differences);
                (!differences.is_empty()).then(|| differences.join("; "))
            }
        }
    }
}

fn compare(path: &str, expected: &Value, found: &Value, differences: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(left), Value::Object(right)) => {
            let empty = Value::String("(nothing)".into());
            let keys: std::collections::BTreeSet<&String> =
                left.keys().chain(right.keys()).collect();
            for key in keys {
                let (left, right) = (left.get(key), right.get(key));
                let path = format!("{path}.{key}");
                compare(
                    &path,
                    left.unwrap_or(&empty),
                    right.unwrap_or(&empty),
                    differences,
                );
            }
        }
        _ if expected == found => {}
        _ => differences.push(format!("{path}: expected {expected}, found {found}")),
    }
}

fn report(failures: &[String]) {
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn fixtures_equal_the_recorded_answers() {
    let mut failures = Vec::new();
    for path in fixtures() {
        let fixture = Fixture::open(&path);
        let recorded = std::fs::read_to_string(path.join("expected.json"));
        let expected = match recorded {
            Ok(text) => {
                let text = text.replace("@TREE@", &fixture.tree());
                Ok(serde_json::from_str(&text).expect("recorded JSON"))
            }
            Err(_) => Err(std::fs::read_to_string(path.join("expected.err")).expect("an answer")),
        };
        if let Some(failure) = fixture.compare(expected) {
            failures.push(format!("{}: {failure}", fixture.name));
        }
    }
    report(&failures);
}

/// Asks Docker Compose itself; its version decides whether its answers count.
#[test]
fn fixtures_equal_the_answers_of_docker_compose_here() {
    let version = Command::new("docker")
        .args(["compose", "version", "--short"])
        .output();
    match version {
        Ok(output) if String::from_utf8_lossy(&output.stdout).trim() == "2.40.3" => {}
        _ => {
            eprintln!("skipped: no docker compose 2.40.3");
            return;
        }
    }
    let mut failures = Vec::new();
    // Every fifth is enough here: the answers are recorded, this shows that they are still true.
    for path in fixtures().into_iter().step_by(5) {
        let fixture = Fixture::open(&path);
        if let Some(failure) = fixture.compare(ask(&fixture)) {
            failures.push(format!("{}: {failure}", fixture.name));
        }
    }
    report(&failures);
}

fn ask(fixture: &Fixture) -> Result<Value, String> {
    use std::io::Write as _;

    let mut child = Command::new("docker")
        .arg("compose")
        .args(&fixture.options)
        .args(["config", "--format", "json"])
        .current_dir(&fixture.folder)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .envs(&fixture.environment)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("docker runs");
    let mut input = child.stdin.take().expect("piped");
    if let Some(text) = fixture.standard_input() {
        input.write_all(text.as_bytes()).expect("written");
    }
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    if output.status.success() {
        Ok(serde_json::from_slice(&output.stdout).expect("JSON"))
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}
