//! Connections from inside a container, whatever its image holds and wherever the engine is.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use devkit_runtime::{Driver, Peer, Reach};
use devkit_runtime_docker::{ConnectOptions, DockerDriver};
use serde_json::json;
use tokio::net::{TcpListener, TcpStream, UnixStream};

use crate::support::{Scenario, scenario, sleeper, with};

/// An image with one program and nothing else: no shell, no tools.
struct BareImage {
    name: String,
}

impl BareImage {
    fn import(tag: &str) -> Option<Self> {
        let name = format!("devkit-test-bare-{}:{tag}", std::process::id());
        let mut files = vec!["/bin/sleep".to_owned()];
        let libraries = Command::new("ldd").arg("/bin/sleep").output().ok()?;
        let words = String::from_utf8_lossy(&libraries.stdout).into_owned();
        files.extend(
            words
                .split_whitespace()
                .filter(|word| word.starts_with('/'))
                .map(str::to_owned),
        );
        let mut packed = Command::new("tar")
            .args(["--create", "--dereference", "--directory", "/"])
            .args(files.iter().map(|file| file.trim_start_matches('/')))
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        let imported = Command::new("docker")
            .args(["import", "-", &name])
            .stdin(packed.stdout.take()?)
            .output()
            .ok()?;
        assert!(packed.wait().ok()?.success() && imported.status.success());
        Some(Self { name })
    }
}

impl Drop for BareImage {
    fn drop(&mut self) {
        let _ = Command::new("docker")
            .args(["rmi", "--force", &self.name])
            .output();
    }
}

/// The same engine by way of TCP, as if it were on another machine.
async fn elsewhere() -> DockerDriver {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut near, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut engine = UnixStream::connect("/var/run/docker.sock").await.unwrap();
                let _ = tokio::io::copy_bidirectional(&mut near, &mut engine).await;
            });
        }
    });
    let options = ConnectOptions {
        host: Some(format!("tcp://{address}")),
        ..ConnectOptions::default()
    };
    DockerDriver::connect(&options).await.unwrap()
}

fn peer(host: &str, port: u16) -> Peer {
    Peer {
        host: host.to_owned(),
        port,
    }
}

/// The containers that a test was made with and that are still there.
fn left_over(scenario: &Scenario) -> String {
    let project = format!("label=com.docker.compose.project={}", scenario.project.name);
    let output = Command::new("docker")
        .args([
            "ps",
            "--all",
            "--quiet",
            "--filter",
            "label=dev.devkit.probe",
        ])
        .args(["--filter", &project])
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[tokio::test]
async fn a_peer_is_reached_from_inside_an_image_without_any_tool() {
    let services = json!({
        "server": {"image": "redis:8", "expose": ["6379"]},
        "client": sleeper(),
    });
    let Some(mut scenario) = scenario(services.clone()).await else {
        return;
    };
    let image = BareImage::import("whole").unwrap();
    let mut services = services;
    services["bare"] = json!({
        "image": image.name, "entrypoint": ["/bin/sleep", "600"], "stop_grace_period": "0s",
    });
    scenario.set(services);
    scenario.up().await;
    let server = TcpStream::connect((
        scenario.instances("server").await[0]
            .networks
            .values()
            .find_map(|address| address.ip)
            .unwrap(),
        6379,
    ));
    assert!(server.await.is_ok(), "the server listens");
    let peers = [
        peer("server", 6379),
        peer("server", 1),
        peer("nobody", 6379),
    ];
    let expected = [Reach::Connected, Reach::Refused, Reach::Unresolved];
    let far = elsewhere().await;
    for service in ["client", "bare"] {
        let from = &scenario.instances(service).await[0];
        let near = scenario.driver.reach(&scenario.project, from, &peers).await;
        assert_eq!(near.unwrap(), expected, "{service}, from here");
        let far = far.reach(&scenario.project, from, &peers).await;
        assert_eq!(far.unwrap(), expected, "{service}, by the engine alone");
    }
    assert_eq!(left_over(&scenario), "");
    scenario.down(true).await;
}

// What removes the container blocks its thread, and the way to the engine must go on meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn a_test_that_is_given_up_leaves_no_container() {
    let services = json!({"other": with(sleeper(), json!({}))});
    let Some(mut scenario) = scenario(services.clone()).await else {
        return;
    };
    let image = BareImage::import("given-up").unwrap();
    scenario.set(json!({"bare": {
        "image": image.name, "entrypoint": ["/bin/sleep", "600"], "stop_grace_period": "0s",
    }}));
    scenario.up().await;
    let far = elsewhere().await;
    let from = scenario.instances("bare").await[0].clone();
    // An address of which nothing ever comes back holds the script for two seconds each.
    let peers = vec![peer("192.0.2.1", 9); 5];
    let mut running = far.reach(&scenario.project, &from, &peers);
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let pause = tokio::time::sleep(Duration::from_millis(50));
        tokio::select! {
            answers = &mut running => panic!("over too soon: {answers:?}"),
            () = pause => {}
        }
        if !left_over(&scenario).is_empty() {
            break;
        }
        assert!(Instant::now() < deadline, "no container was made");
    }
    drop(running);
    assert_eq!(left_over(&scenario), "");
    scenario.down(true).await;
}
