//! Chooses the runtime that a project runs in.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use devkit_compose::Project;
use devkit_diagnostic::Diagnostic;
use devkit_runtime::RuntimeKind;
use devkit_runtime_docker::{ConnectOptions, DockerDriver};
use devkit_runtime_process::ProcessDriver;

use crate::args::RuntimeChoice;
use crate::failure::{Exit, Failure};
use crate::session::RuntimeRecord;
use crate::settings::Settings;

/// The runtime that was chosen, with its driver.
#[derive(Debug)]
pub(crate) enum Chosen {
    Docker(Arc<DockerDriver>),
    Process(Arc<ProcessDriver>),
}

/// The driver that is asked for, else the recorded one, else an engine that answers, else processes.
pub(crate) async fn choose(
    settings: &Settings,
    project: &Project,
    wanted: Option<RuntimeChoice>,
) -> Result<Chosen, Failure> {
    let wanted = wanted.map(|choice| match choice {
        RuntimeChoice::Docker => RuntimeKind::Docker,
        RuntimeChoice::Process => RuntimeKind::Process,
    });
    let recorded = RuntimeRecord::of(project).read();
    if let (Some(wanted), Some(recorded)) = (wanted, recorded)
        && wanted != recorded
    {
        return Err(moved(wanted, recorded));
    }
    match wanted.or(recorded) {
        Some(RuntimeKind::Docker) => Ok(Chosen::Docker(Arc::new(docker(settings).await?))),
        Some(RuntimeKind::Process) => process(settings, project),
        None => match docker(settings).await {
            Ok(driver) => Ok(Chosen::Docker(Arc::new(driver))),
            Err(_) => process(settings, project),
        },
    }
}

/// What a Docker Engine says of itself, where one answers; `known` is one that has answered.
pub(crate) async fn engine(
    settings: &Settings,
    known: Option<&DockerDriver>,
) -> Option<devkit_doctor::facts::Engine> {
    let found;
    let driver = if let Some(driver) = known {
        driver
    } else {
        found = docker(settings).await.ok()?;
        &found
    };
    let capabilities = driver.capabilities();
    let (major, minor) = capabilities.api;
    // An engine that stops answering has its own findings.
    let details = driver.details().await.unwrap_or_default();
    Some(devkit_doctor::facts::Engine {
        version: capabilities.engine.clone(),
        api: format!("{major}.{minor}"),
        buildx: has_buildx(settings),
        storage_driver: details.storage_driver,
        memory: details.memory,
        processors: details.processors,
        clock_difference: details.clock.map(difference_from_now),
    })
}

/// How far a clock is from this machine's, either way.
fn difference_from_now(clock: SystemTime) -> Duration {
    let now = SystemTime::now();
    now.duration_since(clock)
        .unwrap_or_else(|ahead| ahead.duration())
}

fn has_buildx(settings: &Settings) -> bool {
    let home = settings
        .environment
        .get("HOME")
        .map(|home| format!("{home}/.docker/cli-plugins"));
    let folders = [
        "/usr/libexec/docker/cli-plugins",
        "/usr/lib/docker/cli-plugins",
        "/usr/local/lib/docker/cli-plugins",
    ];
    home.iter()
        .map(String::as_str)
        .chain(folders)
        .any(|folder| PathBuf::from(folder).join("docker-buildx").is_file())
}

async fn docker(settings: &Settings) -> Result<DockerDriver, Failure> {
    let variable = |name: &str| settings.environment.get(name).cloned();
    let home = variable("HOME").map(|home| PathBuf::from(home).join(".docker"));
    let options = ConnectOptions {
        host: variable("DOCKER_HOST"),
        context: variable("DOCKER_CONTEXT"),
        config_dir: variable("DOCKER_CONFIG").map(PathBuf::from).or(home),
    };
    Ok(DockerDriver::connect(&options).await?)
}

fn process(settings: &Settings, project: &Project) -> Result<Chosen, Failure> {
    Ok(Chosen::Process(Arc::new(ProcessDriver::open(
        project,
        &settings.environment,
    )?)))
}

fn moved(wanted: RuntimeKind, recorded: RuntimeKind) -> Failure {
    Failure::new(
        Exit::Usage,
        Diagnostic::error(format!("This platform runs in the {recorded} runtime"))
            .with_note(format!(
                "in the {wanted} runtime it would get a second, empty database"
            ))
            .with_help(format!(
                "take it down first: devkit down, then devkit up --runtime {wanted}"
            )),
    )
}
