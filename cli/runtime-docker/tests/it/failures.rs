use std::net::TcpListener;
use std::time::Duration;

use devkit_runtime::{Class, UpOptions};
use serde_json::json;

use crate::support::{after, free_port, healthy, scenario, sleeper, with};

#[tokio::test]
async fn a_dependency_that_ends_is_told_with_its_last_lines_and_the_rest_goes_on() {
    let services = json!({
        "db": {
            "image": "debian:trixie-slim",
            "command": ["sh", "-c", "echo cannot open the data folder >&2; exit 3"],
            "healthcheck": {"test": ["CMD", "false"], "interval": "30s"},
        },
        "api": with(sleeper(), after("db", "service_healthy")),
        "free": sleeper(),
    });
    let Some(scenario) = scenario(services).await else {
        return;
    };
    let report = scenario.up().await.report;
    assert_eq!(report.ready, ["free"]);
    let of = |name: &str| {
        report
            .failures
            .iter()
            .find(|failure| failure.service == name)
            .unwrap()
    };
    let db = &of("db").error.diagnostic;
    assert!(
        db.message.ends_with("-db-1 ended with exit code 3"),
        "{}",
        db.message
    );
    assert!(
        db.notes
            .iter()
            .any(|note| note.contains("cannot open the data folder")),
        "{db:?}"
    );
    assert_eq!(of("api").because_of.as_deref(), Some("db"));
    assert_eq!(report.class(), Some(Class::Failed));
}

#[tokio::test]
async fn a_fresh_unhealthy_of_the_engine_ends_the_wait() {
    let services = json!({"web": with(sleeper(), json!({
        "healthcheck": {"test": ["CMD-SHELL", "echo no database; exit 1"], "interval": "200ms", "retries": 2},
    }))});
    let Some(scenario) = scenario(services).await else {
        return;
    };
    let report = scenario.up().await.report;
    let diagnostic = &report.failures[0].error.diagnostic;
    assert!(
        diagnostic.message.ends_with("is unhealthy"),
        "{diagnostic:?}"
    );
    assert!(
        diagnostic
            .notes
            .iter()
            .any(|note| note.contains("no database")),
        "{diagnostic:?}"
    );
}

#[tokio::test]
async fn an_image_that_cannot_be_had_fails_its_service_only() {
    let services = json!({
        "tool": with(sleeper(), json!({
            "image": "localhost:9/devkit/no-such-image:1",
            "profiles": ["tools"],
        })),
        "web": with(sleeper(), healthy("30s")),
    });
    let Some(scenario) = scenario(services).await else {
        return;
    };
    let report = scenario.up().await.report;
    assert_eq!(report.ready, ["web"]);
    let failure = &report.failures[0];
    assert_eq!(failure.service, "tool");
    assert!(failure.optional);
    let message = &failure.error.diagnostic.message;
    assert!(
        message.contains("localhost:9/devkit/no-such-image:1"),
        "{message}"
    );
    assert!(message.contains("tool"), "{message}");
}

#[tokio::test]
async fn a_taken_port_names_the_process_before_anything_is_made() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let services = json!({"web": with(sleeper(), json!({
        "ports": [{"target": 80, "published": port.to_string(), "host_ip": "127.0.0.1", "protocol": "tcp"}],
    }))});
    let Some(scenario) = scenario(services).await else {
        return;
    };
    let error = scenario.try_up(&UpOptions::default()).await.unwrap_err();
    assert_eq!(error.class, Class::Environment);
    let message = &error.diagnostic.message;
    assert!(message.contains(&port.to_string()), "{message}");
    assert!(
        message.contains(&format!("(process {})", std::process::id())),
        "{message}"
    );
    assert_eq!(scenario.leftovers(), "");
}

#[tokio::test]
async fn a_taken_port_names_the_container_and_its_project() {
    let port = free_port();
    let services = json!({"web": with(sleeper(), json!({
        "ports": [{"target": 80, "published": port.to_string(), "host_ip": "127.0.0.1", "protocol": "tcp"}],
    }))});
    let Some(holder) = scenario(services.clone()).await else {
        return;
    };
    // Port 80 has nothing behind it, so only the start is waited for.
    let no_wait = UpOptions {
        no_wait: true,
        ..UpOptions::default()
    };
    holder.try_up(&no_wait).await.unwrap();
    let Some(second) = scenario(services).await else {
        return;
    };
    let error = second.try_up(&no_wait).await.unwrap_err();
    let message = &error.diagnostic.message;
    assert!(
        message.contains(&format!("{}-web-1", holder.project.name)),
        "{message}"
    );
    assert_eq!(second.leftovers(), "");
}

#[tokio::test]
async fn an_overlapping_subnet_names_its_network() {
    let Some(mut one) = scenario(json!({"web": sleeper()})).await else {
        return;
    };
    let Some(mut two) = scenario(json!({"web": sleeper()})).await else {
        return;
    };
    let subnet = format!("10.214.{}.0/24", std::process::id() % 200);
    for scenario in [&mut one, &mut two] {
        let network = scenario.project.networks.get_mut("default").unwrap();
        network.ipam.config = vec![devkit_compose::model::IpamPool {
            subnet: Some(subnet.clone()),
            ..Default::default()
        }];
    }
    one.up().await;
    let error = two.try_up(&UpOptions::default()).await.unwrap_err();
    assert_eq!(error.class, Class::Environment);
    let message = &error.diagnostic.message;
    assert!(
        message.contains(&format!("{}_default", one.project.name)),
        "{message}"
    );
}

#[tokio::test]
async fn waiting_can_be_limited() {
    let services = json!({"web": with(sleeper(), json!({
        "healthcheck": {"test": ["CMD", "false"], "interval": "30s", "retries": 100},
    }))});
    let Some(scenario) = scenario(services).await else {
        return;
    };
    let options = UpOptions {
        wait_timeout: Some(Duration::from_millis(1500)),
        ..UpOptions::default()
    };
    let report = scenario.try_up(&options).await.unwrap().report;
    assert!(
        report.failures[0]
            .error
            .diagnostic
            .message
            .contains("not ready in time")
    );
}
