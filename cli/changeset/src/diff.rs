use std::fmt::Write;
use std::path::Path;

use similar::TextDiff;

use crate::check::is_private;
use crate::{Change, ChangeSet};

impl ChangeSet {
    /// The whole set as one unified diff; the content of private files is not shown.
    pub fn diff(&self) -> String {
        let mut text = String::new();
        for (path, change) in self.iter() {
            if is_private(self, path, change) {
                headers(&mut text, path, change);
                text.push_str("# private file: the content is not shown\n");
            } else {
                file_diff(&mut text, path, change);
            }
        }
        text
    }
}

fn file_diff(text: &mut String, path: &Path, change: &Change) {
    let before = std::str::from_utf8(change.before().unwrap_or_default());
    let after = std::str::from_utf8(change.after().unwrap_or_default());
    headers(text, path, change);
    if let (Ok(before), Ok(after)) = (before, after) {
        let diff = TextDiff::from_lines(before, after);
        text.push_str(&diff.unified_diff().context_radius(3).to_string());
    } else {
        text.push_str("# binary file: the content is not shown\n");
    }
}

fn headers(text: &mut String, path: &Path, change: &Change) {
    let path = path.display();
    let from = match change.before() {
        Some(_) => format!("a/{path}"),
        None => "/dev/null".to_owned(),
    };
    let to = match change.after() {
        Some(_) => format!("b/{path}"),
        None => "/dev/null".to_owned(),
    };
    // Writing to a string cannot fail.
    let _ = writeln!(text, "--- {from}\n+++ {to}");
}
