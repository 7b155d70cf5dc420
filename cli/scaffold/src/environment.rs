//! Makes `config/.env` and `config/.env.mcp.credentials` from their committed examples.

use std::collections::BTreeMap;
use std::path::Path;

use devkit_changeset::{ChangeSet, FileMode};
use devkit_diagnostic::Diagnostic;
use rand::Rng;
use rand::distr::Alphanumeric;

use crate::env_file::assignment;
use crate::workspace::Workspace;

/// The value in an example that stands for a random secret.
const GENERATE: &str = "__generate__";
/// The files with their examples.
const FILES: [(&str, &str); 2] = [
    ("config/.env.example", "config/.env"),
    (
        "config/.env.mcp.credentials.example",
        "config/.env.mcp.credentials",
    ),
];

/// Whether data of an earlier environment is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Data {
    /// No data volume of the project exists.
    Absent,
    /// A data volume exists, made with passwords that are not known any more.
    Present,
}

/// Plans the files that are missing; the set is empty if all are there.
///
/// # Errors
/// If `config/.env` would get new secrets while data that needs the old ones exists.
pub fn missing_files(root: &Path, data: Data) -> Result<ChangeSet, Diagnostic> {
    let mut workspace = Workspace::new(root);
    make_missing(&mut workspace, data, &mut secret)?;
    workspace.into_changes()
}

pub(crate) fn make_missing(
    workspace: &mut Workspace,
    data: Data,
    secret: &mut dyn FnMut() -> String,
) -> Result<(), Diagnostic> {
    for (example, target) in FILES {
        if workspace.exists(target) {
            continue;
        }
        let Some(text) = workspace.text(example)? else {
            continue;
        };
        if data == Data::Present && text.contains(GENERATE) {
            return Err(would_not_fit(target));
        }
        let content = fill_in(&text, &BTreeMap::new(), secret);
        workspace.create(target, content, FileMode::Private)?;
    }
    Ok(())
}

fn would_not_fit(target: &str) -> Diagnostic {
    Diagnostic::error(format!(
        "`{target}` is missing while the platform's data exists"
    ))
    .with_note("New passwords would not fit the data: the services could not log in")
    .with_help(format!("to keep the data, put the earlier `{target}` back"))
    .with_help("to start over, delete the data with `devkit down -v`, then run this again")
}

/// Fills an example in: secrets are made, and references to other keys replaced.
///
/// `known` holds the values of keys that exist already.
pub fn fill_in(
    example: &str,
    known: &BTreeMap<String, String>,
    secret: &mut dyn FnMut() -> String,
) -> String {
    let mut values = known.clone();
    for (key, value) in crate::env_file::assignments(example) {
        let value = match value {
            GENERATE => secret(),
            value => value.to_owned(),
        };
        values.entry(key.to_owned()).or_insert(value);
    }
    example
        .split_inclusive('\n')
        .map(|line| fill_in_line(line, &values))
        .collect()
}

fn fill_in_line(line: &str, values: &BTreeMap<String, String>) -> String {
    let Some((key, value)) = assignment(line) else {
        return line.to_owned();
    };
    if value == GENERATE {
        let filled = values.get(key).map_or(value, String::as_str);
        return line.replacen(GENERATE, filled, 1);
    }
    // A value may refer to a value that refers to others, never without end.
    let mut filled = line.to_owned();
    for _ in 0..8 {
        let next = expand(&filled, values);
        if next == filled {
            break;
        }
        filled = next;
    }
    filled
}

fn expand(text: &str, values: &BTreeMap<String, String>) -> String {
    let mut expanded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("${") {
        let Some(end) = rest[start..].find('}').map(|end| start + end) else {
            break;
        };
        expanded.push_str(&rest[..start]);
        match values.get(&rest[start + 2..end]) {
            Some(value) => expanded.push_str(value),
            None => expanded.push_str(&rest[start..=end]),
        }
        rest = &rest[end + 1..];
    }
    expanded + rest
}

/// 32 random letters and digits.
pub fn secret() -> String {
    rand::rng()
        .sample_iter(Alphanumeric)
        .take(32)
        .map(char::from)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_made_once_and_referred_to() {
        let example = "# note\nUSER=app\nPASS=__generate__\nURL=pg://${USER}:${PASS}@db/${NONE}\nJWT=__generate__\n";
        let mut number = 0;
        let filled = fill_in(example, &BTreeMap::new(), &mut || {
            number += 1;
            format!("secret{number}")
        });
        assert_eq!(
            filled,
            "# note\nUSER=app\nPASS=secret1\nURL=pg://app:secret1@db/${NONE}\nJWT=secret2\n"
        );
    }

    #[test]
    fn secrets_are_long_and_differ() {
        let (one, two) = (secret(), secret());
        assert_eq!(one.len(), 32);
        assert!(one.chars().all(|c| c.is_ascii_alphanumeric()));
        assert_ne!(one, two);
    }

    #[test]
    fn references_in_a_circle_end() {
        let filled = fill_in("A=${B}\nB=${A}\n", &BTreeMap::new(), &mut String::new);
        assert_eq!(filled.lines().count(), 2);
    }
}
