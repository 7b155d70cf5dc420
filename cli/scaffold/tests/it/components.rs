use std::fs;
use std::path::PathBuf;

use devkit_catalog::{Catalog, ComponentKind};
use devkit_scaffold::{ComponentRequest, Platform, new_component, new_platform};

use crate::support::{add, component, load, read, request, starter, take_away, tree};

#[test]
fn a_new_platform_loads_and_has_its_secrets_to_itself() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let plan = new_platform(&Catalog::builtin(), &request(folder.path())).unwrap();
    let _applied = plan.changes.apply().unwrap();
    let project = load(folder.path());
    assert_eq!(project.name, "demo");
    for service in [
        "frontend",
        "api",
        "api-migrate",
        "worker",
        "postgres",
        "redis",
        "rabbitmq",
        "pgadmin",
        "redis-commander",
        "ollama",
    ] {
        assert!(project.services.contains_key(service), "{service}");
    }
    let env = folder.path().join("config/.env");
    assert_eq!(
        fs::metadata(&env).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let text = fs::read_to_string(&env).unwrap();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        assert!(
            !line.contains("__generate__") && !line.contains("${"),
            "{line}"
        );
    }
    assert!(read(folder.path(), "config/.env.example").contains("POSTGRES_PASSWORD=__generate__"));
    assert!(!folder.path().join(".devkit/run").exists());
}

#[test]
fn a_platform_in_a_folder_with_files_is_refused_and_nothing_changes() {
    let folder = starter();
    let before = tree(folder.path());
    let error = new_platform(&Catalog::builtin(), &request(folder.path())).unwrap_err();
    assert_eq!(error.message, "The folder is not empty");
    assert_eq!(tree(folder.path()), before);
}

#[test]
fn a_service_is_added_everywhere_and_removed_everywhere() {
    for template in ["api-axum", "worker-rust", "frontend-react"] {
        let folder = starter();
        let root = folder.path();
        let before = tree(root);
        let plan = add(
            root,
            &component(ComponentKind::Service, template, Some("billing")),
        )
        .unwrap();
        assert_eq!(plan.summary.services[0], "billing", "{template}");
        let is_api = template == "api-axum";
        assert_eq!(
            plan.summary.services.len(),
            1 + usize::from(is_api),
            "{template}"
        );
        let project = load(root);
        assert!(project.services.contains_key("billing"), "{template}");
        assert!(
            read(root, "docs/architecture/overview.md").contains("billing"),
            "{template}"
        );
        assert!(
            root.join("docs/services/billing-service.md").exists(),
            "{template}"
        );
        assert!(
            root.join("services/billing/Dockerfile").exists(),
            "{template}"
        );
        for port in &plan.summary.ports {
            assert_eq!((port.variable.as_str(), port.port), ("BILLING_PORT", 8001));
            assert!(read(root, ".env").contains("BILLING_PORT=8001\n"));
        }
        take_away(root, ComponentKind::Service, "billing").unwrap();
        let after = tree(root);
        let names = |tree: &std::collections::BTreeMap<String, Vec<u8>>| -> Vec<String> {
            tree.keys().cloned().collect()
        };
        assert_eq!(names(&after), names(&before), "{template}");
        for (path, content) in &before {
            assert_eq!(
                String::from_utf8_lossy(&after[path]),
                String::from_utf8_lossy(content),
                "{template}: {path}"
            );
        }
    }
}

#[test]
fn a_second_run_is_refused_and_changes_nothing() {
    let folder = starter();
    let billing = component(ComponentKind::Service, "api-axum", Some("billing"));
    add(folder.path(), &billing).unwrap();
    let before = tree(folder.path());
    let error = add(folder.path(), &billing).unwrap_err();
    assert_eq!(
        error.message,
        "The platform has a service `billing` already"
    );
    let error = add(
        folder.path(),
        &component(ComponentKind::Backing, "redis", None),
    )
    .unwrap_err();
    assert_eq!(error.message, "The platform has a service `redis` already");
    assert_eq!(tree(folder.path()), before);
}

#[test]
fn an_existing_folder_of_services_is_not_touched() {
    let folder = starter();
    fs::create_dir(folder.path().join("services/mine")).unwrap();
    let request = component(ComponentKind::Service, "api-axum", Some("mine"));
    let error = add(folder.path(), &request).unwrap_err();
    assert_eq!(error.message, "There is a folder `services/mine` already");
}

