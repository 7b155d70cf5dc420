//! The words of other languages, read from the files beside.

use std::borrow::Cow;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::letters::{with_umlauts_spelled_out, without_accents};
use super::lookup::{Map, Set};

/// A set of languages, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Languages(u32);

impl Languages {
    pub(super) const SPANISH: Self = Self(1);
    pub(super) const PORTUGUESE: Self = Self(1 << 1);
    pub(super) const FRENCH: Self = Self(1 << 2);
    pub(super) const GERMAN: Self = Self(1 << 3);
    pub(super) const ITALIAN: Self = Self(1 << 4);
    pub(super) const DUTCH: Self = Self(1 << 5);
    pub(super) const POLISH: Self = Self(1 << 6);
    pub(super) const CZECH: Self = Self(1 << 7);
    pub(super) const TURKISH: Self = Self(1 << 8);
    pub(super) const VIETNAMESE: Self = Self(1 << 9);
    pub(super) const INDONESIAN: Self = Self(1 << 10);
    pub(super) const SWEDISH: Self = Self(1 << 11);
    pub(super) const ROMANIAN: Self = Self(1 << 12);
    pub(super) const HUNGARIAN: Self = Self(1 << 13);
    pub(super) const RUSSIAN: Self = Self(1 << 14);
    pub(super) const UKRAINIAN: Self = Self(1 << 15);
    pub(super) const CHINESE: Self = Self(1 << 16);
    pub(super) const JAPANESE: Self = Self(1 << 17);
    pub(super) const KOREAN: Self = Self(1 << 18);
    pub(super) const GREEK: Self = Self(1 << 19);
    pub(super) const ARABIC: Self = Self(1 << 20);

    /// Those that put words together to one.
    pub(super) const OF_COMPOUNDS: Self = Self::GERMAN
        .and(Self::DUTCH)
        .and(Self::SWEDISH)
        .and(Self::HUNGARIAN);

    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// What is known of a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// The word in English.
    pub(super) english: &'static str,
    /// The languages in which it means this.
    pub(super) languages: Languages,
    /// Whether it is sure without its accents and beside English words.
    pub(super) is_sure: bool,
}

/// The words of languages that share an alphabet.
pub(super) struct Dictionary {
    words: Map<Cow<'static, str>, Entry>,
    /// The words with which phrases of several begin.
    beginnings: Set<Box<str>>,
}

/// Words in Latin letters.
pub(super) static LATIN: LazyLock<Dictionary> = LazyLock::new(|| {
    Dictionary::of(&[
        (Languages::SPANISH, include_str!("words/es.txt")),
        (Languages::PORTUGUESE, include_str!("words/pt.txt")),
        (Languages::FRENCH, include_str!("words/fr.txt")),
        (Languages::GERMAN, include_str!("words/de.txt")),
        (Languages::ITALIAN, include_str!("words/it.txt")),
        (Languages::DUTCH, include_str!("words/nl.txt")),
        (Languages::POLISH, include_str!("words/pl.txt")),
        (Languages::CZECH, include_str!("words/cs.txt")),
        (Languages::TURKISH, include_str!("words/tr.txt")),
        (Languages::VIETNAMESE, include_str!("words/vi.txt")),
        (Languages::INDONESIAN, include_str!("words/id.txt")),
        (Languages::SWEDISH, include_str!("words/sv.txt")),
        (Languages::ROMANIAN, include_str!("words/ro.txt")),
        (Languages::HUNGARIAN, include_str!("words/hu.txt")),
    ])
});

/// Words in Cyrillic, Greek and Arabic letters.
pub(super) static OTHER_LETTERS: LazyLock<Dictionary> = LazyLock::new(|| {
    Dictionary::of(&[
        (Languages::RUSSIAN, include_str!("words/ru.txt")),
        (Languages::UKRAINIAN, include_str!("words/uk.txt")),
        (Languages::GREEK, include_str!("words/el.txt")),
        (Languages::ARABIC, include_str!("words/ar.txt")),
    ])
});

/// Words of scripts that set no spaces between words, or may leave them out.
pub(super) static UNSPACED: LazyLock<Dictionary> = LazyLock::new(|| {
    Dictionary::of(&[
        (Languages::CHINESE, include_str!("words/zh.txt")),
        (Languages::JAPANESE, include_str!("words/ja.txt")),
        (Languages::KOREAN, include_str!("words/ko.txt")),
    ])
});

