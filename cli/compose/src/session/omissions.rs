//! The parts of files that are left out when a project is only looked at.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::tree::{Node, Place, Value};

/// The file, and the first and last character, of a part.
type Part = (PathBuf, u32, u32);

/// What a service keeps when it cannot be used as a whole: what says which service it is.
const IDENTITY: [&str; 9] = [
    "image",
    "build",
    "container_name",
    "hostname",
    "ports",
    "expose",
    "networks",
    "depends_on",
    "profiles",
];

/// The key without which an item of a list (an env file, a watched folder) says nothing.
const SUBJECT: &str = "path";

/// Parts of files that cannot be used.
#[derive(Debug, Clone, Default)]
pub(crate) struct Omissions {
    parts: BTreeSet<Part>,
}

impl Omissions {
    /// Adds a part; answers with whether it is a new one.
    pub(super) fn add(&mut self, file: &Path, place: Place) -> bool {
        self.parts.insert(part(file, place))
    }

    /// Takes the parts out of a document of a file.
    pub(super) fn take_from(&self, document: &mut Node, file: &Path) {
        if !self.parts.is_empty() {
            self.prune(document, file, 0);
        }
    }

    fn holds(&self, file: &Path, place: Place) -> bool {
        place.line > 0 && self.parts.contains(&part(file, place))
    }

    fn holds_subject(&self, item: &Node, file: &Path) -> bool {
        item.get(SUBJECT)
            .is_some_and(|subject| self.holds(file, subject.key) || self.holds(file, subject.place))
    }

    fn prune(&self, node: &mut Node, file: &Path, depth: usize) {
        match &mut node.value {
            Value::Map(map) => {
                map.retain(|key, child| {
                    let hit = self.holds(file, child.key) || self.holds(file, child.place);
                    let keeps = hit && keeps_identity(child, depth);
                    if keeps {
                        reduce(child);
                    }
                    keeps || !hit || (depth == 0 && key == "services")
                });
                for child in map.values_mut() {
                    self.prune(child, file, depth + 1);
                }
            }
            Value::List(list) => {
                list.retain(|item| {
                    !self.holds(file, item.place) && !self.holds_subject(item, file)
                });
                for item in list {
                    self.prune(item, file, depth + 1);
                }
            }
            _ => {}
        }
    }
}

fn part(file: &Path, place: Place) -> Part {
    (file.to_path_buf(), place.start, place.end)
}

/// Whether a part is one service with parts of its own.
fn keeps_identity(child: &Node, depth: usize) -> bool {
    depth == 1
        && child
            .as_map()
            .is_some_and(|map| map.keys().any(|key| IDENTITY.contains(&key.as_str())))
}

fn reduce(service: &mut Node) {
    if let Some(map) = service.as_map_mut() {
        map.retain(|key, _| IDENTITY.contains(&key.as_str()));
    }
}
