use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use bollard::query_parameters::BuildImageOptionsBuilder;
use devkit_compose::Project;
use devkit_compose::model::{Build, Service};
use devkit_diagnostic::Diagnostic;
use devkit_runtime::{Event, Events, Result, RuntimeError, image_name};
use futures::StreamExt;
use serde_json::Value;

use super::context::Context;
use super::dockerfile::needs_buildkit;
use crate::error::message;
use crate::{DockerDriver, labels};

/// The name of a Dockerfile that does not stand in the context.
const OUTSIDE: &str = ".devkit.Dockerfile";
/// How many of the last lines of a build tell why it failed.
const LAST_LINES: usize = 15;

impl DockerDriver {
    /// Builds a service's image, with `BuildKit` where the Dockerfile needs it.
    pub(crate) async fn build(&self, project: &Project, name: &str, events: &Events) -> Result<()> {
        let service = project.services.get(name);
        let Some((service, build)) =
            service.and_then(|service| Some((service, service.build.as_ref()?)))
        else {
            return Err(RuntimeError::usage(Diagnostic::error(format!(
                "Service {name} has no build"
            ))));
        };
        let recipe = Recipe::read(name, build)?;
        let tag = image_name(project, name, service);
        let order = Order {
            name,
            service,
            build,
            tag: &tag,
            labels: image_labels(project, name, build),
        };
        if let Some((place, thing)) = recipe.needs_buildkit(build) {
            return self
                .build_with_buildx(&order, &recipe, &place, &thing, events)
                .await;
        }
        self.build_classic(&order, recipe, events).await
    }

    async fn build_classic(
        &self,
        order: &Order<'_>,
        recipe: Recipe,
        events: &Events,
    ) -> Result<()> {
        let arguments: HashMap<String, String> = order
            .build
            .args
            .iter()
            .filter_map(|(key, value)| Some((key.clone(), value.clone()?)))
            .collect();
        let mut options = BuildImageOptionsBuilder::new()
            .dockerfile(&recipe.context.dockerfile)
            .t(order.tag)
            .rm(true)
            .forcerm(true)
            .buildargs(&arguments)
            .labels(&order.labels);
        if let Some(target) = &order.build.target {
            options = options.target(target);
        }
        if let Some(platform) = &order.service.platform {
            options = options.platform(platform);
        }
        if let Some(network) = order.build.other.get("network").and_then(Value::as_str) {
            options = options.networkmode(network);
        }
        if order.build.other.get("no_cache").and_then(Value::as_bool) == Some(true) {
            options = options.nocache(true);
        }
        if order.build.other.get("pull").and_then(Value::as_bool) == Some(true) {
            options = options.pull("1");
        }
        let pieces = futures::stream::unfold(recipe.context.pack(), |mut pieces| async move {
            pieces.recv().await.map(|piece| (piece, pieces))
        });
        let body = bollard::body_try_stream(pieces);
        let mut news = Box::pin(self.client.build_image(options.build(), None, Some(body)));
        let mut output = Output::new(order.name, events);
        while let Some(item) = news.next().await {
            match item {
                Ok(item) => {
                    if let Some(text) = item.stream.or(item.status) {
                        output.take(&text);
                    }
                }
                Err(error) => {
                    let answer = match message(&error) {
                        "" => error.to_string(),
                        text => text.trim().to_owned(),
                    };
                    return Err(output.failure(order.name, &answer));
                }
            }
        }
        Ok(())
    }
}

fn image_labels(project: &Project, name: &str, build: &Build) -> HashMap<String, String> {
    let mut labels: HashMap<String, String> = match build.other.get("labels") {
        Some(Value::Object(labels)) => labels
            .iter()
            .filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())))
            .collect(),
        _ => HashMap::new(),
    };
    labels.insert(labels::PROJECT.to_owned(), project.name.clone());
    labels.insert(labels::SERVICE.to_owned(), name.to_owned());
    labels.insert(labels::VERSION.to_owned(), labels::MADE_BY.to_owned());
    labels
}

/// What is to be built, and how it is to be called.
pub(super) struct Order<'a> {
    pub(super) name: &'a str,
    pub(super) service: &'a Service,
    pub(super) build: &'a Build,
    pub(super) tag: &'a str,
    pub(super) labels: HashMap<String, String>,
}

/// The Dockerfile's text with where it stands, and the context.
pub(super) struct Recipe {
    pub(super) context: Context,
    pub(super) path: Option<PathBuf>,
    pub(super) text: String,
}

