//! How the words of a drawn name and those of a key stand to each other, in documents that are in
//! another language than the keys.

use std::collections::BTreeSet;

use super::Left;
use crate::matching::languages::{fields, in_english_from_a_foreign_document, meanings};
use crate::matching::meaning::{
    is_filler, is_framework, is_kind_of_program, is_number, is_of_people, role_of_word,
};
use crate::matching::{product_of_name, words};

/// How two names stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// They say the same.
    Same,
    /// One thing that they say is the same.
    Near,
    /// They have to do with the same things.
    Related,
    /// They say different things.
    Different,
    /// What one of them says is not known, or nothing.
    Open,
}

/// What the words of a name say.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// The first meanings of those that are known.
    concepts: BTreeSet<&'static str>,
    /// What the words have to do with.
    fields: BTreeSet<&'static str>,
    /// The words of which nothing is known.
    unknown: BTreeSet<String>,
    /// The words for the kind of program that it is.
    kinds: BTreeSet<String>,
}

impl Said {
    /// What a drawn name says.
    pub(super) fn by_name(name: &str) -> Self {
        Self::by_words(in_english_from_a_foreign_document(&words(name)))
    }

    /// What the key of a service says, or what it is made of where the key says nothing.
    pub(super) fn by_service(left: &Left<'_>) -> Self {
        if let Some(said) = left.program.and_then(|it| Self::by_program(it.id)) {
            return said;
        }
        let core = left.identity.core.iter().cloned().collect::<Vec<String>>();
        let key = Self::by_words(in_english_from_a_foreign_document(&core));
        if key.says_nothing() {
            Self::by_words(left.identity.origin.iter().cloned())
        } else {
            key
        }
    }

    /// What a program of others is for, where that is known: `keycloak`.
    fn by_program(id: &str) -> Option<Self> {
        let meaning = meanings(id).first()?;
        Some(Self {
            concepts: BTreeSet::from([meaning.concept]),
            fields: fields([id]).into_iter().collect(),
            ..Self::default()
        })
    }

    fn by_words(words: impl IntoIterator<Item = String>) -> Self {
        let mut said = Self::default();
        for word in words {
            if !is_telling(&word) {
                said.kinds.insert(word);
                continue;
            }
            let meanings = meanings(&word);
            // What a word is used for itself is surer than what it may be said for.
            let telling = match meanings.first() {
                Some(itself) if itself.concept == word => Some(itself),
                _ => meanings.iter().find(|meaning| !meaning.is_a_kind()),
            };
            let telling = telling.filter(|meaning| !meaning.is_a_kind());
            if let Some(meaning) = telling {
                said.concepts.insert(meaning.concept);
                said.fields.extend(fields([word.as_str()]));
            } else if meanings.is_empty() {
                said.unknown.insert(word);
            } else {
                said.kinds.insert(word);
            }
        }
        said
    }

    fn says_nothing(&self) -> bool {
        self.concepts.is_empty() && self.unknown.is_empty() && self.is_of_any_kind()
    }

    /// Whether the words for its kind are those that any program may have.
    fn is_of_any_kind(&self) -> bool {
        let mut kinds = self.kinds.iter();
        kinds.all(|word| is_filler(word) || is_kind_of_program(word))
    }

    /// How this stands to what another name says.
    pub(super) fn relation(&self, other: &Self) -> Relation {
        let both_known = !self.concepts.is_empty() && !other.concepts.is_empty();
        if both_known && self.concepts == other.concepts && self.unknown == other.unknown {
            Relation::Same
        } else if !self.concepts.is_disjoint(&other.concepts) {
            Relation::Near
        } else if !self.fields.is_disjoint(&other.fields) {
            Relation::Related
        } else if both_known {
            Relation::Different
        } else {
            Relation::Open
        }
    }

    /// Whether it says all that another name says, which tells what it is for.
    pub(super) fn says_all_of(&self, other: &Self) -> bool {
        other.concepts.is_subset(&self.concepts)
            && other.unknown.is_subset(&self.unknown)
            && other.kinds.is_subset(&self.kinds)
            && !other.is_of_any_kind()
    }

    /// Whether it is people that are named, and no program of theirs.
    pub(super) fn is_of_people(&self) -> bool {
        self.kinds.is_empty()
            && self.unknown.is_empty()
            && !self.concepts.is_empty()
            && self.concepts.iter().all(|concept| is_of_people(concept))
    }

    /// Whether it is called a program, and nothing is known of what it is for.
    pub(super) fn is_a_program_of_unknown_use(&self) -> bool {
        self.has_unknown() && self.concepts.is_empty() && !self.kinds.is_empty()
    }

    /// Whether there is a word of which nothing is known.
    pub(super) fn has_unknown(&self) -> bool {
        !self.unknown.is_empty()
    }
}

/// Whether a word may tell which service is meant.
fn is_telling(word: &str) -> bool {
    word.chars().count() > 1
        && !is_number(word)
        && !is_filler(word)
        && !is_framework(word)
        && !is_kind_of_program(word)
        && role_of_word(word).is_none()
        && product_of_name(word).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relation(name: &str, key: &str) -> Relation {
        Said::by_name(name).relation(&Said::by_name(key))
    }

    #[test]
    fn names_that_say_the_same_are_told_from_others() {
        assert_eq!(relation("Avisos", "notification"), Relation::Same);
        assert_eq!(relation("Turnuva servisi", "game"), Relation::Different);
        assert_eq!(relation("İstatistik servisi", "stats"), Relation::Same);
        assert_eq!(relation("Warenkorb", "basket"), Relation::Same);
        assert_eq!(relation("Warenkorb", "checkout"), Relation::Related);
        assert_eq!(relation("Warenkorb", "order"), Relation::Different);
        assert_eq!(relation("Eşleştirme servisi", "auth"), Relation::Different);
        assert_eq!(
            relation("Bewertungsdienst", "lieferung"),
            Relation::Different
        );
        assert_eq!(
            relation("Geräteverwaltung", "device-manager"),
            Relation::Same
        );
        assert_eq!(relation("Охрана", "recognizer"), Relation::Different);
        assert_eq!(relation("Turnuva servisi", "zephyr"), Relation::Open);
        assert_eq!(relation("Шестеренка", "worker"), Relation::Open);
    }
}
