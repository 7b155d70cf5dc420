//! Headings, and the anchors that links name them by.

use std::collections::HashMap;

use devkit_diagnostic::Span;

use crate::facts::Heading;
use crate::reader::block::{Block, BlockKind};
use crate::reader::collector::Collector;
use crate::reader::text::without_markup;

/// Reads the headings of all prose.
pub(super) fn read(blocks: &[Block], to: &mut Collector<'_>) {
    let mut slugs: HashMap<String, usize> = HashMap::new();
    let prose = blocks.iter().filter(|it| it.kind == BlockKind::Prose);
    for block in prose {
        for line in block.first..block.end {
            let Some((level, span)) = heading(to, block, line) else {
                continue;
            };
            let text = without_markup(to.source.text().get(span.clone()).unwrap_or(""));
            let slug = unique(&mut slugs, slug(&text));
            let origin = to.origin(line, span);
            to.heading(Heading {
                level,
                text,
                slug,
                origin,
            });
        }
    }
}

/// The level of a heading with `#` or with a line below, and the bytes of its text.
fn heading(to: &Collector<'_>, block: &Block, index: usize) -> Option<(u8, Span)> {
    let line = to.lines[index];
    let indent = line.text.len() - line.text.trim_start().len();
    let trimmed = line.text.trim();
    let marks = trimmed.chars().take_while(|it| *it == '#').count();
    if indent <= 3 && (1..=6).contains(&marks) && trimmed[marks..].starts_with([' ', '\t']) {
        let rest = trimmed[marks..].trim_start();
        let text = rest.trim_end_matches('#').trim_end();
        let start = line.start + indent + trimmed.len() - rest.len();
        return Some((u8::try_from(marks).ok()?, start..start + text.len()));
    }
    let below = (index + 1 < block.end).then(|| to.lines[index + 1].text.trim())?;
    let ruled = |mark: char| below.len() >= 3 && below.chars().all(|it| it == mark);
    let plain = !trimmed.is_empty() && !trimmed.starts_with(['|', '-', '*', '>', '+', '<']);
    if plain && indent <= 3 && (ruled('=') || ruled('-')) {
        let start = line.start + indent;
        let level = if ruled('=') { 1 } else { 2 };
        return Some((level, start..start + trimmed.len()));
    }
    None
}

/// The anchor that GitHub gives to a heading.
fn slug(text: &str) -> String {
    text.chars()
        .filter_map(|character| match character {
            ' ' => Some('-'),
            '-' | '_' => Some(character),
            _ if character.is_alphanumeric() => Some(character),
            _ => None,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

fn unique(slugs: &mut HashMap<String, usize>, slug: String) -> String {
    let count = slugs.entry(slug.clone()).or_insert(0);
    *count += 1;
    if *count == 1 {
        return slug;
    }
    let numbered = format!("{slug}-{}", *count - 1);
    slugs.insert(numbered.clone(), 1);
    numbered
}
