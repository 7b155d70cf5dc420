//! The variables that the files of a project name.

use std::collections::BTreeMap;

use devkit_diagnostic::{Diagnostics, SourceFile};

use crate::LoadOptions;
use crate::discover::discover;
use crate::interpolate::{Operator, references};
use crate::pipeline::read_text;
use crate::session::Session;
use crate::tree::{self, Node, Value};

/// A variable that a compose file names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Whether a file refuses to load without it.
    pub required: bool,
    /// What stands in its place where it is not set.
    pub default: String,
    /// What stands in its place where it is set.
    pub alternative: String,
}

/// All variables that the files of a project name, by name.
///
/// # Errors
/// When the files cannot be found or read.
pub fn variables(options: &LoadOptions) -> Result<Vec<Variable>, Diagnostics> {
    let mut session = Session::default();
    let Ok(found) = discover(options, &mut session) else {
        return Err(session.into_diagnostics());
    };
    let mut variables = BTreeMap::new();
    for input in found.inputs {
        let text = match input.text {
            Some(text) => text,
            None => read_text(&input.path).map_err(|reason| {
                Diagnostics::from(devkit_diagnostic::Diagnostic::error(reason).in_file(&input.path))
            })?,
        };
        let source = SourceFile::new(&input.path, text);
        let documents = tree::parse(&source, 0)
            .map_err(|errors| errors.into_iter().collect::<Diagnostics>())?;
        for document in &documents {
            collect(document, &mut variables);
        }
    }
    Ok(variables.into_values().collect())
}

fn collect(node: &Node, variables: &mut BTreeMap<String, Variable>) {
    match &node.value {
        Value::Text(text) => {
            for reference in references(text) {
                let variable = variables.entry(reference.name.to_owned()).or_default();
                reference.name.clone_into(&mut variable.name);
                match reference.operator {
                    Some((Operator::Default { .. }, text)) => {
                        text.clone_into(&mut variable.default);
                    }
                    Some((Operator::Alternative { .. }, text)) => {
                        text.clone_into(&mut variable.alternative);
                    }
                    Some((Operator::Required { .. }, _)) => variable.required = true,
                    None => {}
                }
            }
        }
        Value::List(items) => items.iter().for_each(|item| collect(item, variables)),
        Value::Map(map) => map.values().for_each(|item| collect(item, variables)),
        _ => {}
    }
}
