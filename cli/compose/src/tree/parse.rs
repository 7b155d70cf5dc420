//! YAML text to spanned trees, with merge keys and aliases resolved and everything hostile refused.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use devkit_diagnostic::{Diagnostic, SourceFile};
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span};

use super::forgive::Forgiven;
use super::refuse::{overfull_line, refused_text};
use super::{Map, Node, Place, Tag, Value, scalar};

/// Deeper nesting than this has no meaning in a compose file and could exhaust the stack.
const MAXIMUM_DEPTH: usize = 100;
/// More nodes than this come from no compose file that a person or generator writes.
const MAXIMUM_NODES: usize = 300_000;
/// What aliases may add before they count as an attack, whatever the size of the file.
const FREE_ALIASED_NODES: usize = 100_000;

/// More errors than this help nobody.
const MAXIMUM_ERRORS: usize = 200;

/// What aliases may add to any file.
const MAXIMUM_ALIASED_NODES: usize = 400_000;

/// One document of a file.
pub(crate) type Document = Node;

/// Reads all documents of a text.
///
/// # Errors
/// Everything that is wrong with the text: broken syntax ends the reading, duplicate and
/// unusable keys are collected.
pub(crate) fn parse(source: &SourceFile, file: u32) -> Result<Vec<Document>, Vec<Diagnostic>> {
    match parse_with_repeated_keys(source, file)? {
        (documents, repeated) if repeated.is_empty() => Ok(documents),
        (_, repeated) => Err(repeated),
    }
}

/// Reads all documents of a text in which keys may be defined more than once: the last one counts,
/// and what is to be said of them comes with the documents.
///
/// # Errors
/// Everything else that is wrong with the text.
pub(crate) fn parse_with_repeated_keys(
    source: &SourceFile,
    file: u32,
) -> Result<(Vec<Document>, Vec<Diagnostic>), Vec<Diagnostic>> {
    // A byte order mark is no part of the document.
    let text = source
        .text()
        .strip_prefix('\u{feff}')
        .unwrap_or(source.text());
    let shift = usize::from(text.len() != source.text().len());
    if let Some(line) = overfull_line(text) {
        let start = source.line_start(line);
        let message = "This line holds too much to be part of a compose file";
        return Err(vec![Diagnostic::error(message).at(
            source,
            start..start,
            "",
        )]);
    }
    if let Some((at, reason)) = refused_text(text) {
        let at = at + source.text().len() - text.len();
        return Err(vec![Diagnostic::error(reason).at(source, at..at, "")]);
    }
    let mut forgiven = Forgiven::default();
    let mut changed = Cow::Borrowed(text);
    loop {
        let (mut reader, error) = read(source, file, &changed, shift, &forgiven);
        let Some(error) = error else {
            return if reader.errors.is_empty() {
                Ok((reader.documents, reader.repeated))
            } else {
                reader.errors.extend(reader.repeated);
                Err(reader.errors)
            };
        };
        let errors = reader.stopped_by(&error);
        if !forgiven.forgive(&error, &changed) {
            return Err(errors);
        }
        changed = Cow::Owned(forgiven.apply(text));
    }
}

/// Reads a text as far as it is valid YAML.
fn read<'a>(
    source: &'a SourceFile,
    file: u32,
    text: &str,
    shift: usize,
    forgiven: &'a Forgiven,
) -> (Reader<'a>, Option<ScanError>) {
    let mut reader = Reader {
        source,
        file,
        forgiven,
        documents: Vec::new(),
        stack: Vec::new(),
        anchors: HashMap::new(),
        nodes: 0,
        aliased: 0,
        errors: Vec::new(),
        repeated: Vec::new(),
    };
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        match event {
            Ok((Event::StreamEnd, _)) => break,
            Ok((event, span)) => {
                let place = reader.place(&span, shift);
                if let Err(error) = reader.event(event, place) {
                    reader.errors.push(error);
                    break;
                }
                if reader.errors.len() + reader.repeated.len() >= MAXIMUM_ERRORS {
                    break;
                }
            }
            Err(error) => return (reader, Some(error)),
        }
    }
    (reader, None)
}