#[test]
fn two_services_get_two_ports_and_taken_ones_are_left_out() {
    let folder = starter();
    let catalog = Catalog::builtin();
    let mut platform = Platform::new(folder.path(), &catalog);
    platform.published.insert(8001);
    platform.is_port_taken = &|port| port == 8002;
    let request = component(ComponentKind::Service, "api-axum", Some("one"));
    let plan = new_component(&platform, &request).unwrap();
    assert_eq!(plan.summary.ports[0].port, 8003);
    let asked = ComponentRequest {
        port: Some(8002),
        ..request.clone()
    };
    let error = new_component(&platform, &asked).unwrap_err();
    assert_eq!(error.message, "Port 8002 is in use on this machine");
    assert_eq!(error.help, ["port 8003 is free: `--port 8003`"]);
    let asked = ComponentRequest {
        port: Some(5432),
        ..request
    };
    let error = new_component(&platform, &asked).unwrap_err();
    assert_eq!(
        error.message,
        "Port 5432 belongs to another service of the platform"
    );
}

#[test]
fn what_others_need_is_not_removed() {
    let folder = starter();
    let before = tree(folder.path());
    let error = take_away(folder.path(), ComponentKind::Backing, "postgres").unwrap_err();
    assert!(
        error.message.starts_with("`postgres` is needed by `"),
        "{error}"
    );
    let error = take_away(folder.path(), ComponentKind::Tool, "postgres").unwrap_err();
    assert_eq!(error.help, ["type `devkit remove backing postgres`"]);
    let error = take_away(folder.path(), ComponentKind::Service, "nobody").unwrap_err();
    assert_eq!(error.message, "The platform has no service `nobody`");
    assert_eq!(tree(folder.path()), before);
}

#[test]
fn files_that_somebody_changed_stay() {
    let folder = starter();
    add(
        folder.path(),
        &component(ComponentKind::Service, "api-axum", Some("billing")),
    )
    .unwrap();
    fs::write(folder.path().join("services/billing/Dockerfile"), "mine\n").unwrap();
    fs::write(folder.path().join("services/billing/notes.txt"), "mine\n").unwrap();
    let plan = take_away(folder.path(), ComponentKind::Service, "billing").unwrap();
    assert_eq!(
        plan.summary.kept,
        [PathBuf::from("services/billing/Dockerfile")]
    );
    assert_eq!(read(folder.path(), "services/billing/Dockerfile"), "mine\n");
    assert!(folder.path().join("services/billing/notes.txt").exists());
    assert!(!folder.path().join("services/billing/Cargo.toml").exists());
    assert!(!load(folder.path()).services.contains_key("billing"));
}

#[test]
fn tools_come_and_go() {
    let folder = starter();
    let before = tree(folder.path());
    for tool in ["pgadmin", "redis-commander", "ollama"] {
        take_away(folder.path(), ComponentKind::Tool, tool).unwrap();
        assert!(!load(folder.path()).services.contains_key(tool));
    }
    let development = read(folder.path(), "docker-compose.development.yml");
    assert!(!development.contains("pgadmin"), "{development}");
    for tool in ["ollama", "pgadmin", "redis-commander"] {
        add(folder.path(), &component(ComponentKind::Tool, tool, None)).unwrap();
    }
    let after = tree(folder.path());
    for path in [
        "docker-compose.yml",
        "docker-compose.development.yml",
        ".env",
        "docs/architecture/overview.md",
    ] {
        assert_eq!(
            String::from_utf8_lossy(&after[path]),
            String::from_utf8_lossy(&before[path]),
            "{path}"
        );
    }
}

#[test]
fn a_lost_marker_stops_everything() {
    let folder = starter();
    let path = folder.path().join("docker-compose.development.yml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("  ##<</SERVICES>>\n", "", 1)).unwrap();
    let before = tree(folder.path());
    let error = add(
        folder.path(),
        &component(ComponentKind::Service, "frontend-react", Some("shop")),
    )
    .unwrap_err();
    assert!(error.location().is_some(), "{error}");
    assert_eq!(tree(folder.path()), before);
}
