use std::collections::HashMap;

use devkit_diagnostic::{Diagnostic, SourceFile};
use saphyr_parser::{Event, Parser, Span};

use super::lines::Lines;
use super::scalars::mark_content;

/// Deeper nesting than this has no meaning in a compose file and could exhaust the stack.
const MAXIMUM_DEPTH: usize = 100;

/// What a node says, without its place: equal nodes mean the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    Scalar {
        value: String,
        plain: bool,
        tag: Option<String>,
    },
    /// The path of the node that the alias stands for.
    Alias(String),
    List(Vec<Node>, Option<String>),
    Map(Vec<(Node, Node)>, Option<String>),
}

impl Node {
    /// The text of a scalar.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Scalar { value, .. } => Some(value),
            _ => None,
        }
    }
}

/// A key of a block mapping: lines are counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) line: usize,
    pub(super) column: usize,
    /// The last line that belongs to its value.
    pub(super) last_line: usize,
    pub(super) value: Shape,
    /// The keys of its value, where that is a block mapping.
    pub(super) entries: Vec<Entry>,
}

/// How a value is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    /// Nothing stands there.
    Null,
    /// `{}`, with the place of its braces in bytes.
    EmptyFlow(usize, usize),
    /// A mapping with braces and something between them.
    Flow,
    /// A mapping with one key a line.
    Block,
    /// An alias, a list or a scalar.
    Other,
}

/// What the parser found in a file.
#[derive(Debug, Clone)]
pub(super) struct Outline {
    pub(super) root: Node,
    /// The keys at the top.
    pub(super) entries: Vec<Entry>,
    /// Whether a line is inside a scalar, so that a `#` there is no comment.
    pub(super) content: Vec<bool>,
}

impl Outline {
    pub(super) fn parse(source: &SourceFile, lines: &Lines) -> Result<Self, Diagnostic> {
        let events = events(source, lines)?;
        let content = mark_content(lines, &events);
        let mut builder = Builder {
            events: &events,
            next: 0,
            lines,
            content: &content,
            anchors: HashMap::new(),
            path: Vec::new(),
            source,
        };
        let (root, entries) = builder.document()?;
        Ok(Self {
            root,
            entries,
            content,
        })
    }

    pub(super) fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }
}

fn events<'a>(source: &'a SourceFile, lines: &Lines) -> Result<Vec<(Event<'a>, Span)>, Diagnostic> {
    let text = source.text();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut events = Vec::new();
    for event in Parser::new_from_str(text) {
        match event {
            Ok(event) => events.push(event),
            Err(error) => {
                let line = error.marker().line().saturating_sub(1);
                let at = lines.byte(line, error.marker().col());
                let message = format!("This is not valid YAML: {}", error.info());
                return Err(Diagnostic::error(message).at(source, at..at, ""));
            }
        }
    }
    Ok(events)
}

struct Builder<'a> {
    events: &'a [(Event<'a>, Span)],
    next: usize,
    lines: &'a Lines,
    content: &'a [bool],
    anchors: HashMap<usize, String>,
    path: Vec<String>,
    source: &'a SourceFile,
}

/// A node with where and how it is written.
struct Placed {
    node: Node,
    line: usize,
    column: usize,
    last_line: usize,
    shape: Shape,
    entries: Vec<Entry>,
}

impl<'a> Builder<'a> {
    fn document(&mut self) -> Result<(Node, Vec<Entry>), Diagnostic> {
        let starts = |(event, _): &&(Event, Span)| matches!(event, Event::DocumentStart(_));
        if self.events.iter().filter(starts).count() > 1 {
            return Err(self.refuse("A compose file with several documents cannot be edited"));
        }
        while let Some((event, _)) = self.events.get(self.next) {
            self.next += 1;
            if matches!(event, Event::DocumentStart(_)) {
                let placed = self.node()?;
                if placed.shape == Shape::Flow {
                    let message = "A compose file in braces cannot be edited";
                    return Err(self
                        .refuse(message)
                        .with_help("write one key a line, as in `services:`"));
                }
                return Ok((placed.node, placed.entries));
            }
        }
        Ok((Node::Map(Vec::new(), None), Vec::new()))
    }

    fn refuse(&self, message: &str) -> Diagnostic {
        Diagnostic::error(message).in_file(self.source.path())
    }

