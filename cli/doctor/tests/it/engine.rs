//! Doctor on running containers, with a Docker Engine: what is well, and what is not.

use std::path::Path;

use devkit_diagnostic::Diagnostics;
use devkit_doctor::{Depth, Inputs, Options, Report, Repository, Selection};
use devkit_runtime::{Cancellation, Events, UpOptions};
use devkit_runtime_docker::{ConnectOptions, DockerDriver};
use devkit_testkit::{docker, engine_for_test, free_ports};

use crate::support::{Platform, TODAY, lines, load};

const DOCUMENT: &str =
    "# Data\n\n```mermaid\ngraph TD\n  R[Redis] --> P[(PostgreSQL)]\n  R --> Q[RabbitMQ]\n```\n";

fn compose(name: &str, ports: &[u16]) -> String {
    format!(
        r#"name: {name}
services:
  postgres:
    image: postgres:17
    environment: {{ POSTGRES_USER: app, POSTGRES_PASSWORD: first, POSTGRES_DB: app }}
    ports: ["127.0.0.1:{}:5432"]
    volumes: ["data:/var/lib/postgresql/data"]
    healthcheck: {{ test: ["CMD-SHELL", "pg_isready -h 127.0.0.1 -U app"], interval: 1s, retries: 90 }}
  redis:
    image: redis:8
    environment: {{ REDIS_PASSWORD: second }}
    command: ["sh", "-c", "exec docker-entrypoint.sh redis-server --requirepass $$REDIS_PASSWORD"]
    ports: ["127.0.0.1:{}:6379"]
    healthcheck: {{ test: ["CMD-SHELL", "redis-cli ping"], interval: 1s, retries: 90 }}
  rabbitmq:
    image: rabbitmq:4-management
    environment: {{ RABBITMQ_DEFAULT_USER: app, RABBITMQ_DEFAULT_PASS: third }}
    ports: ["127.0.0.1:{}:5672", "127.0.0.1:{}:15672"]
    healthcheck: {{ test: ["CMD", "rabbitmq-diagnostics", "-q", "check_port_connectivity"], interval: 2s, timeout: 20s, retries: 90 }}
volumes:
  data:
"#,
        ports[0], ports[1], ports[2], ports[3]
    )
}

/// A running project; what carries its label is removed at the end, also when the test fails.
pub(crate) struct Running {
    project: String,
}

impl Running {
    pub(crate) fn up(root: &Path) -> Running {
        let project = load(root, &[]);
        let running = Running {
            project: project.name.clone(),
        };
        let started = async {
            let driver = DockerDriver::connect(&ConnectOptions::default()).await?;
            let (sender, _receiver) = tokio::sync::mpsc::unbounded_channel();
            let events = Events::new(sender);
            let options = UpOptions::default();
            devkit_runtime::up(&driver, &project, &options, &events, &Cancellation::new()).await
        };
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let started = runtime.block_on(started).unwrap();
        assert!(started.report.failures.is_empty(), "{started:?}");
        running
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let label = format!("label=com.docker.compose.project={}", self.project);
        let each = |list: &[&str], remove: &[&str]| {
            for name in docker(list).unwrap_or_default().lines() {
                let _ = docker(&[remove, &[name]].concat());
            }
        };
        each(&["ps", "-aq", "--filter", &label], &["rm", "-f", "-v"]);
        for kind in ["network", "volume"] {
            each(&[kind, "ls", "-q", "--filter", &label], &[kind, "rm"]);
        }
    }
}

pub(crate) async fn probe(platform: &Platform) -> Report {
    let root = platform.root();
    let project = load(&root, &[]);
    let documents = platform.documents();
    let repository = Repository::collect(&root, &[&project]);
    let driver = DockerDriver::connect(&ConnectOptions::default())
        .await
        .unwrap();
    let omitted = Diagnostics::new();
    let inputs = Inputs {
        root: &root,
        project: &project,
        production: None,
        omitted: &omitted,
        documents: &documents,
        repository: &repository,
        machine: None,
        driver: Some(&driver),
        today: TODAY,
    };
    let options = Options {
        depth: Depth::Probe,
        // The passwords of this test stand in its compose file.
        selection: Selection::new::<&str>(&[], &["DK404"]).unwrap(),
        ..Options::default()
    };
    devkit_doctor::run(&inputs, &options).await
}

