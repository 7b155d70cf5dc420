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
mod indented;
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
    collector.finish(Decoding::default())
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
    if to.is_full() {
        to.too_many("components");
        return;
    }
    let (first, end) = (block.first, block.end);
    match &block.kind {
        BlockKind::Mermaid => mermaid::read(first, end, to),
        BlockKind::Fence(language) if language == "mermaid" => mermaid::read(first, end, to),
        BlockKind::Fence(language) if language.is_empty() && opens_mermaid(block, to) => {
            mermaid::read(first, end, to);
        }
        BlockKind::Fence(language)
            if block::is_plain_text(language)
                || block::is_drawing(language)
                || language == "console" =>
        {
            boxes::read(first, end, to);
        }
        BlockKind::Drawing => boxes::read(first, end, to),
        BlockKind::Prose => indented::read(block, to),
        BlockKind::Fence(_) | BlockKind::FrontMatter => {}
    }
}

/// Whether the first line of a block that says something opens a Mermaid diagram.
fn opens_mermaid(block: &Block, to: &Collector<'_>) -> bool {
    let mut lines = to.lines[block.first..block.end].iter();
    lines
        .find(|line| !line.is_blank() && !line.text.trim_start().starts_with("%%"))
        .is_some_and(|line| block::mermaid::is_header(line.text))
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
