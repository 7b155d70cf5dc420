//! Turns boxes into components, networks and topics, and hands the lines on.

use super::canvas::Sheet;
use super::captions::{self, Caption};
use super::meaning::{self, Meaning};
use super::networks::is_network;
use super::remarks::Remarks;
use super::{columns, flow, listed, rows, storage, tiers, wires};
use crate::facts::{ComponentKind, Origin, Tier, TierKind, Topic as BrokerTopic};
use crate::reader::collector::Collector;
use crate::reader::drawing::Drawing;
use crate::reader::label::Label;
use crate::reader::subject::Subject;
use crate::reader::words;

/// What all steps of the reading share.
pub(super) struct Reading<'a> {
    pub(super) sheet: &'a mut Sheet,
    pub(super) meanings: Vec<Meaning>,
    pub(super) captions: Vec<Caption>,
    pub(super) remarks: Remarks,
    pub(super) drawing: &'a Drawing,
    /// How sure the reading of its boxes is.
    pub(super) confidence: f64,
}

/// Reads the facts of a drawing; answers whether it draws a flow.
pub(super) fn read(
    sheet: &mut Sheet,
    drawing: &Drawing,
    confidence: f64,
    to: &mut Collector<'_>,
) -> bool {
    let captions = captions::find(sheet);
    let meanings = meaning::of(sheet);
    let mut reading = Reading {
        remarks: Remarks::of(sheet),
        sheet,
        meanings,
        captions,
        drawing,
        confidence,
    };
    let kept = storage::read(&mut reading, to);
    reading.components(&kept, to);
    reading.bracketed(to);
    tiers::read(&mut reading, to);
    let nets = wires::follow(reading.sheet);
    let wires = reading.wires(&nets, to);
    if flow::is_flow(&wires) {
        flow::read(&reading, &wires, to);
        return true;
    }
    reading.connections(&wires, to);
    false
}

