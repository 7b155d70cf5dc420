use std::fmt::Write as _;

use devkit_testkit::{Platform, docker};
use serde_json::Value;

pub(super) const DOCUMENT: &str = "docs/architecture/overview.md";
pub(super) const COMPOSE: &str = "docker-compose.yml";
pub(super) const DEVELOPMENT: &str = "docker-compose.development.yml";
pub(super) const ENVIRONMENT: &str = "config/.env";

/// How far doctor goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    Static,
    Live,
    Probe,
    Writes,
}

/// How the running platform, or the document about it, is changed.
#[derive(Debug)]
pub(super) enum Change {
    /// Commands of the docker command line, and those that take them back; without any, `up` does.
    ///
    /// What stands behind ` | ` is one argument, `PROJECT` is the platform's name, and `${NAME}`
    /// what its `.env` or `config/.env` sets.
    Commands(&'static [&'static str], &'static [&'static str]),
    /// A service is brought up with another compose file, which is gone when doctor looks.
    Override(&'static str, &'static str),
    /// The whole platform is brought up that way.
    Anew(&'static str),
    /// A text of a file of the platform gets another one.
    Edit(&'static str, &'static str, &'static str),
}

/// A rule, the file that it must point to, and a text that its line begins with.
///
/// The text may go on over lines, to name one of several equal ones; a line break before it says
/// that it is the beginning of a line, and an arrow down behind it means the line below, for lines
/// of a drawing that hold nothing but lines. No file means that the finding has no place.
pub(super) type Expected = (&'static str, &'static str, &'static str);

/// One drift: what is changed, and what must tell of it.
#[derive(Debug)]
pub(super) struct Drift {
    pub(super) name: &'static str,
    pub(super) change: Change,
    /// Where one cause shows in several ways, each of them.
    pub(super) expected: &'static [Expected],
}

/// A finding: its rule with the places that it points to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found(String);

pub(super) const fn commands(
    name: &'static str,
    make: &'static [&'static str],
    undo: &'static [&'static str],
    expected: &'static [Expected],
) -> Drift {
    Drift {
        name,
        change: Change::Commands(make, undo),
        expected,
    }
}

pub(super) const fn brought_up(
    name: &'static str,
    service: &'static str,
    with: &'static str,
    expected: &'static [Expected],
) -> Drift {
    Drift {
        name,
        change: Change::Override(service, with),
        expected,
    }
}

pub(super) const fn edited(
    name: &'static str,
    file: &'static str,
    from: &'static str,
    to: &'static str,
    expected: &'static [Expected],
) -> Drift {
    Drift {
        name,
        change: Change::Edit(file, from, to),
        expected,
    }
}

impl Change {
    /// Makes the change; gives what an edited file held before.
    pub(super) fn make(&self, platform: &Platform) -> Option<String> {
        match *self {
            Self::Commands(make, _) => each(platform, make),
            Self::Override(service, with) => {
                // A service that does not become ready is one of the drifts.
                up_with(platform, with, &["up", "-d", service]);
            }
            Self::Anew(with) => {
                up_with(platform, with, &["up", "-d", "--runtime", "docker"]);
            }
            Self::Edit(file, from, to) => {
                let before = platform.read(file);
                platform.edit(file, from, to);
                return Some(before);
            }
        }
        None
    }

    pub(super) fn undo(&self, platform: &Platform, before: Option<String>) {
        match *self {
            Self::Commands(_, []) | Self::Override(..) => {
                platform
                    .devkit(&["up", "-d", "--remove-orphans"])
                    .expect_code(0);
            }
            Self::Commands(_, undo) => each(platform, undo),
            Self::Anew(_) => {
                platform.devkit(&["down"]).expect_code(0);
            }
            Self::Edit(file, ..) => {
                let path = platform.root().join(file);
                let written = std::fs::write(&path, before.unwrap_or_default());
                written.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            }
        }
    }

    /// Whether the platform is up after the change was taken back.
    pub(super) fn leaves_it_up(&self) -> bool {
        !matches!(self, Self::Anew(_))
    }

    fn shown(&self) -> String {
        match *self {
            Self::Commands(make, _) => {
                let shown = make.iter().map(|command| {
                    let (start, argument) = command.split_once(" | ").unwrap_or((command, ""));
                    let argument = argument.split('\n').next().unwrap_or_default();
                    let more = if argument.is_empty() { "" } else { " " };
                    let line = format!("docker {start}{more}{argument}").replace("PROJECT", "demo");
                    format!("`{}`", line.trim())
                });
                shown.collect::<Vec<_>>().join(", ")
            }
            Self::Override(_, with) | Self::Anew(with) => {
                let lines = with
                    .lines()
                    .map(str::trim)
                    .filter(|line| !matches!(*line, "services:" | "networks:") && !line.is_empty());
                format!("`{}`", lines.collect::<Vec<_>>().join(" "))
            }
            Self::Edit(file, from, "") => format!("without `{}` in `{file}`", from.trim()),
            Self::Edit(file, _, to) => {
                let line = to.trim().lines().next().unwrap_or_default();
                format!("`{}` in `{file}`", line.trim())
            }
        }
        .replace('|', "\\|")
    }
}

