use std::collections::BTreeMap;

use devkit_runtime::{LogLine, OutputStream};
use devkit_ui::{Palette, Tone, Ui};

/// Prints log lines of several services, each with its name in its colour.
#[derive(Debug)]
pub(crate) struct LogPrinter {
    ui: Ui,
    palette: Palette,
    names: BTreeMap<String, usize>,
    width: usize,
    prefix: bool,
    timestamps: bool,
}

impl LogPrinter {
    /// A printer for these services, whose names decide the width of the first column.
    pub(crate) fn new<'a>(ui: &Ui, services: impl IntoIterator<Item = &'a str>) -> Self {
        let names: BTreeMap<String, usize> = services
            .into_iter()
            .enumerate()
            .map(|(index, name)| (name.to_owned(), index))
            .collect();
        let width = names.keys().map(String::len).max().unwrap_or(0) + 2;
        Self {
            ui: ui.clone(),
            palette: ui.output_palette(),
            names,
            width,
            prefix: true,
            timestamps: false,
        }
    }

    /// Leaves out the name before each line.
    pub(crate) fn without_prefix(mut self) -> Self {
        self.prefix = false;
        self
    }

    /// Shows when each line was written.
    pub(crate) fn with_timestamps(mut self) -> Self {
        self.timestamps = true;
        self
    }

    /// Prints one line, where it was written: standard output or standard error.
    pub(crate) fn print(&self, line: &LogLine) {
        let mut text = String::new();
        if self.prefix {
            let name = format!("{}-{}", line.service, line.number);
            let padded = format!("{name:<width$} | ", width = self.width);
            let index = self.names.get(&line.service).copied().unwrap_or(0);
            text.push_str(&self.palette.paint(Tone::Series(index), &padded));
        }
        if let Some(at) = line.at.filter(|_| self.timestamps) {
            text.push_str(&super::time::timestamp(at));
            text.push(' ');
        }
        text.push_str(&line.text);
        text.push('\n');
        match line.stream {
            OutputStream::Stdout => self.ui.data(&text),
            OutputStream::Stderr => self.ui.error_bytes(text.as_bytes()),
        }
    }
}
