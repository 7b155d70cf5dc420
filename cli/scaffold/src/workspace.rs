use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use devkit_changeset::{ChangeError, ChangeSet, FileMode};
use devkit_diagnostic::Diagnostic;

/// The files of a platform with changes that are in memory only.
pub(crate) struct Workspace {
    root: PathBuf,
    files: BTreeMap<String, File>,
}

struct File {
    before: Option<Vec<u8>>,
    after: Option<Vec<u8>>,
    mode: FileMode,
}

impl Workspace {
    pub(crate) fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            files: BTreeMap::new(),
        }
    }

    /// The bytes that a file has now, changes included.
    pub(crate) fn read(&mut self, path: &str) -> Result<Option<&[u8]>, Diagnostic> {
        Ok(self.file(path)?.after.as_deref())
    }

    /// The text that a file has now.
    pub(crate) fn text(&mut self, path: &str) -> Result<Option<String>, Diagnostic> {
        match self.read(path)? {
            None => Ok(None),
            Some(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => Ok(Some(text.to_owned())),
                Err(_) => Err(Diagnostic::error("The file is not valid UTF-8").in_file(path)),
            },
        }
    }

    /// Whether there is a file or folder.
    pub(crate) fn exists(&self, path: &str) -> bool {
        match self.files.get(path) {
            Some(file) => file.after.is_some(),
            None => self.root.join(path).symlink_metadata().is_ok(),
        }
    }

    /// Makes a file that must not be there.
    pub(crate) fn create(
        &mut self,
        path: &str,
        content: impl Into<Vec<u8>>,
        mode: FileMode,
    ) -> Result<(), Diagnostic> {
        if self.exists(path) {
            return Err(ChangeError::AlreadyExists(PathBuf::from(path)).into());
        }
        self.write(path, content, mode)
    }

    /// Writes a file, whether it is there or not.
    pub(crate) fn write(
        &mut self,
        path: &str,
        content: impl Into<Vec<u8>>,
        mode: FileMode,
    ) -> Result<(), Diagnostic> {
        let file = self.file(path)?;
        file.after = Some(content.into());
        file.mode = mode;
        Ok(())
    }

    /// Takes a file away.
    pub(crate) fn delete(&mut self, path: &str) -> Result<(), Diagnostic> {
        self.file(path)?.after = None;
        Ok(())
    }

    /// The names of the files in a folder, changes included.
    pub(crate) fn list(&self, folder: &str) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.root.join(folder))
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| self.exists(&format!("{folder}/{name}")))
            .collect();
        let prefix = format!("{folder}/");
        for (path, file) in &self.files {
            let name = path
                .strip_prefix(&prefix)
                .filter(|name| !name.contains('/'));
            if let Some(name) = name.filter(|_| file.after.is_some()) {
                names.push(name.to_owned());
            }
        }
        names.sort();
        names.dedup();
        names
    }

    /// Everything that differs from the disk.
    pub(crate) fn into_changes(self) -> Result<ChangeSet, Diagnostic> {
        let mut changes = ChangeSet::new(self.root);
        for (path, file) in self.files {
            match (file.before, file.after) {
                (None, Some(after)) => changes.create(&path, after, file.mode)?,
                (Some(before), Some(after)) => changes.modify(&path, before, after)?,
                (Some(before), None) => changes.remove(&path, before)?,
                (None, None) => {}
            }
        }
        Ok(changes)
    }

    fn file(&mut self, path: &str) -> Result<&mut File, Diagnostic> {
        if !self.files.contains_key(path) {
            let target = self.root.join(path);
            let before = match fs::read(&target) {
                Ok(bytes) => Some(bytes),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
                Err(error) => {
                    let message = format!("The file cannot be read: {error}");
                    return Err(Diagnostic::error(message).in_file(path));
                }
            };
            let file = File {
                after: before.clone(),
                before,
                mode: FileMode::Regular,
            };
            self.files.insert(path.to_owned(), file);
        }
        Ok(self.files.entry(path.to_owned()).or_insert(File {
            before: None,
            after: None,
            mode: FileMode::Regular,
        }))
    }
}
