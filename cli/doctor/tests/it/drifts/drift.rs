use std::fmt::Write as _;

use super::{Platform, lines};

pub(super) const DOCUMENT: &str = "docs/architecture/overview.md";
pub(super) const COMPOSE: &str = "docker-compose.yml";
pub(super) const DEVELOPMENT: &str = "docker-compose.development.yml";

/// One change of a file.
#[derive(Debug)]
pub(super) enum Edit {
    /// The first place of a text gets another one.
    Replace(&'static str, &'static str, &'static str),
    /// Every place of a text gets another one.
    Everywhere(&'static str, &'static str, &'static str),
    /// From the line that holds the first text up to the line that holds the second.
    Cut(&'static str, &'static str, &'static str),
    /// The file is gone.
    Delete(&'static str),
    /// The file can be read by everybody.
    Open(&'static str),
    /// The file is added to a git repository.
    Commit(&'static str),
}

/// A rule, the file that it must point to, and a text that the line begins with or holds.
///
/// The text may go on over lines, to name one of several equal ones; a line break before it says
/// that it is the beginning of a line.
pub(super) type Expected = (&'static str, &'static str, &'static str);

/// One drift: what is changed where, and what must tell of it.
#[derive(Debug)]
pub(super) struct Drift {
    pub(super) name: &'static str,
    pub(super) edits: &'static [Edit],
    pub(super) expected: &'static [Expected],
}

/// A drift by its name, what is changed, and what must tell of it.
pub(super) const fn drift(
    name: &'static str,
    edits: &'static [Edit],
    expected: &'static [Expected],
) -> Drift {
    Drift {
        name,
        edits,
        expected,
    }
}

/// What was not as expected.
#[derive(Debug)]
pub(super) struct Failure(pub(super) String);

impl Drift {
    /// Makes the change in a clean platform and compares what is reported.
    pub(super) fn examine(&self) -> Result<(), Failure> {
        let platform = Platform::clean();
        for edit in self.edits {
            edit.apply(&platform);
        }
        let report = platform.doctor();
        let mut missed = Vec::new();
        for (rule, file, text) in self.expected {
            let line = line_of(&platform.read(file), text)
                .unwrap_or_else(|| panic!("{}: {file} has no {text:?}", self.name));
            let found = report.findings.iter().any(|finding| {
                finding.rule.id == *rule
                    && [&finding.document, &finding.compose]
                        .into_iter()
                        .flatten()
                        .any(|place| place.file.to_string_lossy() == *file && place.line == line)
            });
            if !found {
                missed.push(format!("{rule} at {file}:{line}"));
            }
        }
        let more = report.findings.iter().any(|finding| {
            !self
                .expected
                .iter()
                .any(|(rule, ..)| finding.rule.id == *rule)
        });
        if missed.is_empty() && !more {
            return Ok(());
        }
        Err(Failure(format!(
            "{} (missed: {})\n    {}",
            self.name,
            missed.join(", "),
            lines(&report).join("\n    ")
        )))
    }
}

impl Drift {
    /// The drift as rows of a Markdown table, one for each finding.
    pub(super) fn write_rows(&self, text: &mut String) {
        let mut places: Vec<&str> = self.edits.iter().map(Edit::file).collect();
        places.dedup();
        let mut made = format!("`{}`", places.join("`, `"));
        let mut name = capitalised(self.name);
        for (rule, file, line) in self.expected {
            let line = line.trim().lines().next().unwrap_or_default();
            let line = line.trim().replace('|', "\\|");
            let line = if line.is_empty() {
                "1".to_owned()
            } else {
                format!("`{line}`")
            };
            writeln!(text, "| {name} | {made} | {rule} | `{file}` | {line} |").unwrap();
            name.clear();
            made.clear();
        }
    }
}

impl Edit {
    fn file(&self) -> &'static str {
        match self {
            Self::Replace(file, ..)
            | Self::Everywhere(file, ..)
            | Self::Cut(file, ..)
            | Self::Delete(file)
            | Self::Open(file)
            | Self::Commit(file) => file,
        }
    }

    fn apply(&self, platform: &Platform) {
        match *self {
            Self::Replace(file, from, to) => platform.replace(file, from, to),
            Self::Everywhere(file, from, to) => {
                let text = platform.read(file);
                assert!(text.contains(from), "{file} has no {from:?}");
                platform.write(file, &text.replace(from, to));
            }
            Self::Cut(file, from, until) => {
                let text = platform.read(file);
                let start = text
                    .find(from)
                    .unwrap_or_else(|| panic!("{file}: {from:?}"));
                let length = text[start..]
                    .find(until)
                    .unwrap_or_else(|| panic!("{file}: {until:?}"));
                platform.write(file, &(text[..start].to_owned() + &text[start + length..]));
            }
            Self::Delete(file) => std::fs::remove_file(platform.root().join(file)).unwrap(),
            Self::Open(file) => platform.permit(file, 0o644),
            Self::Commit(file) => {
                for arguments in [&["init", "-q"][..], &["add", "-f", file]] {
                    let status = std::process::Command::new("git")
                        .args(arguments)
                        .current_dir(platform.root())
                        .status();
                    assert!(status.unwrap().success());
                }
            }
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
    let offset = whole.find(text)? + (text.len() - text.trim_start_matches('\n').len());
    Some(whole[..offset].matches('\n').count() + 1)
}
