//! The ways in which drawings may name a service that no part is known to be.

use std::collections::BTreeSet;

use devkit_archdoc::{Component, Role, vocabulary};

use super::texts::Text;
use super::{Doubts, is_of_pages};
use crate::context::Page;
use crate::matching::{
    Identity, Resolution, is_framework, is_number, is_store, product_of_name, role_of_word, words,
};

/// A service that is looked for in texts and parts.
pub(super) struct Sought<'a> {
    doubts: &'a Doubts<'a>,
    identity: &'a Identity,
    /// The words of its key, without the one that all keys begin with.
    key: Vec<String>,
    /// Those of its words that tell which program of one's own it is, and that no other service has.
    own: Vec<String>,
}

impl<'a> Sought<'a> {
    pub(super) fn new(doubts: &'a Doubts<'a>, identity: &'a Identity) -> Self {
        let is_a_store = identity.product.is_some() && identity.role.is_some_and(is_store);
        let mut own = words_of_its_own(doubts.page, identity);
        // A word of a store may be that of the program which keeps things there.
        own.retain(|word| !is_a_store || !doubts.is_of_a_program(word));
        Self {
            doubts,
            identity,
            key: doubts.page.names.words_of_key(&identity.key),
            own,
        }
    }

    /// Whether a text names the service.
    pub(super) fn stands_in(&self, text: &Text<'_>) -> bool {
        self.is_called_generically(text)
            || self.is_of_a_kind_in_the_plural(text)
            || self.is_the_database_of(text)
            || self.is_the_program_of(text)
            || self.has_its_key_in(text)
            || self.has_its_own_word_in(text)
            || self.has_its_program_in(text)
            || self.has_its_container_in(text)
    }

    /// Whether a part names the service, under whatever name it stands.
    pub(super) fn is_said_of(&self, words: &[String], part: &Component) -> bool {
        let is_own = self.identity.program().is_none();
        is_own && (self.has_key(words) || self.is_one_of_the_numbered(words))
            || lists(part, self.without_a_family())
            || self.is_shortened(part)
    }

    fn has_key(&self, found: &[String]) -> bool {
        let length = self.key.len();
        found.windows(length).any(|some| some == self.key)
    }

    fn has_all_words(&self, text: &Text<'_>) -> bool {
        self.key.iter().all(|word| text.all.contains(word))
    }

    /// A generic name that stands in a text may be the program: `runner`.
    fn is_called_generically(&self, text: &Text<'_>) -> bool {
        self.identity.is_generic()
            && self.identity.program().is_none()
            && self.key.iter().all(|word| word.len() >= LEAST)
            && self.has_all_words(text)
    }

    /// `exporters`, where the keys of several services end so: `kafka-exporter`, `redis-exporter`.
    fn is_of_a_kind_in_the_plural(&self, text: &Text<'_>) -> bool {
        let identities = self.doubts.page.names.identities().iter();
        let alike = || identities.filter(|one| one.key.last() == self.key.last());
        let many = self.key.last().map(|word| format!("{word}s"));
        self.key.len() > 1
            && many.is_some_and(|many| text.all.contains(&many))
            && alike().count() > 1
    }

    /// `DB`, where the service is the one database, and no other one is drawn.
    fn is_the_database_of(&self, text: &Text<'_>) -> bool {
        let is_one = |one: &&Identity| one.role == Some(Role::Database);
        let identities = self.doubts.page.names.identities().iter();
        text.lines.iter().any(|word| is_a_database(word))
            && self.identity.program().is_some()
            && is_one(&self.identity)
            && identities.filter(is_one).count() == 1
            && !self.is_another_database_drawn()
    }

    /// Whether a database is drawn that is another program than the service runs.
    fn is_another_database_drawn(&self) -> bool {
        let mut parts = self.doubts.parts.iter();
        parts.any(|(_, part)| {
            // `Postgres + pgvector`
            let name = part.name.split(" + ").next().unwrap_or(&part.name);
            let program = product_of_name(name);
            program.is_some_and(|it| it.role == Some(Role::Database))
                && program != self.identity.program()
                && self.doubts.page.names.resolve(&part.name) == Resolution::Unknown
        })
    }

    /// `Django`, where the service is the one program of one's own whose key says no more than that.
    fn is_the_program_of(&self, text: &Text<'_>) -> bool {
        let is_one = |one: &&Identity| {
            one.is_a_plain_program()
                && one.program().is_none()
                && one.role.is_none_or(|role| role == Role::Api)
        };
        let identities = self.doubts.page.names.identities().iter();
        let is_of_servers = |word: &String| {
            vocabulary::is_technology(word) && !vocabulary::is_framework_of_pages(word)
        };
        is_one(&self.identity)
            && identities.filter(is_one).count() == 1
            && text.all.iter().any(is_of_servers)
    }

