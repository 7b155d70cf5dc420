//! Generated regions: what stands between two comments for devkit.

use devkit_diagnostic::Span;
use thiserror::Error;

use super::{line_ending, replace_span};

const BEGIN: &str = "<!-- devkit:begin ";
const END: &str = "<!-- devkit:end ";

/// Why a generated region cannot be found.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RegionError {
    /// There is none with the name.
    #[error("there is no region {name}")]
    Missing {
        /// The region.
        name: String,
    },
    /// Its end is missing, or another region begins inside.
    #[error("region {name}, begun on line {line}, does not end")]
    Unclosed {
        /// The region.
        name: String,
        /// The line of its beginning, from 1.
        line: usize,
    },
    /// There are two with the name.
    #[error("region {name} begins on line {first} and again on line {second}")]
    Doubled {
        /// The region.
        name: String,
        /// The line of the first beginning, from 1.
        first: usize,
        /// The line of the second beginning, from 1.
        second: usize,
    },
}

/// A pair of markers with what is between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionSpan {
    /// The region's name.
    pub name: String,
    /// The line of its beginning, from 1.
    pub line: usize,
    /// The bytes between the two lines.
    pub body: Span,
}

/// All generated regions of a document, or what is wrong with each that is not well formed.
pub fn regions(text: &str) -> Vec<Result<RegionSpan, RegionError>> {
    let mut found: Vec<Result<RegionSpan, RegionError>> = Vec::new();
    let mut open: Option<RegionSpan> = None;
    let mut offset = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let start = offset;
        offset += line.len();
        if let Some(name) = marker(line, BEGIN) {
            let region = RegionSpan {
                name: name.to_owned(),
                line: index + 1,
                body: offset..offset,
            };
            if let Some(unclosed) = open.replace(region) {
                found.push(Err(unclosed_error(&unclosed)));
            }
        } else if let Some(name) = marker(line, END) {
            match open.take() {
                Some(mut region) if region.name == name => {
                    region.body.end = start;
                    found.push(Ok(region));
                }
                Some(region) => found.push(Err(unclosed_error(&region))),
                None => {}
            }
        }
    }
    if let Some(region) = open {
        found.push(Err(unclosed_error(&region)));
    }
    found
}

fn unclosed_error(region: &RegionSpan) -> RegionError {
    RegionError::Unclosed {
        name: region.name.clone(),
        line: region.line,
    }
}

fn marker<'a>(line: &'a str, prefix: &str) -> Option<&'a str> {
    let name = line.trim().strip_prefix(prefix)?.strip_suffix("-->")?;
    Some(name.trim())
}

/// The bytes between the markers of a region.
fn region_body(text: &str, name: &str) -> Result<Span, RegionError> {
    let mut found: Option<RegionSpan> = None;
    for region in regions(text) {
        match region {
            Ok(region) if region.name == name => {
                if let Some(first) = found {
                    return Err(RegionError::Doubled {
                        name: name.to_owned(),
                        first: first.line,
                        second: region.line,
                    });
                }
                found = Some(region);
            }
            Err(RegionError::Unclosed { name: open, line }) if open == name => {
                return Err(RegionError::Unclosed { name: open, line });
            }
            _ => {}
        }
    }
    match found {
        Some(region) => Ok(region.body),
        None => Err(RegionError::Missing {
            name: name.to_owned(),
        }),
    }
}

/// Replaces what is between the markers of a region, with the document's line endings, and keeps
/// every other byte.
pub fn replace_region(text: &str, name: &str, body: &str) -> Result<String, RegionError> {
    let span = region_body(text, name)?;
    Ok(replace_span(text, &span, &lines(text, body)))
}

/// The body with the document's line endings and a line ending at its end.
fn lines(text: &str, body: &str) -> String {
    let ending = line_ending(text);
    body.lines().flat_map(|line| [line, ending]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str =
        "# A\r\n<!-- devkit:begin ports -->\r\nold\r\n<!-- devkit:end ports -->\r\nprose";

    #[test]
    fn every_other_byte_stays() {
        let changed = replace_region(PAGE, "ports", "a\nb\n").unwrap();
        assert_eq!(changed, PAGE.replace("old\r\n", "a\r\nb\r\n"));
        assert_eq!(replace_region(&changed, "ports", "old").unwrap(), PAGE);
    }

    #[test]
    fn what_is_wrong_is_named() {
        let missing = replace_region(PAGE, "diagram", "").unwrap_err();
        assert_eq!(missing.to_string(), "there is no region diagram");
        let unclosed = replace_region(&PAGE.replace("devkit:end", "end"), "ports", "").unwrap_err();
        assert_eq!(
            unclosed,
            RegionError::Unclosed {
                name: "ports".to_owned(),
                line: 2
            }
        );
        let doubled = replace_region(&format!("{PAGE}\n{PAGE}"), "ports", "").unwrap_err();
        assert!(matches!(doubled, RegionError::Doubled { first: 2, .. }));
    }
}
