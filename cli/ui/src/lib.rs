//! The one output layer: terminal, plain, JSON and quiet.
//!
//! Commands turn what happened into these few words; how they look, where they go and whether
//! they move is decided here alone. Standard output carries data, standard error the rest.

mod diagnostic;
mod mode;
mod output;
mod palette;
mod progress;
mod prompt;
mod table;
mod terminal;
mod wrap;

pub use mode::{ColorChoice, Mode, Terminal};
pub use output::Ui;
pub use palette::{Palette, Tone};
pub use progress::{Progress, TaskState};
pub use prompt::Question;
pub use table::Table;
pub use terminal::{RawTerminal, terminal_columns, terminal_size};
pub use wrap::wrapped;
