//! Texts that say what a program is written with.

use crate::vocabulary;

/// Words for technologies that mean other things as often, and count beside others alone.
const AMBIGUOUS: &[&str] = &[
    "boot", "core", "echo", "next", "solid", "chi", "rocket", "apollo",
];
/// Words that stand between the names of technologies.
const BETWEEN: &[&str] = &["and", "with", "on", "+", "&"];

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|it: char| it.is_whitespace() || matches!(it, '/' | ',' | '(' | ')' | '·'))
        .filter(|it| !it.is_empty())
        .map(str::to_lowercase)
}

/// Whether a text names languages and frameworks, with their versions, and nothing else.
pub(in crate::reader) fn is_technology(text: &str) -> bool {
    let mut named = false;
    for word in words(text) {
        let known = vocabulary::is_technology(&word);
        named |= known;
        let between = BETWEEN.contains(&word.as_str()) || AMBIGUOUS.contains(&word.as_str());
        if !known && !between && !is_version(&word) {
            return false;
        }
    }
    named
}

/// Whether a text names a framework of pages: `React client`.
pub(in crate::reader) fn is_of_pages(text: &str) -> bool {
    let native = text.to_lowercase().contains("native");
    !native && words(text).any(|word| vocabulary::is_framework_of_pages(&word))
}

fn is_version(word: &str) -> bool {
    let word = word.trim_start_matches('v').trim_end_matches(['x', '+']);
    !word.is_empty() && word.chars().all(|it| it.is_ascii_digit() || it == '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_technologies_are_known() {
        for text in [
            "Go",
            "Vue 3",
            "Spring Boot",
            "Python 3.12 / FastAPI",
            "React + Vite",
        ] {
            assert!(is_technology(text), "{text}");
        }
        for text in ["Core", "Go live", "JWT tokens", "Next", "3", "Boot"] {
            assert!(!is_technology(text), "{text}");
        }
        assert!(is_of_pages("React client") && !is_of_pages("React Native"));
    }
}
