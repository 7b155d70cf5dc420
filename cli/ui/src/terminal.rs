use std::io;
use std::os::fd::AsFd;

use nix::sys::termios::{self, SetArg, Termios};

/// The width of the terminal on standard error, in columns.
pub fn terminal_columns() -> Option<u16> {
    console::Term::stderr()
        .size_checked()
        .map(|(_, columns)| columns)
}

/// The size of the terminal on standard output, columns and rows.
pub fn terminal_size() -> Option<(u16, u16)> {
    console::Term::stdout()
        .size_checked()
        .map(|(rows, columns)| (columns, rows))
}

/// Hands every key to the program that is attended, until it is dropped.
#[derive(Debug)]
pub struct RawTerminal {
    before: Option<Termios>,
}

impl RawTerminal {
    /// Takes the terminal on standard input; without one, nothing happens.
    pub fn enter() -> Self {
        let stdin = io::stdin();
        let Ok(before) = termios::tcgetattr(stdin.as_fd()) else {
            return Self { before: None };
        };
        let mut raw = before.clone();
        termios::cfmakeraw(&mut raw);
        // A terminal that refuses stays as it is, which is the best that can be had.
        let _ = termios::tcsetattr(stdin.as_fd(), SetArg::TCSANOW, &raw);
        Self {
            before: Some(before),
        }
    }
}

impl Drop for RawTerminal {
    fn drop(&mut self) {
        if let Some(before) = &self.before {
            // There is nobody left to tell when the terminal has gone.
            let _ = termios::tcsetattr(io::stdin().as_fd(), SetArg::TCSADRAIN, before);
        }
    }
}
