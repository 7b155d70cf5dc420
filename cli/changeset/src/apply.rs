use std::fs::{self, File, OpenOptions, Permissions, TryLockError};
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use crate::check::check;
use crate::journal::{Entry, Journal, digest};
use crate::{Change, ChangeError, ChangeSet, FileMode};

/// What was found when looking for an interrupted change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recovery {
    /// No change was interrupted.
    Nothing,
    /// An interrupted change was taken back; this many files had been touched.
    TakenBack(usize),
}

/// Changes that were written, and can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Applied {
    inverse: ChangeSet,
}

impl Applied {
    /// Takes the changes back, unless somebody changed the files since.
    ///
    /// # Errors
    /// As [`ChangeSet::apply`].
    pub fn undo(self) -> Result<(), ChangeError> {
        self.inverse.apply().map(drop)
    }
}

impl ChangeSet {
    /// Writes all changes or none.
    ///
    /// What an interrupted earlier change left is taken back first.
    ///
    /// # Errors
    /// If a file is not as the plan expects, or the file system refuses; the files are as before.
    pub fn apply(&self) -> Result<Applied, ChangeError> {
        self.apply_observed(&mut |_| Ok(()))
    }

    /// Like [`apply`](Self::apply), asking before each file is replaced.
    fn apply_observed(
        &self,
        before_replace: &mut dyn FnMut(&Path) -> Result<(), ChangeError>,
    ) -> Result<Applied, ChangeError> {
        if let Some(_lock) = lock(self.root())? {
            recover_locked(self.root())?;
        }
        check(self)?;
        let journal = Journal::of(self);
        fs::create_dir_all(self.root()).map_err(ChangeError::io("create", self.root()))?;
        let lock = lock(self.root())?;
        journal.write(self.root())?;
        let written = self.write(&journal, before_replace);
        if let Err(error) = written {
            take_back(self.root(), &journal)?;
            return Err(error);
        }
        Journal::discard(self.root())?;
        remove_empty_folders(self);
        drop(lock);
        Ok(Applied {
            inverse: self.inverse(),
        })
    }

    fn write(
        &self,
        journal: &Journal,
        before_replace: &mut dyn FnMut(&Path) -> Result<(), ChangeError>,
    ) -> Result<(), ChangeError> {
        for folder in &journal.folders {
            let folder = self.root().join(folder);
            fs::create_dir_all(&folder).map_err(ChangeError::io("create", &folder))?;
        }
        for (entry, (_, change)) in journal.entries.iter().zip(self.iter()) {
            stage(self.root(), entry, change)?;
        }
        for entry in &journal.entries {
            before_replace(&entry.path)?;
            replace(self.root(), entry)?;
        }
        Ok(())
    }
}

/// Takes back what an interrupted change left half done.
///
/// # Errors
/// If the journal cannot be read or the file system refuses.
pub fn recover(root: &Path) -> Result<Recovery, ChangeError> {
    match lock(root)? {
        Some(_lock) => recover_locked(root),
        None => Ok(Recovery::Nothing),
    }
}

fn recover_locked(root: &Path) -> Result<Recovery, ChangeError> {
    match Journal::read(root)? {
        Some(journal) => take_back(root, &journal).map(Recovery::TakenBack),
        None => Ok(Recovery::Nothing),
    }
}

/// Holds the root folder for this process alone; `None` if there is no such folder yet.
fn lock(root: &Path) -> Result<Option<File>, ChangeError> {
    let folder = match File::open(root) {
        Ok(folder) => folder,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(ChangeError::io("open", root)(error)),
    };
    match folder.try_lock() {
        Ok(()) => Ok(Some(folder)),
        Err(TryLockError::WouldBlock) => Err(ChangeError::Busy(root.to_owned())),
        Err(TryLockError::Error(error)) => Err(ChangeError::io("lock", root)(error)),
    }
}

/// Puts the new content beside its target and a copy of the old content into the journal's folder.
fn stage(root: &Path, entry: &Entry, change: &Change) -> Result<(), ChangeError> {
    let target = root.join(&entry.path);
    if let Some(saved) = &entry.saved {
        let saved = root.join(saved);
        fs::copy(&target, &saved).map_err(ChangeError::io("copy", &target))?;
    }
    let (Some(staged), Some(content)) = (&entry.staged, change.after()) else {
        return Ok(());
    };
    let staged = root.join(staged);
    write_file(&staged, content, entry.mode)?;
    if matches!(change, Change::Modify { .. }) {
        let permissions = fs::metadata(&target)
            .map_err(ChangeError::io("look at", &target))?
            .permissions();
        fs::set_permissions(&staged, permissions)
            .map_err(ChangeError::io("set permissions of", &staged))?;
    }
    Ok(())
}

fn replace(root: &Path, entry: &Entry) -> Result<(), ChangeError> {
    let target = root.join(&entry.path);
    match &entry.staged {
        Some(staged) => fs::rename(root.join(staged), &target),
        None => fs::remove_file(&target),
    }
    .map_err(ChangeError::io("replace", &target))
}

fn write_file(path: &Path, content: &[u8], mode: FileMode) -> Result<(), ChangeError> {
    let mode = match mode {
        FileMode::Regular => 0o666,
        FileMode::Executable => 0o777,
        FileMode::Private => 0o600,
    };
    // A file left by a killed process may have other permissions.
    let _ = fs::remove_file(path);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(mode);
    let mut file = options
        .open(path)
        .map_err(ChangeError::io("create", path))?;
    if mode == 0o600 {
        file.set_permissions(Permissions::from_mode(mode))
            .map_err(ChangeError::io("set permissions of", path))?;
    }
    file.write_all(content)
        .map_err(ChangeError::io("write", path))
}

/// Brings every file that still holds what the change wrote back to what it was.
fn take_back(root: &Path, journal: &Journal) -> Result<usize, ChangeError> {
    let mut touched = 0;
    for entry in journal.entries.iter().rev() {
        if let Some(staged) = &entry.staged {
            let _ = fs::remove_file(root.join(staged));
        }
        touched += usize::from(take_back_file(root, entry)?);
    }
    Journal::discard(root)?;
    for folder in journal.folders.iter().rev() {
        // A folder that holds something else now stays.
        let _ = fs::remove_dir(root.join(folder));
    }
    Ok(touched)
}

fn take_back_file(root: &Path, entry: &Entry) -> Result<bool, ChangeError> {
    let target = root.join(&entry.path);
    let current = fs::read(&target).ok();
    // Bytes that are neither the old nor the new ones are the user's own work.
    if current.as_deref().map(digest) != entry.digest {
        return Ok(false);
    }
    match entry.saved.as_ref().map(|saved| root.join(saved)) {
        Some(saved) if saved.exists() => {
            fs::rename(&saved, &target).map_err(ChangeError::io("restore", &target))?;
        }
        Some(_) => return Ok(false),
        None => fs::remove_file(&target).map_err(ChangeError::io("delete", &target))?,
    }
    Ok(true)
}

fn remove_empty_folders(set: &ChangeSet) {
    let removed = set.iter().filter(|(_, change)| change.after().is_none());
    let journal = Path::new(crate::change::JOURNAL_FOLDER);
    for path in removed.map(|(path, _)| path).chain([journal]) {
        for folder in path.ancestors().skip(1) {
            // Only empty folders go, and never the root.
            if folder.as_os_str().is_empty() || fs::remove_dir(set.root().join(folder)).is_err() {
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests;
