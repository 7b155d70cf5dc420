//! Trees that say of each name what it is, behind dots or a line: `Authelia ........ SSO`.

use std::collections::BTreeSet;

use super::rows::Row;
use crate::reader::words;

/// Whether dots lead from nearly each name to what it is: `Authelia ........ SSO`.
pub(super) fn explains_names(leaves: &[&Row], inside: &BTreeSet<usize>) -> bool {
    const LEAST: usize = 3;
    let leaves: Vec<_> = leaves
        .iter()
        .filter(|it| !inside.contains(&it.line))
        .collect();
    let names = leaves.iter().map(|leaf| parts(&leaf.text));
    let explained = names
        .filter(|parts| parts.len() == 2 && !words::is_path(parts[0]) && !parts[0].contains('.'));
    let explained = explained.count();
    explained >= LEAST && explained * 10 >= leaves.len() * 8
}

/// The lines of what stands below a name that is explained, and is not explained itself: what a
/// service does, in a tree that says of each service what it is.
pub(super) fn inside_of_explained(lines: &[Row]) -> BTreeSet<usize> {
    let is_explained = |row: &Row| parts(&row.text).len() > 1;
    let mut above: Vec<&Row> = Vec::new();
    let mut inside = BTreeSet::new();
    for row in lines {
        while above.last().is_some_and(|it| it.branch >= row.branch) {
            above.pop();
        }
        let parent = above.last().filter(|it| it.branch.is_some());
        if !is_explained(row) && parent.is_some_and(|it| is_explained(it)) {
            inside.insert(row.line);
        }
        above.push(row);
    }
    inside
}

/// A name, and what dots or a line lead to behind it.
pub(super) fn parts(text: &str) -> Vec<&str> {
    const LEADERS: [&str; 2] = [" ..", "  ── "];
    let mut leaders = LEADERS.iter();
    match leaders.find_map(|leader| text.split_once(leader)) {
        Some((name, rest)) => vec![name.trim(), rest.trim_matches(['.', ' '])],
        None => vec![text],
    }
}
