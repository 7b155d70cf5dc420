//! Nodes of a flowchart: an id with a shape around its text.

/// The shape drawn around a node's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Cylinder,
    Diamond,
    /// `((people))`.
    Circle,
    /// `[/what comes in or goes out/]`, and `>what others run]`.
    Parallelogram,
    Plain,
}

/// A node as written in one statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WrittenNode {
    pub(super) id: String,
    pub(super) text: Option<String>,
    pub(super) shape: Shape,
    /// The class behind `:::`.
    pub(super) class: Option<String>,
}

const SHAPES: [(&str, &str, Shape); 14] = [
    ("(((", ")))", Shape::Plain),
    ("((", "))", Shape::Circle),
    ("([", "])", Shape::Plain),
    ("[(", ")]", Shape::Cylinder),
    ("[[", "]]", Shape::Plain),
    ("[/", "/]", Shape::Parallelogram),
    ("[/", "\\]", Shape::Plain),
    ("[\\", "\\]", Shape::Parallelogram),
    ("[\\", "/]", Shape::Plain),
    ("{{", "}}", Shape::Plain),
    ("(", ")", Shape::Plain),
    ("[", "]", Shape::Plain),
    ("{", "}", Shape::Diamond),
    (">", "]", Shape::Parallelogram),
];

/// Reads a node at the start of the text; answers with what follows.
pub(super) fn parse(text: &str) -> Option<(WrittenNode, &str)> {
    let text = text.trim_start();
    let length = id_length(text);
    if length == 0 {
        return None;
    }
    let (id, mut rest) = text.split_at(length);
    let mut node = WrittenNode {
        id: id.to_owned(),
        text: None,
        shape: Shape::Plain,
        class: None,
    };
    for (open, close, shape) in SHAPES {
        let Some(inner) = rest.strip_prefix(open) else {
            continue;
        };
        if let Some((label, after)) = label(inner, close) {
            node.text = Some(label);
            node.shape = shape;
            rest = after;
            break;
        }
    }
    if let Some(class) = rest.strip_prefix(":::") {
        let end = class.find(|it: char| !it.is_alphanumeric() && !matches!(it, '_' | '-'));
        let (class, after) = class.split_at(end.unwrap_or(class.len()));
        node.class = Some(class.to_owned());
        rest = after;
    }
    if let Some(shape) = rest.strip_prefix("@{")
        && let Some(end) = shape.find('}')
    {
        let label = shape[..end].split("label:").nth(1);
        node.text = label.and_then(|it| it.split('"').nth(1)).map(str::to_owned);
        rest = &shape[end + 1..];
    }
    Some((node, rest))
}

/// The bytes of an id; a dash belongs to it only between letters.
fn id_length(text: &str) -> usize {
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map(|(_, it)| *it);
        let inside = character.is_alphanumeric()
            || matches!(character, '_' | '#' | '*')
            || (matches!(character, '-' | '.' | '/')
                && at > 0
                && next.is_some_and(char::is_alphanumeric));
        if !inside {
            return at;
        }
    }
    text.len()
}

/// The text up to the closing of a shape.
fn label<'a>(inner: &'a str, close: &str) -> Option<(String, &'a str)> {
    let trimmed = inner.trim_start();
    if let Some(quoted) = trimmed.strip_prefix('"')
        && let Some(end) = quoted.find('"')
        && let Some(after) = quoted[end + 1..].trim_start().strip_prefix(close)
    {
        return Some((quoted[..end].to_owned(), after));
    }
    let mut depth = 0_usize;
    let opening = match close {
        ")" => '(',
        "]" => '[',
        "}" => '{',
        _ => '\0',
    };
    for (at, character) in inner.char_indices() {
        if character == opening {
            depth += 1;
        } else if inner[at..].starts_with(close) {
            if depth == 0 {
                return Some((inner[..at].to_owned(), &inner[at + close.len()..]));
            }
            depth -= 1;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(statement: &str) -> (String, Shape, String) {
        let (node, rest) = parse(statement).unwrap();
        (node.text.unwrap_or_default(), node.shape, rest.to_owned())
    }

    #[test]
    fn every_shape_is_read() {
        assert_eq!(
            text("A[Web App]-->B"),
            ("Web App".into(), Shape::Plain, "-->B".into())
        );
        assert_eq!(
            text("db[(Shard 1)]"),
            ("Shard 1".into(), Shape::Cylinder, String::new())
        );
        assert_eq!(text("a([x]) --- b").0, "x");
        assert_eq!(text("a(((x)))").0, "x");
        assert_eq!(text("a{{x}}").0, "x");
        assert_eq!(text("a[/x\\]").0, "x");
        assert_eq!(text("a[\"x (y) [z]\"]:::cls --> b").0, "x (y) [z]");
        assert_eq!(text("G[GET /p/{id}<br/>one]").0, "GET /p/{id}<br/>one");
        assert_eq!(text("my-service -.-> b").2, " -.-> b");
    }
}
