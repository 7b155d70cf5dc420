use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Folders that hold what was made or fetched, not what was written.
const SKIPPED: &[&str] = &[
    ".git",
    ".venv",
    "__pycache__",
    "bin",
    "build",
    "coverage",
    "dist",
    "node_modules",
    "obj",
    "target",
    "vendor",
    "venv",
];
/// The most files that are read, and the largest one.
const MOST_FILES: usize = 3000;
const LARGEST: u64 = 512 * 1024;

/// Which of some words stand in the source code below some folders.
pub(crate) fn words_in_sources<'w>(
    folders: &BTreeSet<PathBuf>,
    words: &BTreeSet<&'w str>,
) -> BTreeSet<&'w str> {
    let mut found = BTreeSet::new();
    let mut open: Vec<PathBuf> = folders.iter().cloned().collect();
    let mut files = 0;
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let (name, path) = (entry.file_name(), entry.path());
            // Links may lead anywhere, also back.
            let Some(kind) = entry.file_type().ok().filter(|kind| !kind.is_symlink()) else {
                continue;
            };
            if kind.is_dir() {
                if !SKIPPED.iter().any(|skipped| name == *skipped) {
                    open.push(path);
                }
                continue;
            }
            files += 1;
            if files > MOST_FILES || found.len() == words.len() {
                return found;
            }
            look(&path, words, &mut found);
        }
    }
    found
}

fn look<'w>(path: &Path, words: &BTreeSet<&'w str>, found: &mut BTreeSet<&'w str>) {
    let small = std::fs::metadata(path).is_ok_and(|file| file.len() <= LARGEST);
    let markdown = path.extension().is_some_and(|extension| extension == "md");
    if !small || markdown {
        return;
    }
    let Ok(text) = std::fs::read_to_string(path) else {
        return;
    };
    for word in words.difference(&found.clone()) {
        if has_word(&text, word) {
            found.insert(word);
        }
    }
}

fn has_word(text: &str, word: &str) -> bool {
    let part = |character: char| character.is_ascii_alphanumeric() || character == '_';
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(part) && !after.is_some_and(part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_found_in_what_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("src");
        let made = folder.path().join("node_modules");
        std::fs::create_dir_all(&source).unwrap();
        std::fs::create_dir_all(&made).unwrap();
        std::fs::write(source.join("main.rs"), "env(\"MAIL_HOST\")").unwrap();
        std::fs::write(made.join("x.js"), "MAIL_PORT").unwrap();
        let words = BTreeSet::from(["MAIL", "MAIL_HOST", "MAIL_PORT"]);
        let folders = BTreeSet::from([folder.path().to_path_buf()]);
        assert_eq!(
            words_in_sources(&folders, &words),
            BTreeSet::from(["MAIL_HOST"])
        );
    }
}
