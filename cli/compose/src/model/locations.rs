use std::fmt;

use devkit_diagnostic::{Location, SourceFile};

use crate::tree::{Node, Place};

/// Where the parts of a model were last set.
///
/// Only a few commands ask, so nothing is computed before they do.
#[derive(Clone, Default)]
pub struct Locations {
    model: Node,
    sources: Vec<SourceFile>,
}

impl Locations {
    pub(crate) fn new(model: Node, sources: Vec<SourceFile>) -> Self {
        Self { model, sources }
    }

    /// Where a path such as `services.api.ports[0]` was set; none for what devkit filled in.
    ///
    /// A key may hold dots itself, as those of labels do.
    pub fn of(&self, path: &str) -> Option<Location> {
        let place = place(&self.model, path)?;
        let source = (place.line > 0)
            .then(|| self.sources.get(place.file as usize))
            .flatten()?;
        Some(Location {
            file: source.path().to_path_buf(),
            line: place.line as usize,
            column: place.column as usize + 1,
        })
    }
}

impl fmt::Debug for Locations {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Locations").finish_non_exhaustive()
    }
}

/// The place at the end of a path that begins with a key or an index in brackets.
fn place(node: &Node, path: &str) -> Option<Place> {
    if let Some(rest) = path.strip_prefix('[') {
        let (index, rest) = rest.split_once(']')?;
        let item = node.as_list()?.get(index.parse::<usize>().ok()?)?;
        return inside(item, item.place, rest);
    }
    let map = node.as_map()?;
    let ends = path
        .char_indices()
        .filter_map(|(at, character)| matches!(character, '.' | '[').then_some(at))
        .chain([path.len()]);
    ends.filter_map(|end| Some((map.get(&path[..end])?, &path[end..])))
        .find_map(|(item, rest)| inside(item, item.key, rest))
}

fn inside(item: &Node, place_of_item: Place, rest: &str) -> Option<Place> {
    match rest.strip_prefix('.') {
        _ if rest.is_empty() => Some(place_of_item),
        Some(rest) => place(item, rest),
        None => place(item, rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_with_dots_and_brackets_are_found() {
        let text = "services:\n  a.b:\n    labels: {\"x.y[0]\": z}\n    ports:\n      - 80\n";
        let source = SourceFile::new("a.yml", text);
        let model = crate::tree::parse(&source, 0).expect("valid").remove(0);
        let locations = Locations::new(model, vec![source]);
        let line = |path: &str| {
            locations
                .of(path)
                .map(|location| (location.line, location.column))
        };
        assert_eq!(line("services.a.b.labels.x.y[0]"), Some((3, 14)));
        assert_eq!(line("services.a.b.ports[0]"), Some((5, 9)));
        assert_eq!(line("services.a.b.ports[1]"), None);
        assert_eq!(line("services.a"), None);
    }
}
