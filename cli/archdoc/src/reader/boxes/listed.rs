//! Boxes of networks in which programs are words with their ports: `auth-service   :8001 (PHP)`.

use super::columns::cells;
use super::facts::Reading;
use super::meaning;
use super::networks::is_network;
use crate::reader::collector::Collector;
use crate::reader::label::Label;
use crate::reader::subject::Subject;
use crate::reader::words;

/// Fewer programs with ports make no list.
const LEAST: usize = 2;

/// A program of a list, with the place where it stands.
struct Item {
    row: usize,
    column: usize,
    text: String,
}

/// Reads a box of a network that lists programs; answers whether it is one.
pub(super) fn read(reading: &Reading<'_>, frame: usize, to: &mut Collector<'_>) -> bool {
    let lines = reading.sheet.lines(frame);
    let Some((first, title)) = lines.first() else {
        return false;
    };
    let network = Label::of(&[title]);
    let subject = reading.subject(*first);
    if subject != Subject::Platform || !is_network(&network) || !network.ports.is_empty() {
        return false;
    }
    let items = items(reading, frame, *first);
    let labels: Vec<(&Item, Label)> = items
        .iter()
        .map(|item| (item, Label::of(&[item.text.as_str()])))
        .filter(|(_, label)| !label.ports.is_empty() || words::names_software(&label.name))
        .collect();
    if labels.iter().filter(|(_, it)| !it.ports.is_empty()).count() < LEAST {
        return false;
    }
    reading.group(frame, &network, to);
    let mut groups = reading.groups(frame);
    groups.push(network.name);
    for (item, label) in labels {
        let kind = meaning::kind(&label, &groups, subject, to);
        let end = item.column + label.name.chars().count();
        let origin = reading.origin(to, item.row, item.column, end);
        to.drawn_ports(&label, kind, |_, _| origin.clone());
        let mut component = label.component(kind, origin);
        component.groups.clone_from(&groups);
        to.component(component);
    }
    true
}

/// What is listed below the title; what stands behind a name in a column of its own belongs to it.
fn items(reading: &Reading<'_>, frame: usize, title: usize) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for row in title + 1..reading.sheet.frames[frame].bottom {
        for (column, text) in cells(reading, frame, row) {
            let name = text.trim_start_matches(['├', '└', '─', '│', ' ']);
            let goes_on = name.starts_with([':', '(', '—', '–'])
                || name.starts_with(|it: char| it.is_ascii_digit());
            match items.last_mut() {
                Some(item) if item.row == row && goes_on => {
                    item.text.push(' ');
                    item.text.push_str(name);
                }
                _ if name.is_empty() => {}
                _ => items.push(Item {
                    row,
                    column: column + text.chars().count() - name.chars().count(),
                    text: name.to_owned(),
                }),
            }
        }
    }
    items
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_network_lists_programs_with_their_ports() {
        let text = "# A\n\n## Architecture\n\n```\n┌──────────────────────────────────┐\n│         frontend_network         │\n│  Nginx (Reverse Proxy)           │\n│     │               │            │\n│  Frontend :3000   Gateway :8000  │\n└──────────────────────────────────┘\n                  │\n┌─────────────────▼────────────────┐\n│         backend_network          │\n│  Auth Service   :8001  (Symfony) │\n│  Ticket Service ── by weight ──  │\n│    ├─ ticket-1  :8004  (w=6)     │\n│  RabbitMQ       :5672 / :15672   │\n└──────────────────────────────────┘\n```\n";
        let document = crate::read("a.md", text.as_bytes());
        let components = document.facts.components.iter().filter(|it| it.runnable);
        let told: Vec<_> = components
            .map(|it| (it.name.as_str(), it.ports.clone(), it.groups.join("/")))
            .collect();
        let expected = [
            ("Nginx", vec![], "frontend_network"),
            ("Frontend", vec![3000], "frontend_network"),
            ("Gateway", vec![8000], "frontend_network"),
            ("Auth Service", vec![8001], "backend_network"),
            ("ticket-1", vec![8004], "backend_network"),
            ("RabbitMQ", vec![5672, 15672], "backend_network"),
        ];
        assert_eq!(
            told,
            expected.map(|(name, ports, group)| (name, ports, group.to_owned()))
        );
        let networks = document.facts.networks.iter();
        assert_eq!(
            networks.map(|it| it.name.as_str()).collect::<Vec<_>>(),
            ["frontend_network", "backend_network"]
        );
    }
}