impl Recipe {
    fn read(name: &str, build: &Build) -> Result<Self> {
        let folder = PathBuf::from(&build.context);
        if build.context.contains("://") || build.context.starts_with("git@") {
            return Err(RuntimeError::usage(
                Diagnostic::error(format!(
                    "The build context {} of service {name} is not a folder of this machine",
                    build.context
                ))
                .with_help("clone it and name the folder under build.context"),
            ));
        }
        if !folder.is_dir() {
            return Err(RuntimeError::usage(
                Diagnostic::error(format!(
                    "The build context of service {name} does not exist"
                ))
                .in_file(folder),
            ));
        }
        if let Some(text) = &build.dockerfile_inline {
            return Ok(Self {
                context: Context {
                    folder,
                    dockerfile: OUTSIDE.to_owned(),
                    dockerfile_text: Some(text.clone()),
                },
                path: None,
                text: text.clone(),
            });
        }
        let path = folder.join(build.dockerfile.as_deref().unwrap_or("Dockerfile"));
        let text = fs::read_to_string(&path).map_err(|error| {
            RuntimeError::usage(
                Diagnostic::error(format!(
                    "The Dockerfile of service {name} cannot be read: {error}"
                ))
                .in_file(&path),
            )
        })?;
        let inside = inside(&folder, &path);
        Ok(Self {
            context: Context {
                folder,
                dockerfile_text: inside.is_none().then(|| text.clone()),
                dockerfile: inside.unwrap_or_else(|| OUTSIDE.to_owned()),
            },
            path: Some(path),
            text,
        })
    }

    /// Where and for what `BuildKit` is needed.
    fn needs_buildkit(&self, build: &Build) -> Option<(String, String)> {
        for key in [
            "secrets",
            "ssh",
            "additional_contexts",
            "cache_to",
            "platforms",
        ] {
            let asked = build.other.get(key).is_some_and(|value| match value {
                Value::Array(items) => !items.is_empty(),
                Value::Object(entries) => !entries.is_empty(),
                Value::Null => false,
                _ => true,
            });
            if asked {
                return Some(("the compose file".to_owned(), format!("build.{key}")));
            }
        }
        let (line, thing) = needs_buildkit(&self.text)?;
        let file = self.path.as_ref().map_or_else(
            || "dockerfile_inline".to_owned(),
            |path| path.display().to_string(),
        );
        Some((format!("{file}:{line}"), thing))
    }
}

/// The name of a Dockerfile in the archive, when it stands in the context.
fn inside(folder: &Path, path: &Path) -> Option<String> {
    let folder = folder.canonicalize().ok()?;
    let path = path.canonicalize().ok()?;
    Some(
        path.strip_prefix(folder)
            .ok()?
            .to_string_lossy()
            .into_owned(),
    )
}

/// Passes a build's output on by lines, and keeps the last ones.
pub(super) struct Output<'a> {
    service: &'a str,
    events: &'a Events,
    open: String,
    last: std::collections::VecDeque<String>,
}

impl<'a> Output<'a> {
    pub(super) fn new(service: &'a str, events: &'a Events) -> Self {
        Self {
            service,
            events,
            open: String::new(),
            last: std::collections::VecDeque::new(),
        }
    }

    pub(super) fn take(&mut self, text: &str) {
        self.open.push_str(text);
        while let Some(end) = self.open.find('\n') {
            let line: String = self.open.drain(..=end).collect();
            self.line(line.trim_end());
        }
    }

    pub(super) fn line(&mut self, line: &str) {
        if line.is_empty() {
            return;
        }
        if self.last.len() == LAST_LINES {
            self.last.pop_front();
        }
        self.last.push_back(line.to_owned());
        self.events.send(Event::BuildOutput {
            service: self.service.to_owned(),
            line: line.to_owned(),
        });
    }

    pub(super) fn failure(mut self, name: &str, why: &str) -> RuntimeError {
        let open = std::mem::take(&mut self.open);
        self.line(open.trim_end());
        let last: Vec<String> = self.last.into();
        let mut diagnostic =
            Diagnostic::error(format!("The build of service {name} failed: {why}"));
        if !last.is_empty() {
            diagnostic = diagnostic.with_note(format!("its last lines:\n{}", last.join("\n")));
        }
        RuntimeError::failed(diagnostic.with_help(format!("devkit build {name}")))
    }
}
