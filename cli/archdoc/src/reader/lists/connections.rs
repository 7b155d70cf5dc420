//! Items that say which service calls which other: `- lms-api → postgres (TCP 5432)`.

use super::Item;
use crate::facts::{ComponentKind, Connection, ConnectionKind};
use crate::reader::arrows;
use crate::reader::collector::Collector;
use crate::reader::label::split_aside;
use crate::reader::steps::Call;
use crate::reader::words;

/// How sure a connection of a list is: nothing is drawn, but it is said.
const SAID: f64 = 0.7;

/// Reads the connection of an item, where both its ends are known.
pub(super) fn read(item: &Item<'_>, to: &mut Collector<'_>) {
    // More arrows tell a story rather than a connection.
    if arrows::places(&item.text).count() != 1 {
        return;
    }
    let Some(call) = Call::of(&item.text) else {
        return;
    };
    let (target, aside) = split_aside(call.target);
    let said = aside.as_deref().unwrap_or(call.text);
    let known = |name: &str| {
        let found = to.find(name)?;
        (found.runnable || matches!(found.kind, ComponentKind::Client | ComponentKind::External))
            .then(|| found.name.clone())
    };
    let (Some(from), Some(target)) = (known(call.from), known(&target)) else {
        return;
    };
    let kind = if words::is_response(said) {
        ConnectionKind::Response
    } else {
        ConnectionKind::Request
    };
    let mut origin = to.line_origin(item.line);
    origin.confidence = SAID;
    to.connection(Connection {
        from,
        to: target,
        protocol: words::protocol(said),
        label: (!said.is_empty()).then(|| said.to_owned()),
        kind,
        origin,
    });
}

#[cfg(test)]
mod tests {
    #[test]
    fn items_with_arrows_of_every_kind_are_connections() {
        for arrow in ["→", "-->", "──▶", "=>", "↔", "<->"] {
            let page = format!(
                "# Shop\n\n```\n┌─────┐ ┌──────┐\n│ api │ │ mail │\n└─────┘ └──────┘\n```\n\n## Calls\n\n- api {arrow} mail (SMTP)\n"
            );
            let found = crate::read("shop.md", page.as_bytes()).facts.connections;
            assert_eq!(found.len(), 1, "{arrow}");
            assert_eq!(found[0].protocol.as_deref(), Some("SMTP"), "{arrow}");
        }
    }
}
