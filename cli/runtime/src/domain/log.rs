use std::time::SystemTime;

use serde::{Deserialize, Serialize};

/// Which of its two outputs a process wrote to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OutputStream {
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
}

/// A line that an instance wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    /// The service's key.
    pub service: String,
    /// The number of the instance.
    pub number: u32,
    /// When it was written, where that is known.
    pub at: Option<SystemTime>,
    /// Where it was written.
    pub stream: OutputStream,
    /// The line without its end.
    pub text: String,
}

/// A piece of what a command wrote, which need not be a whole line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Where it was written.
    pub stream: OutputStream,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Which log lines of an instance are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogOptions {
    /// Whether to go on with new lines until the instance ends.
    pub follow: bool,
    /// Only lines from then on.
    pub since: Option<SystemTime>,
    /// Only lines before then.
    pub until: Option<SystemTime>,
    /// Only so many of the last lines.
    pub tail: Option<usize>,
}
