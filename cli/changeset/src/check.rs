use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::{Change, ChangeError, ChangeSet, FileMode};

/// Refuses the set if a file is not as the plan expects it.
pub(crate) fn check(set: &ChangeSet) -> Result<(), ChangeError> {
    for (path, change) in set.iter() {
        check_links(set.root(), path)?;
        let target = set.root().join(path);
        match change.before() {
            None => match fs::symlink_metadata(&target) {
                Ok(_) => return Err(ChangeError::AlreadyExists(path.to_owned())),
                Err(error) if is_missing(&error) => {}
                Err(error) => return Err(ChangeError::io("look at", &target)(error)),
            },
            Some(before) => match fs::read(&target) {
                Ok(bytes) if bytes == before => {}
                Ok(_) => return Err(ChangeError::Changed(path.to_owned())),
                Err(error) if is_missing(&error) || target.is_dir() => {
                    return Err(ChangeError::Missing(path.to_owned()));
                }
                Err(error) => return Err(ChangeError::io("read", &target)(error)),
            },
        }
    }
    check_nesting(set)
}

/// A new file's parent must not be a file, neither on disk nor in the set.
fn check_nesting(set: &ChangeSet) -> Result<(), ChangeError> {
    for (path, change) in set.iter() {
        if change.after().is_none() {
            continue;
        }
        for parent in path.ancestors().skip(1) {
            if parent.as_os_str().is_empty() {
                break;
            }
            let planned = set.get(parent).map(|change| change.after().is_some());
            if planned.unwrap_or_else(|| set.root().join(parent).is_file()) {
                return Err(ChangeError::AlreadyExists(parent.to_owned()));
            }
        }
    }
    Ok(())
}

fn check_links(root: &Path, path: &Path) -> Result<(), ChangeError> {
    let target = root.join(path);
    if target.is_symlink() {
        return Err(ChangeError::SymbolicLink(path.to_owned()));
    }
    let mut parent = target.parent();
    while let Some(folder) = parent.filter(|folder| *folder != root) {
        if folder.is_symlink() {
            let real = fs::canonicalize(folder).map_err(ChangeError::io("resolve", folder))?;
            let real_root = fs::canonicalize(root).map_err(ChangeError::io("resolve", root))?;
            if !real.starts_with(&real_root) {
                return Err(ChangeError::SymbolicLink(path.to_owned()));
            }
        }
        parent = folder.parent();
    }
    Ok(())
}

fn is_missing(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// What kind of permissions a file has now.
pub(crate) fn mode_of(path: &Path) -> FileMode {
    match fs::metadata(path).map(|metadata| metadata.permissions().mode()) {
        Ok(mode) if mode & 0o777 == 0o600 => FileMode::Private,
        Ok(mode) if mode & 0o100 != 0 => FileMode::Executable,
        _ => FileMode::Regular,
    }
}

/// Whether a change is about a file whose content is nobody else's business.
pub(crate) fn is_private(set: &ChangeSet, path: &Path, change: &Change) -> bool {
    match change {
        Change::Create { mode, .. } | Change::Remove { mode, .. } => *mode == FileMode::Private,
        Change::Modify { .. } => mode_of(&set.root().join(path)) == FileMode::Private,
    }
}
