//! Diagnostics as data: code, severity, message, labelled spans and help.
//!
//! Nothing here reads files, prints or decides how a diagnostic looks; `devkit-ui` renders them.

mod diagnostic;
mod diagnostics;
mod source;

pub use diagnostic::{Diagnostic, Label, Severity};
pub use diagnostics::Diagnostics;
pub use source::{Location, SourceFile, Span};
