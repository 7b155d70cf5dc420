//! Why a drawn part is told to be missing.

use std::fmt;

/// Why no service can be what a drawn part is; shown in a few words behind what is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    /// It is a well-known program.
    Program,
    /// It is a well-known program that runs for others only.
    Owner,
    /// It is for something that no service is for.
    Purpose,
    /// It has a port, or a row in a table of ports.
    Place,
    /// It is called as services are by their keys.
    Key,
    /// It is called as the services beside it are.
    Alike,
    /// What is drawn with it is services.
    Neighbours,
    /// No service is left that it could be.
    NoneLeft,
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Program => "no service runs that program",
            Self::Owner => "the services that run that program are drawn for others",
            Self::Purpose => "no service is for that",
            Self::Place => "it has a port of its own, and no service has its name",
            Self::Key => "services are drawn under their own names here, and none has this one",
            Self::Alike => "the services beside it are called as it is, and none is this one",
            Self::Neighbours => {
                "what is drawn with it is services, and none has a word of its name"
            }
            Self::NoneLeft => "every service that it could be is drawn under another name",
        })
    }
}