fn byte_column(source: &SourceFile, line: usize, column: usize) -> usize {
    source.text()[source.line_start(line)..]
        .char_indices()
        .nth(column)
        .map_or(0, |(at, _)| at)
}

struct Frame {
    collection: Collection,
    place: Place,
    anchor: usize,
    tag: Tag,
}

enum Collection {
    List(Vec<Node>),
    Map {
        map: Map,
        merged: Vec<Node>,
        key: Option<Key>,
        seen_merge: Option<Place>,
    },
}

/// The key whose value comes next.
enum Key {
    Name(String, Place),
    Merge,
}

struct Reader<'a> {
    source: &'a SourceFile,
    file: u32,
    forgiven: &'a Forgiven,
    documents: Vec<Document>,
    stack: Vec<Frame>,
    anchors: HashMap<usize, (Node, usize)>,
    nodes: usize,
    aliased: usize,
    errors: Vec<Diagnostic>,
    /// What is to be said of keys that are defined more than once.
    repeated: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn place(&self, span: &Span, shift: usize) -> Place {
        let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        let (start, column) = self.forgiven.original(&span.start);
        let (end, _) = self.forgiven.original(&span.end);
        let start = number(start + shift);
        Place {
            file: self.file,
            line: number(span.start.line()),
            column: number(column),
            start,
            end: number(end + shift).max(start),
        }
    }

    /// The errors, the last of which is that the text is no YAML.
    fn stopped_by(mut self, error: &ScanError) -> Vec<Diagnostic> {
        let line = error.marker().line();
        let (_, column) = self.forgiven.original(error.marker());
        let at = self.source.line_start(line) + byte_column(self.source, line, column);
        let message = format!("This is not valid YAML: {}", error.info());
        self.repeated.append(&mut self.errors);
        self.repeated
            .push(Diagnostic::error(message).at(self.source, at..at, ""));
        self.repeated
    }

    fn error(&self, message: impl Into<String>, place: Place) -> Diagnostic {
        error(self.source, message, place)
    }

    fn event(&mut self, event: Event<'_>, place: Place) -> Result<(), Diagnostic> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let tag_name = tag
                    .as_ref()
                    .map(|tag| (tag.handle.as_str(), tag.suffix.as_str()));
                let value = match (tag_name, style) {
                    (None | Some(("!", "reset" | "override")), ScalarStyle::Plain) => {
                        scalar::resolve(&text)
                    }
                    (Some((handle, kind)), _) if handle.starts_with("tag:yaml.org") => {
                        scalar::tagged(kind, &text).map_err(|expected| {
                            self.error(format!("This is no {expected}"), place)
                        })?
                    }
                    _ => Value::Text(text.into_owned()),
                };
                let node = Node {
                    value,
                    place,
                    key: place,
                    tag: tag_of(tag_name),
                };
                self.finish(node, anchor, style == ScalarStyle::Plain)?;
            }
            Event::SequenceStart(anchor, tag) => {
                let tag = tag_of(
                    tag.as_ref()
                        .map(|tag| (tag.handle.as_str(), tag.suffix.as_str())),
                );
                self.open(Collection::List(Vec::new()), place, anchor, tag)?;
            }
            Event::MappingStart(anchor, tag) => {
                let tag = tag_of(
                    tag.as_ref()
                        .map(|tag| (tag.handle.as_str(), tag.suffix.as_str())),
                );
                let collection = Collection::Map {
                    map: BTreeMap::new(),
                    merged: Vec::new(),
                    key: None,
                    seen_merge: None,
                };
                self.open(collection, place, anchor, tag)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(place)?,
            Event::Alias(anchor) => {
                let Some((node, size)) = self.anchors.get(&anchor) else {
                    return Err(self.error("This alias stands inside of what it refers to", place));
                };
                let (node, size) = (node.clone(), *size);
                self.unfold(size, place)?;
                self.finish(node, 0, false)?;
            }
            Event::DocumentStart(_)
            | Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentEnd => {}
        }
        Ok(())
    }

    /// Counts what anchors and aliases add, and refuses what only an attack adds.
    fn unfold(&mut self, size: usize, place: Place) -> Result<(), Diagnostic> {
        self.aliased += size;
        let limit = self.nodes.saturating_mul(10);
        if self.aliased > limit.clamp(FREE_ALIASED_NODES, MAXIMUM_ALIASED_NODES) {
            return Err(self.error("The aliases of this file unfold to too much", place));
        }
        Ok(())
    }

    fn open(
        &mut self,
        collection: Collection,
        place: Place,
        anchor: usize,
        tag: Tag,
    ) -> Result<(), Diagnostic> {
        if self.stack.len() >= MAXIMUM_DEPTH {
            let message = format!("This is nested deeper than {MAXIMUM_DEPTH} levels");
            return Err(self.error(message, place));
        }
        self.stack.push(Frame {
            collection,
            place,
            anchor,
            tag,
        });
        Ok(())
    }

    fn close(&mut self, end: Place) -> Result<(), Diagnostic> {
        let Some(frame) = self.stack.pop() else {
            return Ok(());
        };
        let value = match frame.collection {
            Collection::List(list) => Value::List(list),
            Collection::Map {
                mut map, merged, ..
            } => {
                for node in merged {
                    self.merge(&mut map, node);
                }
                Value::Map(map)
            }
        };
        let place = Place {
            end: end.start.max(frame.place.start),
            ..frame.place
        };
        let node = Node {
            value,
            place,
            key: place,
            tag: frame.tag,
        };
        self.finish(node, frame.anchor, false)
    }

    /// Puts the content of a merge key below what the mapping says itself.
    fn merge(&mut self, map: &mut Map, node: Node) {
        match node.value {
            Value::Map(entries) => {
                for (key, entry) in entries {
                    map.entry(key).or_insert(entry);
                }
            }
            Value::List(nodes) if nodes.iter().all(|node| node.as_map().is_some()) => {
                for node in nodes {
                    self.merge(map, node);
                }
            }
            other => {
                let message = format!(
                    "A merge key takes a mapping or a list of mappings, not {}",
                    other.describe()
                );
                let error = self.error(message, node.place);
                self.errors.push(error);
            }
        }
    }

    /// Gives a finished node to the collection that it stands in.
    fn finish(&mut self, mut node: Node, anchor: usize, plain: bool) -> Result<(), Diagnostic> {
        self.nodes += 1;
        if self.nodes > MAXIMUM_NODES {
            return Err(self.error("This file holds too much to be a compose file", node.place));
        }
        if anchor > 0 {
            let size = size_of(&node);
            // What an anchor keeps is held twice.
            self.unfold(size, node.place)?;
            self.nodes += 1;
            self.anchors.insert(anchor, (node.clone(), size));
        }
        let source = self.source;
        let Some(frame) = self.stack.last_mut() else {
            self.documents.push(node);
            return Ok(());
        };
        let (map, merged, key, seen_merge) = match &mut frame.collection {
            Collection::List(list) => {
                list.push(node);
                return Ok(());
            }
            Collection::Map {
                map,
                merged,
                key,
                seen_merge,
            } => (map, merged, key, seen_merge),
        };
        match key.take() {
            Some(Key::Merge) => merged.push(node),
            Some(Key::Name(name, place)) => {
                node.key = place;
                map.insert(name, node);
            }
            None => match node.value {
                Value::Text(text) if plain && text == "<<" => {
                    *key = Some(Key::Merge);
                    if let Some(first) = seen_merge.replace(node.place) {
                        self.errors.push(
                            error(source, "A mapping has one merge key at most", node.place)
                                .at(source, first.bytes(source), "the first one")
                                .with_help("Give one merge key a list: `<<: [*first, *second]`"),
                        );
                    }
                }
                Value::Text(text) => {
                    if let Some(first) = map.get(&text).map(|first| first.key) {
                        let message = format!("The key `{text}` is defined twice");
                        self.repeated.push(error(source, message, node.place).at(
                            source,
                            first.bytes(source),
                            "first defined here",
                        ));
                    }
                    *key = Some(Key::Name(text, node.place));
                }
                other => {
                    let message = format!("A key is text, not {}", other.describe());
                    self.errors.push(
                        error(source, message, node.place).with_help("Put the key in quotes"),
                    );
                    *key = Some(Key::Name("?".into(), node.place));
                }
            },
        }
        Ok(())
    }
}

