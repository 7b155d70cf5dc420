use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// How a path was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    /// As written.
    Exact,
    /// With other capital letters.
    OtherCase(PathBuf),
    /// Not at all.
    Nothing,
}

/// Folders that were looked into, so that many paths ask for each only once.
#[derive(Debug, Default)]
pub(crate) struct Folders {
    /// The names in a folder, by their form in small letters.
    names: HashMap<PathBuf, HashMap<String, OsString>>,
    /// Where a folder really is, if anywhere.
    found: HashMap<PathBuf, Option<PathBuf>>,
}

impl Folders {
    /// Looks for a path, also with other capital letters.
    pub(crate) fn find(&mut self, path: &Path) -> Found {
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
            return Found::Exact;
        };
        let Some(actual) = self.folder(folder).and_then(|it| self.entry(&it, name)) else {
            return Found::Nothing;
        };
        if actual == path {
            Found::Exact
        } else {
            Found::OtherCase(actual)
        }
    }

    /// Where a folder really is.
    fn folder(&mut self, path: &Path) -> Option<PathBuf> {
        if let Some(known) = self.found.get(path) {
            return known.clone();
        }
        let actual = match (path.parent(), path.file_name()) {
            (Some(parent), Some(name)) => {
                let parent = self.folder(parent);
                parent.and_then(|parent| self.entry(&parent, name))
            }
            _ => Some(path.to_path_buf()),
        };
        self.found.insert(path.to_path_buf(), actual.clone());
        actual
    }

    /// What a folder holds by a name.
    fn entry(&mut self, folder: &Path, name: &OsStr) -> Option<PathBuf> {
        let exact = folder.join(name);
        // A folder that was listed, as something was missing in it, is not asked again.
        if !self.names.contains_key(folder) && exact.symlink_metadata().is_ok() {
            return Some(exact);
        }
        let names = self
            .names
            .entry(folder.to_path_buf())
            .or_insert_with(|| names(folder));
        let other = names.get(&small(name))?;
        // Of names that differ in capitals alone one is listed.
        if other == name || exact.symlink_metadata().is_ok() {
            return Some(exact);
        }
        Some(folder.join(other))
    }
}

fn names(folder: &Path) -> HashMap<String, OsString> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    entries
        .filter_map(Result::ok)
        .map(|entry| (small(&entry.file_name()), entry.file_name()))
        .collect()
}

fn small(name: &OsStr) -> String {
    name.to_string_lossy().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_found_as_written_and_with_other_capitals() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        std::fs::create_dir_all(root.join("Docs")).unwrap();
        std::fs::write(root.join("Docs/Guide.md"), "").unwrap();
        let mut folders = Folders::default();
        let mut find = |path: &str| folders.find(&root.join(path));
        for _ in 0..2 {
            assert_eq!(find("Docs/Guide.md"), Found::Exact);
            let actual = root.join("Docs/Guide.md");
            assert_eq!(find("docs/guide.md"), Found::OtherCase(actual));
            assert_eq!(find("Docs/other.md"), Found::Nothing);
            assert_eq!(find("none/other.md"), Found::Nothing);
        }
    }
}
