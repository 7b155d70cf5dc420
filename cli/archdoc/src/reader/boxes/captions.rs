//! Lines such as `External Access (Development):` above a part of a drawing.

use super::canvas::Sheet;
use crate::reader::drawing::Drawing;
use crate::reader::subject::Subject;

/// A line of words that ends in a colon, outside all boxes.
#[derive(Debug, Clone)]
pub(super) struct Caption {
    row: usize,
    pub(super) text: String,
}

/// All captions, from top to bottom; marks their words as used.
pub(super) fn find(sheet: &mut Sheet) -> Vec<Caption> {
    let mut captions = Vec::new();
    for index in 0..sheet.runs.len() {
        let run = &sheet.runs[index];
        let ends = run.frame.is_none() && run.text.ends_with(':');
        if ends && sheet.runs_in(run.row).len() == 1 && !stands_beside_a_line(sheet, index) {
            captions.push(Caption {
                row: run.row,
                text: run.text.trim_end_matches(':').to_owned(),
            });
            sheet.runs[index].used = true;
        }
    }
    captions
}

/// Whether the words stand to the right of a line that goes down, and tell what it is for.
fn stands_beside_a_line(sheet: &Sheet, index: usize) -> bool {
    const NEAR: usize = 3;
    let run = &sheet.runs[index];
    (run.from.saturating_sub(NEAR)..run.from)
        .any(|column| matches!(sheet.grid.get((run.row, column)), '│' | '┃' | '║'))
}

/// The caption that a row stands under.
pub(super) fn above(captions: &[Caption], row: usize) -> Option<&Caption> {
    captions.iter().rev().find(|caption| caption.row < row)
}

/// What the part of a drawing under a caption is about.
pub(super) fn subject(captions: &[Caption], row: usize, drawing: &Drawing) -> Subject {
    let process = above(captions, row).is_some_and(|caption| {
        let lower = caption.text.to_lowercase();
        ["backup", "pipeline", "deploy", "trigger", "action"]
            .iter()
            .any(|word| lower.contains(word))
    });
    if process {
        Subject::Process
    } else {
        drawing.topic.subject
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_beside_a_line_are_no_caption() {
        let text = "# A\n\n## Architecture\n\n```\n+-------+\n|  api  |\n+---+---+\n    | one transaction:\n    |   INSERT orders\n    v\n+-------+      +-------+\n|  db   |----->| kafka |\n+-------+      +-------+\n```\n";
        let document = crate::read("a.md", text.as_bytes());
        let names = document.facts.components.iter().map(|it| it.name.as_str());
        assert_eq!(names.collect::<Vec<_>>(), ["api", "db", "kafka"]);
    }
}
