use std::sync::Arc;
use std::time::Duration;

use devkit_runtime::{
    Driver, ExecOptions, LogOptions, LogSelection, OutputStream, SignalOptions, logs,
};
use futures::{StreamExt, TryStreamExt};
use regex::Regex;
use serde_json::json;
use tokio::io::AsyncWriteExt;

use crate::support::{scenario, sleeper, with};

#[tokio::test]
async fn logs_are_filtered_and_keep_their_streams() {
    let services = json!({"web": with(sleeper(), json!({
        "command": ["sh", "-c", "for n in 1 2 3 4; do echo line $n; done; echo bad line >&2; touch /tmp/done; sleep 600"],
        "healthcheck": {"test": ["CMD", "test", "-e", "/tmp/done"], "interval": "30s"},
    }))});
    let Some(scenario) = scenario(services).await else {
        return;
    };
    scenario.up().await;
    let read = async |selection| {
        let lines = logs(
            scenario.driver.clone(),
            Arc::new(scenario.project.clone()),
            selection,
        );
        lines.await.unwrap().try_collect::<Vec<_>>().await.unwrap()
    };
    let all = read(LogSelection::default()).await;
    assert_eq!(all.len(), 5, "{all:?}");
    assert!(
        all.iter()
            .all(|line| line.at.is_some() && line.service == "web")
    );
    assert!(
        all.iter()
            .any(|line| line.stream == OutputStream::Stderr && line.text == "bad line")
    );
    let last_two = read(LogSelection {
        grep: Some(Regex::new("^line").unwrap()),
        lines: LogOptions {
            tail: Some(2),
            ..LogOptions::default()
        },
        ..LogSelection::default()
    })
    .await;
    let texts: Vec<&str> = last_two.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts, ["line 3", "line 4"]);
}

#[tokio::test]
async fn following_goes_on_after_a_restart_without_repeating_lines() {
    let services = json!({"web": with(sleeper(), json!({
        "command": ["sh", "-c", "echo started; sleep 600"],
    }))});
    let Some(scenario) = scenario(services).await else {
        return;
    };
    scenario.up().await;
    let selection = LogSelection {
        lines: LogOptions {
            follow: true,
            ..LogOptions::default()
        },
        ..LogSelection::default()
    };
    let project = Arc::new(scenario.project.clone());
    let mut lines = logs(scenario.driver.clone(), project, selection)
        .await
        .unwrap();
    assert_eq!(lines.next().await.unwrap().unwrap().text, "started");
    let options = SignalOptions {
        timeout: Some(1),
        ..SignalOptions::default()
    };
    devkit_runtime::restart(
        &*scenario.driver,
        &scenario.project,
        &options,
        &devkit_runtime::Events::none(),
        &devkit_runtime::Cancellation::new(),
    )
    .await
    .unwrap();
    let second = tokio::time::timeout(Duration::from_secs(10), lines.next())
        .await
        .unwrap();
    assert_eq!(second.unwrap().unwrap().text, "started");
    let third = tokio::time::timeout(Duration::from_millis(300), lines.next()).await;
    assert!(third.is_err(), "{third:?}");
}

#[tokio::test]
async fn a_command_gets_its_input_and_gives_its_exit_code() {
    let Some(scenario) = scenario(json!({"web": sleeper()})).await else {
        return;
    };
    scenario.up().await;
    let instance = scenario.instances("web").await.remove(0);
    let options = ExecOptions {
        command: [
            "sh",
            "-c",
            "read name; echo hello $name from $PLACE; echo oops >&2; exit 66",
        ]
        .map(str::to_owned)
        .to_vec(),
        stdin: true,
        environment: vec!["PLACE=here".into()],
        ..ExecOptions::default()
    };
    let mut session = scenario.driver.exec(&instance, &options).await.unwrap();
    let mut input = session.input.take().unwrap();
    input.write_all(b"you\n").await.unwrap();
    input.shutdown().await.unwrap();
    let mut out = Vec::new();
    let mut err = Vec::new();
    while let Some(piece) = session.output.next().await {
        let piece = piece.unwrap();
        match piece.stream {
            OutputStream::Stdout => out.extend(piece.bytes),
            OutputStream::Stderr => err.extend(piece.bytes),
        }
    }
    assert_eq!(String::from_utf8_lossy(&out), "hello you from here\n");
    assert_eq!(String::from_utf8_lossy(&err), "oops\n");
    assert_eq!(session.control.exit_code().await.unwrap(), 66);
}
