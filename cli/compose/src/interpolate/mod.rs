//! Replaces the variables in all texts of a tree.

mod template;

use crate::session::{Environment, Path, Session};
use crate::tree::{Node, Value};
use crate::wording::shortened;

pub(crate) use template::{Operator, TemplateError, Variables, references, substitute};

struct Known<'a> {
    environment: &'a Environment,
    missing: Vec<String>,
}

impl Variables for Known<'_> {
    fn get(&self, name: &str) -> Option<String> {
        self.environment.get(name).cloned()
    }

    fn missing(&mut self, name: &str) {
        self.missing.push(name.into());
    }
}

/// Replaces the variables in all texts below a node; what cannot be replaced is reported.
pub(crate) fn interpolate(node: &mut Node, environment: &Environment, session: &mut Session) {
    walk(node, &mut Path::default(), environment, session);
}

fn walk(node: &mut Node, path: &mut Path, environment: &Environment, session: &mut Session) {
    match &mut node.value {
        Value::Text(text) if text.contains('$') => {
            let mut known = Known {
                environment,
                missing: Vec::new(),
            };
            match substitute(text, &mut known) {
                Ok(replaced) => {
                    for name in known.missing {
                        session.variable_not_set(&name, node.place);
                    }
                    if session.unfold(&replaced) {
                        *text = replaced;
                    } else {
                        session.error(TemplateError::TooLong.to_string(), node.place);
                    }
                }
                Err(TemplateError::Invalid) => {
                    let text = shortened(text);
                    let message = format!("{path}: `{text}` is no valid use of `$`");
                    session.error_with_help(
                        message,
                        node.place,
                        "Write `$$` where a dollar sign is meant",
                    );
                }
                Err(error) => session.error(format!("{path}: {error}"), node.place),
            }
        }
        Value::List(list) => {
            for (index, item) in list.iter_mut().enumerate() {
                path.push_index(index);
                walk(item, path, environment, session);
                path.pop();
            }
        }
        Value::Map(map) => {
            for (key, item) in map {
                path.push(key);
                walk(item, path, environment, session);
                path.pop();
            }
        }
        _ => {}
    }
}
