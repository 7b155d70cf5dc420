//! Names that stand for several parts at once.

use std::collections::BTreeSet;

use super::{Hints, Names, Resolution};

impl Names {
    /// By the parts of a name for several: `Web Portal / Web Admin`.
    pub(super) fn by_parts(&self, name: &str, hints: Hints<'_>) -> Resolution {
        let alternatives = alternatives(name);
        let parts: Vec<&str> = [" / ", " & ", " + ", ", ", "│", " | "]
            .iter()
            .find(|between| name.contains(**between))
            .map_or_else(
                || alternatives.iter().map(String::as_str).collect(),
                |between| name.split(between).collect(),
            );
        let hints = Hints {
            diagrams: hints.diagrams,
            ..Hints::default()
        };
        let found: Vec<Vec<String>> = parts
            .iter()
            .map(|part| match self.exact(part) {
                Some(services) => services,
                None => self.similar(part, hints).services().to_vec(),
            })
            .collect();
        let known = found.iter().filter(|services| !services.is_empty()).count();
        // `Authentication, Rate Limiting, Routing` is what one program does.
        let is_of_duties = name.contains(", ") && parts.len() > 2 && known * 2 < parts.len();
        if known == 0 || is_of_duties {
            return Resolution::Unknown;
        }
        let found: BTreeSet<String> = found.into_iter().flatten().collect();
        Resolution::Services(found.into_iter().collect())
    }
}

/// The names that a name with a slash in its last word is short for: `Celery worker/beat`.
fn alternatives(name: &str) -> Vec<String> {
    const LEAST: usize = 3;
    let (before, last) = name.rsplit_once(' ').unwrap_or_default();
    let is_word =
        |part: &&str| part.chars().count() >= LEAST && part.chars().all(char::is_alphabetic);
    let words: Vec<&str> = last.split('/').collect();
    if before.is_empty() || words.len() < 2 || !words.iter().all(is_word) {
        return Vec::new();
    }
    words
        .iter()
        .map(|word| format!("{before} {word}"))
        .collect()
}
