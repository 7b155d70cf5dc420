use std::path::{Path, PathBuf};

/// One `KEY=value` of an env file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvLine {
    /// The variable.
    pub key: String,
    /// The value, without quotes; never shown.
    pub value: String,
    /// The line, from 1.
    pub line: usize,
}

/// An env file and the example that it is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvFile {
    /// The file, relative to the project's folder.
    pub path: PathBuf,
    /// What it sets; nothing when it does not exist.
    pub lines: Option<Vec<EnvLine>>,
    /// The permission bits, where they are known.
    pub mode: Option<u32>,
    /// The example beside it, relative to the project's folder, and what that sets.
    pub example: Option<(PathBuf, Vec<EnvLine>)>,
    /// Whether git tracks the file.
    pub tracked: bool,
}

const EXAMPLES: &[&str] = &[".example", ".sample", ".template", ".dist"];

impl EnvFile {
    /// Reads an env file of a project and the example beside it.
    pub(super) fn read(root: &Path, path: &Path, tracked: bool) -> Self {
        let example = EXAMPLES.iter().find_map(|suffix| {
            let beside = PathBuf::from(format!("{}{suffix}", path.display()));
            let text = std::fs::read_to_string(root.join(&beside)).ok()?;
            Some((beside, parse(&text)))
        });
        Self {
            lines: std::fs::read_to_string(root.join(path))
                .ok()
                .map(|text| parse(&text)),
            mode: mode(&root.join(path)),
            path: path.to_path_buf(),
            example,
            tracked,
        }
    }

    /// The env file that an example is for, when a name is that of an example.
    pub(super) fn of_example(name: &str) -> Option<&str> {
        EXAMPLES
            .iter()
            .find_map(|suffix| name.strip_suffix(suffix))
            .filter(|name| is_env_name(name))
    }
}

/// Whether a file name is that of an env file: `.env`, `.env.local`, `api.env`.
pub(super) fn is_env_name(name: &str) -> bool {
    let named = name == ".env" || name.starts_with(".env.") || has_extension(name, "env");
    named && !EXAMPLES.iter().any(|suffix| name.ends_with(suffix))
}

fn has_extension(name: &str, wanted: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|extension| extension == wanted)
}

#[cfg(unix)]
fn mode(path: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt as _;
    Some(std::fs::metadata(path).ok()?.permissions().mode() & 0o777)
}

#[cfg(not(unix))]
fn mode(_path: &Path) -> Option<u32> {
    None
}

/// The assignments of an env file; a quoted value may go on over lines.
fn parse(text: &str) -> Vec<EnvLine> {
    let mut lines = Vec::new();
    let mut open: Option<char> = None;
    for (index, line) in text.lines().enumerate() {
        if let Some(quote) = open {
            if line.trim_end().ends_with(quote) {
                open = None;
            }
            continue;
        }
        let line = line.trim();
        let assignment = line.strip_prefix("export ").unwrap_or(line);
        let Some((key, value)) = assignment.split_once('=') else {
            continue;
        };
        let key = key.trim();
        let is_name = key
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || "_.-".contains(character));
        if line.starts_with('#') || key.is_empty() || !is_name {
            continue;
        }
        let value = value.trim();
        let quote = value
            .chars()
            .next()
            .filter(|first| matches!(first, '"' | '\''));
        if let Some(quote) = quote
            && !value[1..].contains(quote)
        {
            open = Some(quote);
        }
        lines.push(EnvLine {
            key: key.to_owned(),
            value: value.trim_matches(['"', '\'']).to_owned(),
            line: index + 1,
        });
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assignments_are_read_with_their_lines() {
        let lines = parse("# a\nexport A=1\n\nB=\"x\ny=z\"\nC=\n");
        let keys: Vec<_> = lines
            .iter()
            .map(|line| (line.key.as_str(), line.line))
            .collect();
        assert_eq!(keys, [("A", 2), ("B", 4), ("C", 6)]);
    }

    #[test]
    fn examples_name_their_file() {
        assert_eq!(EnvFile::of_example(".env.example"), Some(".env"));
        assert_eq!(
            EnvFile::of_example(".env.mcp.credentials.example"),
            Some(".env.mcp.credentials")
        );
        assert_eq!(EnvFile::of_example("config.example"), None);
        assert!(is_env_name("api.env") && !is_env_name("env.ts"));
    }
}
