//! Which service a heading is about: `### Weather Service`, `Configuration of lims-core`.

use super::collector::Collector;
use super::label::without_pictures;
use super::words;

/// What stands behind the name of a service in a heading.
const ENDS: [&str; 22] = [
    "api endpoints",
    "rest endpoints",
    "http endpoints",
    "endpoints",
    "endpoint",
    "routes",
    "environment variables",
    "environment",
    "env vars",
    "variables",
    "configuration",
    "config",
    "settings",
    "reference",
    "api reference",
    "rest api",
    "interface",
    "schema",
    "database",
    "topics",
    "queues",
    "tables",
];

/// Words that name no service by themselves.
const GENERIC: [&str; 21] = [
    "",
    "api",
    "rest",
    "http",
    "rest api",
    "web",
    "public",
    "internal",
    "external",
    "graphql",
    "grpc",
    "the",
    "our",
    "all",
    "service",
    "services",
    "application",
    "system",
    "global",
    "common",
    "required",
];

impl Collector<'_> {
    /// The service that the headings above a line are about, the nearest first.
    pub(super) fn service_at(&self, line: usize) -> Option<String> {
        let above = self.headings_above(line);
        // The title of a page about several programs is about none of them.
        let several = self
            .facts
            .components
            .iter()
            .filter(|it| it.runnable)
            .count()
            > 1;
        let title = above.len().checked_sub(1).filter(|it| several && *it > 0);
        above.iter().take(3).enumerate().find_map(|(at, heading)| {
            let service = self.service_in(heading)?;
            (title != Some(at) || self.is_known(&service)).then_some(service)
        })
    }

    /// The service that a heading is about.
    fn service_in(&self, heading: &str) -> Option<String> {
        let heading = without_pictures(heading);
        let heading = heading
            .trim_start_matches(|it: char| it.is_ascii_digit() || matches!(it, '.' | ')' | ' '))
            .trim_end_matches(':');
        let named = |name: &str| {
            let found = self.find(&self.resolve(name))?;
            found.runnable.then(|| found.name.clone())
        };
        if let Some(known) = named(heading) {
            return Some(known);
        }
        let lower = heading.to_lowercase();
        let behind = [" of ", " for "]
            .iter()
            .find_map(|word| Some(lower.find(word)? + word.len()))
            .and_then(|at| heading.get(at..));
        if let Some(name) = behind {
            let name = name.trim_start_matches("the ").trim_matches('`');
            return named(name).or_else(|| is_service(name).then(|| name.to_owned()));
        }
        let mut name = heading.trim();
        let mut ended = false;
        while let Some(end) = ENDS.iter().find(|end| ends_with(name, end)) {
            name = name[..name.len() - end.len()]
                .trim_end_matches(|it: char| it.is_whitespace() || matches!(it, '-' | '–' | ':'));
            ended = true;
        }
        let generic = GENERIC.contains(&name.to_lowercase().as_str());
        named(name).or_else(|| {
            let short = name.split_whitespace().count() <= 4;
            (!generic && short && (is_service(name) || ended && is_one_word(name)))
                .then(|| name.to_owned())
        })
    }
}

fn ends_with(text: &str, end: &str) -> bool {
    let from = text.len().checked_sub(end.len());
    from.and_then(|from| text.get(from..))
        .is_some_and(|tail| tail.eq_ignore_ascii_case(end))
        && from.is_some_and(|from| from == 0 || text[..from].ends_with([' ', '-']))
}

fn is_one_word(name: &str) -> bool {
    !name.contains(' ') && name.contains(|it: char| it.is_lowercase())
}

/// Whether the last word of a name is one that programs are called by.
fn is_service(name: &str) -> bool {
    let last = name.rsplit([' ', '-', '_']).next().unwrap_or(name);
    name.split_whitespace().count() <= 4
        && (words::names_software(name)
            || name.len() > last.len()
                && matches!(
                    last.to_lowercase().as_str(),
                    "service"
                        | "svc"
                        | "api"
                        | "worker"
                        | "gateway"
                        | "server"
                        | "frontend"
                        | "backend"
                        | "app"
                        | "bff"
                ))
}
