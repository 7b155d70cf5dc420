use std::fs;

use devkit_runtime::{Event, UpOptions};
use serde_json::json;

use crate::support::{scenario, sleeper, with};

#[tokio::test]
async fn what_changes_in_the_context_is_built_and_replaced() {
    let Some(mut scenario) = scenario(json!({})).await else {
        return;
    };
    let context = scenario.path().join("web");
    fs::create_dir_all(&context).unwrap();
    fs::write(
        context.join("Dockerfile"),
        "FROM debian:trixie-slim\nARG NAME\nRUN echo built for $NAME\nCOPY message /message\n",
    )
    .unwrap();
    fs::write(context.join("message"), "one").unwrap();
    let image = format!("{}-web", scenario.project.name);
    scenario.set(json!({"web": with(sleeper(), json!({
        "image": image,
        "build": {"context": context, "args": {"NAME": scenario.project.name}},
    }))}));
    let (report, events) = scenario.up_with_events(&UpOptions::default()).await;
    let report = report.unwrap();
    assert!(report.report.succeeded(), "{:?}", report.report);
    let said = |wanted: &str| {
        events
            .iter()
            .any(|event| matches!(event, Event::BuildOutput { line, .. } if line.contains(wanted)))
    };
    assert!(said(&format!("built for {}", scenario.project.name)));
    let before = scenario.id("web").await;
    assert!(scenario.up().await.plan.is_empty());

    fs::write(context.join("message"), "two").unwrap();
    let options = UpOptions {
        build: true,
        ..UpOptions::default()
    };
    let report = scenario.try_up(&options).await.unwrap();
    assert_eq!(report.plan.steps[0].cause.to_string(), "image changed");
    assert_ne!(scenario.id("web").await, before);
    scenario.down(true).await;
    let _ = std::process::Command::new("docker")
        .args(["rmi", "-f", &image])
        .output();
}

#[tokio::test]
async fn a_failing_build_tells_its_last_lines() {
    let Some(mut scenario) = scenario(json!({})).await else {
        return;
    };
    let context = scenario.path().to_owned();
    scenario.set(json!({"web": with(sleeper(), json!({
        "image": format!("{}-web", scenario.project.name),
        "build": {"context": context, "dockerfile_inline": "FROM debian:trixie-slim\nRUN echo no compiler here && exit 9\n"},
    }))}));
    let report = scenario.up().await.report;
    let diagnostic = &report.failures[0].error.diagnostic;
    assert!(
        diagnostic
            .message
            .starts_with("The build of service web failed"),
        "{diagnostic:?}"
    );
    assert!(
        diagnostic
            .notes
            .iter()
            .any(|note| note.contains("no compiler here")),
        "{diagnostic:?}"
    );
}
