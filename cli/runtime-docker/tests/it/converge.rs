use std::time::{Duration, Instant};

use devkit_runtime::{Cause, UpOptions};
use serde_json::json;

use crate::support::{after, healthy, scenario, sleeper, steps, with};

fn chain() -> serde_json::Value {
    let link = || with(sleeper(), healthy("1s"));
    json!({
        "a": link(),
        "b": with(link(), after("a", "service_healthy")),
        "c": with(link(), after("b", "service_healthy")),
        "d": with(link(), after("c", "service_healthy")),
    })
}

#[tokio::test]
async fn an_up_with_nothing_to_do_is_quick() {
    let Some(scenario) = scenario(chain()).await else {
        return;
    };
    let cold = scenario.up().await;
    assert!(cold.report.succeeded(), "{:?}", cold.report);
    assert_eq!(cold.report.ready, ["a", "b", "c", "d"]);
    // The engine's own verdicts have come when all four are healthy to it.
    let deadline = Instant::now() + Duration::from_secs(20);
    let mut best = Duration::MAX;
    while best > Duration::from_millis(100) && Instant::now() < deadline {
        let again = scenario.up().await;
        assert!(again.plan.is_empty(), "{:?}", again.plan);
        assert!(again.report.succeeded());
        best = best.min(again.elapsed);
    }
    eprintln!("cold {:?}, nothing to do {best:?}", cold.elapsed);
    assert!(best < Duration::from_secs(1), "{best:?}");
    scenario.down(true).await;
    assert_eq!(scenario.leftovers(), "");
}

#[tokio::test]
async fn a_changed_variable_recreates_only_its_service_and_names_the_key() {
    let services = |level: &str, password: &str| {
        json!({
            "web": with(sleeper(), json!({"environment": {"LOG_LEVEL": level, "DB_PASSWORD": password}})),
            "other": sleeper(),
        })
    };
    let Some(mut scenario) = scenario(services("info", "one")).await else {
        return;
    };
    scenario.up().await;
    let (web, other) = (scenario.id("web").await, scenario.id("other").await);
    scenario.set(services("debug", "two"));
    let report = scenario.up().await;
    assert_eq!(
        steps(&report),
        [
            "Create web",
            "Stop web",
            "Remove web",
            "Rename web",
            "Start web"
        ]
    );
    let cause = report.plan.steps[0].cause.to_string();
    assert_eq!(
        cause,
        "environment.DB_PASSWORD, environment.LOG_LEVEL (info -> debug) changed"
    );
    assert_ne!(scenario.id("web").await, web);
    assert_eq!(scenario.id("other").await, other);
    let instance = &scenario.instances("web").await[0];
    assert_eq!(instance.name, format!("{}-web-1", scenario.project.name));
    assert_eq!(instance.environment["LOG_LEVEL"], "debug");
}

#[tokio::test]
async fn scaling_adds_and_removes_the_highest_numbers() {
    let Some(scenario) = scenario(json!({"web": sleeper()})).await else {
        return;
    };
    let scaled = |count| UpOptions {
        scale: [("web".to_owned(), count)].into(),
        timeout: Some(1),
        ..UpOptions::default()
    };
    scenario.try_up(&scaled(3)).await.unwrap();
    let numbers = |instances: Vec<devkit_runtime::Instance>| {
        instances
            .iter()
            .map(|instance| instance.number)
            .collect::<Vec<_>>()
    };
    assert_eq!(numbers(scenario.instances("web").await), [1, 2, 3]);
    let first = scenario.id("web").await;
    let report = scenario.try_up(&scaled(1)).await.unwrap();
    assert_eq!(
        report.plan.steps[0].cause,
        Cause::ScaleDown { from: 3, to: 1 }
    );
    assert_eq!(numbers(scenario.instances("web").await), [1]);
    assert_eq!(scenario.id("web").await, first);
}

