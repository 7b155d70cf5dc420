use std::path::PathBuf;
use std::time::Duration;

use devkit_diagnostic::Diagnostic;
use devkit_runtime::{Instance, LogLine, LogOptions, Result, RuntimeError};
use futures::stream::{self, BoxStream, StreamExt};
use tokio::sync::mpsc::{Receiver, Sender, channel};

use crate::client::Client;
use crate::supervisor::parse_line;

/// How often a log that is followed is looked at.
const PAUSE: Duration = Duration::from_millis(100);

/// The lines of an instance's log file.
pub(super) fn read(
    client: Client,
    instance: &Instance,
    options: &LogOptions,
) -> BoxStream<'static, Result<LogLine>> {
    let (sender, receiver) = channel(64);
    let reader = Reader {
        path: client
            .layout
            .logs()
            .join(format!("{}-{}.log", instance.service, instance.number)),
        client,
        id: instance.id.clone(),
        service: instance.service.clone(),
        number: instance.number,
        options: options.clone(),
        at: 0,
    };
    tokio::spawn(reader.run(sender));
    stream::unfold(receiver, |mut receiver: Receiver<_>| async {
        Some((receiver.recv().await?, receiver))
    })
    .boxed()
}

struct Reader {
    path: PathBuf,
    client: Client,
    id: String,
    service: String,
    number: u32,
    options: LogOptions,
    at: u64,
}

impl Reader {
    async fn run(mut self, sender: Sender<Result<LogLine>>) {
        let mut first = true;
        loop {
            // Asked before the look, so that the last lines of what ends are still seen.
            let goes_on = self.options.follow && self.is_running().await;
            let mut lines = match self.new_lines() {
                Ok(lines) => lines,
                Err(error) => {
                    let diagnostic = Diagnostic::error(error.to_string()).in_file(&self.path);
                    // Whoever read may have gone.
                    let _ = sender.send(Err(RuntimeError::failed(diagnostic))).await;
                    return;
                }
            };
            if let (true, Some(tail)) = (first, self.options.tail) {
                lines.drain(..lines.len().saturating_sub(tail));
            }
            first = false;
            for line in lines {
                if sender.send(Ok(line)).await.is_err() {
                    return;
                }
            }
            if !goes_on {
                return;
            }
            tokio::select! {
                () = tokio::time::sleep(PAUSE) => {}
                () = sender.closed() => return,
            }
        }
    }

    /// The whole lines that have come since the last look.
    fn new_lines(&mut self) -> std::io::Result<Vec<LogLine>> {
        use std::io::{Read, Seek, SeekFrom};
        let mut file = match std::fs::File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        if file.metadata()?.len() < self.at {
            self.at = 0;
        }
        file.seek(SeekFrom::Start(self.at))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let whole = bytes
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
        self.at += whole as u64;
        let text = String::from_utf8_lossy(&bytes[..whole]);
        Ok(text.lines().filter_map(|line| self.line(line)).collect())
    }

    fn line(&self, line: &str) -> Option<LogLine> {
        let entry = parse_line(line)?;
        let wanted = self.options.since.is_none_or(|since| entry.at >= since)
            && self.options.until.is_none_or(|until| entry.at < until);
        wanted.then(|| LogLine {
            service: self.service.clone(),
            number: self.number,
            at: Some(entry.at),
            stream: entry.stream,
            text: entry.text,
        })
    }

    async fn is_running(&self) -> bool {
        self.client.status().await.is_ok_and(|status| {
            status
                .instances
                .iter()
                .any(|record| record.specification.id == self.id && record.is_active())
        })
    }
}
