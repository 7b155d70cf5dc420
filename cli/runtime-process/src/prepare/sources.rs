//! Whether a service's sources are those that were built.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use sha2::{Digest, Sha256};

/// Folders that builds write to, or that are no sources.
const LEFT_OUT: [&str; 6] = ["target", "node_modules", "dist", ".git", ".devkit", "tmp"];

/// A hash over the names, sizes and times of the files below a folder, and of the command.
pub(crate) fn fingerprint(folder: &Path, build: &[String]) -> String {
    use std::fmt::Write as _;
    let mut hasher = Sha256::new();
    for word in build {
        hasher.update(word);
        hasher.update([0]);
    }
    add(folder, &mut hasher);
    hasher
        .finalize()
        .iter()
        .fold(String::from("build:"), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

fn add(folder: &Path, hasher: &mut Sha256) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let mut entries: Vec<_> = entries.flatten().collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        if LEFT_OUT.iter().any(|name| entry.file_name() == *name) {
            continue;
        }
        let Ok(found) = entry.metadata() else {
            continue;
        };
        hasher.update(entry.file_name().as_encoded_bytes());
        hasher.update([0]);
        if found.is_dir() {
            add(&entry.path(), hasher);
            continue;
        }
        let changed = found
            .modified()
            .ok()
            .and_then(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok())
            .unwrap_or_default();
        hasher.update(found.len().to_le_bytes());
        hasher.update(changed.as_nanos().to_le_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sources_count() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("main.rs"), "fn main() {}").unwrap();
        let before = fingerprint(folder.path(), &[]);
        fs::create_dir(folder.path().join("target")).unwrap();
        fs::write(folder.path().join("target/out"), "x").unwrap();
        assert_eq!(before, fingerprint(folder.path(), &[]));
        fs::write(folder.path().join("lib.rs"), "").unwrap();
        assert_ne!(before, fingerprint(folder.path(), &[]));
    }
}
