//! Folders with owners and permissions, and whether a user can get into them.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use super::user::{SystemUser, own};

/// Makes a folder, all above it, and gives it permissions and an owner.
pub(crate) fn make(path: &Path, mode: u32, owner: Option<&SystemUser>) -> io::Result<()> {
    fs::create_dir_all(path)?;
    fs::set_permissions(path, Permissions::from_mode(mode))?;
    if let Some(owner) = owner {
        std::os::unix::fs::chown(path, Some(owner.uid), Some(owner.gid))?;
    }
    Ok(())
}

/// Makes a folder of this user in a place that all users share, and refuses another's.
pub(crate) fn make_own(path: &Path, mode: u32) -> io::Result<()> {
    if let Err(error) = fs::create_dir(path)
        && error.kind() != io::ErrorKind::AlreadyExists
    {
        return Err(error);
    }
    let found = fs::symlink_metadata(path)?;
    if !found.is_dir() || found.uid() != own().as_raw() {
        return Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            format!("{} belongs to somebody else", path.display()),
        ));
    }
    fs::set_permissions(path, Permissions::from_mode(mode))
}

/// Whether a user can pass through every folder above a path, as far as they exist.
pub(crate) fn can_traverse(path: &Path, user: &SystemUser) -> bool {
    path.ancestors().skip(1).all(|folder| {
        let Ok(found) = fs::metadata(folder) else {
            return true;
        };
        let bit = if found.uid() == user.uid {
            0o100
        } else if found.gid() == user.gid {
            0o010
        } else {
            0o001
        };
        found.mode() & bit != 0
    })
}

/// Lets everybody run a file.
pub(crate) fn make_executable(path: &Path) -> io::Result<()> {
    fs::set_permissions(path, Permissions::from_mode(0o755))
}

/// Copies a file into a folder for a user that may not be able to read it where it is.
pub(crate) fn copy_for(file: &Path, folder: &Path, owner: Option<&SystemUser>) -> io::Result<()> {
    let Some(name) = file.file_name() else {
        return Ok(());
    };
    let copy = folder.join(name);
    fs::copy(file, &copy)?;
    if let Some(owner) = owner {
        std::os::unix::fs::chown(&copy, Some(owner.uid), Some(owner.gid))?;
    }
    Ok(())
}

/// Writes a file that only its owner reads, all or nothing.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt;
    let temporary = path.with_extension("new");
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&temporary)?;
    file.write_all(bytes)?;
    fs::rename(temporary, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_parent_keeps_other_users_out() {
        let folder = tempfile::tempdir().unwrap();
        let closed = folder.path().join("closed");
        make(&closed, 0o700, None).unwrap();
        let stranger = SystemUser {
            name: "stranger".into(),
            uid: 54_321,
            gid: 54_321,
        };
        assert!(!can_traverse(&closed.join("data"), &stranger));
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        make(&closed, 0o711, None).unwrap();
        assert!(can_traverse(&closed.join("data"), &stranger));
    }
}
