//! Repairs that are certain, as changes of files that are shown before they are made.

mod apply;
mod drawing;
mod missing;
mod siblings;
mod table;

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use devkit_archdoc::Document;

pub use apply::{FixError, plan};
pub(crate) use missing::draw_missing;
pub(crate) use table::{port_cells, port_row, resource_cell, resource_row};

use crate::report::Edit;

/// A link's path with the last parts written as the files are named.
pub(crate) fn link_case(written: &str, actual: &Path) -> String {
    let mut parts: Vec<String> = Path::new(written)
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    let names: Vec<String> = actual
        .components()
        .filter_map(|part| match part {
            Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            _ => None,
        })
        .collect();
    for (part, name) in parts.iter_mut().rev().zip(names.iter().rev()) {
        if part == ".." || part == "." {
            break;
        }
        part.clone_from(name);
    }
    let slash = if written.ends_with('/') { "/" } else { "" };
    let dot = if written.starts_with("./") && parts.first().is_none_or(|part| part != ".") {
        "./"
    } else {
        ""
    };
    format!("{dot}{}{slash}", parts.join("/"))
}

/// The anchors of a document: of its headings, and those that it sets by hand.
pub(crate) fn anchors(document: &Document) -> BTreeSet<String> {
    let text = document.source.text();
    let by_hand = ["id=\"", "name=\"", "id='", "name='"]
        .into_iter()
        .flat_map(|attribute| {
            text.match_indices(attribute)
                .filter_map(move |(at, found)| {
                    let rest = &text[at + found.len()..];
                    rest.find(['"', '\'']).map(|end| rest[..end].to_owned())
                })
        });
    document
        .headings
        .iter()
        .map(|heading| heading.slug.clone())
        .chain(by_hand)
        .chain(["top".to_owned()])
        .collect()
}

/// The one replacement that makes a new text of an old one.
pub(crate) fn edit_between(file: PathBuf, old: &str, new: &str) -> Edit {
    let mut start = old
        .bytes()
        .zip(new.bytes())
        .take_while(|(left, right)| left == right)
        .count();
    while !old.is_char_boundary(start) || !new.is_char_boundary(start) {
        start -= 1;
    }
    let longest = old.len().min(new.len()) - start;
    let mut end = old
        .bytes()
        .rev()
        .zip(new.bytes().rev())
        .take(longest)
        .take_while(|(left, right)| left == right)
        .count();
    while !old.is_char_boundary(old.len() - end) || !new.is_char_boundary(new.len() - end) {
        end -= 1;
    }
    Edit {
        file,
        span: start..old.len() - end,
        replacement: new[start..new.len() - end].to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_replaced() {
        let edit = edit_between("a.md".into(), "| é 8000 |", "| é 8001 |");
        assert_eq!(&"| é 8000 |"[edit.span.clone()], "0");
        assert_eq!(edit.replacement, "1");
        let edit = edit_between("a.md".into(), "a\nb\n", "a\nc\nb\n");
        assert_eq!(edit.replacement.len(), 2);
    }

    #[test]
    fn a_links_case_is_that_of_the_file() {
        let actual = Path::new("/p/docs/services/API.md");
        assert_eq!(
            link_case("../services/api.md", actual),
            "../services/API.md"
        );
        assert_eq!(link_case("./api.md", Path::new("/p/API.md")), "./API.md");
    }
}
