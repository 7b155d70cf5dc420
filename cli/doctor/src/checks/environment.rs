//! Env files: complete, private, not committed.

use std::collections::BTreeSet;
use std::path::Path;

use devkit_diagnostic::Location;

use super::secrets::is_secret_name;
use crate::context::Context;
use crate::facts::{EnvFile, EnvLine};
use crate::report::{Finding, Outcome};
use crate::rule::{self, Level};

pub(super) fn check(context: &Context<'_>, outcome: &mut Outcome) {
    for file in &context.inputs.repository.env_files {
        let shown = file.path.to_string_lossy().into_owned();
        let reported = context
            .inputs
            .omitted
            .into_iter()
            .any(|omitted| omitted.message.contains(&shown));
        let used = !reported && context.inputs.repository.mentions(&shown);
        let Some(lines) = &file.lines else {
            if used {
                let level = match file.example {
                    Some(_) => Level::Info,
                    None => Level::Warning,
                };
                outcome.report(
                    Finding::new(
                        &rule::MISSING_ENV_FILE,
                        shown.as_str(),
                        format!("`{shown}` does not exist, and services read it"),
                    )
                    .with_level(level)
                    .in_compose(context.inputs.repository.place_of(&shown)),
                );
            }
            continue;
        };
        outcome.decided(&rule::MISSING_ENV_FILE);
        against_example(file, lines, outcome);
        doubled(file, lines, outcome);
        secrets(file, lines, outcome);
        private(file, lines, outcome);
    }
}

fn at(path: &Path, line: usize) -> Location {
    Location {
        file: path.to_path_buf(),
        line,
        column: 1,
    }
}

fn finding(rule: &'static rule::Rule, file: &EnvFile, line: &EnvLine, message: String) -> Finding {
    Finding::new(rule, line.key.as_str(), message).in_compose(Some(&at(&file.path, line.line)))
}

fn against_example(file: &EnvFile, lines: &[EnvLine], outcome: &mut Outcome) {
    let Some((example, wanted)) = &file.example else {
        return;
    };
    outcome.decided(&rule::MISSING_KEY);
    outcome.decided(&rule::EXTRA_KEY);
    let shown = file.path.display();
    let set: BTreeSet<&str> = lines.iter().map(|line| line.key.as_str()).collect();
    let known: BTreeSet<&str> = wanted.iter().map(|line| line.key.as_str()).collect();
    for line in wanted
        .iter()
        .filter(|line| !set.contains(line.key.as_str()))
    {
        outcome.report(
            Finding::new(
                &rule::MISSING_KEY,
                line.key.as_str(),
                format!("`{shown}` lacks `{}`, which its example has", line.key),
            )
            .in_compose(Some(&at(example, line.line))),
        );
    }
    for line in lines
        .iter()
        .filter(|line| !known.contains(line.key.as_str()))
    {
        let message = format!("`{}` of `{shown}` is not in its example", line.key);
        outcome.report(finding(&rule::EXTRA_KEY, file, line, message));
    }
}

fn doubled(file: &EnvFile, lines: &[EnvLine], outcome: &mut Outcome) {
    outcome.decided(&rule::DOUBLE_KEY);
    let mut seen = BTreeSet::new();
    for line in lines {
        if !seen.insert(line.key.as_str()) {
            let message = format!(
                "`{}` sets `{}` a second time",
                file.path.display(),
                line.key
            );
            outcome.report(finding(&rule::DOUBLE_KEY, file, line, message));
        }
    }
}

fn secrets(file: &EnvFile, lines: &[EnvLine], outcome: &mut Outcome) {
    for line in lines.iter().filter(|line| is_secret_name(&line.key)) {
        outcome.decided(&rule::EMPTY_SECRET);
        outcome.decided(&rule::DEFAULT_SECRET);
        let promised = file.example.as_ref().is_none_or(|(_, wanted)| {
            wanted
                .iter()
                .any(|wanted| wanted.key == line.key && !wanted.value.is_empty())
        });
        if line.value.is_empty() && promised {
            let message = format!("`{}` of `{}` is empty", line.key, file.path.display());
            outcome.report(finding(&rule::EMPTY_SECRET, file, line, message));
        } else if is_default(&line.value) {
            let message = format!(
                "`{}` of `{}` is a well-known default",
                line.key,
                file.path.display()
            );
            outcome.report(finding(&rule::DEFAULT_SECRET, file, line, message));
        }
    }
}

pub(super) fn is_default(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    let known = [
        "password",
        "secret",
        "postgres",
        "admin",
        "root",
        "guest",
        "test",
        "123456",
        "12345678",
        "1234",
        "changeme",
        "change_me",
        "change-me",
        "changethis",
        "rabbitmq",
        "redis",
        "mysql",
        "example",
        "passw0rd",
        "pass",
        "letmein",
        "default",
        "qwerty",
        "user",
        "token",
    ];
    known.contains(&value.as_str())
        || value.starts_with("__generate")
        || value.starts_with("change")
        || value.starts_with("your-")
        || value.starts_with("your_")
        || (value.starts_with('<') && value.ends_with('>'))
        || value.contains("replace_me")
        || value.contains("replace-me")
}

fn private(file: &EnvFile, lines: &[EnvLine], outcome: &mut Outcome) {
    let secret = lines
        .iter()
        .find(|line| super::secrets::holds_secret(&line.key, &line.value));
    let Some(secret) = secret else {
        return;
    };
    let shown = file.path.to_string_lossy().into_owned();
    outcome.decided(&rule::COMMITTED_SECRET);
    if file.tracked {
        outcome.report(
            Finding::new(
                &rule::COMMITTED_SECRET,
                shown.as_str(),
                format!(
                    "`{shown}` is committed to git, and sets secrets such as `{}`",
                    secret.key
                ),
            )
            .in_compose(Some(&at(&file.path, secret.line))),
        );
    }
    let Some(mode) = file.mode else {
        return;
    };
    outcome.decided(&rule::LOOSE_PERMISSIONS);
    if mode & 0o077 != 0 && !file.tracked {
        outcome.report(
            Finding::new(
                &rule::LOOSE_PERMISSIONS,
                shown.as_str(),
                format!("`{shown}` sets secrets and can be read by others (mode {mode:o})"),
            )
            .in_compose(Some(&at(&file.path, 1)))
            .with_help(format!("Run `chmod 600 {shown}`")),
        );
    }
}
