use devkit_runtime::{Decided, Event, UpOptions};
use serde_json::json;

use crate::support::{after, scenario, sleeper, with};

fn decided(events: &[Event], wanted: &str) -> Option<Decided> {
    events.iter().find_map(|event| match event {
        Event::Ready {
            service, decided, ..
        } if service == wanted => Some(*decided),
        _ => None,
    })
}

#[tokio::test]
async fn known_backing_services_must_answer_their_protocol() {
    let services = json!({
        "postgres": {
            "image": "postgres:17",
            "environment": {"POSTGRES_PASSWORD": "secret"},
            "healthcheck": {"test": ["CMD-SHELL", "pg_isready -U postgres"], "interval": "60s", "timeout": "5s"},
            "stop_grace_period": "1s",
        },
        "redis": {
            "image": "redis:8",
            "healthcheck": {"test": ["CMD", "redis-cli", "ping"], "interval": "60s", "timeout": "5s"},
        },
        "web": with(
            with(sleeper(), json!({"command": ["sleep", "600"]})),
            json!({"depends_on": {
                "postgres": {"condition": "service_healthy", "required": true},
                "redis": {"condition": "service_healthy", "required": true},
            }}),
        ),
    });
    let Some(scenario) = scenario(services).await else {
        return;
    };
    let (report, events) = scenario.up_with_events(&UpOptions::default()).await;
    let report = report.unwrap();
    assert!(report.report.succeeded(), "{:?}", report.report);
    // The engine would first look after a minute: devkit asked by itself.
    assert_eq!(decided(&events, "postgres"), Some(Decided::Protocol));
    assert_eq!(decided(&events, "redis"), Some(Decided::Protocol));
    assert!(report.elapsed.as_secs() < 30, "{:?}", report.elapsed);
    scenario.down(true).await;
    assert_eq!(scenario.leftovers(), "");
}

#[tokio::test]
async fn without_a_health_test_a_named_port_must_accept() {
    let services = json!({
        "redis": {
            "image": "redis:8",
            "command": ["sh", "-c", "sleep 1; exec redis-server"],
            "expose": ["6379"],
        },
        "plain": sleeper(),
    });
    let Some(scenario) = scenario(services).await else {
        return;
    };
    let (report, events) = scenario.up_with_events(&UpOptions::default()).await;
    assert!(report.unwrap().report.succeeded());
    assert_eq!(decided(&events, "redis"), Some(Decided::Port(6379)));
    assert_eq!(decided(&events, "plain"), Some(Decided::Running));
}

#[tokio::test]
async fn a_service_that_ends_well_and_is_not_restarted_is_done() {
    let services = json!({
        "seed": {"image": "debian:trixie-slim", "command": ["true"], "restart": "no"},
        "web": with(sleeper(), after("seed", "service_started")),
    });
    let Some(scenario) = scenario(services).await else {
        return;
    };
    let (report, _) = scenario.up_with_events(&UpOptions::default()).await;
    assert_eq!(report.unwrap().report.ready, ["seed", "web"]);
}
