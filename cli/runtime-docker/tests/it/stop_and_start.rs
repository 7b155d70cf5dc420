use devkit_runtime::{Cancellation, Events, PortQuestion, SignalOptions, State};
use serde_json::json;

use crate::support::{after, free_port, healthy, scenario, sleeper, steps, with};

#[tokio::test]
async fn what_was_stopped_is_started_again_in_order_without_its_one_shots() {
    let services = json!({
        "db": with(sleeper(), healthy("30s")),
        "migrate": with(
            json!({"image": "debian:trixie-slim", "command": ["true"]}),
            after("db", "service_healthy"),
        ),
        "web": with(sleeper(), after("migrate", "service_completed_successfully")),
    });
    let Some(scenario) = scenario(services).await else {
        return;
    };
    scenario.up().await;
    let migrated = scenario.instances("migrate").await[0].finished_at;
    let (events, cancellation) = (Events::none(), Cancellation::new());
    let options = SignalOptions {
        timeout: Some(1),
        ..SignalOptions::default()
    };
    let stopped = devkit_runtime::stop(
        &*scenario.driver,
        &scenario.project,
        &options,
        &events,
        &cancellation,
    )
    .await
    .unwrap();
    let order: Vec<&str> = stopped
        .done
        .iter()
        .filter_map(|step| step.action.service())
        .collect();
    assert_eq!(order, ["web", "db"]);
    assert_eq!(scenario.instances("db").await[0].state, State::Exited);

    let started = devkit_runtime::start(
        &*scenario.driver,
        &scenario.project,
        &options,
        &events,
        &cancellation,
    )
    .await
    .unwrap();
    assert!(started.succeeded(), "{started:?}");
    assert_eq!(started.ready, ["db", "migrate", "web"]);
    assert_eq!(scenario.instances("migrate").await[0].finished_at, migrated);
    assert!(scenario.up().await.plan.is_empty());
}

#[tokio::test]
async fn an_up_after_a_stop_starts_the_same_containers() {
    let Some(scenario) = scenario(json!({"web": sleeper()})).await else {
        return;
    };
    scenario.up().await;
    let before = scenario.id("web").await;
    let options = SignalOptions {
        timeout: Some(1),
        ..SignalOptions::default()
    };
    devkit_runtime::stop(
        &*scenario.driver,
        &scenario.project,
        &options,
        &Events::none(),
        &Cancellation::new(),
    )
    .await
    .unwrap();
    let report = scenario.up().await;
    assert_eq!(steps(&report), ["Start web"]);
    assert_eq!(scenario.id("web").await, before);
}

#[tokio::test]
async fn a_published_port_is_found_and_an_unpublished_one_refused() {
    let port = free_port();
    let services = json!({"web": {
        "image": "redis:8",
        "ports": [{"target": 6379, "published": port.to_string(), "host_ip": "127.0.0.1", "protocol": "tcp"}],
        "stop_grace_period": "1s",
    }});
    let Some(scenario) = scenario(services).await else {
        return;
    };
    scenario.up().await;
    let question = |target| PortQuestion {
        service: "web".into(),
        number: None,
        target,
        protocol: "tcp".into(),
    };
    let found = devkit_runtime::port(&*scenario.driver, &scenario.project, &question(6379)).await;
    let found = found.unwrap();
    assert_eq!(found.host_port, Some(port));
    assert_eq!(found.host_address.as_deref(), Some("127.0.0.1"));
    let refused = devkit_runtime::port(&*scenario.driver, &scenario.project, &question(80)).await;
    let message = refused.unwrap_err().diagnostic.message.clone();
    assert!(message.contains("80/tcp"), "{message}");
}
