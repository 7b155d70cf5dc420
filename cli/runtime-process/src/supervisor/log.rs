//! The log file of an instance: a line each, with its time and its stream before the text.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use devkit_runtime::OutputStream;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};

/// One line of a log file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LogEntry {
    pub(crate) at: SystemTime,
    pub(crate) stream: OutputStream,
    pub(crate) text: String,
}

/// Writes a log file from several streams.
#[derive(Debug, Clone)]
pub(super) struct LogWriter(Arc<Mutex<File>>);

impl LogWriter {
    /// Opens the file, emptied where it belonged to an earlier instance.
    pub(super) fn open(path: &Path, fresh: bool) -> io::Result<Self> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut options = OpenOptions::new();
        if fresh {
            options.write(true).create(true).truncate(true);
        } else {
            options.append(true).create(true);
        }
        Ok(Self(Arc::new(Mutex::new(options.open(path)?))))
    }

    pub(super) fn line(&self, stream: OutputStream, text: &str) {
        let at = OffsetDateTime::now_utc()
            .format(&Rfc3339)
            .unwrap_or_default();
        let letter = match stream {
            OutputStream::Stdout => 'o',
            OutputStream::Stderr => 'e',
        };
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A full disk loses lines, and must not end the program.
        let _ = file.write_all(format!("{at} {letter} {text}\n").as_bytes());
    }

    /// Copies lines until the stream ends.
    pub(super) async fn pump(self, stream: OutputStream, source: impl AsyncRead + Unpin) {
        let mut reader = BufReader::new(source);
        let mut line = Vec::new();
        loop {
            line.clear();
            match reader.read_until(b'\n', &mut line).await {
                Ok(0) | Err(_) => return,
                Ok(_) => {
                    let text = String::from_utf8_lossy(&line);
                    self.line(stream, text.trim_end_matches(['\n', '\r']));
                }
            }
        }
    }
}

/// Reads a line of a log file.
pub(crate) fn parse_line(line: &str) -> Option<LogEntry> {
    let (at, rest) = line.split_once(' ')?;
    let (letter, text) = rest.split_once(' ').unwrap_or((rest, ""));
    let at = OffsetDateTime::parse(at, &Rfc3339).ok()?;
    let since = u64::try_from(at.unix_timestamp_nanos()).ok()?;
    Some(LogEntry {
        at: SystemTime::UNIX_EPOCH + Duration::from_nanos(since),
        stream: match letter {
            "o" => OutputStream::Stdout,
            "e" => OutputStream::Stderr,
            _ => return None,
        },
        text: text.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_can_be_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("logs/api-1.log");
        let log = LogWriter::open(&path, true).unwrap();
        log.line(OutputStream::Stdout, "hello  world");
        log.line(OutputStream::Stderr, "");
        let text = std::fs::read_to_string(&path).unwrap();
        let entries: Vec<_> = text.lines().filter_map(parse_line).collect();
        assert_eq!(entries.len(), 2);
        assert_eq!(entries[0].text, "hello  world");
        assert_eq!(entries[1].stream, OutputStream::Stderr);
        assert!(entries[0].at <= SystemTime::now());
    }
}
