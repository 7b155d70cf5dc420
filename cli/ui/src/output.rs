use std::io::{self, Write};

use devkit_diagnostic::{Diagnostic, Severity};
use serde_json::{Value, json};

use crate::mode::{ColorChoice, Mode, Terminal};
use crate::palette::{Palette, Tone};
use crate::progress::Progress;
use crate::table::Table;

/// Where everything goes that devkit says.
#[derive(Debug, Clone)]
pub struct Ui {
    mode: Mode,
    terminal: Terminal,
    color: ColorChoice,
}

impl Ui {
    /// An output layer for a mode, or for the mode that the terminal suggests.
    pub fn new(mode: Option<Mode>, color: ColorChoice, terminal: Terminal) -> Self {
        Self {
            mode: mode.unwrap_or_else(|| terminal.default_mode()),
            terminal,
            color,
        }
    }

    /// The mode in force.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// Whether a question can be asked and answered.
    pub fn can_ask(&self) -> bool {
        self.terminal.input
            && self.terminal.error
            && !self.terminal.automation
            && self.mode != Mode::Json
    }

    /// Whether standard output is a terminal.
    pub fn output_is_terminal(&self) -> bool {
        self.terminal.output
    }

    /// Colours for standard output.
    pub fn output_palette(&self) -> Palette {
        Palette::new(self.terminal.colors(self.color, self.terminal.output))
    }

    /// Colours for standard error.
    pub fn error_palette(&self) -> Palette {
        Palette::new(self.error_colors())
    }

    pub(crate) fn error_colors(&self) -> bool {
        self.terminal.colors(self.color, self.terminal.error)
    }

    /// The width to fit into, in columns.
    pub fn columns(&self) -> usize {
        self.terminal.columns.map_or(100, usize::from)
    }

    /// Writes data to standard output, as it is; a reader that has gone is no error.
    pub fn data(&self, text: &str) {
        write_all(&mut io::stdout().lock(), text.as_bytes());
    }

    /// Writes text for people to standard output: on a terminal, lines that are too wide go on in
    /// the next one, some columns deeper.
    pub fn text(&self, text: &str, hanging: usize) {
        match self.output_columns() {
            Some(columns) => self.data(&crate::wrapped(text, columns, hanging)),
            None => self.data(text),
        }
    }

    /// The width of the terminal on standard output, where it is one.
    pub fn output_columns(&self) -> Option<usize> {
        let size = crate::terminal_size().filter(|_| self.terminal.output);
        size.map(|(columns, _)| columns.into())
    }

    /// Writes bytes to standard output, as they are.
    pub fn data_bytes(&self, bytes: &[u8]) {
        write_all(&mut io::stdout().lock(), bytes);
    }

    /// Writes bytes to standard error, as they are (what a container wrote there).
    pub fn error_bytes(&self, bytes: &[u8]) {
        write_all(&mut io::stderr().lock(), bytes);
    }

    /// Writes a table to standard output.
    pub fn table(&self, table: &Table) {
        self.data(&table.render(self.output_palette()));
    }

    /// Says something that happened, on standard error.
    pub fn status(&self, message: &str) {
        match self.mode {
            Mode::Quiet => {}
            Mode::Json => self.event(&json!({ "event": "status", "message": message })),
            Mode::Tty | Mode::Plain => error_line(message),
        }
    }

    /// Says that something was done: a verb and what it was done to.
    pub fn done(&self, verb: &str, what: &str) {
        match self.mode {
            Mode::Quiet => {}
            Mode::Json => self.event(&json!({ "event": "done", "action": verb, "subject": what })),
            Mode::Tty | Mode::Plain => {
                let verb = self
                    .error_palette()
                    .paint(Tone::Good, &format!("{verb:>12}"));
                error_line(&format!("{verb} {what}"));
            }
        }
    }

    /// Shows a diagnostic; in quiet mode only errors.
    pub fn diagnostic(&self, diagnostic: &Diagnostic) {
        match self.mode {
            Mode::Quiet if diagnostic.severity != Severity::Error => {}
            Mode::Json => self.event(&diagnostic_event(diagnostic)),
            _ => {
                let text =
                    crate::diagnostic::render(diagnostic, self.error_colors(), self.columns());
                write_all(&mut io::stderr().lock(), text.as_bytes());
            }
        }
    }

    /// Shows several diagnostics.
    pub fn diagnostics<'a>(&self, diagnostics: impl IntoIterator<Item = &'a Diagnostic>) {
        for diagnostic in diagnostics {
            self.diagnostic(diagnostic);
        }
    }

    /// Writes one event as a line of JSON to standard error.
    pub fn event(&self, event: &Value) {
        error_line(&event.to_string());
    }

    /// Starts showing progress of several tasks.
    pub fn progress(&self) -> Progress {
        Progress::new(self.clone())
    }
}

/// Writes one line to standard error.
pub(crate) fn error_line(line: &str) {
    let mut text = line.to_owned();
    text.push('\n');
    write_all(&mut io::stderr().lock(), text.as_bytes());
}

/// Writes and flushes; nothing can be said to a stream that is gone, so errors end here.
fn write_all(stream: &mut impl Write, bytes: &[u8]) {
    let _ = stream.write_all(bytes).and_then(|()| stream.flush());
}

fn diagnostic_event(diagnostic: &Diagnostic) -> Value {
    json!({
        "event": "diagnostic",
        "severity": diagnostic.severity,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "location": diagnostic.location(),
        "file": diagnostic.file,
        "notes": diagnostic.notes,
        "help": diagnostic.help,
    })
}
