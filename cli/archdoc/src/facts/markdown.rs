use devkit_diagnostic::Span;
use serde::{Deserialize, Serialize};

use super::Origin;

/// A heading, with the anchor under which links find it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Heading {
    /// From 1 to 6.
    pub level: u8,
    /// The text without its markup.
    pub text: String,
    /// The anchor by the rules of GitHub, unique in the document.
    pub slug: String,
    /// Where it stands.
    #[serde(flatten)]
    pub origin: Origin,
}

/// A link or image.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// The text that is shown.
    pub text: String,
    /// Where it leads, as written; `span` of the origin covers exactly this.
    pub target: String,
    /// Whether it is an image.
    pub image: bool,
    /// Where it stands.
    #[serde(flatten)]
    pub origin: Origin,
}

/// An item of a list with a checkbox; `span` of the origin covers the one character between the
/// brackets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckItem {
    /// The text behind the box.
    pub text: String,
    /// Whether it is ticked.
    pub checked: bool,
    /// Where it stands.
    #[serde(flatten)]
    pub origin: Origin,
}

/// A generated region: between `<!-- devkit:begin NAME -->` and `<!-- devkit:end NAME -->`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Region {
    /// Its name: `diagram`.
    pub name: String,
    /// The bytes between the line of the first marker and the line of the second.
    #[serde(skip)]
    pub body: Span,
    /// Where it begins.
    #[serde(flatten)]
    pub origin: Origin,
}
