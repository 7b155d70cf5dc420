//! What a running container was told to run.

use super::Running;
use crate::report::{Finding, Outcome};
use crate::rule;

pub(super) fn check(running: &Running<'_>, outcome: &mut Outcome) {
    let Running {
        context,
        key,
        service,
        instance,
    } = *running;
    let image = running.image();
    let entrypoint = match &service.entrypoint {
        // An empty one takes the image's away, which engines keep in several forms.
        Some(own) => Some(own).filter(|own| !own.is_empty()),
        None => image.map(|image| &image.entrypoint),
    };
    let nothing = Vec::new();
    let command = match (&service.command, &service.entrypoint) {
        (Some(own), _) => Some(own),
        // A service with an entrypoint of its own does not get the image's command.
        (None, Some(_)) => Some(&nothing),
        (None, None) => image.map(|image| &image.command),
    };
    let compared = [
        (
            "entrypoint",
            service.entrypoint.is_some(),
            entrypoint,
            &instance.entrypoint,
        ),
        (
            "command",
            service.command.is_some(),
            command,
            &instance.command,
        ),
    ];
    for (what, said, wanted, found) in compared {
        let Some(wanted) = wanted else { continue };
        outcome.decided(&rule::LIVE_COMMAND);
        if wanted == found {
            continue;
        }
        let place = if said {
            context.place(&format!("services.{key}.{what}"))
        } else {
            context.place(&format!("services.{key}"))
        };
        // Commands hold passwords now and then, so that they are not shown.
        let message = format!(
            "`{}` runs another {what} than the compose files and its image say",
            instance.name
        );
        outcome.report(Finding::new(&rule::LIVE_COMMAND, key, message).in_compose(place));
    }
}