    /// A key that is long enough to be no word of a sentence.
    fn has_its_key_in(&self, text: &Text<'_>) -> bool {
        let is_long = self.identity.service.len() >= LONG || is_of_pages(self.identity);
        is_long && self.has_all_words(text) && self.has_key(&text.lines)
    }

    fn has_its_own_word_in(&self, text: &Text<'_>) -> bool {
        let is_said =
            |word: &String| text.all.contains(word) || text.all.contains(&format!("{word}s"));
        self.own.iter().any(is_said)
    }

    /// The program that runs, where no part is a service that runs it.
    fn has_its_program_in(&self, text: &Text<'_>) -> bool {
        let product = self.identity.product;
        let is_it = |word: &String| product_of_name(word) == product;
        let is_drawn = || {
            let mut identities = self.doubts.page.names.identities().iter();
            identities.any(|one| one.product == product && self.doubts.taken.contains(&one.service))
        };
        product.is_some() && text.all.iter().any(is_it) && !is_drawn()
    }

    /// One of its names on networks, written as keys are.
    fn has_its_container_in(&self, text: &Text<'_>) -> bool {
        let mut names = self.identity.names.iter();
        names.any(|name| name.len() > LONG && text.keys.contains(name))
    }

    /// `app` of `shop-app2`.
    fn is_one_of_the_numbered(&self, words: &[String]) -> bool {
        stem_of_a_number(&self.key).is_some_and(|stem| words.contains(&stem))
    }

    /// The words of the key, without the one that several keys begin with.
    fn without_a_family(&self) -> &[String] {
        const LEAST: usize = 3;
        let key = self.key.as_slice();
        let Some((first, rest)) = key.split_first().filter(|(_, rest)| rest.len() > 1) else {
            return key;
        };
        let identities = self.doubts.page.names.identities().iter();
        let alike = identities.filter(|one| one.key.first() == Some(first));
        if alike.count() < LEAST { key } else { rest }
    }

    /// Whether the key is the beginning of a word of a part that is left over, or the other way
    /// round: `dj` of `Django`, `tusd` and `tus`.
    fn is_shortened(&self, part: &Component) -> bool {
        let [key] = self.identity.key.as_slice() else {
            return false;
        };
        let is_it = |word: String| {
            word.len() >= LEAST
                && (key.len() < word.len() && word.starts_with(key.as_str())
                    || key.len() == word.len() + 1 && key.starts_with(&word))
        };
        let said = part.technology.iter().flat_map(|text| words(text));
        self.identity.service.len() >= 2
            && part.runnable
            && words(&part.name).into_iter().chain(said).any(is_it)
            && self.doubts.page.names.resolve(&part.name) == Resolution::Unknown
    }
}

/// Whether a part says all words of a key in what it is called and what it lists.
fn lists(part: &Component, key: &[String]) -> bool {
    if key.len() < 2 || part.notes.is_empty() {
        return false;
    }
    let first = words(&part.name);
    let listed = || part.notes.iter().flat_map(|note| words(note));
    key.iter().any(|word| first.contains(word))
        && key
            .iter()
            .all(|word| first.contains(word) || listed().any(|said| is_said_by(word, &said)))
}

/// The last word of a key without the number behind it: `app` of `shop-app2`.
fn stem_of_a_number(key: &[String]) -> Option<String> {
    let word = key.last()?;
    let stem = word.trim_end_matches(|it: char| it.is_ascii_digit());
    (stem.len() < word.len() && stem.len() >= LEAST).then(|| stem.to_owned())
}

/// Whether a word is another, or names a program for what the other says: `db` and `postgres`.
fn is_said_by(word: &str, said: &str) -> bool {
    let program = || product_of_name(said).and_then(|program| program.role);
    said == word || role_of_word(word).is_some_and(|role| is_store(role) && program() == Some(role))
}

/// Whether a word says that something is a database, whichever it is.
fn is_a_database(word: &str) -> bool {
    matches!(word, "db" | "database")
}

/// How many letters a key has at least that is looked for in a text.
const LONG: usize = 4;

/// How many letters a word has at least that is looked for in a text.
const LEAST: usize = 3;

/// The words of a key that tell which program of one's own it is, and that no other service has.
fn words_of_its_own(page: &Page<'_>, identity: &Identity) -> Vec<String> {
    let bare = |core: &BTreeSet<String>| -> Vec<String> {
        let words = core.iter();
        words.filter(|word| !is_number(word)).cloned().collect()
    };
    let own = bare(&identity.core);
    let is_of_another = |word: &String| {
        let mut others = page.names.identities().iter();
        others.any(|other| other.core.contains(word) && bare(&other.core) != own)
    };
    identity
        .core
        .iter()
        .filter(|word| {
            word.chars().count() >= LEAST
                && role_of_word(word).is_none()
                && product_of_name(word).is_none()
                && !is_framework(word)
                && !is_of_another(word)
        })
        .cloned()
        .collect()
}
