use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::ChangeError;

/// The folder, below the root, that holds the journal while changes are applied.
pub(crate) const JOURNAL_FOLDER: &str = ".devkit/run/changes";

/// Who may read and run a file that is created.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FileMode {
    /// As the user's mask says.
    #[default]
    Regular,
    /// A program or script.
    Executable,
    /// Readable by its owner alone (0600); its content is never shown.
    Private,
}

/// What happens to one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The file is not there and will be.
    Create {
        /// The new bytes.
        content: Vec<u8>,
        /// Who may read and run it.
        mode: FileMode,
    },
    /// The file gets other bytes and keeps its permissions.
    Modify {
        /// The bytes that the plan was made from.
        before: Vec<u8>,
        /// The new bytes.
        after: Vec<u8>,
    },
    /// The file goes away.
    Remove {
        /// The bytes that the plan was made from.
        before: Vec<u8>,
        /// Who might read and run it.
        mode: FileMode,
    },
}

impl Change {
    /// The bytes that the file has afterwards, if it is there then.
    pub fn after(&self) -> Option<&[u8]> {
        match self {
            Self::Create { content, .. } => Some(content),
            Self::Modify { after, .. } => Some(after),
            Self::Remove { .. } => None,
        }
    }

    /// The bytes that the file has before, if it is there.
    pub fn before(&self) -> Option<&[u8]> {
        match self {
            Self::Create { .. } => None,
            Self::Modify { before, .. } | Self::Remove { before, .. } => Some(before),
        }
    }

    fn inverse(&self) -> Self {
        match self.clone() {
            Self::Create { content, mode } => Self::Remove {
                before: content,
                mode,
            },
            Self::Modify { before, after } => Self::Modify {
                before: after,
                after: before,
            },
            Self::Remove { before, mode } => Self::Create {
                content: before,
                mode,
            },
        }
    }
}

/// A set of changes to the files of one folder, planned in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeSet {
    root: PathBuf,
    changes: BTreeMap<PathBuf, Change>,
}

impl ChangeSet {
    /// An empty set over a root folder, which need not exist yet.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            changes: BTreeMap::new(),
        }
    }

    /// The folder that all paths are below.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether nothing would change.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The changes, ordered by path.
    pub fn iter(&self) -> impl Iterator<Item = (&Path, &Change)> {
        self.changes
            .iter()
            .map(|(path, change)| (path.as_path(), change))
    }

    /// The change of one file.
    pub fn get(&self, path: impl AsRef<Path>) -> Option<&Change> {
        self.changes.get(path.as_ref())
    }

    /// Plans a new file.
    ///
    /// # Errors
    /// If the path leaves the root, or the set changes the file already.
    pub fn create(
        &mut self,
        path: impl AsRef<Path>,
        content: impl Into<Vec<u8>>,
        mode: FileMode,
    ) -> Result<(), ChangeError> {
        let content = content.into();
        self.add(path.as_ref(), Change::Create { content, mode })
    }

    /// Plans other bytes for a file that holds `before` now; equal bytes are no change.
    ///
    /// # Errors
    /// If the path leaves the root, or the set changes the file already.
    pub fn modify(
        &mut self,
        path: impl AsRef<Path>,
        before: impl Into<Vec<u8>>,
        after: impl Into<Vec<u8>>,
    ) -> Result<(), ChangeError> {
        let (before, after) = (before.into(), after.into());
        if before == after {
            return relative(path.as_ref()).map(drop);
        }
        self.add(path.as_ref(), Change::Modify { before, after })
    }

    /// Plans the removal of a file that holds `before` now.
    ///
    /// # Errors
    /// If the path leaves the root, or the set changes the file already.
    pub fn remove(
        &mut self,
        path: impl AsRef<Path>,
        before: impl Into<Vec<u8>>,
    ) -> Result<(), ChangeError> {
        let path = path.as_ref();
        let mode = crate::check::mode_of(&self.root.join(path));
        let before = before.into();
        self.add(path, Change::Remove { before, mode })
    }

    /// The set that takes this one back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self {
            root: self.root.clone(),
            changes: self
                .changes
                .iter()
                .map(|(path, change)| (path.clone(), change.inverse()))
                .collect(),
        }
    }

    fn add(&mut self, path: &Path, change: Change) -> Result<(), ChangeError> {
        let path = relative(path)?;
        if self.changes.contains_key(&path) {
            return Err(ChangeError::ChangedTwice(path));
        }
        self.changes.insert(path, change);
        Ok(())
    }
}

/// The path without `.` parts, if it stays inside the root by its letters.
fn relative(path: &Path) -> Result<PathBuf, ChangeError> {
    let mut clean = PathBuf::new();
    for component in path.components() {
        match component {
            Component::Normal(part) => clean.push(part),
            Component::CurDir => {}
            _ => return Err(ChangeError::InvalidPath(path.to_owned())),
        }
    }
    if clean.as_os_str().is_empty() || clean.starts_with(JOURNAL_FOLDER) {
        return Err(ChangeError::InvalidPath(path.to_owned()));
    }
    Ok(clean)
}