impl Dictionary {
    fn of(sources: &[(Languages, &'static str)]) -> Self {
        const WORDS: usize = 6_000;
        let mut dictionary = Self {
            words: Map::with_capacity_and_hasher(WORDS, BuildHasherDefault::default()),
            beginnings: Set::default(),
        };
        for (language, source) in sources {
            for (english, forms) in lines(source) {
                for form in forms.split(',') {
                    dictionary.add(*language, english, form.trim_ascii_start());
                }
            }
        }
        dictionary
    }

    fn add(&mut self, language: Languages, english: &'static str, form: &'static str) {
        let doubtful = form.strip_suffix('?');
        let word = doubtful.unwrap_or(form);
        let plain = plain(word);
        let first = plain.split_once(' ').map(|(first, _)| first);
        if let Some(first) = first.filter(|it| !self.beginnings.contains(*it)) {
            self.beginnings.insert(first.into());
        }
        // Without their tones, words of one syllable mean anything.
        let is_bare = language == Languages::VIETNAMESE && first.is_none();
        let is_short = !word.is_ascii() && plain.len() < 5 || is_bare;
        let entry = Entry {
            english,
            languages: language,
            is_sure: doubtful.is_none() && !is_short,
        };
        if language == Languages::GERMAN && word.contains(['ä', 'ö', 'ü']) {
            let spelled = without_accents(&with_umlauts_spelled_out(word));
            self.insert(spelled.into(), entry);
        }
        self.insert(plain, entry);
    }

    /// Adds a word; where languages mean different things by it, the first ones do.
    fn insert(&mut self, word: Cow<'static, str>, entry: Entry) {
        self.words
            .entry(word)
            .and_modify(|known| {
                if known.english == entry.english {
                    known.languages = known.languages.and(entry.languages);
                    known.is_sure |= entry.is_sure;
                }
            })
            .or_insert(entry);
    }

    /// What a word, or several with a space between them, mean; without accents, in small letters.
    pub(super) fn get(&self, word: &str) -> Option<Entry> {
        self.words.get(word).copied()
    }

    /// All words, as they are looked up.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, Entry)> {
        self.words
            .iter()
            .map(|(word, entry)| (word.as_ref(), *entry))
    }

    /// Whether a phrase of several words begins with one.
    pub(super) fn begins_with(&self, word: &str) -> bool {
        self.beginnings.contains(word)
    }
}

/// The English words of a file, each with what stands behind it.
pub(super) fn lines(source: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    source
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(':'))
        .map(|(english, rest)| (english, rest.trim_ascii()))
}

/// A word as it is looked up: without accents, and with spaces where names are split.
fn plain(word: &'static str) -> Cow<'static, str> {
    let is_split = word.bytes().any(|it| matches!(it, b'\'' | b'-'));
    match (word.is_ascii(), is_split) {
        (true, false) => word.into(),
        (false, false) => without_accents(word).into(),
        (_, true) => without_accents(word).replace(['\'', '-'], " ").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::languages::meanings;

    #[test]
    fn words_are_known_without_accents() {
        let meaning = |word: &str| LATIN.get(word).map(|entry| entry.english);
        assert_eq!(meaning("catalogo"), Some("catalog"));
        assert_eq!(meaning("empfaenger"), Some("receiver"));
        assert_eq!(meaning("empfanger"), Some("receiver"));
        assert_eq!(meaning("file d attente"), Some("queue"));
        assert_eq!(meaning("die"), None);
        assert_eq!(
            OTHER_LETTERS.get("кур єр").map(|it| it.english),
            Some("courier")
        );
        assert!(LATIN.begins_with("gio") && !LATIN.begins_with("order"));
    }

    #[test]
    fn all_words_are_said_in_concepts() {
        for dictionary in [&LATIN, &OTHER_LETTERS, &UNSPACED] {
            for (word, entry) in dictionary.iter() {
                let concept = meanings(entry.english).first().map(|it| it.concept);
                assert_eq!(concept, Some(entry.english), "{word}");
                assert!(!word.is_empty() && word == word.trim(), "{word:?}");
            }
        }
    }

    #[test]
    fn what_is_another_word_in_english_is_not_sure() {
        for word in ["cola", "fila", "tempo", "lager", "the"] {
            assert!(!LATIN.get(word).unwrap().is_sure, "{word}");
        }
        assert!(LATIN.get("pedido").unwrap().is_sure);
    }
}
