//! Reads a document: text, blocks, then each block by its kind.

mod block;
mod collector;
mod markdown;
mod prose;
mod tables;
mod text;
mod words;

use std::path::Path;

use devkit_diagnostic::{Diagnostic, Diagnostics, SourceFile};

use crate::decode::decode;
use crate::facts::{Decoding, Document};
use collector::Collector;

/// Reads an architecture document from the bytes of a Markdown file.
///
/// It never fails: what cannot be read is said in [`Document::diagnostics`].
pub fn read(path: impl AsRef<Path>, bytes: &[u8]) -> Document {
    let (text, decoding) = decode(bytes);
    let source = SourceFile::new(path.as_ref(), text);
    let lines = text::lines(&source);
    let mut collector = Collector::new(source.clone(), &lines);
    decoding_diagnostics(&source, &decoding, &mut collector.diagnostics);
    let blocks = block::split(&lines);
    markdown::read(&blocks, &mut collector);
    tables::read(&mut collector);
    prose::read(&blocks, &mut collector);
    collector.finish(decoding)
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
