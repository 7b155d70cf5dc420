//! The variables of a running container.

use std::path::Path;

use devkit_compose::model::Service;
use devkit_diagnostic::Location;

use super::Running;
use crate::context::Context;
use crate::report::{Finding, Outcome};
use crate::rule;

/// What the engine, or the client that made the container, sets by itself.
const SET_BY_OTHERS: &[&str] = &[
    "PATH",
    "HOSTNAME",
    "HOME",
    "TERM",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "FTP_PROXY",
    "NO_PROXY",
    "ALL_PROXY",
];

pub(super) fn check(running: &Running<'_>, outcome: &mut Outcome) {
    let Running {
        context,
        key,
        service,
        instance,
    } = *running;
    outcome.decided(&rule::LIVE_ENVIRONMENT);
    let mut told: Vec<(Option<Location>, Vec<String>)> = Vec::new();
    let mut tell = |name: &str, what: &str| {
        let place = place(context, key, service, name);
        let file = |place: &Option<Location>| place.as_ref().map(|place| place.file.clone());
        let text = format!("{what} `{name}`");
        // One cause for each file: an env file that was written anew changes all of its variables.
        match told.iter_mut().find(|(told, _)| file(told) == file(&place)) {
            Some((_, texts)) => texts.push(text),
            None => told.push((place, vec![text])),
        }
    };
    for (name, wanted) in &service.environment {
        let Some(wanted) = wanted else { continue };
        match instance.environment.get(name) {
            Some(found) if found == wanted => {}
            Some(_) => tell(name, "has another value of"),
            None => tell(name, "does not have"),
        }
    }
    // Without the image that it was made from nobody can say what comes from there.
    if let Some(image) = running.image() {
        let additional = instance.environment.keys().filter(|name| {
            !service.environment.contains_key(*name)
                && !image.environment.contains_key(*name)
                && !SET_BY_OTHERS.contains(&name.to_uppercase().as_str())
        });
        for name in additional {
            tell(name, "has");
        }
    }
    for (place, texts) in told {
        // The values may be secrets, so only the names are told.
        let message = format!(
            "`{}` {}, and the configuration says otherwise",
            instance.name,
            texts.join(", ")
        );
        outcome.report(Finding::new(&rule::LIVE_ENVIRONMENT, key, message).in_compose(place));
    }
}

/// Where a variable is set: by an env file, among the service's own, or nowhere.
fn place(context: &Context<'_>, key: &str, service: &Service, name: &str) -> Option<Location> {
    let Some(wanted) = service.environment.get(name) else {
        return context.place(&format!("services.{key}"));
    };
    let files = context.inputs.repository.env_files.iter();
    let set = files
        // The one at the root is for the compose files themselves.
        .filter(|file| file.path != Path::new(".env"))
        .find_map(|file| {
            let mut lines = file.lines.iter().flatten();
            let line = lines.rfind(|line| line.key == name)?;
            let same = Some(&line.value) == wanted.as_ref();
            same.then(|| Location {
                file: file.path.clone(),
                line: line.line,
                column: 1,
            })
        });
    set.or_else(|| context.place(&format!("services.{key}.environment.{name}")))
}
