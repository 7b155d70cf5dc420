use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

/// A half-open range of byte offsets in one source file.
pub type Span = Range<usize>;

/// One text that diagnostics point into, cheap to clone.
#[derive(Clone, PartialEq, Eq)]
pub struct SourceFile {
    path: Arc<Path>,
    inner: Arc<Inner>,
}

#[derive(PartialEq, Eq)]
struct Inner {
    text: String,
    line_starts: Vec<usize>,
    /// The bytes at which every [`STRIDE`]th character starts, found when they are asked for.
    strides: OnceLock<Vec<usize>>,
}

const STRIDE: usize = 256;

impl SourceFile {
    /// Takes the text of a file and the path under which messages name it.
    pub fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        let text = text.into();
        let line_starts = std::iter::once(0)
            .chain(
                text.bytes()
                    .enumerate()
                    .filter(|(_, byte)| *byte == b'\n')
                    .map(|(at, _)| at + 1),
            )
            .collect();
        Self {
            path: path.into().into(),
            inner: Arc::new(Inner {
                text,
                line_starts,
                strides: OnceLock::new(),
            }),
        }
    }

    /// The path under which messages name the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The same text, named by another path.
    #[must_use]
    pub fn with_path(&self, path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into().into(),
            inner: Arc::clone(&self.inner),
        }
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.inner.text
    }

    /// The place of a byte offset, with line and column counted from 1; columns count characters.
    pub fn location(&self, offset: usize) -> Location {
        let offset = offset.min(self.inner.text.len());
        let line = self
            .inner
            .line_starts
            .partition_point(|start| *start <= offset);
        let start = self.inner.line_starts[line - 1];
        let column = String::from_utf8_lossy(&self.inner.text.as_bytes()[start..offset])
            .chars()
            .count()
            + 1;
        Location {
            file: self.path.to_path_buf(),
            line,
            column,
        }
    }

    /// The byte offset at which a character (counted from 0) starts, or the end of the text.
    pub fn character_start(&self, index: usize) -> usize {
        let text = self.text();
        let strides = self.inner.strides.get_or_init(|| {
            let starts = text.char_indices().step_by(STRIDE);
            starts.map(|(at, _)| at).collect()
        });
        let Some(near) = strides.get(index / STRIDE) else {
            return text.len();
        };
        text[*near..]
            .char_indices()
            .nth(index % STRIDE)
            .map_or(text.len(), |(at, _)| near + at)
    }

    /// The byte offset at which a line (counted from 1) starts, or the end of the text.
    pub fn line_start(&self, line: usize) -> usize {
        let index = line.saturating_sub(1);
        self.inner
            .line_starts
            .get(index)
            .copied()
            .unwrap_or(self.inner.text.len())
    }
}

impl fmt::Debug for SourceFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "SourceFile({}, {} bytes)",
            self.path().display(),
            self.text().len()
        )
    }
}

/// A place in a file, for people and for JSON: line and column are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Location {
    /// The file, as messages name it.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl fmt::Display for Location {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{}:{}:{}",
            self.file.display(),
            self.line,
            self.column
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locations_count_characters_from_one() {
        let source = SourceFile::new("a.yml", "é: 1\nname: x\n");
        assert_eq!(source.location(0).to_string(), "a.yml:1:1");
        assert_eq!(source.location(2).to_string(), "a.yml:1:2");
        assert_eq!(
            source.location(source.line_start(2) + 6).to_string(),
            "a.yml:2:7"
        );
        assert_eq!(source.location(999).line, 3);
    }
}
