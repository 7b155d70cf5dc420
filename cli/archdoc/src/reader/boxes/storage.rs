//! Volumes and bind mounts in boxes: below their service, or in lists such as
//! `postgres-data  → PostgreSQL database files`.

use super::facts::Reading;
use super::meaning;
use crate::facts::{Volume, VolumeKind};
use crate::reader::arrows;
use crate::reader::collector::Collector;
use crate::reader::words;

/// Reads the lists; answers with the boxes that hold them and their frames.
pub(super) fn read(reading: &mut Reading<'_>, to: &mut Collector<'_>) -> Vec<usize> {
    let mut kept = Vec::new();
    for frame in 0..reading.sheet.frames.len() {
        if !reading.sheet.is_leaf(frame) {
            continue;
        }
        let lines = reading.sheet.lines(frame);
        let entries: Vec<(usize, String, String)> = lines
            .iter()
            .filter_map(|(row, line)| {
                let (name, text) = arrows::split_once(line)?;
                let name = name.trim().trim_start_matches(['-', '•', ' ']);
                let words = name.split_whitespace().count();
                (words == 1 && !text.trim().is_empty())
                    .then(|| (*row, name.to_owned(), text.trim().to_owned()))
            })
            .collect();
        let title = title(reading, frame).to_lowercase();
        let about = title.contains("volume") || title.contains("mount");
        if entries.is_empty() || entries.len() < lines.len() || !about {
            continue;
        }
        for (row, name, description) in entries {
            let (left, _) = reading.sheet.frames[frame].sides(row);
            let from = (left + 1..left + 400)
                .find(|column| reading.sheet.grid.get((row, *column)) != ' ')
                .unwrap_or(left);
            let mut origin = reading.origin(to, row, from, from + name.chars().count());
            origin.environment = words::environment(&title);
            let bind = title.contains("bind") || words::is_path(&name);
            let of = owner(&description, to);
            let volume = Volume {
                kind: VolumeKind::bind_if(bind),
                name,
                of,
                target: None,
                description: Some(description),
                origin,
            };
            to.listed_volume(volume);
        }
        kept.push(frame);
        kept.extend(reading.sheet.frames[frame].parent);
    }
    kept
}

/// The words right above a box.
fn title(reading: &Reading<'_>, frame: usize) -> String {
    let frame = &reading.sheet.frames[frame];
    let above = reading.sheet.runs.iter().rev().find(|run| {
        run.row < frame.top
            && run.row + 3 > frame.top
            && run.from < frame.right
            && run.end > frame.left
    });
    above.map(|run| run.text.clone()).unwrap_or_default()
}

/// The component that a description names.
fn owner(description: &str, to: &Collector<'_>) -> Option<String> {
    let known = to.facts.components.iter().filter(|it| it.runnable);
    let lower = description.to_lowercase();
    let found = known
        .filter(|it| it.name.len() > 2 && lower.starts_with(&it.name.to_lowercase()))
        .max_by_key(|it| it.name.len());
    if let Some(found) = found {
        return Some(found.name.clone());
    }
    let first = description.split_whitespace().next()?;
    words::names_software(first).then(|| first.to_owned())
}

impl Reading<'_> {
    /// Volumes and bind mounts drawn in a box below their service, each with its kind below it.
    pub(super) fn volumes(&self, frame: usize, of: &str, to: &mut Collector<'_>) {
        let lines = self.sheet.lines(frame).into_iter().map(|(_, text)| text);
        let lines = meaning::joined(&lines.collect::<Vec<_>>());
        let note = self.annotation(frame);
        for (at, name) in lines.iter().enumerate() {
            if name.starts_with('(') {
                continue;
            }
            let aside = lines.get(at + 1).filter(|it| it.starts_with('('));
            let mut said = aside.into_iter().chain(&note);
            let bind = said.any(|it| it.to_lowercase().contains("bind")) || words::is_path(name);
            let origin = self.name_origin(to, frame, name);
            to.volume(Volume {
                kind: VolumeKind::bind_if(bind),
                name: name.clone(),
                of: Some(of.to_owned()),
                target: None,
                description: note.clone(),
                origin,
            });
        }
    }

    /// Words right of a box behind `←`.
    fn annotation(&self, frame: usize) -> Option<String> {
        let frame = &self.sheet.frames[frame];
        let found = self.sheet.runs.iter().find(|run| {
            let (_, right) = frame.sides(run.row);
            frame.top < run.row
                && run.row < frame.bottom
                && run.from > right
                && run.from <= right + 8
                && (right..run.from).any(|it| self.sheet.grid.get((run.row, it)) == '←')
        });
        found.map(|run| run.text.clone())
    }
}
