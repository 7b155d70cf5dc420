//! As much of YAML as excerpts in documents use: mappings and lists by indentation.

use crate::reader::text::Line;

/// A key with its value, or an item of a list, and what stands below it.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// The key; `-` for an item of a list.
    pub(super) key: String,
    /// The text behind it, without quotes and remarks.
    pub(super) value: String,
    /// The index of its line.
    pub(super) line: usize,
    indent: usize,
    /// The indices of what stands below it.
    pub(super) children: Vec<usize>,
}

/// All nodes of a block; the first is the block itself.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
}

impl Tree {
    /// The node below another with a key.
    pub(super) fn get(&self, node: usize, key: &str) -> Option<usize> {
        let children = &self.nodes[node].children;
        children
            .iter()
            .copied()
            .find(|it| self.nodes[*it].key == key)
    }

    /// The text of the node below another with a key, where it says something.
    pub(super) fn text(&self, node: usize, key: &str) -> Option<&str> {
        let found = &self.nodes[self.get(node, key)?].value;
        (!found.is_empty()).then_some(found.as_str())
    }

    /// The nodes below another with a key.
    pub(super) fn below(&self, node: usize, key: &str) -> &[usize] {
        self.get(node, key)
            .map_or(&[], |found| self.nodes[found].children.as_slice())
    }
}

/// Reads the lines of a block.
pub(super) fn read(lines: &[Line<'_>], first: usize, end: usize) -> Tree {
    let mut tree = Tree {
        nodes: vec![Node::default()],
    };
    // Indices of the nodes that the next line may stand below.
    let mut open: Vec<usize> = Vec::new();
    for (line, text) in lines.iter().enumerate().take(end).skip(first) {
        let text = text.text.trim_end();
        let plain = text.trim_start();
        if plain.is_empty() || plain.starts_with('#') || plain == "---" {
            continue;
        }
        let mut indent = text.len() - plain.len();
        let mut rest = plain;
        while let Some(item) = rest
            .strip_prefix("- ")
            .or_else(|| rest.strip_prefix("-").filter(|it| it.is_empty()))
        {
            push(&mut tree, &mut open, "-", "", line, indent);
            indent += rest.len() - item.trim_start().len();
            rest = item.trim_start();
        }
        if rest.is_empty() {
            continue;
        }
        match key(rest) {
            Some((key, value)) => push(&mut tree, &mut open, key, value, line, indent),
            // The text of an item.
            None => {
                if let Some(last) = open.last()
                    && tree.nodes[*last].key == "-"
                    && tree.nodes[*last].value.is_empty()
                {
                    let last = *last;
                    tree.nodes[last].value = plain_value(rest);
                }
            }
        }
    }
    tree
}

fn push(
    tree: &mut Tree,
    open: &mut Vec<usize>,
    key: &str,
    value: &str,
    line: usize,
    indent: usize,
) {
    // A list may stand at the indentation of its key.
    let closed = |node: &Node| {
        node.indent > indent || node.indent == indent && (node.key == "-" || key != "-")
    };
    while open.last().is_some_and(|last| closed(&tree.nodes[*last])) {
        open.pop();
    }
    let parent = open.last().copied().unwrap_or(0);
    let index = add(tree, parent, key, &plain_value(value), line, indent);
    open.push(index);
    flow(
        tree,
        index,
        value.split(" #").next().unwrap_or(value).trim(),
        line,
    );
}

fn add(
    tree: &mut Tree,
    parent: usize,
    key: &str,
    value: &str,
    line: usize,
    indent: usize,
) -> usize {
    let index = tree.nodes.len();
    tree.nodes.push(Node {
        key: key.trim_matches(['"', '\'']).to_owned(),
        value: value.to_owned(),
        line,
        indent,
        children: Vec::new(),
    });
    tree.nodes[parent].children.push(index);
    index
}

/// `[a, b]` and `{a: b}` as nodes of their own.
fn flow(tree: &mut Tree, parent: usize, value: &str, line: usize) {
    let inner = |open: char, close: char| value.strip_prefix(open)?.strip_suffix(close);
    if let Some(items) = inner('[', ']') {
        for item in items.split(',').map(str::trim).filter(|it| !it.is_empty()) {
            add(tree, parent, "-", &plain_value(item), line, usize::MAX);
        }
    } else if let Some(entries) = inner('{', '}') {
        for (key, value) in entries.split(',').filter_map(|it| it.split_once(':')) {
            add(
                tree,
                parent,
                key.trim(),
                &plain_value(value),
                line,
                usize::MAX,
            );
        }
    }
}

/// The key of a line and what stands behind it.
fn key(text: &str) -> Option<(&str, &str)> {
    if text.starts_with(['[', '{', '&', '*', '|', '>']) {
        return None;
    }
    if let Some(quote) = text.chars().next().filter(|it| matches!(it, '"' | '\'')) {
        let end = text[1..].find(quote)? + 2;
        let value = text[end..].trim_start().strip_prefix(':')?;
        return Some((&text[..end], value.trim()));
    }
    if let Some(key) = text.strip_suffix(':') {
        return Some((key, ""));
    }
    let (key, value) = text.split_once(": ")?;
    Some((key.trim(), value.trim()))
}

fn plain_value(text: &str) -> String {
    let text = text.trim();
    match text.chars().next() {
        Some(quote @ ('"' | '\'')) => text[1..].split(quote).next().unwrap_or("").to_owned(),
        Some('#') => String::new(),
        _ => text.split(" #").next().unwrap_or(text).trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use devkit_diagnostic::SourceFile;

    #[test]
    fn keys_lists_and_flow_style_are_read() {
        let text = "a:\n  b: \"c\" # d\n  list:\n  - x\n  - k: v\n    m: n\n  flow: [1, 2]\ne: f\n";
        let source = SourceFile::new("a.yml", text);
        let lines = crate::reader::text::lines(&source);
        let tree = read(&lines, 0, lines.len());
        let a = tree.get(0, "a").unwrap();
        assert_eq!(tree.text(a, "b"), Some("c"));
        let list = tree.below(a, "list");
        assert_eq!(tree.nodes[list[0]].value, "x");
        assert_eq!(tree.text(list[1], "m"), Some("n"));
        assert_eq!(tree.below(a, "flow").len(), 2);
        assert_eq!(tree.text(0, "e"), Some("f"));
    }
}
