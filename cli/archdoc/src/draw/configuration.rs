//! The frame with the files that services get their configuration from.

use unicode_width::UnicodeWidthStr;

use super::canvas::{Area, Canvas, SINGLE};
use super::diagram::centre;
use super::platform::{ConfigurationFile, Platform};

const TITLE: &str = "Configuration & Secrets";
const ARROW: usize = 8;

/// The width that the files and their readers need.
pub(super) fn width(platform: &Platform) -> usize {
    let (files, targets) = columns(platform);
    files + ARROW + targets + 6
}

/// The widths of the left and the right boxes.
fn columns(platform: &Platform) -> (usize, usize) {
    let widest = |lines: fn(&ConfigurationFile) -> Vec<String>| {
        let lines = platform.configuration.iter().flat_map(lines);
        lines.map(|line| line.width()).max().unwrap_or(0) + 4
    };
    (widest(file_lines), widest(target_lines))
}

/// Draws the frame and answers with the row below it.
pub(super) fn draw(canvas: &mut Canvas, platform: &Platform, top: usize, above: Area) -> usize {
    let (file_width, target_width) = columns(platform);
    let mut row = top + 3;
    for file in &platform.configuration {
        let lines = file_lines(file);
        let area = Area {
            top: row,
            left: above.left + 3,
            width: file_width,
            height: lines.len() + 2,
        };
        canvas.centred_box(area, SINGLE, &lines);
        let targets = target_lines(file);
        let target = Area {
            top: row,
            left: area.right() + 1 + ARROW,
            width: target_width,
            height: targets.len() + 2,
        };
        canvas.frame(target, SINGLE);
        for (index, line) in targets.iter().enumerate() {
            canvas.text(row + 1 + index, target.left + 2, line);
        }
        for column in area.right() + 1..target.left {
            canvas.set(row + 1, column, '─');
        }
        canvas.set(row + 1, target.left - 1, '→');
        row += area.height.max(target.height) + 1;
    }
    let frame = Area {
        top,
        height: row - top + 1,
        ..above
    };
    canvas.frame(frame, SINGLE);
    centre(canvas, top + 1, frame, TITLE);
    frame.bottom() + 1
}

fn file_lines(file: &ConfigurationFile) -> Vec<String> {
    let mut lines = vec![file.path.clone()];
    if !file.note.is_empty() {
        lines.push(format!("({})", file.note));
    }
    lines
}

fn target_lines(file: &ConfigurationFile) -> Vec<String> {
    let mut lines = vec![file.target.clone()];
    lines.extend(file.contents.iter().map(|line| format!("- {line}")));
    lines
}
