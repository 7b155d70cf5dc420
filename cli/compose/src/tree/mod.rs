//! The spanned tree: what a YAML file says, with the place of every part.

mod forgive;
mod number;
mod parse;
mod refuse;
mod scalar;

use std::collections::BTreeMap;

pub(crate) use number::float_text;
pub(crate) use parse::{parse, parse_with_repeated_keys};

/// The place of a node: which source, and which characters of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// The number of the source file in the session.
    pub file: u32,
    /// The line, from 1; 0 where the node was made by a stage and stands in no file.
    pub line: u32,
    /// The column in characters, from 0.
    pub column: u32,
    /// The first character, counted from the start of the text.
    pub start: u32,
    /// The character behind the last one.
    pub end: u32,
}

/// The keys of a mapping; compose gives their order no meaning.
pub(crate) type Map = BTreeMap<String, Node>;

/// What a node holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) enum Value {
    /// Nothing.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i128),
    /// A number with a fraction or exponent.
    Float(f64),
    /// Text.
    Text(String),
    /// A plain date or time, which compose accepts nowhere but in extensions.
    Date(String),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping.
    Map(Map),
}

/// A value with its place and the place of its key.
#[derive(Debug, Clone, Default)]
pub(crate) struct Node {
    /// What it holds.
    pub value: Value,
    /// Where the value stands.
    pub place: Place,
    /// Where its key stands; the value's place where it has none.
    pub key: Place,
    /// Whether `!reset` or `!override` stands before it.
    pub tag: Tag,
}

/// The two tags of the specification.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Tag {
    /// Neither of them.
    #[default]
    None,
    /// Takes the attribute away.
    Reset,
    /// Replaces the attribute rather than merging with it.
    Override,
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Node {
    /// A node that stands where another one does.
    pub(crate) fn at(&self, value: Value) -> Self {
        Self {
            value,
            place: self.place,
            key: self.key,
            tag: Tag::None,
        }
    }

    /// Text that stands where another node does.
    pub(crate) fn text_at(&self, text: impl Into<String>) -> Self {
        self.at(Value::Text(text.into()))
    }

    /// The text, where it is text.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The mapping, where it is one.
    pub(crate) fn as_map(&self) -> Option<&Map> {
        match &self.value {
            Value::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The mapping to change, where it is one.
    pub(crate) fn as_map_mut(&mut self) -> Option<&mut Map> {
        match &mut self.value {
            Value::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The sequence, where it is one.
    pub(crate) fn as_list(&self) -> Option<&[Node]> {
        match &self.value {
            Value::List(list) => Some(list),
            _ => None,
        }
    }

    /// The entry of a mapping.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.as_map()?.get(key)
    }

    /// The text of an entry of a mapping.
    pub(crate) fn text_of(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_text()
    }

    /// Whether nothing stands there.
    pub(crate) fn is_null(&self) -> bool {
        self.value == Value::Null
    }

    /// The text of a scalar as compose would write it into a variable; nothing for collections.
    pub(crate) fn scalar_text(&self) -> Option<String> {
        Some(match &self.value {
            Value::Text(text) | Value::Date(text) => text.clone(),
            Value::Bool(value) => value.to_string(),
            Value::Integer(value) => value.to_string(),
            Value::Float(value) => float_text(*value),
            Value::Null | Value::List(_) | Value::Map(_) => return None,
        })
    }
}

impl Value {
    /// What kind of value it is, in words for messages.
    pub(crate) fn describe(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "a boolean",
            Self::Integer(_) => "an integer",
            Self::Float(_) => "a number",
            Self::Text(_) => "text",
            Self::Date(_) => "a date",
            Self::List(_) => "a list",
            Self::Map(_) => "a mapping",
        }
    }
}
