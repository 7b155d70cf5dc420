//! `!reset` and `!override`: what a later file takes away from earlier ones.

use crate::tree::{Node, Tag, Value};

/// One step down the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Key(String),
    Index(usize),
}

/// The paths that a document takes away from what was read before it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Resets(Vec<Vec<Step>>);

impl Resets {
    /// Takes the marks out of a document; what is reset is removed from it too.
    pub(crate) fn take(document: &mut Node) -> Self {
        let mut found = Self::default();
        // Most documents have no marks, and are only looked at.
        if is_marked(document) {
            found.collect(document, &mut Vec::new());
        }
        found
    }

    fn collect(&mut self, node: &mut Node, path: &mut Vec<Step>) {
        match &mut node.value {
            Value::Map(map) => {
                map.retain(|key, item| {
                    path.push(Step::Key(key.clone()));
                    let keep = self.visit(item, path);
                    path.pop();
                    keep
                });
            }
            Value::List(items) => {
                let mut index = 0;
                items.retain_mut(|item| {
                    path.push(Step::Index(index));
                    index += 1;
                    let keep = self.visit(item, path);
                    path.pop();
                    keep
                });
            }
            _ => {}
        }
    }

    fn visit(&mut self, item: &mut Node, path: &mut Vec<Step>) -> bool {
        match item.tag {
            Tag::None => {
                self.collect(item, path);
                true
            }
            Tag::Reset => {
                self.0.push(path.clone());
                false
            }
            Tag::Override => {
                item.tag = Tag::None;
                self.0.push(path.clone());
                true
            }
        }
    }

    /// Removes the paths from a tree.
    pub(crate) fn apply(&self, tree: &mut Node) {
        for path in &self.0 {
            remove(tree, path);
        }
    }

    /// Removes the paths that lie below `section.name` from that entry.
    pub(crate) fn apply_below(&self, section: &str, name: &str, entry: &mut Node) {
        for path in &self.0 {
            if let [Step::Key(first), Step::Key(second), rest @ ..] = &path[..]
                && first == section
                && second == name
                && !rest.is_empty()
            {
                remove(entry, rest);
            }
        }
    }
}

fn is_marked(node: &Node) -> bool {
    node.tag != Tag::None
        || match &node.value {
            Value::Map(map) => map.values().any(is_marked),
            Value::List(items) => items.iter().any(is_marked),
            _ => false,
        }
}

fn remove(node: &mut Node, path: &[Step]) {
    let Some((step, rest)) = path.split_first() else {
        return;
    };
    match (&mut node.value, step) {
        (Value::Map(map), Step::Key(key)) => {
            if rest.is_empty() {
                map.remove(key);
            } else if let Some(item) = map.get_mut(key) {
                remove(item, rest);
            }
        }
        (Value::List(items), Step::Index(index)) => {
            if rest.is_empty() {
                if *index < items.len() {
                    items.remove(*index);
                }
            } else if let Some(item) = items.get_mut(*index) {
                remove(item, rest);
            }
        }
        // A list of names stands for a mapping from them.
        (Value::List(items), Step::Key(key)) if rest.is_empty() => {
            items.retain(|item| {
                item.as_text()
                    .is_none_or(|text| text != key && !text.starts_with(&format!("{key}=")))
            });
        }
        _ => {}
    }
}
