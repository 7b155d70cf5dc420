//! Services that need each other in a circle.

use std::collections::BTreeSet;

use super::Enabled;
use crate::session::Session;
use crate::tree::Node;
use crate::wording::way;

/// Reports the first circle.
pub(super) fn check(enabled: &Enabled<'_>, session: &mut Session) {
    let mut finished = BTreeSet::new();
    let all = enabled.services.keys().chain(enabled.disabled.keys());
    for name in all {
        if let Some(circle) = circle_from(name, enabled, &mut finished) {
            let place = find(enabled, &circle[0])
                .map(|node| node.key)
                .unwrap_or_default();
            session.error(
                format!("Services need each other in a circle: {}", way(&circle)),
                place,
            );
            return;
        }
    }
}

fn find<'a>(enabled: &'a Enabled<'_>, name: &str) -> Option<&'a Node> {
    enabled
        .services
        .get(name)
        .or_else(|| enabled.disabled.get(name))
}

fn needs(enabled: &Enabled<'_>, name: &str) -> Vec<String> {
    find(enabled, name)
        .and_then(|node| node.get("depends_on"))
        .and_then(Node::as_map)
        .map(|map| map.keys().cloned().collect())
        .unwrap_or_default()
}

/// Walks down from a service without recursion, for chains may be long.
fn circle_from(
    name: &str,
    enabled: &Enabled<'_>,
    finished: &mut BTreeSet<String>,
) -> Option<Vec<String>> {
    if finished.contains(name) {
        return None;
    }
    let mut way = vec![(name.to_owned(), needs(enabled, name))];
    let mut on_way: BTreeSet<String> = BTreeSet::from([name.to_owned()]);
    while let Some((current, open)) = way.last_mut() {
        let Some(next) = open.pop() else {
            finished.insert(current.clone());
            on_way.remove(current.as_str());
            way.pop();
            continue;
        };
        if on_way.contains(&next) {
            let start = way.iter().position(|(step, _)| *step == next).unwrap_or(0);
            let mut circle: Vec<String> =
                way[start..].iter().map(|(step, _)| step.clone()).collect();
            circle.push(next);
            return Some(circle);
        }
        if !finished.contains(&next) {
            let open = needs(enabled, &next);
            on_way.insert(next.clone());
            way.push((next, open));
        }
    }
    None
}
