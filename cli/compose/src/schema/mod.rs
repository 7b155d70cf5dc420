//! What a compose file may say: one table of attributes with their types, in the order in which
//! the reference prints them. Validation, emission and printing all read these tables, so a new
//! attribute is one line in one of them.

mod resources;
mod service;
mod service_parts;

pub(crate) use resources::PROJECT;
pub(crate) use service::SERVICE;
pub(crate) use service_parts::LIMIT_TITLE;

/// What scalars a place accepts, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Accepts(u8);

impl Accepts {
    pub(crate) const TEXT: Self = Self(1);
    pub(crate) const NUMBER: Self = Self(2 | 4);
    pub(crate) const INTEGER: Self = Self(4);
    pub(crate) const BOOLEAN: Self = Self(8);
    pub(crate) const NULL: Self = Self(16);

    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// What is accepted, in words.
    pub(crate) fn describe(self) -> String {
        let mut words = Vec::new();
        if self.has(Self::TEXT) {
            words.push("text");
        }
        if self.has(Self::NUMBER) {
            words.push("a number");
        } else if self.has(Self::INTEGER) {
            words.push("an integer");
        }
        if self.has(Self::BOOLEAN) {
            words.push("a boolean");
        }
        if self.has(Self::NULL) {
            words.push("nothing");
        }
        words.join(" or ")
    }
}

/// How a scalar stands in the canonical form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Output {
    /// Text.
    Text,
    /// Text, or null where nothing is said.
    NullableText,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A whole number that is written as one.
    Whole,
    /// A whole number that is not negative.
    Unsigned,
    /// A weight of sixteen bits.
    Weight,
    /// Text that a whole number may stand for, but none with a fraction.
    TextOrInteger,
    /// A number of single precision.
    Float,
    /// A number of bytes, written as text.
    Bytes,
    /// A duration as Go prints it.
    Duration,
    /// Permissions, written as octal text.
    FileMode,
    /// A command line: a list of words, or null.
    Words,
    /// The number of devices, where `all` is -1.
    DeviceCount,
}

/// What may stand at a place.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// A scalar, perhaps one of a few words.
    Scalar(Accepts, Output, &'static [&'static str]),
    /// A whole number within bounds, or text.
    Bounded(i64, i64),
    /// A list; the flag forbids the same entry twice.
    List(&'static Kind, bool),
    /// A mapping from any name, or with the flag from valid names only, to one kind.
    Map(&'static Kind, Names),
    /// A mapping with known keys.
    Object(&'static Object),
    /// One of several kinds.
    OneOf(&'static [Kind]),
}

/// Which names the keys of a mapping may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    /// Any.
    Any,
    /// Letters, digits, `.`, `_` and `-`.
    Resource,
    /// Like [`Names::Resource`], and other names are accepted without a look at their content.
    ResourceOrIgnored,
    /// Any but the empty one.
    NotEmpty,
    /// Lower case letters; others are accepted without a look at their content.
    LowerOrIgnored,
}

/// A mapping with known keys.
#[derive(Debug)]
pub(crate) struct Object {
    /// What it is, for messages.
    pub title: &'static str,
    /// Its keys in the order of the canonical form.
    pub fields: &'static [Field],
    /// Keys that must be there.
    pub required: &'static [&'static str],
    /// Whether `x-` keys are accepted.
    pub extensions: bool,
    /// Whether nothing is accepted in its place.
    pub nullable: bool,
    /// Whether other keys are refused.
    pub closed: bool,
}

/// A key of an [`Object`].
#[derive(Debug)]
pub(crate) struct Field {
    /// The key.
    pub name: &'static str,
    /// What may stand there.
    pub kind: Kind,
    /// When the canonical form leaves it out.
    pub omit: Omit,
    /// Its name in the canonical JSON, where that is another one.
    pub json: JsonName,
}

/// The name of a key in the canonical JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum JsonName {
    /// The key itself.
    Same,
    /// Another one: the reference forgot to say how these are written.
    Other(&'static str),
    /// None: the reference leaves these out.
    Hidden,
}

/// When the canonical form leaves a key out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Omit {
    /// When it is false, zero or empty.
    Zero,
    /// When it is not given.
    Absent,
    /// Never: it stands there as null.
    NeverNull,
    /// Never: it stands there as an empty mapping.
    NeverObject,
    /// Never: it stands there as zero or as empty text.
    NeverZero,
    /// Always: it is gone by the time the model is canonical.
    Always,
}

impl Object {
    /// The key with a name.
    pub(crate) fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl Field {
    /// A key that is left out when it is false, zero or empty.
    pub(crate) const fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            kind,
            omit: Omit::Zero,
            json: JsonName::Same,
        }
    }

    /// Changes the key's name in the canonical JSON.
    pub(crate) const fn json(mut self, name: JsonName) -> Self {
        self.json = name;
        self
    }

    /// The key's name in the canonical JSON.
    pub(crate) const fn json_name(&self) -> Option<&'static str> {
        match self.json {
            JsonName::Same => Some(self.name),
            JsonName::Other(name) => Some(name),
            JsonName::Hidden => None,
        }
    }

    /// Changes when the key is left out.
    pub(crate) const fn omit(mut self, omit: Omit) -> Self {
        self.omit = omit;
        self
    }
}

