use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::SystemTime;

use devkit_compose::Project;
use futures::stream::{BoxStream, StreamExt};
use regex::Regex;
use tokio::sync::mpsc;

use crate::plan::unknown_service;
use crate::{ChangeKind, Driver, Instance, LogLine, LogOptions, Result};

/// Which log lines are wanted.
#[derive(Debug, Clone, Default)]
pub struct LogSelection {
    /// The services; empty means all.
    pub services: Vec<String>,
    /// Only lines that the expression finds something in.
    pub grep: Option<Regex>,
    /// Which lines of each instance; the tail counts lines that are shown.
    pub lines: LogOptions,
}

/// The lines of all instances: in the order of their times, or as they come when following.
///
/// Following goes on with instances that are started later.
///
/// # Errors
/// An unknown service, or a runtime that cannot be reached.
pub async fn logs(
    driver: Arc<dyn Driver>,
    project: Arc<Project>,
    selection: LogSelection,
) -> Result<BoxStream<'static, Result<LogLine>>> {
    let began = SystemTime::now();
    let observed = driver.observe(&project).await?;
    for name in &selection.services {
        let known = project.all_services().any(|(service, _)| service == name)
            || !observed.instances_of(name).is_empty();
        if !known {
            return Err(unknown_service(&project, name));
        }
    }
    let instances: Vec<Instance> = observed
        .instances
        .into_iter()
        .filter(|instance| wanted(&selection, &instance.service))
        .collect();
    let mut before = LogOptions {
        follow: false,
        ..selection.lines.clone()
    };
    if selection.lines.follow {
        // What comes from now on is followed, and must not be shown twice.
        before.until = Some(before.until.map_or(began, |until| until.min(began)));
    }
    let mut streams = Vec::new();
    for instance in &instances {
        streams.push(lines(&*driver, instance, &before, selection.grep.as_ref()).await?);
    }
    if !selection.lines.follow {
        return Ok(merge(streams));
    }
    let (sender, receiver) = mpsc::unbounded_channel();
    tokio::spawn(follow(driver, project, selection, began, instances, sender));
    let past = merge(streams);
    let future = futures::stream::unfold(receiver, |mut receiver| async move {
        receiver.recv().await.map(|line| (line, receiver))
    });
    Ok(past.chain(future).boxed())
}

fn wanted(selection: &LogSelection, service: &str) -> bool {
    selection.services.is_empty() || selection.services.iter().any(|name| name == service)
}

/// The lines of one instance that the expression accepts, the tail counted among those.
async fn lines(
    driver: &dyn Driver,
    instance: &Instance,
    options: &LogOptions,
    grep: Option<&Regex>,
) -> Result<BoxStream<'static, Result<LogLine>>> {
    let Some(grep) = grep.cloned() else {
        return driver.logs(instance, options).await;
    };
    let unlimited = LogOptions {
        tail: None,
        ..options.clone()
    };
    let mut matching = driver
        .logs(instance, &unlimited)
        .await?
        .filter(move |line| {
            let keep = line.as_ref().map_or(true, |line| grep.is_match(&line.text));
            std::future::ready(keep)
        })
        .boxed();
    let (Some(tail), false) = (options.tail, options.follow) else {
        return Ok(matching);
    };
    let mut last = VecDeque::with_capacity(tail);
    while let Some(line) = matching.next().await {
        last.push_back(line);
        if last.len() > tail {
            last.pop_front();
        }
    }
    Ok(futures::stream::iter(last).boxed())
}

/// Merges streams, each of which is in order, by the times of their lines.
fn merge(streams: Vec<BoxStream<'static, Result<LogLine>>>) -> BoxStream<'static, Result<LogLine>> {
    let heads: Vec<_> = streams.into_iter().map(|stream| (None, stream)).collect();
    futures::stream::unfold(heads, |mut heads| async move {
        let mut open = Vec::new();
        for (head, mut stream) in heads.drain(..) {
            let head = match head {
                Some(head) => Some(head),
                None => stream.next().await,
            };
            if let Some(head) = head {
                open.push((Some(head), stream));
            }
        }
        let earliest = open
            .iter()
            .enumerate()
            .min_by_key(|(_, (head, _))| match head {
                Some(Ok(line)) => line.at,
                _ => None,
            })
            .map(|(index, _)| index)?;
        let line = open[earliest].0.take()?;
        Some((line, open))
    })
    .boxed()
}

/// Sends new lines of what runs, and of what is started later, until nobody listens.
async fn follow(
    driver: Arc<dyn Driver>,
    project: Arc<Project>,
    selection: LogSelection,
    began: SystemTime,
    instances: Vec<Instance>,
    sender: mpsc::UnboundedSender<Result<LogLine>>,
) {
    let mut followed = BTreeSet::new();
    for instance in instances.into_iter().filter(Instance::is_running) {
        followed.insert(instance.id.clone());
        let sender = sender.clone();
        let (driver, grep) = (Arc::clone(&driver), selection.grep.clone());
        tokio::spawn(async move {
            forward(&*driver, &instance, began, grep.as_ref(), &sender).await;
        });
    }
    let Ok(mut changes) = driver.changes(&project, began).await else {
        return;
    };
    loop {
        let change = tokio::select! {
            () = sender.closed() => return,
            change = changes.next() => change,
        };
        let Some(Ok(change)) = change else { return };
        if matches!(change.kind, ChangeKind::Exited(_)) {
            followed.remove(&change.id);
        }
        let started = change.kind == ChangeKind::Started && wanted(&selection, &change.service);
        if !started || !followed.insert(change.id.clone()) {
            continue;
        }
        let target = crate::Target {
            service: change.service.clone(),
            number: change.number,
            name: change.name.clone(),
            id: Some(change.id.clone()),
        };
        let Ok(Some(instance)) = driver.inspect(&project, &target).await else {
            continue;
        };
        // A first line may be older than what the runtime calls the start, never than the last end.
        let since = instance.finished_at.map_or(began, |end| end.max(began));
        let sender = sender.clone();
        let (driver, grep) = (Arc::clone(&driver), selection.grep.clone());
        tokio::spawn(async move {
            forward(&*driver, &instance, since, grep.as_ref(), &sender).await;
        });
    }
}

async fn forward(
    driver: &dyn Driver,
    instance: &Instance,
    since: SystemTime,
    grep: Option<&Regex>,
    sender: &mpsc::UnboundedSender<Result<LogLine>>,
) {
    let options = LogOptions {
        follow: true,
        since: Some(since),
        ..LogOptions::default()
    };
    let Ok(mut stream) = lines(driver, instance, &options, grep).await else {
        return;
    };
    loop {
        let line = tokio::select! {
            () = sender.closed() => return,
            line = stream.next() => line,
        };
        let Some(line) = line else { return };
        if sender.send(line).is_err() {
            return;
        }
    }
}
