use std::time::{Duration, Instant};

use devkit_runtime::{Cancellation, Class, Events, UpOptions};
use serde_json::json;

use crate::support::{after, healthy, scenario, sleeper, with};

#[tokio::test]
async fn an_interrupted_wait_ends_at_once_and_the_next_up_goes_on() {
    let flag = json!({
        "healthcheck": {"test": ["CMD", "test", "-e", "/tmp/flag"], "interval": "60s"},
    });
    let services = |flag: serde_json::Value| {
        json!({
            "a": with(sleeper(), flag),
            "b": with(sleeper(), after("a", "service_healthy")),
        })
    };
    let Some(mut scenario) = scenario(services(flag)).await else {
        return;
    };
    let cancellation = Cancellation::new();
    let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
    let events = Events::new(sender);
    let options = UpOptions::default();
    let up = devkit_runtime::up(
        &*scenario.driver,
        &scenario.project,
        &options,
        &events,
        &cancellation,
    );
    let interrupt = async {
        while let Some(event) = receiver.recv().await {
            if matches!(event, devkit_runtime::Event::Probed { .. }) {
                cancellation.cancel();
                return Instant::now();
            }
        }
        panic!("no test was run");
    };
    let (result, asked) = tokio::join!(up, interrupt);
    assert_eq!(result.unwrap_err().class, Class::Interrupted);
    assert!(asked.elapsed() < Duration::from_millis(500));
    scenario.set(services(healthy("60s")));
    let report = scenario.up().await;
    assert_eq!(report.report.ready, ["a", "b"]);
    scenario.down(true).await;
    assert_eq!(scenario.leftovers(), "");
}

/// Drops `up` at many moments, as a kill would, and lets the next one go on from there.
#[tokio::test]
async fn whatever_is_left_by_a_kill_the_next_up_goes_on() {
    let services = |level: usize| {
        json!({
            "a": with(with(sleeper(), healthy("60s")), json!({
                "environment": {"LEVEL": level.to_string()},
            })),
            "b": with(sleeper(), after("a", "service_healthy")),
        })
    };
    let Some(mut scenario) = scenario(services(0)).await else {
        return;
    };
    for (round, patience) in [20, 80, 150, 250, 400].into_iter().enumerate() {
        scenario.set(services(round));
        let options = UpOptions::default();
        let up = scenario.try_up(&options);
        // However far it came: what matters is what the next one makes of it.
        let _ = tokio::time::timeout(Duration::from_millis(patience), up).await;
    }
    let report = scenario.up().await;
    assert_eq!(report.report.ready, ["a", "b"], "{:?}", report.report);
    for service in ["a", "b"] {
        let instances = scenario.instances(service).await;
        assert_eq!(instances.len(), 1, "{instances:?}");
        assert_eq!(
            instances[0].name,
            format!("{}-{service}-1", scenario.project.name)
        );
    }
    assert!(scenario.up().await.plan.is_empty());
    scenario.down(true).await;
    assert_eq!(scenario.leftovers(), "");
}
