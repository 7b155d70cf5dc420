//! Sequence diagrams: participants and messages, with their alternatives.

use std::collections::{HashMap, HashSet};

use super::{MAX_DEPTH, MAX_STATEMENT, Numbered, ratio, text};
use crate::facts::{ComponentKind, Connection, ConnectionKind, Flow, Step, StepKind};
use crate::reader::collector::{Collector, MAX_FACTS};
use crate::reader::drawing::Drawing;
use crate::reader::endpoint;
use crate::reader::label::Label;
use crate::reader::subject::Subject;
use crate::reader::words;

const ARROWS: [(&str, bool); 10] = [
    ("<<-->>", false),
    ("<<->>", false),
    ("-->>", true),
    ("->>", false),
    ("--x", true),
    ("-x", false),
    ("--)", true),
    ("-)", false),
    ("-->", true),
    ("->", false),
];

/// How sure it is that a participant is a component.
const NAMED: f64 = 0.6;
/// How sure it is that a message is a connection.
const CALLED: f64 = 0.8;

/// A group of messages: `alt`, `loop`, or a mere frame.
struct Group {
    /// What opens it; empty for a mere frame.
    word: String,
    number: usize,
    /// The number of its branch, from 1.
    branch: usize,
    /// The words of that branch.
    text: String,
}

impl Group {
    /// `alt 2.1: Order exists`: the group, the branch in it, and its words.
    fn branch(&self) -> Option<String> {
        let Self {
            word,
            number,
            branch,
            text,
        } = self;
        (!word.is_empty()).then(|| format!("{word} {number}.{branch}: {text}"))
    }
}

struct Reader<'a, 'b> {
    to: &'a mut Collector<'b>,
    drawing: &'a Drawing,
    names: HashMap<String, String>,
    /// The open groups, the innermost last.
    groups: Vec<Group>,
    /// How many groups there were.
    group_count: usize,
    steps: Vec<Step>,
    /// The ends of the steps.
    told: HashSet<(String, String)>,
    unread: usize,
}

