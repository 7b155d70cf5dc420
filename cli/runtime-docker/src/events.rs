use std::collections::HashMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bollard::models::EventMessage;
use bollard::query_parameters::EventsOptionsBuilder;
use devkit_compose::Project;
use devkit_runtime::{Change, ChangeKind, Result};
use futures::StreamExt;
use futures::stream::BoxStream;

use crate::error::failed;
use crate::{DockerDriver, labels, time};

impl DockerDriver {
    /// What happens to the project's containers; the engine replays what happened since.
    pub(crate) fn project_changes(
        &self,
        project: &Project,
        since: SystemTime,
    ) -> BoxStream<'static, Result<Change>> {
        let filters = HashMap::from([
            ("type", vec!["container".to_owned()]),
            (
                "label",
                vec![format!("{}={}", labels::PROJECT, project.name)],
            ),
        ]);
        let options = EventsOptionsBuilder::new()
            .since(&time::precise(since))
            .filters(&filters)
            .build();
        let client = self.client.clone();
        let (sender, receiver) = tokio::sync::mpsc::unbounded_channel();
        // The library's stream borrows its client, so a task of its own owns both.
        tokio::spawn(async move {
            let mut events = Box::pin(client.events(Some(options)));
            loop {
                let event = tokio::select! {
                    () = sender.closed() => return,
                    event = events.next() => event,
                };
                let change = match event {
                    Some(Ok(event)) => match read(&event) {
                        Some(change) => Ok(change),
                        None => continue,
                    },
                    Some(Err(error)) => Err(failed("Watching containers", &error)),
                    None => return,
                };
                if sender.send(change).is_err() {
                    return;
                }
            }
        });
        futures::stream::unfold(receiver, |mut receiver| async move {
            receiver.recv().await.map(|change| (change, receiver))
        })
        .boxed()
    }
}

fn read(event: &EventMessage) -> Option<Change> {
    let actor = event.actor.as_ref()?;
    let attributes = actor.attributes.as_ref()?;
    let kind = match event.action.as_deref()? {
        "create" => ChangeKind::Created,
        "start" => ChangeKind::Started,
        "die" => ChangeKind::Exited(
            attributes
                .get("exitCode")
                .and_then(|code| code.parse().ok()),
        ),
        "destroy" => ChangeKind::Removed,
        action if action.starts_with("health_status: healthy") => ChangeKind::Healthy,
        action if action.starts_with("health_status: unhealthy") => ChangeKind::Unhealthy,
        _ => return None,
    };
    let nanoseconds = u64::try_from(event.time_nano?).ok()?;
    Some(Change {
        id: actor.id.clone()?,
        name: attributes.get("name")?.clone(),
        service: attributes.get(labels::SERVICE)?.clone(),
        number: attributes
            .get(labels::NUMBER)
            .and_then(|number| number.parse().ok())
            .unwrap_or(1),
        at: UNIX_EPOCH + Duration::from_nanos(nanoseconds),
        kind,
    })
}
