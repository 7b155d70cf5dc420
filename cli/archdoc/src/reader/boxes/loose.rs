//! Words without a box: what lines lead to, and parts in brackets.

use super::brackets;
use super::canvas::Run;
use super::facts::Reading;
use super::meaning::Meaning;
use crate::facts::ComponentKind;
use crate::reader::collector::Collector;
use crate::reader::label::{Label, split_aside, unbracketed, without_pictures};
use crate::reader::subject::Subject;
use crate::reader::words;

impl Reading<'_> {
    /// Words without a box that a line leads to.
    pub(super) fn text_node(&self, index: usize, to: &mut Collector<'_>) -> Option<String> {
        let run = &self.sheet.runs[index];
        let text = match self.aside(index) {
            Some(aside) => format!("{} {}", run.text, aside.text),
            None => run.text.clone(),
        };
        let text = without_pictures(&text);
        let (name, aside) = split_aside(unbracketed(&text));
        if name.contains("://") {
            let name = aside?;
            return Some(to.resolve(&name));
        }
        // Paths beside a line are routes over it.
        let route = name.starts_with('/') && name.contains([' ', '<', '{']);
        let said = name.contains(": ") || name.ends_with(':');
        if name.is_empty() || route || said || words::longest_of_list(&name) > 6 {
            return None;
        }
        if self.drawing.topic.subject == Subject::Process || self.is_a_frame(&name) {
            return Some(name);
        }
        let label = Label::of(&[text]);
        if self.sheet.frames.is_empty() || brackets::is_part(run) {
            self.unboxed(index, &label, to);
            return Some(label.name);
        }
        let kind = words::kind(&name, label.technology.as_deref())
            .filter(|kind| {
                let mut said = label.technology.iter().chain([&name]);
                !kind.is_runnable() || said.any(|it| words::names_software(it))
            })
            .unwrap_or(ComponentKind::External);
        let mut origin = self.origin(to, run.row, run.from, run.end);
        origin.confidence *= 0.7;
        if !to.is_known(&name) {
            to.component(label.component(kind, origin));
        }
        Some(name)
    }

    /// Whether words are the title of a frame around others, which a line may end at.
    fn is_a_frame(&self, name: &str) -> bool {
        let mut meanings = self.meanings.iter();
        meanings.any(|it| matches!(it, Meaning::Group(label) if label.name == name))
    }

    /// What stands in brackets behind words, or alone below them where nothing has a box.
    fn aside(&self, index: usize) -> Option<&Run> {
        let run = &self.sheet.runs[index];
        let behind =
            self.sheet.runs.get(index + 1).filter(|it| {
                it.row == run.row && it.text.starts_with('(') && it.from <= run.end + 3
            });
        let is_unboxed = self.sheet.frames.is_empty();
        behind.or_else(|| {
            let mut below = self.sheet.runs_in(run.row + 1).filter(|_| is_unboxed);
            below.find_map(|it| {
                let it = &self.sheet.runs[it];
                let is_bracketed = it.text.starts_with('(') && it.text.ends_with(')');
                let stands_below = it.from + 1 >= run.from && it.end <= run.end + 1;
                (is_bracketed && stands_below).then_some(it)
            })
        })
    }

    /// Whether words are no more than the name of a well-known program: `Kafka (events)`.
    pub(super) fn is_program(&self, run: usize) -> bool {
        let (name, _) = split_aside(&self.sheet.runs[run].text);
        name.split_whitespace().count() <= 2 && words::names_software(&name)
    }

    /// A name in a drawing without boxes, in which steps are written like names.
    fn unboxed(&self, index: usize, label: &Label, to: &mut Collector<'_>) {
        let run = &self.sheet.runs[index];
        if words::is_step(&run.text) || words::is_of_protocols(&label.name) {
            return;
        }
        // A class beside names of programs: `OrderService`.
        let is_class = words::is_camel_case(&label.name)
            && label.technology.is_none()
            && label.ports.is_empty();
        let kind = words::kind(&label.name, label.technology.as_deref())
            .filter(|kind| !is_class || *kind != ComponentKind::Service)
            .or_else(|| to.kind_of(&label.name))
            .or_else(|| (!label.ports.is_empty()).then_some(ComponentKind::Service))
            .unwrap_or(ComponentKind::Module);
        let origin = self.origin(to, run.row, run.from, run.end);
        let mut component = label.component(kind, origin);
        if let Some(frame) = run.frame {
            component.groups = self.groups(frame);
            let title = self.meanings[frame].label();
            component.groups.extend(title.map(|it| it.name.clone()));
        }
        to.component(component);
    }

    /// Words in brackets are parts whether a line leads to them or not.
    pub(super) fn bracketed(&mut self, to: &mut Collector<'_>) {
        if !self.sheet.bracketed {
            return;
        }
        for index in 0..self.sheet.runs.len() {
            let run = &self.sheet.runs[index];
            if brackets::is_part(run) {
                let label = Label::of(&[unbracketed(&run.text).to_owned()]);
                self.unboxed(index, &label, to);
            }
        }
    }
}
