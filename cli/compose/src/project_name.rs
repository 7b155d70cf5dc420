//! The name of a project: given, of the variables, of the files, or of the folder.

use std::path::Path;

use devkit_diagnostic::{Diagnostic, SourceFile};

use crate::LoadOptions;
use crate::discover::normalize_name;
use crate::interpolate::{Variables, substitute};
use crate::pipeline::{Input, read_text};
use crate::session::{Environment, Failed, Session};
use crate::tree;

struct Known<'a>(&'a Environment);

impl Variables for Known<'_> {
    fn get(&self, name: &str) -> Option<String> {
        self.0.get(name).cloned()
    }

    fn missing(&mut self, _: &str) {}
}

/// Finds the name and refuses one that is not valid.
pub(crate) fn find(
    options: &LoadOptions,
    inputs: &[Input],
    folder: &Path,
    environment: &Environment,
    session: &mut Session,
) -> Result<String, Failed> {
    let given = options
        .project_name
        .clone()
        .or_else(|| environment.get("COMPOSE_PROJECT_NAME").cloned())
        .filter(|name| !name.is_empty())
        .or_else(|| of_files(inputs, environment).map(|name| normalize_name(&name)));
    let name = match given {
        Some(name) if normalize_name(&name) == name && !name.is_empty() => return Ok(name),
        Some(name) => {
            let valid = normalize_name(&name);
            let mut diagnostic = Diagnostic::error(format!(
                "`{name}` is no valid project name: it holds lower case letters, digits, hyphens \
                 and underscores, and starts with a letter or digit"
            ));
            if !valid.is_empty() {
                diagnostic = diagnostic.with_help(format!("Use `{valid}`"));
            }
            if let Some(input) = inputs.first() {
                diagnostic = diagnostic.in_file(&input.path);
            }
            session.errors([diagnostic]);
            return Err(Failed);
        }
        None => folder
            .file_name()
            .map(|name| normalize_name(&name.to_string_lossy()))
            .unwrap_or_default(),
    };
    if name.is_empty() {
        session.errors([Diagnostic::error(
            "The project has no name, and its folder's name cannot give one",
        )
        .with_help("Name it with `-p NAME` or with `name:` in the compose file")]);
        return Err(Failed);
    }
    Ok(name)
}

/// The last `name:` of the files; broken files are reported when they are loaded.
fn of_files(inputs: &[Input], environment: &Environment) -> Option<String> {
    inputs
        .iter()
        .filter_map(|input| {
            let text = match &input.text {
                Some(text) => text.clone(),
                None => read_text(&input.path).ok()?,
            };
            // Most files have no name, which saves reading them twice.
            if !text.contains("name:") && !text.contains("\"name\"") && !text.contains("'name'") {
                return None;
            }
            let documents = tree::parse(&SourceFile::new(&input.path, text), 0).ok()?;
            let name = documents
                .iter()
                .rev()
                .find_map(|node| node.text_of("name"))?;
            if name.is_empty() {
                return None;
            }
            substitute(name, &mut Known(environment)).ok()
        })
        .reduce(|earlier, later| if later.is_empty() { earlier } else { later })
}
