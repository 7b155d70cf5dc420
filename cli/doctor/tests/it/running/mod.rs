//! Single drifts of what runs alone, on a Docker Engine: each is found, and nothing else.

mod platform;
mod table;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use devkit_testkit::{engine_for_test, expect_region, free_ports};
use table::{Change, DRIFTS, Drift};
use tokio::runtime::Runtime;

use crate::engine::{Running, probe};
use crate::support::{Platform, lines, repository_root};
use platform::{COMPOSE, DOCUMENT, Names, made};

/// How long a change may take until it shows, such as a health test that fails.
const PATIENCE: Duration = Duration::from_secs(40);

#[test]
fn every_drift_of_what_runs_is_found_at_its_line_and_nothing_else() {
    if !engine_for_test("every drift of what runs is found") {
        return;
    }
    let ports = free_ports(3);
    let names = Names {
        project: format!("devkit-drifts-{}", std::process::id()),
        redis: ports[0],
        web: ports[1],
        spare: ports[2],
    };
    let platform = Platform::of(&names.fill(COMPOSE), DOCUMENT);
    let root = platform.root();
    let _running = Running::up(&root);
    let runtime = Runtime::new().unwrap();
    let clean = || settled(&runtime, &platform, &[]);
    assert_eq!(clean(), Vec::<String>::new());
    let mut failures = Vec::new();
    for drift in DRIFTS {
        let wanted = wanted(drift, &names);
        drift.make(&names);
        let found = settled(&runtime, &platform, &wanted);
        if found != wanted {
            failures.push(format!(
                "{}: expected {wanted:?}, found {found:#?}",
                drift.name
            ));
        }
        drift.undo(&names);
        assert_eq!(clean(), Vec::<String>::new(), "after {}", drift.name);
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// What doctor finds, asked until it is what is expected or patience ends.
fn settled(runtime: &Runtime, platform: &Platform, wanted: &[String]) -> Vec<String> {
    let until = Instant::now() + PATIENCE;
    loop {
        let report = runtime.block_on(probe(platform));
        let mut found: Vec<String> = report
            .findings
            .iter()
            .map(|finding| {
                let line = finding.compose.as_ref().map_or(0, |place| place.line);
                format!("{} line {line}", finding.rule.id)
            })
            .collect();
        found.dedup();
        if found == wanted || Instant::now() > until {
            return if found == wanted {
                found
            } else {
                lines(&report)
            };
        }
    }
}

/// The rules and the lines of the compose file, 0 where one has none.
fn wanted(drift: &Drift, names: &Names) -> Vec<String> {
    let compose = names.fill(COMPOSE);
    let line_of = |text: &str| {
        let text = names.fill(text);
        let start = compose.find(&text).unwrap_or_else(|| panic!("{text:?}"));
        let start = start + (text.len() - text.trim_start_matches('\n').len());
        compose[..start].matches('\n').count() + 1
    };
    let expected = drift.expected.iter();
    expected
        .map(|(rule, text)| format!("{rule} line {}", text.map_or(0, line_of)))
        .collect()
}

impl Drift {
    fn make(&self, names: &Names) {
        match self.change {
            Change::Commands(make, _) => make.iter().for_each(|command| names.docker(command)),
            Change::Remade(service, from, to) => {
                names.docker(&format!("rm -f PROJECT-{service}-1"));
                if !from.is_empty() {
                    let command = made(service);
                    assert!(command.contains(from), "{command}");
                    names.docker(&command.replacen(from, to, 1));
                }
            }
        }
    }

    fn undo(&self, names: &Names) {
        match self.change {
            Change::Commands(_, undo) => undo.iter().for_each(|command| names.docker(command)),
            Change::Remade(service, from, _) => {
                if !from.is_empty() {
                    names.docker(&format!("rm -f -v PROJECT-{service}-1"));
                }
                names.docker(&made(service));
            }
        }
    }
}

#[test]
fn the_page_of_drifts_lists_what_runs() {
    let mut text = String::from("\n| Drift | Rule | Line |\n|---|---|---|\n");
    for drift in DRIFTS {
        let mut letters = drift.name.chars();
        let first: String = letters
            .next()
            .into_iter()
            .flat_map(char::to_uppercase)
            .collect();
        let mut name = first + letters.as_str();
        for (rule, line) in drift.expected {
            let line = line.and_then(|line| line.trim().lines().next());
            let line = line.map_or_else(|| "none".to_owned(), |line| format!("`{line}`"));
            writeln!(text, "| {name} | {rule} | {line} |").unwrap();
            name.clear();
        }
    }
    text.push('\n');
    let page = repository_root().join("docs/devkit/drifts.md");
    expect_region(&page, "running", &text);
}
