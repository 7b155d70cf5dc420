use std::io;
use std::path::{Path, PathBuf};

use devkit_diagnostic::{Diagnostic, Diagnostics};

/// Why a set of changes was refused or taken back; in every case the files are as before.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// The path is absolute, empty, has `..`, or is one of devkit's own run files.
    #[error("`{}` is not a path inside the platform", .0.display())]
    InvalidPath(PathBuf),
    /// A symbolic link on the way leads out of the root, or the file itself is one.
    #[error("`{}` is or goes through a symbolic link that devkit does not write through", .0.display())]
    SymbolicLink(PathBuf),
    /// The set holds two changes of one file.
    #[error("`{}` would be changed twice in one step", .0.display())]
    ChangedTwice(PathBuf),
    /// A file to create is there already.
    #[error("`{}` exists already", .0.display())]
    AlreadyExists(PathBuf),
    /// A file to change or remove is not there, or not a file.
    #[error("`{}` is not there, or not a file", .0.display())]
    Missing(PathBuf),
    /// A file to change or remove is not what the plan was made from.
    #[error("`{}` was changed by somebody else in the meantime", .0.display())]
    Changed(PathBuf),
    /// Another process applies changes to the same root.
    #[error("another devkit is changing `{}` right now", .0.display())]
    Busy(PathBuf),
    /// The journal of an interrupted change cannot be read.
    #[error("the journal `{}` of an interrupted change cannot be read: {reason}", .path.display())]
    Journal {
        /// The journal.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The file system refused.
    #[error("cannot {action} `{}`: {source}", .path.display())]
    FileSystem {
        /// What was tried, such as `write`.
        action: &'static str,
        /// On which path.
        path: PathBuf,
        /// The answer.
        source: io::Error,
    },
}

impl ChangeError {
    pub(crate) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::FileSystem {
            action,
            path: path.to_owned(),
            source,
        }
    }

    fn help(&self) -> Option<&'static str> {
        match self {
            Self::AlreadyExists(_) => Some("move the file away, or choose another name"),
            Self::Changed(_) => Some("run the same command again"),
            Self::Busy(_) => Some("wait for it to end, then run the same command again"),
            Self::Journal { .. } => {
                Some("compare the files with `git status`, then delete the journal's folder")
            }
            Self::SymbolicLink(_) => Some("replace the link by the file or folder itself"),
            _ => None,
        }
    }
}

impl From<ChangeError> for Diagnostic {
    fn from(error: ChangeError) -> Self {
        let diagnostic = Self::error(error.to_string()).with_note("Nothing was changed");
        match error.help() {
            Some(help) => diagnostic.with_help(help),
            None => diagnostic,
        }
    }
}

impl From<ChangeError> for Diagnostics {
    fn from(error: ChangeError) -> Self {
        Diagnostic::from(error).into()
    }
}
