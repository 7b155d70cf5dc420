//! The lists and texts that `devkit config` prints.

use std::collections::BTreeMap;

use devkit_compose::config::{self, Dollars};
use devkit_compose::{LoadOptions, Project, load};

const FILE: &str = "\
services:
  web: {image: 'i:${TAG:-1}', environment: {A: '${NEEDED?say it}', B: \"$$x\"}, x-devkit: {process: {command: [a]}}}
  api: {build: ., profiles: [one], volumes: ['data:/d'], command: ['${OTHER:+alt}', '$PLAIN'], networks: {default: {x-note: 1}}}
volumes: {data: {}}
";

fn options(no_interpolate: bool) -> (tempfile::TempDir, LoadOptions) {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("compose.yaml"), FILE).expect("a file");
    let options = LoadOptions {
        working_dir: folder.path().to_path_buf(),
        project_name: Some("lists".into()),
        profiles: vec!["one".into()],
        environment: BTreeMap::from([("NEEDED".into(), "x".into())]),
        no_interpolate,
        ..LoadOptions::default()
    };
    (folder, options)
}

fn project() -> Project {
    let (_folder, options) = options(false);
    load(&options).expect("loads")
}

#[test]
fn the_lists_name_what_is_enabled() {
    let project = project();
    assert_eq!(config::services(&project), ["api", "web"]);
    assert_eq!(config::images(&project), ["lists-api", "i:1"]);
    assert_eq!(config::volumes(&project), ["data"]);
    assert_eq!(config::networks(&project), ["default"]);
    assert_eq!(config::profiles(&project), ["one"]);
    assert!(config::environment(&project).contains(&"NEEDED=x".to_owned()));
    // Those that Docker Compose 2.40.3 prints for this file.
    let hashes = [
        (
            "api",
            "f66a293c30d22a281ffcd0d04da2920fa2a14715378af5d0eb375c00b9af77b0",
        ),
        (
            "web",
            "669ad41547509821bfae60b7b1b1d4cfc25189a450f366613d0dd17277f0561c",
        ),
    ];
    let hashes = hashes.map(|(name, hash)| (name.to_owned(), hash.to_owned()));
    assert_eq!(config::hashes(&project), hashes);
}

#[test]
fn services_follow_what_they_need_and_others_may_be_left_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "\
services:
  a: {image: i, depends_on: [z]}
  b: {image: i, volumes: ['v:/v']}
  y: {image: i}
  z: {image: i, depends_on: [y], networks: [n]}
networks: {n: {}}
volumes: {v: {}}
";
    std::fs::write(folder.path().join("compose.yaml"), text).expect("a file");
    let mut options = LoadOptions {
        working_dir: folder.path().to_path_buf(),
        ..LoadOptions::default()
    };
    let project = load(&options).expect("loads");
    assert_eq!(config::services(&project), ["y", "z", "a", "b"]);
    options.services = vec!["z".into()];
    options.only_named = true;
    let project = load(&options).expect("loads");
    assert_eq!(config::services(&project), ["y", "z"]);
    assert_eq!(config::networks(&project), ["default", "n"]);
    assert!(config::volumes(&project).is_empty());
}

#[test]
fn unset_variables_are_warned_of_once_and_with_their_place() {
    let project = project();
    let warnings: Vec<String> = project
        .warnings
        .iter()
        .map(|warning| warning.message.clone())
        .collect();
    assert_eq!(
        warnings,
        ["The variable PLAIN is not set, a blank string stands in its place"]
    );
    assert_eq!(
        project
            .location("services.api.volumes[0]")
            .expect("a place")
            .line,
        3
    );
}

#[test]
fn variables_are_listed_with_what_stands_in_for_them() {
    let (_folder, options) = options(false);
    let variables = config::variables(&options).expect("reads");
    let lines: Vec<String> = variables
        .iter()
        .map(|variable| {
            format!(
                "{} {} {:?} {:?}",
                variable.name, variable.required, variable.default, variable.alternative
            )
        })
        .collect();
    assert_eq!(
        lines,
        [
            r#"NEEDED true "" """#,
            r#"OTHER false "" "alt""#,
            r#"PLAIN false "" """#,
            r#"TAG false "1" """#
        ]
    );
}

#[test]
fn extensions_stand_in_yaml_and_in_the_typed_model_but_not_in_json() {
    let project = project();
    let json = config::json(&project, Dollars::Doubled).expect("JSON");
    assert!(!json.contains("x-devkit") && !json.contains("x-note"));
    assert!(json.contains("\"default\": {}"), "{json}");
    assert!(json.contains("\"B\": \"$$x\""));
    let yaml = config::yaml(&project, Dollars::Doubled).expect("YAML");
    assert!(yaml.contains("x-devkit"));
    assert!(yaml.starts_with("name: lists\nservices:\n"), "{yaml}");
    assert!(project.services["web"].devkit().is_some());
    assert_eq!(
        project.services["web"].environment["B"].as_deref(),
        Some("$x")
    );
}

#[test]
fn variables_may_be_left_as_they_stand() {
    let (_folder, options) = options(true);
    let project = load(&options).expect("loads");
    let yaml = config::yaml(&project, Dollars::Kept).expect("YAML");
    assert!(yaml.contains("image: i:${TAG:-1}"), "{yaml}");
    assert!(yaml.contains("A: ${NEEDED?say it}"), "{yaml}");
}