const NONE: &[&str] = &[];
/// Text.
pub(crate) const TEXT: Kind = Kind::Scalar(Accepts::TEXT, Output::Text, NONE);
const STRICT_BOOLEAN: Kind = Kind::Scalar(Accepts::BOOLEAN, Output::Boolean, NONE);
const BOOLEAN: Kind = Kind::Scalar(Accepts::BOOLEAN.or(Accepts::TEXT), Output::Boolean, NONE);
const BOOLEAN_TEXT: Kind = Kind::Scalar(Accepts::BOOLEAN.or(Accepts::TEXT), Output::Text, NONE);
const INTEGER: Kind = Kind::Scalar(Accepts::INTEGER.or(Accepts::TEXT), Output::Integer, NONE);
const STRICT_INTEGER: Kind = Kind::Scalar(Accepts::INTEGER, Output::Integer, NONE);
const NUMBER_INTEGER: Kind = Kind::Scalar(Accepts::NUMBER.or(Accepts::TEXT), Output::Integer, NONE);
const FLOAT: Kind = Kind::Scalar(Accepts::NUMBER.or(Accepts::TEXT), Output::Float, NONE);
const BYTES: Kind = Kind::Scalar(Accepts::NUMBER.or(Accepts::TEXT), Output::Bytes, NONE);
const INTEGER_BYTES: Kind = Kind::Scalar(Accepts::INTEGER.or(Accepts::TEXT), Output::Bytes, NONE);
const TEXT_BYTES: Kind = Kind::Scalar(Accepts::TEXT, Output::Bytes, NONE);
const DURATION: Kind = Kind::Scalar(Accepts::TEXT, Output::Duration, NONE);
const FILE_MODE: Kind = Kind::Scalar(Accepts::NUMBER.or(Accepts::TEXT), Output::FileMode, NONE);
const UNSIGNED: Kind = Kind::Scalar(Accepts::INTEGER.or(Accepts::TEXT), Output::Unsigned, NONE);
const WHOLE: Kind = Kind::Scalar(Accepts::INTEGER.or(Accepts::TEXT), Output::Whole, NONE);
const NATURAL: Kind = Kind::Scalar(Accepts::NUMBER, Output::Unsigned, NONE);
const NUMBER: Kind = Kind::Scalar(Accepts::NUMBER, Output::Integer, NONE);
const TEXT_OR_INTEGER: Kind = Kind::Scalar(
    Accepts::TEXT.or(Accepts::NUMBER),
    Output::TextOrInteger,
    NONE,
);
const TEXT_OR_NUMBER: Kind = Kind::Scalar(Accepts::TEXT.or(Accepts::NUMBER), Output::Text, NONE);
const SCALAR_TEXT: Kind = Kind::Scalar(
    Accepts::TEXT
        .or(Accepts::NUMBER)
        .or(Accepts::BOOLEAN)
        .or(Accepts::NULL),
    Output::Text,
    NONE,
);
const SCALAR_NULLABLE: Kind = Kind::Scalar(
    Accepts::TEXT
        .or(Accepts::NUMBER)
        .or(Accepts::BOOLEAN)
        .or(Accepts::NULL),
    Output::NullableText,
    NONE,
);
/// A list of different texts.
const TEXTS: Kind = Kind::List(&TEXT, true);
/// A list of texts.
const ANY_TEXTS: Kind = Kind::List(&TEXT, false);
const TEXT_OR_LIST: Kind = Kind::OneOf(&[TEXTS, TEXT]);
/// Names and texts, as a mapping or as a list of `name=text`.
const MAPPING: Kind = Kind::OneOf(&[Kind::Map(&SCALAR_TEXT, Names::NotEmpty), TEXTS]);
/// The same, where a name without `=` has a meaning of its own.
const MAPPING_NULLABLE: Kind = Kind::OneOf(&[Kind::Map(&SCALAR_NULLABLE, Names::NotEmpty), TEXTS]);
const OPTIONS: Kind = Kind::Map(&TEXT_OR_NUMBER, Names::Any);
const TEXT_MAP: Kind = Kind::Map(&TEXT, Names::NotEmpty);
const COMMAND: Kind = Kind::OneOf(&[
    ANY_TEXTS,
    Kind::Scalar(Accepts::TEXT.or(Accepts::NULL), Output::Words, NONE),
]);
const EXTRA_HOSTS: Kind = Kind::OneOf(&[
    TEXTS,
    Kind::Map(&Kind::OneOf(&[TEXT, ANY_TEXTS]), Names::NotEmpty),
]);

const fn word(words: &'static [&'static str]) -> Kind {
    Kind::Scalar(Accepts::TEXT, Output::Text, words)
}

const fn object(title: &'static str, fields: &'static [Field]) -> Object {
    Object {
        title,
        fields,
        required: NONE,
        extensions: true,
        nullable: false,
        closed: true,
    }
}