#[tokio::test]
async fn a_one_shot_that_ended_well_is_not_run_again_until_its_volume_is_new() {
    let once = json!({
        "image": "debian:trixie-slim",
        "command": ["sh", "-c", "echo run >> /data/runs"],
        "volumes": [{"type": "volume", "source": "data", "target": "/data"}],
    });
    let services = json!({
        "migrate": once,
        "web": with(sleeper(), after("migrate", "service_completed_successfully")),
    });
    let Some(scenario) = scenario(services).await else {
        return;
    };
    let report = scenario.up().await;
    assert_eq!(report.report.ready, ["migrate", "web"]);
    let finished = scenario.instances("migrate").await[0].finished_at;
    let again = scenario.up().await;
    assert!(again.plan.is_empty(), "{:?}", again.plan);
    assert_eq!(scenario.instances("migrate").await[0].finished_at, finished);
    scenario.down(true).await;
    let anew = scenario.up().await;
    assert!(steps(&anew).contains(&"Start migrate".to_owned()));
}

#[tokio::test]
async fn a_changed_subnet_remakes_the_network_and_what_is_on_it() {
    let Some(mut scenario) = scenario(json!({"web": sleeper()})).await else {
        return;
    };
    scenario.up().await;
    let before = scenario.id("web").await;
    let octet = std::process::id() % 200;
    let subnet = format!("10.213.{octet}.0/24");
    let network = scenario.project.networks.get_mut("default").unwrap();
    network.ipam.config = vec![devkit_compose::model::IpamPool {
        subnet: Some(subnet.clone()),
        ..Default::default()
    }];
    let report = scenario.up().await;
    assert!(report.report.succeeded(), "{:?}", report.report);
    assert_ne!(scenario.id("web").await, before);
    let address = scenario.instances("web").await[0]
        .networks
        .values()
        .find_map(|address| address.ip)
        .unwrap();
    assert!(
        address.to_string().starts_with(&format!("10.213.{octet}.")),
        "{address}"
    );
    assert!(scenario.up().await.plan.is_empty());
}

#[tokio::test]
async fn inline_configs_arrive_and_their_content_counts() {
    let services = json!({
        "web": with(sleeper(), json!({
            "command": ["sh", "-c", "cat /etc/greeting; sleep 600"],
            "configs": [{"source": "greeting", "target": "/etc/greeting", "mode": "0444"}],
        })),
    });
    let Some(mut scenario) = scenario(json!({})).await else {
        return;
    };
    scenario.config("greeting", "hello\n");
    scenario.set(services);
    scenario.up().await;
    let before = scenario.id("web").await;
    assert!(scenario.up().await.plan.is_empty());
    scenario.config("greeting", "good evening\n");
    let report = scenario.up().await;
    assert_eq!(
        report.plan.steps[0].cause.to_string(),
        "configs.greeting changed"
    );
    assert_ne!(scenario.id("web").await, before);
}

#[tokio::test]
async fn data_in_anonymous_volumes_survives_a_replacement() {
    let services = |level: &str| {
        json!({"web": with(sleeper(), json!({
            "command": ["sh", "-c", "echo x >> /data/starts; wc -l < /data/starts > /data/count; sleep 600"],
            "environment": {"LEVEL": level},
            "volumes": [{"type": "volume", "target": "/data"}],
            "healthcheck": {"test": ["CMD", "test", "-s", "/data/count"], "interval": "10s"},
        }))})
    };
    let Some(mut scenario) = scenario(services("one")).await else {
        return;
    };
    scenario.up().await;
    let volume = |instances: Vec<devkit_runtime::Instance>| instances[0].mounts[0].source.clone();
    let before = volume(scenario.instances("web").await);
    scenario.set(services("two"));
    scenario.up().await;
    assert_eq!(volume(scenario.instances("web").await), before);
    scenario.down(true).await;
    assert!(!scenario.has_volume(&before).await);
}

#[tokio::test]
async fn orphans_are_named_and_removed_when_asked() {
    let Some(mut scenario) = scenario(json!({"old": sleeper(), "web": sleeper()})).await else {
        return;
    };
    scenario.up().await;
    scenario.set(json!({"web": sleeper()}));
    let report = scenario.up().await;
    assert!(
        report.plan.warnings[0].message.contains("-old-1"),
        "{:?}",
        report.plan.warnings
    );
    let options = UpOptions {
        remove_orphans: true,
        ..UpOptions::default()
    };
    scenario.try_up(&options).await.unwrap();
    assert!(scenario.instances("old").await.is_empty());
    assert_eq!(scenario.instances("web").await.len(), 1);
}
