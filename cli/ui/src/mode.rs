/// How progress is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Lines that move, in colour.
    Tty,
    /// One line for each thing that happens.
    #[default]
    Plain,
    /// One JSON object for each thing that happens.
    Json,
    /// Errors only.
    Quiet,
}

/// Whether colour is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColorChoice {
    /// Where a terminal shows it and nothing asks for none.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What is known of the terminal and of the wishes in the environment.
#[derive(Debug, Clone, Copy, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts, read once"
)]
pub struct Terminal {
    /// Standard input is a terminal, so questions can be answered.
    pub input: bool,
    /// Standard output is a terminal.
    pub output: bool,
    /// Standard error is a terminal.
    pub error: bool,
    /// `CI` is set: nothing moves, nothing asks.
    pub automation: bool,
    /// `NO_COLOR` is set and not empty, or `TERM` is `dumb`.
    pub no_color: bool,
    /// Columns, where they are known.
    pub columns: Option<u16>,
}

impl Terminal {
    /// The mode for `--progress auto`.
    pub fn default_mode(self) -> Mode {
        if self.error && !self.automation {
            Mode::Tty
        } else {
            Mode::Plain
        }
    }

    /// Whether a stream gets colour, by the choice and the facts.
    pub fn colors(self, choice: ColorChoice, stream_is_terminal: bool) -> bool {
        match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => stream_is_terminal && !self.no_color,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_needs_a_terminal_and_no_objection() {
        let terminal = Terminal {
            error: true,
            ..Terminal::default()
        };
        assert!(terminal.colors(ColorChoice::Auto, true));
        assert!(!terminal.colors(ColorChoice::Auto, false));
        let objecting = Terminal {
            no_color: true,
            ..terminal
        };
        assert!(!objecting.colors(ColorChoice::Auto, true));
        assert!(objecting.colors(ColorChoice::Always, false));
    }

    #[test]
    fn nothing_moves_in_automation() {
        let terminal = Terminal {
            error: true,
            automation: true,
            ..Terminal::default()
        };
        assert_eq!(terminal.default_mode(), Mode::Plain);
    }
}
