//! A drawing as its readers know it: where it stands, and what stands above it.

use std::ops::Range;

use super::collector::Collector;
use super::subject::{Subject, Topic, topic};
use crate::facts::Origin;

/// A drawing that is read.
#[derive(Debug)]
pub(super) struct Drawing {
    /// The indices of its lines.
    pub(super) lines: Range<usize>,
    /// What is said above it.
    pub(super) topic: Topic,
    /// Its index among the diagrams of the document.
    pub(super) index: usize,
}

impl Drawing {
    /// The next drawing of the document.
    pub(super) fn new(lines: Range<usize>, to: &Collector<'_>) -> Self {
        Self {
            topic: topic(to, lines.start),
            index: to.diagrams.len(),
            lines,
        }
    }

    /// The title above it, which is the name of a flow that it draws.
    pub(super) fn title(&self) -> String {
        self.topic.title.clone()
    }

    /// Whether its parts claim to be those of the platform.
    pub(super) fn is_of_platform(&self) -> bool {
        self.topic.subject == Subject::Platform
    }

    /// Whether the line above says that it shows what the compose files start:
    /// ``What `docker compose up` starts:``.
    pub(super) fn is_started(&self, to: &Collector<'_>) -> bool {
        const NEAR: usize = 4;
        let above = to.lines[..self.lines.start].iter().rev().take(NEAR);
        above
            .map(|it| it.text.trim())
            .find(|it| !it.is_empty() && !it.starts_with("```") && !it.starts_with("~~~"))
            .is_some_and(|it| {
                let said = it.to_lowercase();
                it.ends_with(':')
                    && (said.contains("compose up") || said.contains("compose starts"))
            })
    }

    /// The same drawing, of the platform whatever stands above it.
    pub(super) fn of_platform(&self) -> Self {
        let topic = Topic {
            subject: Subject::Platform,
            ..self.topic.clone()
        };
        Self {
            lines: self.lines.clone(),
            topic,
            index: self.index,
        }
    }

    /// The place of a line of it, as surely as it is read.
    pub(super) fn origin(&self, line: usize, confidence: f64, to: &Collector<'_>) -> Origin {
        Origin {
            diagram: Some(self.index),
            confidence,
            ..to.line_origin(line)
        }
    }
}
