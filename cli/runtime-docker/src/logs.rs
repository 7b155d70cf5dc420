use std::collections::VecDeque;

use bollard::container::LogOutput;
use bollard::query_parameters::LogsOptionsBuilder;
use devkit_runtime::{Instance, LogLine, LogOptions, OutputStream, Result};
use futures::StreamExt;
use futures::stream::BoxStream;

use crate::error::failed;
use crate::{DockerDriver, time};

impl DockerDriver {
    /// The lines that a container wrote; the engine knows whole seconds, the rest is done here.
    pub(crate) fn log_lines(
        &self,
        instance: &Instance,
        options: &LogOptions,
    ) -> BoxStream<'static, Result<LogLine>> {
        let tail = options
            .tail
            .map_or_else(|| "all".to_owned(), |tail| tail.to_string());
        let mut query = LogsOptionsBuilder::new()
            .stdout(true)
            .stderr(true)
            .timestamps(true)
            .follow(options.follow)
            .tail(&tail);
        if let Some(since) = options.since {
            query = query.since(time::seconds(since));
        }
        if let Some(until) = options.until {
            query = query.until(time::seconds(until).saturating_add(1));
        }
        let pieces = self.client.logs(&instance.id, Some(query.build()));
        let (since, until) = (options.since, options.until);
        let splitter = Splitter::new(instance);
        // One step more than there are pieces, so that a last line without an end comes out too.
        let pieces = pieces
            .map(Some)
            .chain(futures::stream::once(async { None }));
        pieces
            .scan(splitter, |splitter, piece| {
                let lines = match piece {
                    Some(Ok(piece)) => splitter.take(piece).into_iter().map(Ok).collect(),
                    Some(Err(error)) => vec![Err(failed("Reading logs", &error))],
                    None => splitter.rest().into_iter().map(Ok).collect(),
                };
                std::future::ready(Some(futures::stream::iter(lines)))
            })
            .flatten()
            .filter(move |line: &Result<LogLine>| {
                let keep = line.as_ref().map_or(true, |line| {
                    let after = since.is_none() || line.at.is_none() || line.at >= since;
                    let before = until.is_none() || line.at.is_none() || line.at < until;
                    after && before
                });
                std::future::ready(keep)
            })
            .boxed()
    }
}

/// Makes lines of the pieces that the engine sends.
struct Splitter {
    service: String,
    number: u32,
    stdout: Vec<u8>,
    stderr: Vec<u8>,
}

impl Splitter {
    fn new(instance: &Instance) -> Self {
        Self {
            service: instance.service.clone(),
            number: instance.number,
            stdout: Vec::new(),
            stderr: Vec::new(),
        }
    }

    fn take(&mut self, piece: LogOutput) -> Vec<LogLine> {
        let stream = match piece {
            LogOutput::StdErr { .. } => OutputStream::Stderr,
            _ => OutputStream::Stdout,
        };
        let bytes = piece.into_bytes();
        let buffer = self.buffer(stream);
        buffer.extend_from_slice(&bytes);
        let mut whole = VecDeque::new();
        while let Some(end) = buffer.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = buffer.drain(..=end).collect();
            whole.push_back(line);
        }
        whole
            .into_iter()
            .map(|line| self.line(stream, &line))
            .collect()
    }

    fn rest(&mut self) -> Vec<LogLine> {
        [OutputStream::Stdout, OutputStream::Stderr]
            .into_iter()
            .filter_map(|stream| {
                let rest = std::mem::take(self.buffer(stream));
                (!rest.is_empty()).then(|| self.line(stream, &rest))
            })
            .collect()
    }

    fn buffer(&mut self, stream: OutputStream) -> &mut Vec<u8> {
        match stream {
            OutputStream::Stdout => &mut self.stdout,
            OutputStream::Stderr => &mut self.stderr,
        }
    }

    fn line(&self, stream: OutputStream, bytes: &[u8]) -> LogLine {
        let text = String::from_utf8_lossy(bytes);
        let text = text.trim_end_matches(['\n', '\r']);
        let (stamp, rest) = text.split_once(' ').unwrap_or((text, ""));
        let at = time::parse(stamp);
        LogLine {
            service: self.service.clone(),
            number: self.number,
            at,
            stream,
            text: if at.is_some() { rest } else { text }.to_owned(),
        }
    }
}
