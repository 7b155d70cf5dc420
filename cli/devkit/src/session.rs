//! One command's hold on a project and on the runtime that it runs in.

use std::fs;
use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;

use devkit_compose::Project;
use devkit_diagnostic::Diagnostic;
use devkit_runtime::{Cancellation, Driver, Instance, RuntimeError, RuntimeKind};
use devkit_runtime_docker::DockerDriver;
use devkit_runtime_process::ProcessDriver;
use tokio::runtime::Runtime;

use crate::args::RuntimeChoice;
use crate::drivers::Chosen;
use crate::failure::{Exit, Failure, Outcome};
use crate::settings::Settings;

/// A loaded project with the driver of the runtime that it runs in.
#[derive(Debug)]
pub(crate) struct Session<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) project: Arc<Project>,
    pub(crate) driver: Arc<dyn Driver>,
    /// The same driver where it runs processes, for what only processes need.
    pub(crate) processes: Option<Arc<ProcessDriver>>,
    /// The same driver where it runs containers, for what only an engine tells.
    pub(crate) containers: Option<Arc<DockerDriver>>,
    pub(crate) cancellation: Cancellation,
    runtime: Runtime,
}

impl<'a> Session<'a> {
    /// For commands that look at or change what an earlier `up` made, in every profile.
    pub(crate) fn for_existing(settings: &'a Settings) -> Result<Self, Failure> {
        let project = settings.project_with(|options| options.profiles.push("*".to_owned()))?;
        Self::open(settings, project, None)
    }

    /// For a project that has been loaded, in the runtime that is asked for or recorded.
    pub(crate) fn open(
        settings: &'a Settings,
        project: Project,
        wanted: Option<RuntimeChoice>,
    ) -> Result<Self, Failure> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .map_err(|error| {
                Failure::new(
                    Exit::Environment,
                    Diagnostic::error(format!("No threads can be started: {error}")),
                )
            })?;
        let chosen = runtime.block_on(crate::drivers::choose(settings, &project, wanted))?;
        let (driver, processes, containers): (Arc<dyn Driver>, _, _) = match chosen {
            Chosen::Docker(driver) => (Arc::clone(&driver) as _, None, Some(driver)),
            Chosen::Process(driver) => (Arc::clone(&driver) as _, Some(driver), None),
        };
        Ok(Self {
            settings,
            project: Arc::new(project),
            driver,
            processes,
            containers,
            cancellation: Cancellation::new(),
            runtime,
        })
    }

    /// Runs to the end.
    pub(crate) fn block_on<F: Future>(&self, future: F) -> F::Output {
        self.runtime.block_on(future)
    }

    /// Runs to the end; Ctrl-C and a request to end stop it there and then.
    pub(crate) fn block_on_interruptible<T>(
        &self,
        future: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        self.block_on(async {
            tokio::select! {
                result = future => result,
                () = crate::signals::interrupted() => Err(Failure::silent(Exit::Interrupted)),
            }
        })
    }

    /// Runs to the end; the first Ctrl-C asks for the end, the second one does not wait for it.
    pub(crate) fn block_on_cancellable<T>(
        &self,
        future: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        self.block_on(async {
            tokio::pin!(future);
            tokio::select! {
                result = &mut future => return result,
                () = crate::signals::interrupted() => self.cancellation.cancel(),
            }
            tokio::select! {
                result = future => result,
                () = crate::signals::interrupted() => Err(Failure::silent(Exit::Interrupted)),
            }
        })
    }

    /// Refuses names that are no services of the project.
    pub(crate) fn require_services(&self, names: &[String]) -> Outcome {
        require_services(&self.project, names)
    }

    /// A running instance by service and number.
    pub(crate) fn running_instance(&self, service: &str, number: u32) -> Result<Instance, Failure> {
        let observed = self.block_on(self.driver.observe(&self.project))?;
        let instances = observed.instances_of(service);
        let found = instances
            .iter()
            .find(|instance| instance.number == number && instance.is_running());
        found.map(|instance| (*instance).clone()).ok_or_else(|| {
            let problem = if number == 1 {
                format!("{service} is not running")
            } else {
                format!("{service} has no running instance {number}")
            };
            Failure::new(
                Exit::Failed,
                Diagnostic::error(problem).with_help(format!("start it: devkit up -d {service}")),
            )
        })
    }
}

/// Refuses names that are no services of the project.
pub(crate) fn require_services(project: &Project, names: &[String]) -> Outcome {
    let unknown: Vec<_> = names
        .iter()
        .filter(|name| {
            project
                .all_services()
                .all(|(known, _)| known != name.as_str())
        })
        .collect();
    let Some(first) = unknown.first() else {
        return Ok(());
    };
    let known: Vec<_> = project.all_services().map(|(name, _)| name).collect();
    Err(Failure::usage(
        Diagnostic::error(format!("No service named {first}"))
            .with_help(format!("services of this project: {}", known.join(", "))),
    ))
}

/// Remembers in which runtime a platform runs, so that nobody gets a second, empty database.
#[derive(Debug)]
pub(crate) struct RuntimeRecord {
    file: PathBuf,
}

impl RuntimeRecord {
    /// The record of a project.
    pub(crate) fn of(project: &Project) -> Self {
        Self {
            file: project.working_dir.join(".devkit/run/runtime"),
        }
    }

    /// What is recorded, if anything is.
    pub(crate) fn read(&self) -> Option<RuntimeKind> {
        match fs::read_to_string(&self.file).ok()?.trim() {
            "docker" => Some(RuntimeKind::Docker),
            "process" => Some(RuntimeKind::Process),
            _ => None,
        }
    }

    /// Records a runtime; folders that devkit did not make are left without a record of containers,
    /// since the engine's labels say the same.
    pub(crate) fn write(&self, kind: RuntimeKind) -> Outcome {
        let Some(folder) = self.file.parent() else {
            return Ok(());
        };
        let adopted = folder.parent().is_none_or(|folder| !folder.exists());
        if adopted && kind == RuntimeKind::Docker {
            return Ok(());
        }
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&self.file, format!("{kind}\n")))
            .map_err(|error| {
                Failure::new(
                    Exit::Environment,
                    Diagnostic::error(format!("The runtime cannot be recorded: {error}"))
                        .in_file(&self.file),
                )
            })
    }

    /// Forgets what is recorded.
    pub(crate) fn clear(&self) {
        // A record that is not there is as good as one that was removed.
        let _ = fs::remove_file(&self.file);
    }
}

impl From<RuntimeError> for Failure {
    fn from(error: RuntimeError) -> Self {
        Self::new(error.class.into(), *error.diagnostic)
    }
}

impl From<devkit_runtime::Class> for Exit {
    fn from(class: devkit_runtime::Class) -> Self {
        match class {
            devkit_runtime::Class::Failed => Self::Failed,
            devkit_runtime::Class::Usage => Self::Usage,
            devkit_runtime::Class::Environment => Self::Environment,
            devkit_runtime::Class::Interrupted => Self::Interrupted,
        }
    }
}
