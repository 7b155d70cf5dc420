//! What English words of names are about.

use std::collections::BTreeSet;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::dictionary::lines;
use super::lookup::{Map, Set};

/// About how many words there are.
const MOST_WORDS: usize = 1_800;

/// What a word is about: a concept, and the fields to which the concept belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::matching) struct Meaning {
    /// The word that is used for the concept.
    pub(in crate::matching) concept: &'static str,
    /// What it has to do with, in words; none where it is only a kind of thing.
    fields: &'static str,
}

impl Meaning {
    /// What it has to do with; nothing where it is only a kind of thing.
    pub(in crate::matching) fn fields(self) -> impl Iterator<Item = &'static str> {
        self.fields.split_whitespace()
    }

    /// Whether it is only a kind of thing.
    pub(in crate::matching) fn is_a_kind(self) -> bool {
        self.fields.is_empty()
    }
}

static MEANINGS: LazyLock<Map<&'static str, Vec<Meaning>>> = LazyLock::new(|| {
    let mut meanings = Map::<_, Vec<_>>::default();
    for (heading, others) in headings() {
        for word in words(others) {
            meanings.entry(word).or_default().push(heading);
        }
        meanings
            .entry(heading.concept)
            .or_default()
            .insert(0, heading);
    }
    meanings
});

/// The concepts, each with its other words.
fn headings() -> impl Iterator<Item = (Meaning, &'static str)> {
    lines(include_str!("words/en.txt")).map(|(heading, others)| {
        let (concept, fields) = heading.split_once('/').unwrap_or((heading, ""));
        let concept = concept.trim_ascii_end();
        (Meaning { concept, fields }, others)
    })
}

/// The words of a list.
fn words(list: &'static str) -> impl Iterator<Item = &'static str> {
    let words = list.split(',').map(str::trim_ascii_start);
    words.filter(|word| !word.is_empty())
}

/// What an English word may be about.
pub(in crate::matching) fn meanings(word: &str) -> &'static [Meaning] {
    let singular = || MEANINGS.get(word.strip_suffix('s')?);
    MEANINGS
        .get(word)
        .or_else(singular)
        .map_or(&[], Vec::as_slice)
}

/// Whether a word is one that English names are made of, or several of it.
pub(super) fn is_english(word: &str) -> bool {
    static WORDS: LazyLock<Set<&'static str>> = LazyLock::new(|| {
        let words = headings()
            .flat_map(|(meaning, others)| words(others).chain(std::iter::once(meaning.concept)));
        let mut all = Set::with_capacity_and_hasher(MOST_WORDS, BuildHasherDefault::default());
        all.extend(words);
        all
    });
    let is_one = |word: &str| WORDS.contains(word);
    let hisses = |stem: &&str| stem.ends_with(['s', 'x', 'z', 'h']);
    is_one(word)
        || word.strip_suffix('s').is_some_and(is_one)
        || word.strip_suffix("es").filter(hisses).is_some_and(is_one)
}

/// The fields of words.
pub(in crate::matching) fn fields<'w>(
    words: impl IntoIterator<Item = &'w str>,
) -> BTreeSet<&'static str> {
    words
        .into_iter()
        .flat_map(meanings)
        .flat_map(|meaning| meaning.fields())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_field_are_about_one_thing() {
        let of = |word: &'static str| fields([word]);
        assert!(!of("cart").is_disjoint(&of("basket")));
        assert!(!of("notifier").is_disjoint(&of("alerts")));
        assert!(of("review").is_disjoint(&of("delivery")));
        assert!(of("server").is_empty() && of("osrm").contains("route"));
    }
}
