//! Projects of their own on the engine, which leave nothing behind.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use devkit_compose::Project;
use devkit_compose::model::{FileObject, Network, Service, Volume};
use devkit_runtime::{
    Cancellation, DownOptions, Driver, Event, Events, Result, UpOptions, UpReport,
};
use devkit_runtime_docker::{ConnectOptions, DockerDriver};
use serde_json::{Map, Value, json};
use tokio::sync::mpsc;

static COUNTER: AtomicU32 = AtomicU32::new(0);

/// A project whose containers, networks and volumes go when it is dropped.
pub(crate) struct Scenario {
    pub(crate) driver: Arc<DockerDriver>,
    pub(crate) project: Project,
    pub(crate) folder: tempfile::TempDir,
}

/// Runs a scenario, or says that there is no engine; with `DEVKIT_REQUIRE_ENGINE=1` that fails.
pub(crate) async fn scenario(services: Value) -> Option<Scenario> {
    let options = ConnectOptions {
        host: std::env::var("DOCKER_HOST").ok(),
        ..ConnectOptions::default()
    };
    match DockerDriver::connect(&options).await {
        Ok(driver) => Some(Scenario::new(driver, services)),
        Err(error) => {
            assert!(
                std::env::var("DEVKIT_REQUIRE_ENGINE").as_deref() != Ok("1"),
                "an engine is required: {error}"
            );
            eprintln!("skipped: no engine ({error})");
            None
        }
    }
}

impl Scenario {
    fn new(driver: DockerDriver, services: Value) -> Self {
        let number = COUNTER.fetch_add(1, Ordering::Relaxed);
        let name = format!("devkit-test-{}-{number}", std::process::id());
        let folder = tempfile::tempdir().unwrap();
        let mut scenario = Self {
            driver: Arc::new(driver),
            project: Project {
                name: name.clone(),
                working_dir: folder.path().to_owned(),
                files: vec![folder.path().join("docker-compose.yml")],
                ..Project::default()
            },
            folder,
        };
        let network = Network {
            name: format!("{name}_default"),
            ..Network::default()
        };
        scenario.project.networks.insert("default".into(), network);
        scenario.set(services);
        scenario
    }

    /// Gives the project other services.
    pub(crate) fn set(&mut self, services: Value) {
        self.project.services.clear();
        for (name, service) in services.as_object().unwrap() {
            let mut service = service.clone();
            let keys = service.as_object_mut().unwrap();
            keys.entry("networks").or_insert(json!({"default": null}));
            let service: Service = serde_json::from_value(service).unwrap();
            for mount in service
                .volumes
                .iter()
                .filter(|mount| mount.kind == "volume")
            {
                if let Some(key) = &mount.source {
                    let volume = Volume {
                        name: format!("{}_{key}", self.project.name),
                        ..Volume::default()
                    };
                    self.project.volumes.insert(key.clone(), volume);
                }
            }
            self.project.services.insert(name.clone(), service);
        }
    }

    pub(crate) fn config(&mut self, key: &str, content: &str) {
        let object = FileObject {
            name: key.into(),
            content: Some(content.into()),
            ..FileObject::default()
        };
        self.project.configs.insert(key.into(), object);
    }

    pub(crate) async fn up(&self) -> UpReport {
        self.try_up(&UpOptions::default()).await.unwrap()
    }

    pub(crate) async fn try_up(&self, options: &UpOptions) -> Result<UpReport> {
        self.up_with_events(options).await.0
    }

    pub(crate) async fn up_with_events(
        &self,
        options: &UpOptions,
    ) -> (Result<UpReport>, Vec<Event>) {
        let (sender, mut receiver) = mpsc::unbounded_channel();
        let events = Events::new(sender);
        let cancellation = Cancellation::new();
        let result = devkit_runtime::up(
            &*self.driver,
            &self.project,
            options,
            &events,
            &cancellation,
        )
        .await;
        drop(events);
        let mut all = Vec::new();
        while let Some(event) = receiver.recv().await {
            all.push(event);
        }
        (result, all)
    }

    pub(crate) async fn down(&self, volumes: bool) {
        let options = DownOptions {
            volumes,
            timeout: Some(1),
            ..DownOptions::default()
        };
        let report = devkit_runtime::down(
            &*self.driver,
            &self.project,
            &options,
            &Events::none(),
            &Cancellation::new(),
        )
        .await
        .unwrap();
        assert!(report.succeeded(), "{report:?}");
    }

    pub(crate) async fn has_volume(&self, name: &str) -> bool {
        let client = bollard::Docker::connect_with_defaults().unwrap();
        client.inspect_volume(name).await.is_ok()
    }

    pub(crate) async fn instances(&self, service: &str) -> Vec<devkit_runtime::Instance> {
        self.driver.instances(&self.project, service).await.unwrap()
    }

