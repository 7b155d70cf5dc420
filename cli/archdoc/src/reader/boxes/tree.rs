//! Trees of folders, which draw no parts of a platform.

use crate::reader::text::Line;

/// Whether lines draw a tree of directories or a list of bullets.
pub(super) fn is_tree(lines: &[Line<'_>]) -> bool {
    let drawn = lines.iter().filter(|line| !line.is_blank()).count();
    let branches = lines
        .iter()
        .filter(|line| {
            let text = line.text.trim_start_matches(['│', ' ', '|', '\u{A0}']);
            ["├── ", "└── ", "├─ ", "└─ ", "|-- ", "`-- ", "+-- "]
                .iter()
                .any(|branch| text.starts_with(branch))
        })
        .count();
    let boxed = lines
        .iter()
        .any(|line| line.text.contains('┌') || line.text.contains('┐'));
    !boxed && !leads_down(lines) && branches >= 3 && branches * 10 >= drawn * 3
}

/// Whether arrows lead down from name to name, which no tree of directories has.
fn leads_down(lines: &[Line<'_>]) -> bool {
    let is_arrow = |line: &&Line<'_>| {
        let text = line.text.trim_matches(['│', '|', ' ', '\u{A0}']);
        matches!(text, "▼" | "↓" | "v" | "V")
    };
    lines.iter().filter(is_arrow).count() > 1
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_that_arrows_lead_down_to_are_no_tree_of_directories() {
        let text = "# A\n\n## Architecture\n\n```\nSimulator (Python)\n      │ MQTT\n      ▼\n  \
                    broker (Mosquitto)\n      │\n      ▼\n  api (:3000)\n  ├── RealtimeGateway → push\n  \
                    ├── CommandService  → commands\n  └── RagService      → answers\n      │\n      \
                    ▼\n  web (:5173)  ← REST + WebSocket\n```\n";
        let document = crate::read("a.md", text.as_bytes());
        let runnable = document.facts.components.iter().filter(|it| it.runnable);
        let names: Vec<&str> = runnable.map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["broker", "api", "web"]);
    }
}
