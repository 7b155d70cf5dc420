use serde_json::json;

use crate::support::{healthy, scenario, sleeper, with};

#[tokio::test]
async fn docker_compose_sees_and_removes_what_devkit_made() {
    let services = json!({
        "web": with(with(sleeper(), healthy("1s")), json!({
            "command": ["sh", "-c", "echo hello from web; sleep 600"],
            "volumes": [{"type": "volume", "source": "data", "target": "/data"}],
        })),
    });
    let Some(scenario) = scenario(services).await else {
        return;
    };
    scenario.up().await;
    let Some(listed) = scenario.compose(&["ps", "--format", "json"]) else {
        return;
    };
    assert!(
        listed.contains(&format!("{}-web-1", scenario.project.name)),
        "{listed}"
    );
    let logs = scenario.compose(&["logs"]).unwrap();
    assert!(logs.contains("hello from web"), "{logs}");
    scenario.compose(&["down", "-v", "-t", "1"]).unwrap();
    assert_eq!(scenario.leftovers(), "");
}

#[tokio::test]
async fn devkit_sees_adopts_and_removes_what_docker_compose_made() {
    let services = json!({
        "web": with(sleeper(), json!({
            "environment": {"LEVEL": "info"},
            "volumes": [{"type": "volume", "source": "data", "target": "/data"}],
        })),
    });
    let Some(mut scenario) = scenario(services).await else {
        return;
    };
    if scenario.compose(&["up", "-d"]).is_none() {
        return;
    }
    let before = scenario.id("web").await;
    let report = scenario.up().await;
    assert!(report.plan.is_empty(), "{:?}", report.plan);
    assert_eq!(scenario.id("web").await, before);
    scenario.set(json!({"web": with(sleeper(), json!({
        "environment": {"LEVEL": "debug"},
        "volumes": [{"type": "volume", "source": "data", "target": "/data"}],
    }))}));
    let report = scenario.up().await;
    assert_eq!(
        report.plan.steps[0].cause.to_string(),
        "environment.LEVEL (info -> debug) changed"
    );
    scenario.down(true).await;
    assert_eq!(scenario.leftovers(), "");
}
