use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::change::JOURNAL_FOLDER;
use crate::{Change, ChangeError, ChangeSet, FileMode};

/// What an interrupted change needs in order to be taken back.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Journal {
    version: u32,
    pub(crate) entries: Vec<Entry>,
    /// Folders that are made, outermost first, relative to the root.
    pub(crate) folders: Vec<PathBuf>,
}

/// One file of the journal.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) path: PathBuf,
    /// The new content waits here until it is renamed, relative to the root.
    pub(crate) staged: Option<PathBuf>,
    /// A copy of the old content, relative to the root.
    pub(crate) saved: Option<PathBuf>,
    /// SHA-256 of the new content.
    pub(crate) digest: Option<String>,
    pub(crate) mode: FileMode,
}

impl Journal {
    /// The journal of a set, as it is written before anything else is touched.
    pub(crate) fn of(set: &ChangeSet) -> Self {
        let entries = set
            .iter()
            .enumerate()
            .map(|(index, (path, change))| Entry {
                path: path.to_owned(),
                staged: change.after().map(|_| staged_path(path)),
                saved: change
                    .before()
                    .map(|_| Path::new(JOURNAL_FOLDER).join(format!("{index}.saved"))),
                digest: change.after().map(digest),
                mode: match change {
                    Change::Create { mode, .. } | Change::Remove { mode, .. } => *mode,
                    Change::Modify { .. } => FileMode::Regular,
                },
            })
            .collect();
        Self {
            version: 1,
            entries,
            folders: missing_folders(set),
        }
    }

    pub(crate) fn file(root: &Path) -> PathBuf {
        root.join(JOURNAL_FOLDER).join("journal.json")
    }

    /// Writes the journal so that it is whole or not there.
    pub(crate) fn write(&self, root: &Path) -> Result<(), ChangeError> {
        let folder = root.join(JOURNAL_FOLDER);
        fs::create_dir_all(&folder).map_err(ChangeError::io("create", &folder))?;
        let path = Self::file(root);
        let draft = path.with_extension("draft");
        let text = serde_json::to_vec(self).map_err(|error| ChangeError::Journal {
            path: path.clone(),
            reason: error.to_string(),
        })?;
        let mut file = File::create(&draft).map_err(ChangeError::io("create", &draft))?;
        file.write_all(&text)
            .and_then(|()| file.sync_all())
            .and_then(|()| fs::rename(&draft, &path))
            .map_err(ChangeError::io("write", &path))
    }

    /// The journal that an interrupted change left, if there is one.
    pub(crate) fn read(root: &Path) -> Result<Option<Self>, ChangeError> {
        let path = Self::file(root);
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(ChangeError::io("read", &path)(error)),
        };
        let journal: Self =
            serde_json::from_slice(&text).map_err(|error| ChangeError::Journal {
                path: path.clone(),
                reason: error.to_string(),
            })?;
        if journal.version != 1 {
            return Err(ChangeError::Journal {
                path,
                reason: format!("its version {} is not known", journal.version),
            });
        }
        Ok(Some(journal))
    }

    /// Deletes the journal, which makes the change final, then what it kept.
    pub(crate) fn discard(root: &Path) -> Result<(), ChangeError> {
        let path = Self::file(root);
        if path.exists() {
            fs::remove_file(&path).map_err(ChangeError::io("delete", &path))?;
        }
        let folder = root.join(JOURNAL_FOLDER);
        // What cannot be tidied up now is tidied up by the next change.
        let _ = fs::remove_dir_all(&folder);
        Ok(())
    }
}

pub(crate) fn digest(content: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(content)
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

fn staged_path(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.devkit-new"))
}

/// The folders that the set makes, outermost first; the root itself is the empty path.
fn missing_folders(set: &ChangeSet) -> Vec<PathBuf> {
    let journal = Path::new(JOURNAL_FOLDER).join("journal.json");
    let mut folders: Vec<PathBuf> = set
        .iter()
        .filter(|(_, change)| change.after().is_some())
        .map(|(path, _)| path)
        .chain([journal.as_path()])
        .flat_map(|path| path.ancestors().skip(1))
        .filter(|folder| !set.root().join(folder).exists())
        .map(Path::to_owned)
        .collect();
    folders.sort();
    folders.dedup();
    folders
}
