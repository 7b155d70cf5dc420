//! Boxes that list volumes and bind mounts: `postgres-data  → PostgreSQL database files`.

use super::facts::Reading;
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