/// Reads the statements; answers with the share of them that was understood.
pub(super) fn read(statements: &[Numbered<'_>], drawing: &Drawing, to: &mut Collector<'_>) -> f64 {
    let mut reader = Reader {
        to,
        drawing,
        names: HashMap::new(),
        groups: Vec::new(),
        group_count: 0,
        steps: Vec::new(),
        told: HashSet::new(),
        unread: 0,
    };
    let mut count = 0_usize;
    for (line, text) in statements {
        let text = text.trim().trim_end_matches(';');
        if text.is_empty() {
            continue;
        }
        count += 1;
        if text.len() > MAX_STATEMENT {
            reader.unread += 1;
        } else {
            reader.statement(*line, text);
        }
    }
    reader.finish(statements.first().map_or(0, |(line, _)| *line));
    let unread = reader.unread;
    1.0 - ratio(unread, count)
}

impl Reader<'_, '_> {
    fn statement(&mut self, line: usize, text: &str) {
        let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        match word {
            "participant" | "actor" => self.participant(line, rest.trim(), word == "actor"),
            "create" => self.statement(line, rest.trim()),
            "alt" | "opt" | "loop" | "par" | "critical" | "break" => self.open(word, rest.trim()),
            "rect" | "box" => self.open("", ""),
            "else" | "and" | "option" => self.next_branch(rest.trim()),
            "end" => {
                self.groups.pop();
            }
            "Note" | "note" | "activate" | "deactivate" | "destroy" | "autonumber" | "title"
            | "links" | "link" | "accTitle:" | "accDescr:" => {}
            _ => self.message(line, text),
        }
    }

    fn open(&mut self, word: &str, text: &str) {
        self.group_count += 1;
        self.groups.push(Group {
            word: word.to_owned(),
            number: self.group_count,
            branch: 1,
            text: text.to_owned(),
        });
    }

    fn next_branch(&mut self, text: &str) {
        if let Some(group) = self.groups.last_mut() {
            group.branch += 1;
            text.clone_into(&mut group.text);
        }
    }

    fn participant(&mut self, line: usize, text: &str, actor: bool) {
        let (id, shown) = text.split_once(" as ").unwrap_or((text, text));
        let id = id.split('@').next().unwrap_or(id).trim();
        let lines = text::lines(shown);
        self.declare(line, id, &lines, actor);
    }

    fn declare(&mut self, line: usize, id: &str, lines: &[String], actor: bool) {
        let label = Label::of(lines);
        if label.name.is_empty() {
            return;
        }
        self.names.insert(id.to_owned(), label.name.clone());
        let kind = words::kind(&label.name, label.technology.as_deref());
        let kind = match kind {
            Some(kind) => kind,
            None if actor => ComponentKind::Client,
            None if self.drawing.is_of_platform() => ComponentKind::Service,
            None => ComponentKind::Module,
        };
        let origin = self.drawing.origin(line, NAMED, self.to);
        let mut component = label.component(kind, origin);
        if id != label.name {
            component.aliases.push(id.to_owned());
        }
        self.to.component(component);
    }

    fn message(&mut self, line: usize, text: &str) {
        let (ends, words) = text.split_once(':').unwrap_or((text, ""));
        let found = ARROWS
            .iter()
            .filter_map(|(arrow, dashed)| Some((ends.find(arrow)?, *arrow, *dashed)))
            .min_by_key(|(at, arrow, _)| (*at, std::cmp::Reverse(arrow.len())));
        let Some((at, arrow, dashed)) = found else {
            self.unread += 1;
            return;
        };
        let from = ends[..at].trim();
        let to = ends[at + arrow.len()..]
            .trim()
            .trim_start_matches(['+', '-'])
            .trim();
        if from.is_empty() || to.is_empty() {
            self.unread += 1;
            return;
        }
        if self.steps.len() >= MAX_FACTS {
            self.to.too_many("steps of flows");
            return;
        }
        let from = self.name(line, from);
        let to = self.name(line, to);
        let text = text::lines(words).join("\n");
        let kind = if from == to {
            StepKind::Internal
        } else if dashed || words::is_response(&text) && self.answers(&from, &to) {
            StepKind::Response
        } else {
            StepKind::Request
        };
        let origin = self.drawing.origin(line, 1.0, self.to);
        self.told.insert((from.clone(), to.clone()));
        self.steps.push(Step {
            from,
            to,
            text,
            number: None,
            kind,
            branch: self.branches(),
            origin,
        });
    }

    /// The branches that a step stands in, outermost first.
    fn branches(&self) -> Vec<String> {
        let open = self.groups.iter().take(MAX_DEPTH);
        open.filter_map(Group::branch).collect()
    }

    /// Whether an earlier step went the other way.
    fn answers(&self, from: &str, to: &str) -> bool {
        self.told.contains(&(to.to_owned(), from.to_owned()))
    }

    fn name(&mut self, line: usize, id: &str) -> String {
        if let Some(name) = self.names.get(id) {
            return name.clone();
        }
        self.declare(line, id, &[id.to_owned()], false);
        self.names.get(id).cloned().unwrap_or_else(|| id.to_owned())
    }

    fn finish(&mut self, line: usize) {
        for step in &self.steps {
            if step.kind == StepKind::Request {
                endpoint::in_words(&step.to, &step.text, &step.origin, self.to);
            }
            if step.kind == StepKind::Request && !self.to.is_connected(&step.from, &step.to) {
                let mut origin = step.origin.clone();
                origin.confidence = CALLED;
                self.to.connection(Connection {
                    from: step.from.clone(),
                    to: step.to.clone(),
                    label: (!step.text.is_empty()).then(|| step.text.clone()),
                    kind: if self.drawing.topic.subject == Subject::Process {
                        ConnectionKind::Sequence
                    } else {
                        ConnectionKind::Request
                    },
                    protocol: words::protocol(&step.text),
                    origin,
                });
            }
        }
        if !self.steps.is_empty() {
            let header = line.saturating_sub(1);
            let origin = self.drawing.origin(header, 1.0, self.to);
            self.to.flow(Flow {
                name: self.drawing.title(),
                steps: std::mem::take(&mut self.steps),
                origin,
            });
        }
    }
}
