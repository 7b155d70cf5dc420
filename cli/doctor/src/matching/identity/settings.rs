//! What the settings of a service tell of it: its folder and image, command, ports and peers.

use std::collections::BTreeSet;
use std::path::Path;

use devkit_compose::model::Service;

use super::core;
use crate::matching::meaning::is_number;
use crate::matching::product::repository;
use crate::matching::telling_words;

pub(super) fn origin(service: &Service, prefix: &BTreeSet<String>) -> BTreeSet<String> {
    let folder = service
        .build
        .as_ref()
        .and_then(|build| Path::new(&build.context).file_name())
        .map(|name| name.to_string_lossy().into_owned());
    let image = service
        .image
        .as_deref()
        .and_then(|image| repository(image).rsplit('/').next().map(str::to_owned));
    folder
        .iter()
        .chain(&image)
        .flat_map(|name| core(name, prefix))
        .collect()
}

/// Whether a service waits for others to run commands in it.
pub(super) fn sleeps(service: &Service) -> bool {
    let all = service.entrypoint.iter().chain(&service.command).flatten();
    let words: Vec<&str> = all
        .flat_map(|argument| argument.split_whitespace())
        .collect();
    words.windows(2).any(|two| two == ["sleep", "infinity"])
        || words
            .windows(3)
            .any(|three| three == ["tail", "-f", "/dev/null"])
}

/// The words of a command up to its addresses and settings: `php artisan horizon`.
pub(super) fn command(service: &Service) -> BTreeSet<String> {
    let all = service.entrypoint.iter().chain(&service.command).flatten();
    all.flat_map(|argument| argument.split_whitespace())
        .filter(|word| !word.contains(['=', '$']) && !word.contains("://"))
        .flat_map(|word| word.split(|it: char| !it.is_alphanumeric()))
        .map(str::to_lowercase)
        .filter(|word| !word.is_empty() && !is_number(word))
        .collect()
}

/// What stands in the place of a peer's name: names of other things do no harm here.
pub(super) fn peers(service: &Service) -> BTreeSet<String> {
    let named = service.environment.values().flatten().flat_map(|value| {
        value
            .split(|it: char| !it.is_alphanumeric() && !matches!(it, '-' | '_' | '.'))
            .map(str::to_owned)
    });
    service.depends_on.keys().cloned().chain(named).collect()
}

/// The variables that say where another program is: `QDRANT_HOST=vector-db`,
/// `PAYMENT_SERVICE_URL=http://pay:8080`.
pub(super) fn leads(service: &Service) -> Vec<(Vec<String>, String)> {
    const ENDS: [&str; 7] = [
        "_HOST",
        "_URL",
        "_URI",
        "_ADDR",
        "_ADDRESS",
        "_ENDPOINT",
        "_SERVER",
    ];
    let variables = service.environment.iter();
    variables
        .filter_map(|(name, value)| {
            let about = ENDS.iter().find_map(|end| name.strip_suffix(end))?;
            let value = value.as_deref()?;
            let behind = value.split_once("://").map_or(value, |(_, rest)| rest);
            let behind = behind.rsplit_once('@').map_or(behind, |(_, host)| host);
            let host = behind.split([':', '/']).next().unwrap_or(behind);
            let words = telling_words(about);
            (!words.is_empty() && !host.is_empty()).then(|| (words, host.to_owned()))
        })
        .collect()
}

/// The ports that a service listens on in its container: the targets of what it publishes, and what
/// a variable such as `PORT` says.
pub(super) fn listens(service: &Service) -> BTreeSet<u16> {
    let targets = service.ports.iter().map(|port| port.target);
    let said = ["PORT", "SERVER_PORT", "APP_PORT", "HTTP_PORT"]
        .iter()
        .filter_map(|name| service.environment.get(*name)?.as_deref()?.parse().ok());
    targets.chain(said).collect()
}

pub(super) fn ports(service: &Service) -> BTreeSet<u16> {
    let published = service
        .ports
        .iter()
        .filter_map(devkit_compose::model::Port::published_port);
    // A container's own port is often another container's too; what is published is its own.
    let targets = service
        .ports
        .iter()
        .filter(|port| port.published_port().is_none())
        .map(|port| port.target);
    let exposed = service
        .expose
        .iter()
        .filter_map(|port| port.split('/').next()?.parse().ok());
    published.chain(targets).chain(exposed).collect()
}