impl Reading<'_> {
    /// The place of words in a box.
    pub(super) fn origin(&self, to: &Collector<'_>, row: usize, from: usize, end: usize) -> Origin {
        let start = self.sheet.grid.offset((row, from));
        let stop = self.sheet.grid.offset((row, end)).max(start);
        let mut origin = to.origin(self.sheet.grid.first + row, start..stop);
        origin.diagram = Some(self.drawing.index);
        origin.confidence = self.confidence * 0.95;
        if let Some(caption) = captions::above(&self.captions, row) {
            origin.environment = words::environment(&caption.text);
        }
        origin
    }

    /// What the part of the drawing that a row is in is about.
    pub(super) fn subject(&self, row: usize) -> Subject {
        captions::subject(&self.captions, row, self.drawing)
    }

    /// The place of the name in a box.
    pub(super) fn name_origin(&self, to: &Collector<'_>, frame: usize, name: &str) -> Origin {
        let frame = &self.sheet.frames[frame];
        let word = name.split_whitespace().next().unwrap_or(name);
        for row in frame.top..=frame.bottom {
            let (left, right) = frame.sides(row);
            let text = self.sheet.grid.text(row, left, right + 1);
            if !text.contains(word) {
                continue;
            }
            let first = (left..right).find(|column| {
                let rest = self.sheet.grid.text(row, *column, right);
                rest.starts_with(word) && self.sheet.grid.get((row, *column)) != ' '
            });
            if let Some(column) = first {
                return self.origin(to, row, column, column + name.chars().count());
            }
        }
        self.origin(to, frame.top, frame.left, frame.right)
    }

    /// The titles around a box, outermost first, with the section above it last.
    pub(super) fn groups(&self, frame: usize) -> Vec<String> {
        let mut groups = Vec::new();
        let mut at = self.sheet.frames[frame].parent;
        while let Some(parent) = at {
            if let Some(label) = self.meanings[parent].label() {
                groups.insert(0, label.name.clone());
            }
            at = self.sheet.frames[parent].parent;
        }
        let parent = self.sheet.frames[frame].parent;
        let top = self.sheet.frames[frame].top;
        let titles = self
            .meanings
            .iter()
            .enumerate()
            .filter_map(|(index, meaning)| {
                let other = &self.sheet.frames[index];
                match meaning {
                    Meaning::Title(title) if other.parent == parent && other.bottom < top => {
                        Some((other.bottom, title.clone()))
                    }
                    _ => None,
                }
            });
        groups.extend(titles.max_by_key(|(row, _)| *row).map(|(_, title)| title));
        groups
    }

    fn components(&mut self, kept: &[usize], to: &mut Collector<'_>) {
        for frame in 0..self.meanings.len() {
            if kept.contains(&frame) {
                continue;
            }
            match self.meanings[frame].clone() {
                Meaning::Group(label) if !label.name.is_empty() => self.group(frame, &label, to),
                Meaning::Node(label) if !label.name.is_empty() => self.node(frame, &label, to),
                _ => {}
            }
        }
    }

    pub(super) fn group(&self, frame: usize, label: &Label, to: &mut Collector<'_>) {
        let origin = self.name_origin(to, frame, &label.name);
        let row = self.sheet.frames[frame].top;
        if self.subject(row) == Subject::Process {
            return;
        }
        if is_network(label) {
            self.network(frame, label, &origin, to);
        }
        if self.drawing.is_of_platform() && words::is_tier(&label.name) {
            self.layer(frame, label, &origin, to);
        }
        let named = words::kind(&label.name, label.technology.as_deref());
        let lower = label.name.to_lowercase();
        let single = words::names_software(&label.name) && !meaning::is_group_name(&lower);
        let kind = match named {
            Some(kind) if single && self.drawing.is_of_platform() && !lower.contains("network") => {
                kind
            }
            _ => ComponentKind::Group,
        };
        let mut component = label.component(kind, origin);
        component.groups = self.groups(frame);
        to.component(component);
    }

    pub(super) fn is_inside(&self, inner: usize, outer: usize) -> bool {
        let mut at = self.sheet.frames[inner].parent;
        while let Some(parent) = at {
            if parent == outer {
                return true;
            }
            at = self.sheet.frames[parent].parent;
        }
        false
    }

    fn node(&mut self, frame: usize, label: &Label, to: &mut Collector<'_>) {
        let is_of_several = rows::read(self, frame, to)
            || columns::read(self, frame, to)
            || listed::read(self, frame, to);
        if is_of_several {
            return;
        }
        let row = self.sheet.frames[frame].top;
        let subject = self.subject(row);
        if subject == Subject::Process && !to.is_known(&label.name) {
            return;
        }
        let groups = self.groups(frame);
        let kind = if self.remarks.are_beside(&self.sheet.frames[frame]) {
            ComponentKind::External
        } else {
            meaning::kind(label, &groups, subject, to)
        };
        let origin = self.name_origin(to, frame, &label.name);
        if kind == ComponentKind::Queue {
            self.broker_topics(frame, label, to);
        }
        if subject == Subject::Platform {
            to.drawn_ports(label, kind, |to, port| self.word_origin(to, frame, port));
            Self::listed_layer(label, &origin, to);
        }
        let mut component = label.component(kind, origin);
        component.groups = groups;
        if subject == Subject::Process {
            component.technology = None;
        }
        to.component(component);
    }

    /// The place of the line in a box that holds a number.
    fn word_origin(&self, to: &Collector<'_>, frame: usize, number: u16) -> Origin {
        let number = number.to_string();
        let lines = self.sheet.lines(frame);
        let row = lines
            .iter()
            .find(|(_, text)| {
                text.split(|it: char| !it.is_ascii_digit())
                    .any(|word| word == number)
            })
            .map_or(self.sheet.frames[frame].top, |(row, _)| *row);
        let (left, right) = self.sheet.frames[frame].sides(row);
        self.origin(to, row, left + 1, right)
    }

    /// Bullets in the box of a broker: its topics.
    fn broker_topics(&self, frame: usize, label: &Label, to: &mut Collector<'_>) {
        for (row, line) in self.sheet.lines(frame) {
            let line = line.trim();
            let name = line.trim_start_matches(['├', '└', '─', '•', '-', '*', ' ', '│']);
            let is_bullet = name.len() < line.len();
            let is_name = name.contains(['.', '-', '_'])
                && name
                    .chars()
                    .all(|it| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '_'));
            if !is_bullet || !is_name {
                continue;
            }
            let (left, right) = self.sheet.frames[frame].sides(row);
            let origin = self.origin(to, row, left + 1, right);
            to.topic(BrokerTopic {
                name: name.to_owned(),
                broker: Some(label.name.clone()),
                partitions: None,
                origin,
            });
        }
    }

    /// A frame that is called a layer or tier, with the boxes in it.
    fn layer(&self, frame: usize, label: &Label, origin: &Origin, to: &mut Collector<'_>) {
        let members = (0..self.meanings.len())
            .filter(|inner| self.is_inside(*inner, frame) && self.sheet.is_leaf(*inner))
            .filter_map(|inner| self.meanings[inner].label())
            .map(|it| it.name.clone());
        to.layer(Tier {
            name: label.name.clone(),
            members: members.collect(),
            kind: TierKind::Layer,
            claims: Vec::new(),
            origin: origin.clone(),
        });
    }

    /// A box that is called a layer or tier, with its members in one line: `A │ B │ C`.
    fn listed_layer(label: &Label, origin: &Origin, to: &mut Collector<'_>) {
        let listed = label.notes.iter().find(|note| note.contains(" │ "));
        let (Some(listed), true) = (listed, words::is_tier(&label.name)) else {
            return;
        };
        to.layer(Tier {
            name: label.name.clone(),
            members: listed.split('│').map(|it| it.trim().to_owned()).collect(),
            kind: TierKind::Layer,
            claims: Vec::new(),
            origin: origin.clone(),
        });
    }
}
