//! Drifts of what runs that the reference platform cannot have, on a Docker Engine.
//!
//! The others are made on the reference platform itself, in `cli/devkit/tests/scenarios/drifts`.

use std::time::{Duration, Instant};

use devkit_testkit::{docker, engine_for_test};
use tokio::runtime::Runtime;

use crate::engine::{Running, probe};
use crate::support::{Platform, lines};

/// Probes answer at once also where names lead nowhere.
const PATIENCE: Duration = Duration::from_secs(15);

const COMPOSE: &str = r#"name: PROJECT
services:
  redis:
    image: redis:8
    command: ["redis-server"]
    healthcheck: { test: ["CMD", "redis-cli", "ping"], interval: 1s, retries: 60 }
    networks:
      - lan
  worker:
    image: debian:trixie-slim
    command: ["sleep", "infinity"]
    init: true
    networks: [lan]
    scale: 2
networks:
  lan:
    driver: bridge
"#;

const DOCUMENT: &str = "# Shop\n\n```mermaid\ngraph TD\n  worker[worker] --> redis[(redis)]\n```\n";

/// A running platform of two workers and a cache.
struct Shop {
    platform: Platform,
    runtime: Runtime,
    name: String,
    _running: Running,
}

impl Shop {
    fn open() -> Self {
        let name = format!("devkit-drifts-{}", std::process::id());
        let platform = Platform::of(&COMPOSE.replace("PROJECT", &name), DOCUMENT);
        let running = Running::up(&platform.root());
        Self {
            platform,
            runtime: Runtime::new().unwrap(),
            name,
            _running: running,
        }
    }

    fn docker(&self, command: &str) {
        let command = command.replace("PROJECT", &self.name);
        let arguments: Vec<&str> = command.split(' ').collect();
        assert!(docker(&arguments).is_some(), "docker {command}");
    }

    /// The rules of the findings with their lines of the compose file.
    fn found(&self) -> Vec<String> {
        let report = self.runtime.block_on(probe(&self.platform));
        let findings = report.findings.iter().map(|finding| {
            let line = finding.compose.as_ref().map_or(0, |place| place.line);
            format!("{} line {line}", finding.rule.id)
        });
        let found: Vec<String> = findings.collect();
        if found.is_empty() {
            found
        } else {
            [found, lines(&report)].concat()
        }
    }

    /// Expects one finding, at the line that begins with a text.
    #[track_caller]
    fn expect(&self, rule: &str, text: &str) {
        let compose = self.platform.read("docker-compose.yml");
        let before = compose
            .lines()
            .take_while(|line| !line.trim_start().starts_with(text));
        let found = self.found();
        let wanted = format!("{rule} line {}", before.count() + 1);
        assert!(
            found.len() == 2 && found[0] == wanted,
            "{wanted}: {found:#?}"
        );
    }

    #[track_caller]
    fn expect_clean(&self) {
        assert_eq!(self.found(), Vec::<String>::new());
    }
}

#[test]
fn a_service_of_several_instances_drifts() {
    if !engine_for_test("a service of several instances drifts") {
        return;
    }
    let shop = Shop::open();
    shop.expect_clean();

    shop.docker("stop -t 1 PROJECT-worker-2");
    shop.expect("DK123", "worker:");
    shop.docker("start PROJECT-worker-2");
    shop.expect_clean();

    shop.docker("run -d --init --name PROJECT-worker-3 --label com.docker.compose.project=PROJECT --label com.docker.compose.service=worker --label com.docker.compose.oneoff=False --label com.docker.compose.container-number=3 --network PROJECT_lan debian:trixie-slim sleep infinity");
    shop.expect("DK123", "worker:");
    shop.docker("rm -f PROJECT-worker-3");
    shop.expect_clean();

    shop.platform
        .replace("docker-compose.yml", "driver: bridge", "driver: macvlan");
    shop.expect("DK210", "lan:");
    shop.platform
        .replace("docker-compose.yml", "driver: macvlan", "driver: bridge");

    shop.docker("network disconnect PROJECT_lan PROJECT-worker-1");
    let began = Instant::now();
    shop.expect("DK211", "networks: [lan]");
    assert!(began.elapsed() < PATIENCE, "{:?}", began.elapsed());
}