#[test]
fn running_services_answer_and_a_wrong_password_is_told() {
    if !engine_for_test("running services answer") {
        return;
    }
    let name = format!("devkit-doctor-{}", std::process::id());
    let ports = free_ports(4);
    let text = compose(&name, &ports);
    let platform = Platform::of(&text, DOCUMENT);
    let root = platform.root();
    let _running = Running::up(&root);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let report = runtime.block_on(probe(&platform));
    assert_eq!(lines(&report), Vec::<String>::new());
    assert_eq!(report.summary().undecided, 0);
    let decided = |id: &str| {
        report
            .rules
            .iter()
            .any(|rule| rule.rule.id == id && rule.state == devkit_doctor::report::State::Decided)
    };
    for id in [
        "DK221", "DK520", "DK522", "DK930", "DK931", "DK940", "DK950", "DK952",
    ] {
        assert!(decided(id), "{id} was not decided");
    }

    platform.replace(
        "docker-compose.yml",
        "POSTGRES_PASSWORD: first",
        "POSTGRES_PASSWORD: other",
    );
    platform.replace(
        "docker-compose.yml",
        "REDIS_PASSWORD: second",
        "REDIS_PASSWORD: other",
    );
    let report = runtime.block_on(probe(&platform));
    let found: Vec<_> = report
        .findings
        .iter()
        .map(|finding| finding.rule.id)
        .collect();
    // What runs was made with the passwords of before, which is why it lets nobody in.
    assert_eq!(
        found,
        ["DK125", "DK125", "DK930", "DK940"],
        "{:#?}",
        lines(&report)
    );
    let shown = devkit_doctor::output::json(&report);
    assert!(
        !shown.contains("\"other\"") && !shown.contains("first"),
        "{shown}"
    );
}

/// A container of `docker compose run`, which `down` leaves alone.
struct OneOff<'a> {
    name: &'a str,
}

impl<'a> OneOff<'a> {
    /// Runs the web server of a project once more, with its port published.
    fn of(project: &str, name: &'a str, port: &str) -> Self {
        let labels = [
            format!("com.docker.compose.project={project}"),
            "com.docker.compose.service=web".to_owned(),
            "com.docker.compose.oneoff=True".to_owned(),
        ];
        let bound = format!("127.0.0.1:{port}:{port}");
        let mut arguments = vec!["run", "-d", "--name", name, "-p", &bound];
        arguments.extend(labels.iter().flat_map(|label| ["--label", label]));
        arguments.extend(["python:3.13-slim", "python3", "-m", "http.server", port]);
        docker(&arguments).expect("the container runs");
        Self { name }
    }
}

impl Drop for OneOff<'_> {
    fn drop(&mut self) {
        let _ = docker(&["rm", "--force", self.name]);
    }
}

#[test]
fn an_unpublished_port_that_answers_on_the_host_is_told() {
    if !engine_for_test("an unpublished port that answers") {
        return;
    }
    let port = free_ports(1)[0];
    let text = format!(
        r#"name: devkit-doctor-open-{}
services:
  web:
    image: python:3.13-slim
    command: ["python3", "-m", "http.server", "{port}"]
    expose: ["{port}"]
    healthcheck:
      test: ["CMD", "python3", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:{port}/')"]
      interval: 1s
      retries: 60
"#,
        std::process::id()
    );
    let platform = Platform::of(&text, "# Web\n");
    let root = platform.root();
    let running = Running::up(&root);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let found = || {
        let report = runtime.block_on(probe(&platform));
        let open = report.rules.iter().find(|rule| rule.rule.id == "DK521");
        assert_eq!(
            open.unwrap().state,
            devkit_doctor::report::State::Decided,
            "{open:?}"
        );
        lines(&report)
    };
    assert_eq!(found(), Vec::<String>::new());
    // Another program on that port of the host is not the service.
    let other = std::net::TcpListener::bind(("127.0.0.1", port)).unwrap();
    assert_eq!(found(), Vec::<String>::new());
    drop(other);
    let name = format!("{}-other", running.project);
    let _other = OneOff::of(&running.project, &name, &port.to_string());
    let found = found();
    assert!(
        matches!(found.as_slice(), [one] if one.starts_with("DK521 error web ")),
        "{found:#?}"
    );
}