    pub(crate) async fn id(&self, service: &str) -> String {
        self.instances(service).await[0].id.clone()
    }

    /// Writes the project as a compose file, for Docker Compose itself.
    pub(crate) fn compose_file(&self) -> PathBuf {
        let services: Map<String, Value> = self
            .project
            .services
            .iter()
            .map(|(name, service)| {
                let mut service = serde_json::to_value(service).unwrap();
                drop_empty(&mut service);
                (name.clone(), service)
            })
            .collect();
        let volumes: Map<String, Value> = self
            .project
            .volumes
            .keys()
            .map(|key| (key.clone(), json!({})))
            .collect();
        let file = json!({"name": self.project.name, "services": services, "volumes": volumes});
        let path = self.project.files[0].clone();
        std::fs::write(&path, serde_json::to_string_pretty(&file).unwrap()).unwrap();
        path
    }

    /// Runs `docker compose` on the project; nothing when it is not installed.
    pub(crate) fn compose(&self, arguments: &[&str]) -> Option<String> {
        let installed = Command::new("docker").args(["compose", "version"]).output();
        if !installed.is_ok_and(|output| output.status.success()) {
            eprintln!("skipped: docker compose is not installed");
            return None;
        }
        let output = Command::new("docker")
            .args(["compose", "-f"])
            .arg(self.compose_file())
            .args(arguments)
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            output.status.success(),
            "{arguments:?}: {text}{}",
            String::from_utf8_lossy(&output.stderr)
        );
        Some(text)
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// What of the project is left on the engine, of all kinds.
    pub(crate) fn leftovers(&self) -> String {
        let filter = format!("label=com.docker.compose.project={}", self.project.name);
        let list = |arguments: &[&str]| {
            let output = Command::new("docker")
                .args(arguments)
                .args(["-q", "--filter", &filter])
                .output()
                .unwrap();
            String::from_utf8_lossy(&output.stdout).into_owned()
        };
        [
            list(&["ps", "-a"]),
            list(&["network", "ls"]),
            list(&["volume", "ls"]),
        ]
        .concat()
    }
}

impl Drop for Scenario {
    fn drop(&mut self) {
        let filter = format!("label=com.docker.compose.project={}", self.project.name);
        for (list, remove) in [
            (&["ps", "-aq"][..], &["rm", "-fv"][..]),
            (&["network", "ls", "-q"][..], &["network", "rm"][..]),
            (&["volume", "ls", "-q"][..], &["volume", "rm"][..]),
        ] {
            let found = Command::new("docker")
                .args(list)
                .args(["--filter", &filter])
                .output();
            let Ok(found) = found else { continue };
            let ids = String::from_utf8_lossy(&found.stdout).into_owned();
            if !ids.trim().is_empty() {
                let _ = Command::new("docker")
                    .args(remove)
                    .args(ids.split_whitespace())
                    .output();
            }
        }
    }
}

/// Takes out what says nothing, which Compose would refuse in places.
fn drop_empty(value: &mut Value) {
    if let Value::Object(entries) = value {
        entries.retain(|key, value| {
            drop_empty(value);
            let empty = match value {
                Value::Null => key != "default",
                Value::Array(items) => items.is_empty(),
                Value::Object(entries) => entries.is_empty(),
                Value::Bool(set) => !*set && key != "required",
                Value::String(text) => text.is_empty(),
                Value::Number(_) => false,
            };
            !empty
        });
    }
}

/// A service that does nothing for long, and stops at once when told.
pub(crate) fn sleeper() -> Value {
    json!({
        "image": "debian:trixie-slim",
        "command": ["sleep", "600"],
        "init": true,
        "stop_grace_period": "1s",
    })
}

/// The first object with the second's keys laid over it.
pub(crate) fn with(mut base: Value, over: Value) -> Value {
    let keys = base.as_object_mut().unwrap();
    keys.extend(over.as_object().unwrap().clone());
    base
}

/// A health test that always passes, at the interval that the engine is asked for.
pub(crate) fn healthy(interval: &str) -> Value {
    json!({"healthcheck": {"test": ["CMD", "true"], "interval": interval, "timeout": "5s"}})
}

pub(crate) fn after(service: &str, condition: &str) -> Value {
    json!({"depends_on": {service: {"condition": condition, "required": true}}})
}

/// A port of the host that was free a moment ago.
pub(crate) fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// Descriptions of the steps of a plan, such as `Create api`.
pub(crate) fn steps(report: &UpReport) -> Vec<String> {
    report
        .plan
        .steps
        .iter()
        .map(|step| {
            let action = format!("{:?}", step.action);
            let kind = action
                .split([' ', '{'])
                .next()
                .unwrap_or_default()
                .to_owned();
            format!(
                "{kind} {}",
                step.action.service().unwrap_or(step.action.subject())
            )
        })
        .collect()
}
