//! Platforms that devkit did not make, and that have the markers.

use std::fs;

use devkit_catalog::ComponentKind;
use tempfile::TempDir;

use crate::support::{add, component, load, read, take_away, tree};

const PRODUCTION: &str = "x-env: &default-env\r\n  env_file:\r\n    - path: ./config/.env\r\n      required: false\r\n\r\nservices:\r\n    ##<<SERVICES>> our own\r\n    shop:\r\n        image: shop:1\r\n    ##</SERVICES>\r\n    ##<<BACKING_SERVICES>>\r\n    ##<<BACKING_SERVICES>>";
const DEVELOPMENT: &str = "x-env: &default-env\n  env_file:\n    - path: ./config/.env\n      required: false\nservices: {}\n  ##<<SERVICES>>\n  ##<</SERVICES>>\n  ##<<BACKING_SERVICES>>\n  ##<</BACKING_SERVICES>>\n  ##<<DEVELOPMENT_SERVICES>>\n  ##<</DEVELOPMENT_SERVICES>>\n";

fn adopted() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("docker-compose.yml", PRODUCTION);
    write("docker-compose.development.yml", DEVELOPMENT);
    write(
        ".env",
        "COMPOSE_PROJECT_NAME=shop\nCOMPOSE_FILE=docker-compose.yml:docker-compose.development.yml\n",
    );
    folder
}

#[test]
fn components_are_added_and_removed_without_a_trace_in_the_compose_files() {
    let folder = adopted();
    let root = folder.path();
    let plan = add(root, &component(ComponentKind::Backing, "postgres", None)).unwrap();
    assert_eq!(plan.summary.platform, "shop");
    let project = load(root);
    assert!(project.services.contains_key("postgres"));
    assert!(project.volumes.contains_key("postgres-data"));
    assert!(project.networks.contains_key("app-network"));
    add(root, &component(ComponentKind::Tool, "pgadmin", None)).unwrap();
    assert!(load(root).services.contains_key("pgadmin"));
    let text = read(root, "docker-compose.yml");
    assert!(
        !text.replace("\r\n", "").contains('\n'),
        "mixed line breaks"
    );
    take_away(root, ComponentKind::Tool, "pgadmin").unwrap();
    take_away(root, ComponentKind::Backing, "postgres").unwrap();
    assert_eq!(read(root, "docker-compose.development.yml"), DEVELOPMENT);
    let text = read(root, "docker-compose.yml");
    let networks = "\r\n\r\nnetworks:\r\n  app-network:";
    assert_eq!(text.replace(networks, ""), PRODUCTION);
}

#[test]
fn a_tool_without_what_it_needs_says_what_to_type_first() {
    let folder = adopted();
    let before = tree(folder.path());
    let error = add(
        folder.path(),
        &component(ComponentKind::Tool, "pgadmin", None),
    )
    .unwrap_err();
    assert_eq!(
        error.message,
        "pgAdmin needs `postgres`, which the platform does not have"
    );
    assert_eq!(error.help, ["type `devkit new backing postgres` first"]);
    assert_eq!(tree(folder.path()), before);
}

#[test]
fn a_service_that_devkit_did_not_add_can_be_removed() {
    let folder = adopted();
    fs::create_dir_all(folder.path().join("services/shop")).unwrap();
    fs::write(folder.path().join("services/shop/main.py"), "").unwrap();
    let plan = take_away(folder.path(), ComponentKind::Service, "shop").unwrap();
    assert_eq!(plan.summary.services, ["shop"]);
    assert_eq!(
        plan.summary.kept,
        [std::path::PathBuf::from("services/shop")]
    );
    assert!(read(folder.path(), "docker-compose.yml").contains("services: {}\r\n"));
    assert!(folder.path().join("services/shop/main.py").exists());
}

#[test]
fn a_folder_that_is_no_platform_says_what_to_type() {
    let folder = tempfile::tempdir().unwrap();
    let error = add(
        folder.path(),
        &component(ComponentKind::Backing, "redis", None),
    )
    .unwrap_err();
    assert_eq!(
        error.message,
        "There is no docker-compose.yml in this folder"
    );
    assert!(error.help[0].contains("devkit new platform"));
    assert_eq!(tree(folder.path()).len(), 0);
}

#[test]
fn a_file_without_the_shared_environment_is_refused_with_the_lines_to_add() {
    let folder = adopted();
    let text = PRODUCTION.replace("x-env: &default-env", "x-env:");
    fs::write(folder.path().join("docker-compose.yml"), text).unwrap();
    let error = add(
        folder.path(),
        &component(ComponentKind::Backing, "redis", None),
    )
    .unwrap_err();
    assert!(error.message.contains("&default-env"), "{error}");
}