/// Brings services up with one compose file more.
fn up_with(platform: &Platform, text: &str, arguments: &[&str]) {
    let file = tempfile::Builder::new().suffix(".yml").tempfile();
    let file = file.unwrap_or_else(|error| panic!("no temporary file: {error}"));
    std::fs::write(file.path(), text).unwrap_or_else(|error| panic!("{error}"));
    let path = file.path().to_string_lossy().into_owned();
    let files = ["-f", COMPOSE, "-f", DEVELOPMENT, "-f", &path];
    platform.devkit(&[&files, arguments].concat());
}

fn each(platform: &Platform, commands: &[&str]) {
    for command in commands {
        let command = filled(platform, command);
        let (start, argument) = match command.split_once(" | ") {
            Some((start, argument)) => (start, Some(argument)),
            None => (command.as_str(), None),
        };
        let arguments: Vec<&str> = start.split(' ').chain(argument).collect();
        assert!(docker(&arguments).is_some(), "docker {command}");
    }
}

/// A text with the platform's name and variables.
fn filled(platform: &Platform, text: &str) -> String {
    let files = [platform.read(".env"), platform.read(ENVIRONMENT)].join("\n");
    let lines = files.lines().filter_map(|line| line.split_once('='));
    lines.fold(
        text.replace("PROJECT", platform.name()),
        |text, (name, value)| text.replace(&format!("${{{name}}}"), value),
    )
}

impl Depth {
    /// Every one of them.
    pub(super) const ALL: [Self; 4] = [Self::Static, Self::Live, Self::Probe, Self::Writes];

    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Static => &["--static"],
            Self::Live => &[],
            Self::Probe => &["--probe"],
            Self::Writes => &["--probe", "--allow-writes"],
        }
    }
}

/// What doctor reports.
pub(super) fn report(platform: &Platform, depth: Depth) -> Value {
    let arguments = ["doctor", "--format=json", "--fail-on=never"];
    let run = platform.devkit(&[&arguments, depth.arguments()].concat());
    let run = run.expect_code(0);
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stdout))
}

/// What doctor finds, sorted.
pub(super) fn doctor(platform: &Platform, depth: Depth) -> Vec<Found> {
    let report = report(platform, depth);
    let place = |place: &Value| {
        let file = place["file"].as_str()?;
        Some(format!(" {file}:{}", place["line"]))
    };
    let mut found: Vec<Found> = report["findings"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|finding| {
            let rule = finding["rule"].as_str().unwrap_or_default();
            // Where a finding points to both, the document is what is compared.
            let place = place(&finding["document"]).or_else(|| place(&finding["compose"]));
            let level = &finding["level"];
            let unknown = if level == "unknown" { " unknown" } else { "" };
            Found(format!("{rule}{}{unknown}", place.unwrap_or_default()))
        })
        .collect();
    found.sort();
    found
}

impl Drift {
    /// What must be found, sorted.
    pub(super) fn wanted(&self, platform: &Platform) -> Vec<Found> {
        let wanted = self.expected.iter().map(|(rule, file, text)| {
            if file.is_empty() {
                return Found((*rule).to_owned());
            }
            let line = line_of(&platform.read(file), &filled(platform, text))
                .unwrap_or_else(|| panic!("{}: {file} has no {text:?}", self.name));
            Found(format!("{rule} {file}:{line}"))
        });
        let mut wanted: Vec<Found> = wanted.collect();
        wanted.sort();
        wanted
    }

    /// The drift as rows of a Markdown table, one for each finding.
    pub(super) fn write_rows(&self, text: &mut String) {
        let mut name = capitalised(self.name);
        let mut made = self.change.shown();
        for (rule, file, line) in self.expected {
            let line = line.trim().lines().next().unwrap_or_default();
            let line = line.trim().replace('|', "\\|");
            let quoted = |text: &str| match text {
                "" => "none".to_owned(),
                text => format!("`{text}`"),
            };
            let (file, line) = (quoted(file), quoted(&line));
            // Writing to a string cannot fail.
            let _ = writeln!(text, "| {name} | {made} | {rule} | {file} | {line} |");
            name.clear();
            made.clear();
        }
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// The line of a text, from 1.
fn line_of(whole: &str, text: &str) -> Option<usize> {
    let below = text.matches('↓').count();
    let text = text.trim_end_matches('↓');
    let text = if below > 0 { text.trim_end() } else { text };
    let offset = whole.find(text)? + (text.len() - text.trim_start_matches('\n').len());
    Some(whole[..offset].matches('\n').count() + 1 + below)
}

#[expect(
    clippy::print_stderr,
    reason = "how long each drift takes is told where tests report"
)]
pub(super) fn note(text: &str) {
    eprintln!("{text}");
}
