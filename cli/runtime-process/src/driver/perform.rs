use devkit_compose::Project;
use devkit_diagnostic::Diagnostic;
use devkit_runtime::{Action, Events, Fingerprint, Result, RuntimeError, Target};

use super::ProcessDriver;
use crate::binaries::Machine;
use crate::prepare::{
    Kind, Request as Preparation, kind_of, specify, volume_folders, wanted_doors,
};
use crate::protocol::{Answer, Request};

impl ProcessDriver {
    pub(super) async fn perform_action(
        &self,
        project: &Project,
        action: &Action,
        events: &Events,
    ) -> Result<()> {
        let id = |target: &Target| target.reference().to_owned();
        let grace = |timeout: &Option<u64>| timeout.map(|seconds| seconds.saturating_mul(1000));
        let request = match action {
            // Processes share the host's network.
            Action::CreateNetwork { .. } | Action::RemoveNetwork { .. } => return Ok(()),
            Action::CreateVolume { key, .. } => return self.create_volume(key),
            Action::RemoveVolume { name } => return self.remove_volume(project, name),
            Action::Pull { service, .. }
            | Action::RequireImage { service, .. }
            | Action::Build { service } => return self.provide(project, service, events).await,
            Action::Create {
                target,
                temporary_name,
                fingerprint,
                ..
            } => {
                let name = temporary_name.as_deref().unwrap_or(&target.name);
                return self.create(project, target, name, fingerprint).await;
            }
            Action::Start { target } => Request::Start(self.current(target).await?),
            Action::Stop { target, timeout } => Request::Stop(id(target), grace(timeout)),
            Action::Restart { target, timeout } => {
                self.done(Request::Stop(id(target), grace(timeout))).await?;
                Request::Start(id(target))
            }
            Action::Remove { target, .. } => Request::Remove(id(target)),
            Action::Rename { target, name } => Request::Rename(id(target), name.clone()),
        };
        self.done(request).await
    }

    /// What stands for a target now: a new instance may have taken the name of the one planned.
    async fn current(&self, target: &Target) -> Result<String> {
        let reference = target.reference();
        Ok(match self.record(reference).await? {
            Some(_) => reference.to_owned(),
            None => target.name.clone(),
        })
    }

    async fn done(&self, request: Request) -> Result<()> {
        if let Request::Stop(id, _) | Request::Remove(id) = &request
            && self.record(id).await?.is_none()
        {
            return Ok(());
        }
        self.client.ask(request).await.map(|_| ())
    }

    async fn create(
        &self,
        project: &Project,
        target: &Target,
        name: &str,
        fingerprint: &Fingerprint,
    ) -> Result<()> {
        let Some(service) = project.services.get(&target.service) else {
            return Err(RuntimeError::failed(Diagnostic::error(format!(
                "There is no service {}",
                target.service
            ))));
        };
        let kind = kind_of(project, &self.recipes, &target.service, service)?;
        let doors = match self
            .client
            .ask(Request::Doors(wanted_doors(project, service)))
            .await?
        {
            Answer::Doors(doors) => doors,
            _ => Vec::new(),
        };
        let image = self.image(project, &target.service);
        let preparation = Preparation {
            project,
            layout: &self.client.layout,
            finder: &self.finder,
            inherited: &self.inherited,
            target,
            service,
            doors: &doors,
            fingerprint,
            image: image.as_ref().map(|image| image.id.as_str()),
        };
        let specification = specify(preparation, &kind, name)?;
        self.client
            .ask(Request::Create(Box::new(specification)))
            .await
            .map(|_| ())
    }

    /// Builds what is built; names the packages of what is not installed.
    async fn provide(&self, project: &Project, name: &str, events: &Events) -> Result<()> {
        let Some(service) = project.services.get(name) else {
            return Ok(());
        };
        let kind = kind_of(project, &self.recipes, name, service)?;
        let missing = self.missing(project, &[name.to_owned()].into());
        if !missing.is_empty() {
            return Err(RuntimeError::environment(
                missing.diagnostic(Machine::this()),
            ));
        }
        match kind {
            Kind::Native(settings) => self.build(name, &settings, events).await,
            Kind::Backing(_) => Ok(()),
        }
    }

    fn create_volume(&self, key: &str) -> Result<()> {
        let [near, _] = volume_folders(&self.client.layout, key);
        std::fs::create_dir_all(&near).map_err(|error| {
            RuntimeError::failed(Diagnostic::error(error.to_string()).in_file(near))
        })
    }

    fn remove_volume(&self, project: &Project, name: &str) -> Result<()> {
        let keys = project
            .volumes
            .iter()
            .filter(|(_, volume)| volume.name == name);
        for folder in keys.flat_map(|(key, _)| volume_folders(&self.client.layout, key)) {
            match std::fs::remove_dir_all(&folder) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(RuntimeError::failed(
                        Diagnostic::error(format!("The volume {name} cannot be removed: {error}"))
                            .in_file(folder),
                    ));
                }
                _ => {}
            }
        }
        Ok(())
    }
}
