//! The platform whose running side drifts: small, and of images that every test machine has.

use devkit_testkit::docker;

/// What stands for itself in the commands: the project's name and the published ports.
pub(super) struct Names {
    pub(super) project: String,
    pub(super) redis: u16,
    pub(super) web: u16,
    pub(super) spare: u16,
}

impl Names {
    pub(super) fn fill(&self, text: &str) -> String {
        text.replace("PROJECT", &self.project)
            .replace("REDIS_PORT", &self.redis.to_string())
            .replace("WEB_PORT", &self.web.to_string())
            .replace("SPARE_PORT", &self.spare.to_string())
            .replace(
                "SUBNET",
                &format!("10.{}.7.0/24", 20 + std::process::id() % 70),
            )
    }

    /// The engine's name of a network or volume.
    fn named(&self, key: &str) -> String {
        let separator = if key == "other" { '-' } else { '_' };
        format!("{}{separator}{key}", self.project)
    }

    /// Runs a command of the docker command line.
    pub(super) fn docker(&self, command: &str) {
        let command = self.fill(command);
        let arguments: Vec<&str> = command.split(' ').collect();
        assert!(docker(&arguments).is_some(), "docker {command}");
    }
}

impl Drop for Names {
    /// Removes what `docker compose down` leaves: it does not know what it did not make.
    fn drop(&mut self) {
        let label = format!("label=com.docker.compose.project={}", self.project);
        let left = docker(&["ps", "-aq", "--filter", &label]).unwrap_or_default();
        for container in left.lines() {
            let _ = docker(&["rm", "-f", "-v", container]);
        }
        for network in ["lan", "other"] {
            let _ = docker(&["network", "rm", &self.named(network)]);
        }
        for volume in ["data", "else"] {
            let _ = docker(&["volume", "rm", &self.named(volume)]);
        }
    }
}

pub(super) const COMPOSE: &str = r#"name: PROJECT
services:
  web:
    image: python:3.13-slim
    command: ["python3", "-m", "http.server", "80"]
    init: true
    ports:
      - "127.0.0.1:WEB_PORT:80"
    networks:
      - lan
    deploy:
      resources:
        limits:
          cpus: "0.5"
          memory: 128m
  redis:
    image: redis:8
    command: ["redis-server", "--appendonly", "yes"]
    ports:
      - "127.0.0.1:REDIS_PORT:6379"
    volumes:
      - data:/data
    networks:
      - lan
    deploy:
      resources:
        limits:
          cpus: "0.5"
          memory: 128m
  worker:
    image: debian:trixie-slim
    command: ["sleep", "infinity"]
    init: true
    networks:
      - lan
    scale: 2
networks:
  lan:
    ipam:
      config:
        - subnet: SUBNET
volumes:
  data:
"#;

pub(super) const DOCUMENT: &str = "# Shop\n\n```mermaid\ngraph TD\n  web[web] --> redis[(redis)]\n  worker[worker] --> redis\n```\n";

const LABELS: &str = "--label com.docker.compose.project=PROJECT --label com.docker.compose.oneoff=False --label com.docker.compose.container-number=1";

/// The command that makes the container of a service as the compose file says.
pub(super) fn made(service: &str) -> String {
    let own = match service {
        "web" => {
            "--init -p 127.0.0.1:WEB_PORT:80 --network PROJECT_lan --cpus 0.5 --memory 128m python:3.13-slim python3 -m http.server 80"
        }
        "redis" => {
            "-p 127.0.0.1:REDIS_PORT:6379 -v PROJECT_data:/data --network PROJECT_lan --cpus 0.5 --memory 128m redis:8 redis-server --appendonly yes"
        }
        _ => "--init --network PROJECT_lan debian:trixie-slim sleep infinity",
    };
    format!(
        "run -d --name PROJECT-{service}-1 {LABELS} --label com.docker.compose.service={service} --network-alias {service} {own}"
    )
}
