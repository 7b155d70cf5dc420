//! A project in a temporary folder, run by the driver with its own supervisor.

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::path::PathBuf;

use devkit_catalog::Catalog;
use devkit_compose::Project;
use devkit_compose::model::{Mount, Port, Service, Volume};
use devkit_runtime::{
    Cancellation, DownOptions, Events, Instance, LogOptions, Report, UpOptions, UpReport,
};
use devkit_runtime_process::ProcessDriver;
use futures::StreamExt;
use serde_json::json;
use tempfile::TempDir;

pub(crate) struct Platform {
    pub(crate) folder: TempDir,
    pub(crate) project: Project,
    pub(crate) driver: ProcessDriver,
}

impl Platform {
    /// A platform of the given services; each has its name as data volume's key.
    pub(crate) fn new(services: Vec<(&str, Service)>) -> Self {
        Self::with_devkit(services, hidden())
    }

    /// A platform whose supervisor is another binary.
    pub(crate) fn with_devkit(services: Vec<(&str, Service)>, devkit: PathBuf) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut project = Project {
            name: "demo".into(),
            working_dir: folder.path().to_owned(),
            ..Project::default()
        };
        for (name, service) in services {
            for mount in service
                .volumes
                .iter()
                .filter(|mount| mount.kind == "volume")
            {
                let key = mount.source.clone().unwrap();
                let volume = Volume {
                    name: format!("demo_{key}"),
                    ..Volume::default()
                };
                project.volumes.insert(key, volume);
            }
            project.services.insert(name.to_owned(), service);
        }
        let environment: BTreeMap<String, String> = std::env::vars()
            .filter(|(key, _)| key == "PATH" || key == "HOME")
            .collect();
        let driver =
            ProcessDriver::with_devkit(&project, &environment, devkit, &Catalog::builtin())
                .unwrap();
        Self {
            folder,
            project,
            driver,
        }
    }

    pub(crate) async fn up(&self) -> UpReport {
        let options = UpOptions::default();
        devkit_runtime::up(
            &self.driver,
            &self.project,
            &options,
            &Events::none(),
            &Cancellation::new(),
        )
        .await
        .unwrap()
    }

    pub(crate) async fn down(&self, options: &DownOptions) -> Report {
        devkit_runtime::down(
            &self.driver,
            &self.project,
            options,
            &Events::none(),
            &Cancellation::new(),
        )
        .await
        .unwrap()
    }

    pub(crate) async fn instance(&self, service: &str) -> Instance {
        use devkit_runtime::Driver;
        self.driver
            .instances(&self.project, service)
            .await
            .unwrap()
            .remove(0)
    }

    pub(crate) async fn logs(&self, service: &str) -> Vec<String> {
        use devkit_runtime::Driver;
        let instance = self.instance(service).await;
        let lines = self
            .driver
            .logs(&instance, &LogOptions::default())
            .await
            .unwrap();
        lines.map(|line| line.unwrap().text).collect().await
    }

    /// Every process of this platform: marked ones, and guards and supervisors that name it.
    pub(crate) fn processes(&self) -> Vec<String> {
        let key = self.driver.layout().key.clone();
        let mut found = Vec::new();
        for entry in std::fs::read_dir("/proc").unwrap().flatten() {
            let read = |name: &str| std::fs::read(entry.path().join(name)).unwrap_or_default();
            let marked = [read("environ"), read("cmdline")]
                .iter()
                .any(|text| String::from_utf8_lossy(text).contains(&key));
            let data = String::from_utf8_lossy(&read("cmdline"))
                .contains(&self.folder.path().display().to_string());
            if marked || data {
                found.push(String::from_utf8_lossy(&read("cmdline")).replace('\0', " "));
            }
        }
        found
    }

    /// Waits until nothing of the platform runs, and fails with what does.
    pub(crate) async fn nothing_is_left(&self) {
        let mut left = Vec::new();
        for _ in 0..200 {
            left = self.processes();
            if left.is_empty() {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("left behind: {left:#?}");
    }
}

pub(crate) fn hidden() -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    tests
        .parent()
        .unwrap()
        .parent()
        .unwrap()
        .join("examples/hidden")
}

pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

pub(crate) fn backing(image: &str, environment: &[(&str, &str)], data: &str) -> Service {
    Service {
        image: Some(image.into()),
        environment: environment
            .iter()
            .map(|(key, value)| ((*key).to_owned(), Some((*value).to_owned())))
            .collect(),
        volumes: vec![Mount {
            kind: "volume".into(),
            source: Some(format!("{}-data", image.split(':').next().unwrap())),
            target: data.into(),
            ..Mount::default()
        }],
        restart: Some("unless-stopped".into()),
        ..Service::default()
    }
}

pub(crate) fn native(command: &[&str]) -> Service {
    let mut service = Service::default();
    let process = json!({"process": {"directory": ".", "command": command}});
    service.other.insert("x-devkit".into(), process);
    service
}

pub(crate) fn published(target: u16, port: u16) -> Port {
    Port {
        host_ip: Some("127.0.0.1".into()),
        target,
        published: Some(port.to_string()),
        protocol: "tcp".into(),
        ..Port::default()
    }
}
