//! Block diagrams, said in the statements of flowcharts: their nodes and lines are the same, their
//! places are not needed.

use super::Numbered;

/// The statements of a flowchart with the blocks and lines of a block diagram.
pub(super) fn as_flowchart(statements: &[Numbered<'_>]) -> Vec<(usize, String)> {
    let mut said = Vec::new();
    // Whether each open block has a name, and so a frame.
    let mut open: Vec<bool> = Vec::new();
    for (line, text) in statements {
        let text = text.trim();
        let first = text.split([' ', ':']).next().unwrap_or_default();
        match first {
            "" | "columns" => {}
            "block" => {
                let title = text.strip_prefix("block:").map(without_width);
                open.push(title.is_some());
                said.extend(title.map(|title| (*line, format!("subgraph {title}"))));
            }
            "end" => {
                if open.pop() == Some(true) {
                    said.push((*line, "end".to_owned()));
                }
            }
            "classDef" | "class" | "style" => said.push((*line, text.to_owned())),
            _ if ["-->", "---", "==>", "-.->", "<--"]
                .iter()
                .any(|it| text.contains(it)) =>
            {
                said.push((*line, text.to_owned()));
            }
            _ => {
                let nodes = nodes(text).into_iter().map(without_width);
                let nodes =
                    nodes.filter(|it| !it.is_empty() && *it != "space" && !it.contains("<["));
                said.extend(nodes.map(|node| (*line, node.to_owned())));
            }
        }
    }
    said
}

/// The nodes of a line, which spaces outside of brackets and quotes set apart.
fn nodes(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut depth, mut quoted, mut start) = (0_usize, false, 0);
    for (at, character) in text.char_indices() {
        match character {
            '"' => quoted = !quoted,
            '[' | '(' | '{' if !quoted => depth += 1,
            ']' | ')' | '}' if !quoted => depth = depth.saturating_sub(1),
            ' ' | '\t' if !quoted && depth == 0 => {
                found.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(&text[start..]);
    found
}

/// A node without the number of columns that it takes: `db:2`.
fn without_width(node: &str) -> &str {
    match node.rsplit_once(':') {
        Some((node, width)) if !width.is_empty() && width.chars().all(|it| it.is_ascii_digit()) => {
            node
        }
        _ => node,
    }
}

#[cfg(test)]
mod tests {
    use crate::facts::ComponentKind;

    #[test]
    fn blocks_and_their_lines_are_read() {
        let text = "# A\n\n## Architecture\n\n```mermaid\nblock-beta\ncolumns 3\n  browser([\"Browser\"]):3\n  space:3\n  block:server[\"Server\"]:3\n    web[\"Django / gunicorn\"]:2 worker[\"rq worker\"]\n  end\n  db[(\"PostgreSQL\")] space redis[(\"Redis\")]\n  browser --> web\n  web --> db\n  redis --> worker\n```\n";
        let document = crate::read("a.md", text.as_bytes());
        let facts = &document.facts;
        let names: Vec<&str> = facts.components.iter().map(|it| it.name.as_str()).collect();
        for name in [
            "Django / gunicorn",
            "rq worker",
            "PostgreSQL",
            "Redis",
            "Server",
        ] {
            assert!(names.contains(&name), "{name}: {names:?}");
        }
        assert_eq!(names.len(), 6);
        let browser = facts.components.iter().find(|it| it.name == "Browser");
        assert_eq!(browser.map(|it| it.kind), Some(ComponentKind::Client));
        assert_eq!(facts.connections.len(), 3);
        assert_eq!(facts.connections[1].to, "PostgreSQL");
    }
}
