//! What a user of the catalog can see.

use std::fs;

use devkit_catalog::{Catalog, ComponentKind, TemplateTree, Variables};

const MANIFEST: &str = r#"
schema = 1
id = "postgres"
kind = "backing"
title = "PostgreSQL"
description = "Relational database"
technology = "Database"
section = "BACKING_SERVICES"
"#;

fn catalog() -> Catalog {
    let mut tree = TemplateTree::default();
    tree.insert("backing/postgres/component.toml", MANIFEST.as_bytes());
    tree.insert(
        "backing/postgres/compose.yml.j2",
        &b"  @{ name }@:\n    image: postgres:17\n"[..],
    );
    tree.insert(
        "backing/postgres/files/__name__.conf.j2",
        &b"p = '@{ platform }@'\n"[..],
    );
    tree.insert("backing/postgres/files/raw.bin", &b"\xff@{ name }@"[..]);
    Catalog::new(tree)
}

#[test]
fn a_component_is_rendered_and_other_files_are_copied() {
    let component = catalog()
        .component(ComponentKind::Backing, "postgres")
        .unwrap();
    let rendered = component
        .render(&Variables::new("db", "demo", &[], None))
        .unwrap();
    assert_eq!(rendered.compose.unwrap(), "  db:\n    image: postgres:17\n");
    assert_eq!(rendered.development, None);
    assert_eq!(rendered.files[0].path, "db.conf");
    assert_eq!(rendered.files[0].content, b"p = 'demo'\n");
    assert_eq!(rendered.files[1].content, b"\xff@{ name }@");
}

#[test]
fn an_unknown_id_lists_the_known_ones_and_what_may_have_been_meant() {
    let error = catalog()
        .component(ComponentKind::Backing, "postgre")
        .unwrap_err();
    assert_eq!(error.message, "There is no backing service `postgre`");
    assert_eq!(
        error.help,
        ["did you mean `postgres`?", "the known ones are: postgres"]
    );
    let error = catalog()
        .component(ComponentKind::Tool, "postgres")
        .unwrap_err();
    assert_eq!(
        error.help[0],
        "`postgres` is a backing service: `devkit new backing postgres`"
    );
}

#[test]
fn a_wrong_manifest_is_shown_at_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("backing/postgres");
    fs::create_dir_all(&path).unwrap();
    fs::write(
        path.join("component.toml"),
        MANIFEST.replace("technology", "tecnology"),
    )
    .unwrap();
    let catalog = catalog().with_folder(folder.path()).unwrap();
    let error = catalog
        .component(ComponentKind::Backing, "postgres")
        .unwrap_err();
    assert!(error.message.contains("tecnology"), "{error}");
    assert_eq!(error.location().unwrap().line, 7);
    assert!(catalog.components().unwrap_err().has_errors());
}

#[test]
fn a_folder_of_the_users_adds_and_replaces() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("backing/mysql");
    fs::create_dir_all(&path).unwrap();
    fs::write(
        path.join("component.toml"),
        MANIFEST.replace("postgres", "mysql"),
    )
    .unwrap();
    let catalog = catalog().with_folder(folder.path()).unwrap();
    assert_eq!(catalog.ids(ComponentKind::Backing), ["mysql", "postgres"]);
}

#[test]
fn every_built_in_component_renders() {
    let catalog = Catalog::builtin();
    let all = ["postgres", "redis", "rabbitmq"].map(str::to_owned);
    let components = catalog.components().unwrap();
    assert!(components.len() >= 6, "{} components", components.len());
    for backing in [&all[..], &[]] {
        for component in &components {
            let variables = Variables::new("sample-one", "demo", backing, Some(8001));
            let rendered = component.render(&variables).unwrap();
            assert!(rendered.compose.is_some() || rendered.development.is_some());
        }
    }
}

#[test]
fn every_part_of_the_built_in_blueprint_is_there() {
    let catalog = Catalog::builtin();
    let blueprint = catalog.blueprint("starter").unwrap();
    assert_eq!(blueprint.components.len(), 9);
    assert!(catalog.blueprint("nothing").is_err());
    let variables = Variables::new("devkit", "devkit", &[], None);
    assert!(!catalog.platform_files(&variables).unwrap().is_empty());
}
