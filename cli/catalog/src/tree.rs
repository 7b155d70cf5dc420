use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../templates"]
#[exclude = "*/target/*"]
#[exclude = "*/node_modules/*"]
#[exclude = "*/dist/*"]
struct Embedded;

/// Folders that builds leave behind and that are never part of a template.
const BUILD_OUTPUT: [&str; 3] = ["target", "node_modules", "dist"];

/// Files by their path with `/`, in memory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TemplateTree(BTreeMap<String, Cow<'static, [u8]>>);

impl TemplateTree {
    /// The templates that are part of devkit.
    pub fn builtin() -> Self {
        Self(
            Embedded::iter()
                .filter_map(|path| Some((path.to_string(), Embedded::get(&path)?.data)))
                .collect(),
        )
    }

    /// The files of a folder.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let mut tree = Self::default();
        let mut folders = vec![folder.to_owned()];
        while let Some(current) = folders.pop() {
            for entry in fs::read_dir(&current)? {
                let entry = entry?;
                let path = entry.path();
                let name = entry.file_name();
                if path.is_dir() {
                    if !BUILD_OUTPUT.iter().any(|output| name == *output) {
                        folders.push(path);
                    }
                } else if let Ok(relative) = path.strip_prefix(folder) {
                    let key = relative.to_string_lossy().replace('\\', "/");
                    tree.insert(key, fs::read(&path)?);
                }
            }
        }
        Ok(tree)
    }

    /// Adds a file, or replaces it.
    pub fn insert(&mut self, path: impl Into<String>, content: impl Into<Cow<'static, [u8]>>) {
        self.0.insert(path.into(), content.into());
    }

    pub(crate) fn remove(&mut self, path: &str) {
        self.0.remove(path);
    }

    /// Lays another tree over this one.
    pub fn lay_over(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The bytes of a file.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.0.get(path).map(AsRef::as_ref)
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The files by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0
            .iter()
            .map(|(path, content)| (path.as_str(), content.as_ref()))
    }

    /// What stands below a folder, with paths relative to it.
    #[must_use]
    pub fn below(&self, folder: &str) -> Self {
        let prefix = format!("{folder}/");
        Self(
            self.0
                .range(prefix.clone()..)
                .take_while(|(path, _)| path.starts_with(&prefix))
                .map(|(path, content)| (path[prefix.len()..].to_owned(), content.clone()))
                .collect(),
        )
    }

    /// The names of the folders directly below a folder.
    pub fn folders(&self, folder: &str) -> Vec<String> {
        let mut names: Vec<String> = self
            .below(folder)
            .0
            .keys()
            .filter_map(|path| Some(path.split_once('/')?.0.to_owned()))
            .collect();
        names.dedup();
        names
    }
}
