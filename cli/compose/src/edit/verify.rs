use super::outline::Node;

/// Whether `after` is `before` with exactly the given keys more at a path of one key.
///
/// A value that is null or missing before counts as an empty mapping.
pub(super) fn adds_exactly(before: &Node, after: &Node, top: &str, keys: &[String]) -> bool {
    let (Some(before), Some(after)) = (pairs(before), pairs(after)) else {
        return false;
    };
    let others = |pairs: &[(Node, Node)]| -> Vec<(Node, Node)> {
        pairs
            .iter()
            .filter(|(key, _)| key.text() != Some(top))
            .cloned()
            .collect()
    };
    if others(before) != others(after) {
        return false;
    }
    let (Some(before), Some(after)) = (children(before, top), children(after, top)) else {
        return false;
    };
    let is_new = |key: &Node| keys.iter().any(|name| key.text() == Some(name));
    let kept: Vec<_> = after.iter().filter(|(key, _)| !is_new(key)).collect();
    let unchanged = kept.len() == before.len()
        && kept
            .into_iter()
            .zip(before)
            .all(|(after, before)| after == before);
    let added = after.iter().filter(|(key, _)| is_new(key)).count();
    unchanged && added == keys.len()
}

fn pairs(node: &Node) -> Option<&[(Node, Node)]> {
    match node {
        Node::Map(pairs, _) => Some(pairs),
        _ => None,
    }
}

/// The pairs below a key; none if it is missing or null.
fn children<'a>(pairs: &'a [(Node, Node)], top: &str) -> Option<&'a [(Node, Node)]> {
    let Some((_, value)) = pairs.iter().find(|(key, _)| key.text() == Some(top)) else {
        return Some(&[]);
    };
    match value {
        Node::Map(pairs, _) => Some(pairs),
        Node::Scalar { value, plain, .. }
            if *plain && matches!(value.as_str(), "" | "~" | "null") =>
        {
            Some(&[])
        }
        _ => None,
    }
}
