use devkit_diagnostic::Diagnostic;

use crate::render::render;
use crate::{Manifest, TemplateTree, Variables};

/// A component of the catalog with its templates.
#[derive(Debug, Clone, PartialEq)]
pub struct Component {
    pub(crate) manifest: Manifest,
    pub(crate) tree: TemplateTree,
    pub(crate) folder: String,
}

/// A component as it will stand in a platform, in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderedComponent {
    /// The block for `docker-compose.yml`.
    pub compose: Option<String>,
    /// The block for `docker-compose.development.yml`.
    pub development: Option<String>,
    /// The page for `docs/services/`.
    pub docs: Option<String>,
    /// The component's files, relative to its folder.
    pub files: Vec<RenderedFile>,
}

/// A file as it will be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderedFile {
    /// The path with `/`.
    pub path: String,
    /// The bytes.
    pub content: Vec<u8>,
}

impl RenderedFile {
    /// Whether it is a script.
    pub fn is_executable(&self) -> bool {
        self.content.starts_with(b"#!")
    }
}

impl Component {
    /// What its `component.toml` says.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Renders its blocks, page and files.
    ///
    /// # Errors
    /// If a template is wrong.
    pub fn render(&self, variables: &Variables) -> Result<RenderedComponent, Diagnostic> {
        Ok(RenderedComponent {
            compose: self.template("compose.yml.j2", variables)?,
            development: self.template("compose.development.yml.j2", variables)?,
            docs: self.template("docs.md.j2", variables)?,
            files: render_files(
                &self.tree.below("files"),
                &format!("{}/files", self.folder),
                variables,
            )?,
        })
    }

    /// Renders one of the manifest's own values, such as a port's label.
    ///
    /// # Errors
    /// If the value is no valid template.
    pub fn render_value(&self, value: &str, variables: &Variables) -> Result<String, Diagnostic> {
        render(&format!("{}/component.toml", self.folder), value, variables)
    }

    fn template(&self, name: &str, variables: &Variables) -> Result<Option<String>, Diagnostic> {
        let path = format!("{}/{name}", self.folder);
        let Some(content) = self.tree.get(name) else {
            return Ok(None);
        };
        render(&path, text(&path, content)?, variables).map(Some)
    }
}

/// Renders the files of a tree: `.j2` ones are templates, all others are copied byte for byte.
pub(crate) fn render_files(
    tree: &TemplateTree,
    folder: &str,
    variables: &Variables,
) -> Result<Vec<RenderedFile>, Diagnostic> {
    tree.iter()
        .map(|(path, content)| {
            let target = path.replace("__name__", &variables.name);
            let Some(target) = target.strip_suffix(".j2") else {
                return Ok(RenderedFile {
                    path: target,
                    content: content.to_owned(),
                });
            };
            let source = format!("{folder}/{path}");
            let content = render(&source, text(&source, content)?, variables)?;
            Ok(RenderedFile {
                path: target.to_owned(),
                content: content.into_bytes(),
            })
        })
        .collect()
}

pub(crate) fn text<'a>(path: &str, content: &'a [u8]) -> Result<&'a str, Diagnostic> {
    std::str::from_utf8(content)
        .map_err(|_| Diagnostic::error("The template is not valid UTF-8").in_file(path))
}
