//! Reads a document: text, blocks, then each block by its kind.

mod arrow_text;
mod arrows;
mod block;
mod boxes;
mod branches;
mod collector;
mod drawing;
mod endpoint;
mod fences;
mod heading;
mod html;
mod label;
mod limits;
mod lists;
mod markdown;
mod mermaid;
mod prose;
mod sides;
mod statements;
mod steps;
mod subject;
mod tables;
mod text;
mod versions;
mod words;

use std::path::Path;

use devkit_diagnostic::{Diagnostic, Diagnostics, SourceFile};

use crate::decode::decode;
use crate::facts::{Decoding, Document};
use block::{Block, BlockKind};
use collector::Collector;

/// What is longer than this was not written by people, and is not read.
const MAX_BYTES: usize = 8 << 20;

/// No page for people has more lines.
const MAX_LINES: usize = 500_000;
/// No page for people has more drawings, excerpts and paragraphs between them.
const MAX_BLOCKS: usize = 20_000;

/// The answer to a file that is too large: nothing was read in it.
fn too_large(path: &Path, size: usize, most: usize, unit: &str) -> Document {
    let source = SourceFile::new(path, String::new());
    let mut collector = Collector::new(source, &[]);
    collector.diagnostics.push(
        Diagnostic::error(format!(
            "The document has {size} {unit}; documents of up to {most} {unit} are read"
        ))
        .in_file(path)
        .with_help("name the architecture document itself, or split it"),
    );
    collector.finish(Decoding {
        mistaken_for: None,
        repaired: 0,
        lost: 0,
    })
}

/// Reads an architecture document from the bytes of a Markdown file.
///
/// It never fails: what cannot be read is said in [`Document::diagnostics`].
pub fn read(path: impl AsRef<Path>, bytes: &[u8]) -> Document {
    if bytes.len() > MAX_BYTES {
        return too_large(path.as_ref(), bytes.len() >> 20, MAX_BYTES >> 20, "MB");
    }
    let count = bytes.split(|it| *it == b'\n').count();
    if count > MAX_LINES {
        return too_large(path.as_ref(), count, MAX_LINES, "lines");
    }
    let (text, decoding) = decode(bytes);
    let source = SourceFile::new(path.as_ref(), text);
    let lines = text::lines(&source);
    let mut collector = Collector::new(source.clone(), &lines);
    decoding_diagnostics(&source, &decoding, &mut collector.diagnostics);
    let mut blocks = block::split(&lines);
    if blocks.len() > MAX_BLOCKS {
        collector.too_many("drawings and excerpts");
        blocks.truncate(MAX_BLOCKS);
    }
    markdown::read(&blocks, &mut collector);
    for block in &blocks {
        drawing(block, &mut collector);
    }
    fences::read(&blocks, &mut collector);
    tables::read(&mut collector);
    lists::read(&blocks, &mut collector);
    versions::read(&blocks, &mut collector);
    prose::read(&blocks, &mut collector);
    statements::tables(&mut collector);
    collector.finish(decoding)
}

/// Reads a block that may hold a drawing.
fn drawing(block: &Block, to: &mut Collector<'_>) {
    const TEXT: [&str; 8] = [
        "",
        "text",
        "txt",
        "plain",
        "plaintext",
        "ascii",
        "diagram",
        "console",
    ];
    if to.is_full() {
        to.too_many("components");
        return;
    }
    let lines = &to.lines[block.first..block.end];
    let mermaid = lines.iter().find(|line| {
        let text = line.text.trim();
        !text.is_empty() && !text.starts_with("%%")
    });
    let mermaid = mermaid.is_some_and(|line| block::is_mermaid_header(line.text));
    match &block.kind {
        BlockKind::Mermaid => mermaid::read(block.first, block.end, to),
        BlockKind::Fence(language) if language == "mermaid" || language.is_empty() && mermaid => {
            mermaid::read(block.first, block.end, to);
        }
        BlockKind::Fence(language) if TEXT.contains(&language.as_str()) => {
            boxes::read(block.first, block.end, to);
        }
        BlockKind::Drawing => boxes::read(block.first, block.end, to),
        BlockKind::Prose => indented(block, to),
        _ => {}
    }
}

/// Reads the arrows in a block of code that is indented rather than fenced.
fn indented(block: &Block, to: &mut Collector<'_>) {
    let is_code = |text: &str| {
        (text.starts_with("    ") || text.starts_with('\t'))
            && !text.trim_start().starts_with(['-', '*', '+', '>', '#'])
    };
    let mut line = block.first;
    while line < block.end {
        let opens =
            is_code(to.lines[line].text) && (line == block.first || to.lines[line - 1].is_blank());
        if !opens {
            line += 1;
            continue;
        }
        let first = line;
        // Blank lines between lines of code are code as well.
        let goes_on = |line: usize| {
            is_code(to.lines[line].text)
                || to.lines[line].is_blank()
                    && to.lines.get(line + 1).is_some_and(|it| is_code(it.text))
        };
        while line < block.end && goes_on(line) {
            line += 1;
        }
        let lines = &to.lines[first..line];
        let arrows = lines
            .iter()
            .any(|it| has_drawn_arrow(it.text) || is_tip(it.text));
        // The second paragraph of an item of a list is indented as well.
        let item = to.lines[block.first..first]
            .iter()
            .rev()
            .take(50)
            .find(|it| !it.is_blank() && !it.text.starts_with(' '))
            .is_some_and(|it| {
                it.text.starts_with(['-', '*', '+'])
                    || it.text.starts_with(|it: char| it.is_ascii_digit())
            });
        if arrows && !item {
            boxes::read(first, line, to);
        }
    }
}

/// Whether a line has an arrow that programs are not written with, as they are with `=>`.
fn has_drawn_arrow(line: &str) -> bool {
    arrows::places(line).any(|arrow| !line[arrow].contains('='))
}

/// Whether a line holds nothing but the tip of a line that leads down or up.
fn is_tip(line: &str) -> bool {
    matches!(line.trim(), "v" | "V" | "^" | "▼" | "▲" | "↓" | "↑")
}

fn decoding_diagnostics(source: &SourceFile, decoding: &Decoding, to: &mut Diagnostics) {
    if let Some(page) = &decoding.mistaken_for {
        let characters = decoding.repaired;
        to.push(
            Diagnostic::info(format!(
                "The document is UTF-8 that was once read as {page}; {characters} characters were repaired for reading"
            ))
            .in_file(source.path())
            .with_help("run devkit doctor --fix to write it as clean UTF-8"),
        );
    } else if decoding.lost > 0 {
        let bytes = decoding.lost;
        to.push(
            Diagnostic::warning(format!(
                "The document is not valid UTF-8: {bytes} bytes were read as Windows-1252"
            ))
            .in_file(source.path())
            .with_help("save it as UTF-8"),
        );
    }
}
