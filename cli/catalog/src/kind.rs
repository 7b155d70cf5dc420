use std::fmt;

use serde::{Deserialize, Serialize};

/// What sort of thing a component adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ComponentKind {
    /// A service with its own source under `services/`.
    Service,
    /// A backing service such as a database.
    Backing,
    /// A development tool.
    Tool,
}

impl ComponentKind {
    /// All kinds, in the order in which they are listed.
    pub const ALL: [Self; 3] = [Self::Service, Self::Backing, Self::Tool];

    /// The word for it in commands and folder names.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Backing => "backing",
            Self::Tool => "tool",
        }
    }

    /// What a sentence calls it.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Service => "service template",
            Self::Backing => "backing service",
            Self::Tool => "tool",
        }
    }
}

impl fmt::Display for ComponentKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// The region between a pair of markers in a compose file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Section {
    /// The platform's own services.
    Services,
    /// Databases, caches and brokers.
    BackingServices,
    /// Tools that development uses.
    DevelopmentServices,
}

impl Section {
    /// All sections, in the order in which the document shows them.
    pub const ALL: [Self; 3] = [
        Self::Services,
        Self::BackingServices,
        Self::DevelopmentServices,
    ];

    /// The name between the markers.
    pub fn marker(self) -> &'static str {
        match self {
            Self::Services => "SERVICES",
            Self::BackingServices => "BACKING_SERVICES",
            Self::DevelopmentServices => "DEVELOPMENT_SERVICES",
        }
    }
}

impl fmt::Display for Section {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.marker())
    }
}