    fn take(&mut self) -> Result<&'a (Event<'a>, Span), Diagnostic> {
        let event = self.events.get(self.next);
        self.next += 1;
        event.ok_or_else(|| self.refuse("The file ends too early"))
    }

    fn node(&mut self) -> Result<Placed, Diagnostic> {
        if self.path.len() > MAXIMUM_DEPTH {
            return Err(self.refuse("The file is nested too deeply"));
        }
        let (event, span) = self.take()?;
        let line = span.start.line().saturating_sub(1);
        let column = span.start.col();
        let mut placed = Placed {
            node: Node::List(Vec::new(), None),
            line,
            column,
            last_line: line,
            shape: Shape::Other,
            entries: Vec::new(),
        };
        match event {
            Event::Alias(id) => {
                let path = self.anchors.get(id).cloned().unwrap_or_default();
                placed.node = Node::Alias(path);
            }
            Event::Scalar(value, style, anchor, tag) => {
                self.remember(*anchor);
                let plain = *style == saphyr_parser::ScalarStyle::Plain;
                placed.last_line = self.last_line_of(span);
                if plain && span.is_empty() {
                    placed.shape = Shape::Null;
                }
                placed.node = Node::Scalar {
                    value: value.to_string(),
                    plain,
                    tag: tag.as_ref().map(ToString::to_string),
                };
            }
            Event::SequenceStart(anchor, tag) => {
                self.remember(*anchor);
                self.list(&mut placed, tag.as_ref().map(ToString::to_string))?;
            }
            Event::MappingStart(anchor, tag) => {
                self.remember(*anchor);
                self.map(&mut placed, tag.as_ref().map(ToString::to_string))?;
            }
            _ => return Err(self.refuse("The file cannot be understood")),
        }
        Ok(placed)
    }

    fn remember(&mut self, anchor: usize) {
        if anchor > 0 {
            self.anchors.insert(anchor, self.path.join("\u{1f}"));
        }
    }

    fn list(&mut self, placed: &mut Placed, tag: Option<String>) -> Result<(), Diagnostic> {
        let mut items = Vec::new();
        loop {
            let (event, span) = self.peek()?;
            if matches!(event, Event::SequenceEnd) {
                self.next += 1;
                if let Some(line) = self.closing_brace(span) {
                    placed.last_line = placed.last_line.max(line);
                }
                placed.node = Node::List(items, tag);
                return Ok(());
            }
            self.path.push(items.len().to_string());
            let item = self.node()?;
            self.path.pop();
            if item.shape != Shape::Null {
                placed.last_line = placed.last_line.max(item.last_line);
            }
            items.push(item.node);
        }
    }

    fn map(&mut self, placed: &mut Placed, tag: Option<String>) -> Result<(), Diagnostic> {
        let mut pairs = Vec::new();
        loop {
            let (event, span) = self.peek()?;
            if matches!(event, Event::MappingEnd) {
                self.next += 1;
                let closed = self.closing_brace(span);
                let end = self
                    .lines
                    .byte(span.start.line().saturating_sub(1), span.start.col());
                placed.shape = match closed {
                    None => Shape::Block,
                    Some(_) if pairs.is_empty() => {
                        Shape::EmptyFlow(self.lines.byte(placed.line, placed.column), end + 1)
                    }
                    Some(_) => Shape::Flow,
                };
                placed.last_line = placed.last_line.max(closed.unwrap_or(0));
                placed.node = Node::Map(pairs, tag);
                return Ok(());
            }
            self.path.push("?".to_owned());
            let key = self.node()?;
            self.path.pop();
            self.path.push(key.node.text().unwrap_or("?").to_owned());
            let value = self.node()?;
            self.path.pop();
            let last_line = match value.shape {
                Shape::Null => key.last_line,
                _ => value.last_line.max(key.last_line),
            };
            placed.last_line = placed.last_line.max(last_line);
            if let Some(name) = key.node.text() {
                placed.entries.push(Entry {
                    name: name.to_owned(),
                    line: key.line,
                    column: key.column,
                    last_line,
                    value: value.shape,
                    entries: value.entries,
                });
            }
            pairs.push((key.node, value.node));
        }
    }

    fn peek(&self) -> Result<&'a (Event<'a>, Span), Diagnostic> {
        self.events
            .get(self.next)
            .ok_or_else(|| self.refuse("The file ends too early"))
    }

    /// The line of a closing brace or bracket, if the collection ends with one.
    fn closing_brace(&self, span: &Span) -> Option<usize> {
        let line = span.start.line().saturating_sub(1);
        let character = self.lines.text(line).chars().nth(span.start.col())?;
        // A block collection ends where the next token begins, which can be no closing brace.
        matches!(character, '}' | ']').then_some(line)
    }

    /// The last line of a scalar; for block scalars the lines that were found to be content.
    fn last_line_of(&self, span: &Span) -> usize {
        let first = span.start.line().saturating_sub(1);
        let mut last = first;
        while self.content.get(last + 1).copied().unwrap_or(false) {
            last += 1;
        }
        while last > first && self.lines.is_blank(last) {
            last -= 1;
        }
        last
    }
}