fn error(source: &SourceFile, message: impl Into<String>, place: Place) -> Diagnostic {
    Diagnostic::error(message).at(source, place.bytes(source), "")
}

impl Place {
    /// The place as bytes of its source, at most to the end of its first line.
    pub(crate) fn bytes(self, source: &SourceFile) -> devkit_diagnostic::Span {
        let text = source.text();
        let at = |index: u32| source.character_start(index as usize);
        let start = at(self.start);
        let line_end = text[start..]
            .find(['\n', '\r'])
            .map_or(text.len(), |end| start + end);
        start..at(self.end).clamp(start, line_end)
    }
}

fn size_of(node: &Node) -> usize {
    1 + match &node.value {
        Value::List(list) => list.iter().map(size_of).sum(),
        Value::Map(map) => map.values().map(size_of).sum(),
        _ => 0,
    }
}

fn tag_of(tag: Option<(&str, &str)>) -> Tag {
    match tag {
        Some(("!", "reset")) => Tag::Reset,
        Some(("!", "override")) => Tag::Override,
        _ => Tag::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Node>, Vec<String>> {
        let source = SourceFile::new("a.yml", text);
        parse(&source, 0).map_err(|errors| errors.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn merge_keys_give_way_to_own_keys() {
        let documents = read("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\n").expect("valid");
        let b = documents[0].get("b").expect("b");
        assert_eq!(b.get("x").expect("x").value, Value::Integer(1));
        assert_eq!(b.get("y").expect("y").value, Value::Integer(3));
        assert!(b.get("<<").is_none());
    }

    #[test]
    fn lines_in_brackets_and_quotes_may_stand_left() {
        let text = "a:\n  b: [x,\n'y'\n]\n  c: \"p\nq\"\n  d:\tz\n  e: w\n";
        let documents = read(text).expect("forgiven");
        let a = documents[0].get("a").expect("a");
        assert_eq!(
            a.get("b").and_then(Node::as_list).map(<[Node]>::len),
            Some(2)
        );
        assert_eq!(a.text_of("c"), Some("p q"));
        assert_eq!(a.text_of("d"), Some("z"));
        let source = SourceFile::new("a.yml", text);
        let last = a.get("e").expect("e").place;
        assert_eq!(&source.text()[last.bytes(&source)], "w");
        assert_eq!((last.line, last.column), (8, 5));
        assert!(read("a: [x,\nb: y\n").is_err());
    }

    #[test]
    fn other_versions_and_control_characters_are_refused() {
        assert!(read("%YAML 1.2\n---\na: 1\n").is_err());
        assert!(read("%YAML 1.1\n---\na: 1\n").is_ok());
        assert_eq!(
            read("a: b\nc: \u{1}\n").expect_err("refused"),
            ["a.yml:2:4: This control character has no place in YAML"]
        );
    }

    #[test]
    fn all_duplicate_keys_are_reported_with_their_places() {
        let errors = read("a: 1\na: 2\nb: 3\nb: 4\n").expect_err("duplicates");
        assert_eq!(
            errors,
            [
                "a.yml:2:1: The key `a` is defined twice",
                "a.yml:4:1: The key `b` is defined twice"
            ]
        );
    }

    #[test]
    fn a_byte_order_mark_is_skipped_and_places_stay_true() {
        let documents = read("\u{feff}a: é\nb: x\n").expect("valid");
        let source = SourceFile::new("a.yml", "\u{feff}a: é\nb: x\n");
        let span = documents[0].get("b").expect("b").place.bytes(&source);
        assert_eq!(&source.text()[span], "x");
    }

    #[test]
    fn deep_nesting_and_alias_bombs_are_refused() {
        assert!(read(&"[".repeat(20_000)).is_err());
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for level in 1..10 {
            let below = level - 1;
            let aliases = vec![format!("*a{below}"); 10].join(", ");
            let name = format!("a{level}");
            bomb.push_str(&[name.as_str(), ": &", &name, " [", &aliases, "]\n"].concat());
        }
        let errors = read(&bomb).expect_err("a bomb");
        assert!(errors[0].contains("unfold to too much"), "{errors:?}");
    }
}
