//! Names that resemble a service's, or say what it is for.

use std::collections::BTreeSet;

use devkit_archdoc::Role;

use super::product::only_product;
use super::{Hints, Names, Resolution, only};
use crate::matching::languages::in_letters_of_keys;
use crate::matching::meaning::{
    is_distinctive, is_filler, is_framework, is_kind_of_program, is_store, role_of,
    says_no_more_than_its_role,
};
use crate::matching::product::is_known_for;
use crate::matching::{Identity, Product, product_of_name, words};

impl Names {
    pub(super) fn similar(&self, name: &str, hints: Hints<'_>) -> Resolution {
        if name.contains('│') {
            // Cells beside each other are several names.
            return self.by_parts(name, hints);
        }
        // `Prometheus / Grafana / Loki` are more than alternatives.
        if (name.contains(" + ") || name.matches(" / ").count() > 1)
            && let all @ Resolution::Services(_) = self.by_parts(name, hints)
        {
            return all;
        }
        if let Some(workers) = self.all_workers(name) {
            return Resolution::Services(workers);
        }
        let stores = self.store_of_a_program(name);
        if !stores.is_empty() {
            return Resolution::Services(stores);
        }
        let by_product = self.by_product(name, hints);
        if !by_product.is_empty() {
            return Resolution::Services(by_product);
        }
        if let Some(service) = hints
            .technology
            .filter(|it| is_word(it))
            .and_then(|it| self.by_key(it))
        {
            return Resolution::Services(service);
        }
        if let Some(product) = product_of_name(name) {
            return self.by_key_of(product, name);
        }
        // `MLflow registry`, where MLflow runs from an image of one's own.
        if let Some(product) = only_product(name) {
            let built = self.by_key_of(product, name);
            if built != Resolution::Unknown {
                return built;
            }
        }
        let core = self.core(name);
        let loosely = self.filter(|identity| self.overlaps_loosely(&core, identity, hints));
        if loosely.len() == 1 {
            return Resolution::Services(loosely);
        }
        let contained = self.filter(|identity| self.overlaps(&core, identity, hints));
        if !contained.is_empty() {
            return Resolution::Services(contained);
        }
        let by_owner = self.by_owner(name);
        if by_owner.len() == 1 {
            return Resolution::Services(by_owner);
        }
        let by_origin = self.filter(|identity| {
            identity.is_generic() && !identity.origin.is_empty() && identity.origin == core
        });
        if by_origin.len() == 1 {
            return Resolution::Services(by_origin);
        }
        // A port joins no two names that both say clearly which service they mean.
        let by_port = self.filter(|identity| {
            hints.ports.iter().any(|port| identity.ports.contains(port))
                && (identity.is_generic()
                    || !significant(&without_frameworks(&core))
                    || !significant(&identity.core)
                    || is_short_for(&core, &identity.core))
        });
        if let [one] = by_port.as_slice()
            && !self.is_claimed(one, hints)
        {
            return Resolution::Services(by_port);
        }
        match self.by_parts(name, hints) {
            Resolution::Unknown => match self.by_cut_words(name, hints) {
                Resolution::Unknown => self.abbreviated(name, &core, hints),
                found => found,
            },
            found => found,
        }
    }

    /// The one service whose key has the words of a name, some of them cut or longer:
    /// `telemetry-dash-ui` and `telemetry-dashboard-ui`.
    fn by_cut_words(&self, name: &str, hints: Hints<'_>) -> Resolution {
        let name = words(name);
        let alike = self.filter(|identity| {
            let mut pairs = name.iter().zip(&identity.key);
            let tells = |word: &String| !is_filler(word) && significant(&only(word));
            pairs.any(|(one, other)| one == other && tells(one))
                && are_cut(&name, &identity.key)
                && !self.is_claimed(&identity.service, hints)
        });
        match alike.as_slice() {
            [_] => Resolution::Services(alike),
            _ => Resolution::Unknown,
        }
    }

    /// The one service whose key goes on where the name ends, `Transact` and `transaction`, or whose
    /// name goes on where the key ends, `Störungserkennung` and `stoerung`; a point says that a name
    /// is cut: `Notif.`.
    fn abbreviated(&self, name: &str, core: &BTreeSet<String>, hints: Hints<'_>) -> Resolution {
        const LEAST: usize = 4;
        const LEAST_OF_A_KEY: usize = 6;
        let mut words = core.iter();
        let (Some(word), None) = (words.next(), words.next()) else {
            return Resolution::Unknown;
        };
        let written = name.trim_end_matches('.').to_lowercase();
        let mut forms = in_letters_of_keys(&written);
        forms.extend([word.clone(), written]);
        let goes_on = |key: &str| {
            let is_cut = |form: &String| form.chars().count() >= LEAST && key.starts_with(form);
            let is_longer = |form: &String| key.len() >= LEAST_OF_A_KEY && form.starts_with(key);
            forms.iter().any(|form| is_cut(form) || is_longer(form))
        };
        let alike = self.filter(|identity| {
            let mut core = identity.core.iter().map(String::as_str);
            identity.core.len() == 1
                && (core.any(goes_on) || identity.key.len() == 1 && goes_on(&identity.service))
                && !self.is_claimed(&identity.service, hints)
        });
        match alike.as_slice() {
            [one] if name.ends_with('.') => Resolution::Services(vec![one.clone()]),
            [one] => Resolution::Unsure(one.clone()),
            _ => Resolution::Unknown,
        }
    }

    /// By keys that begin with a program's name, where services are built to run it:
    /// `flink-jobmanager`.
    fn by_key_of(&self, product: &Product, name: &str) -> Resolution {
        let built = self.filter(|identity| {
            let mut rest = identity.core.iter().filter(|word| *word != product.id);
            identity.product.is_none()
                && identity.core.contains(product.id)
                && !rest.any(|word| is_distinctive(word) || product_of_name(word).is_some())
        });
        // A product that is no server alone is run by all that bear its name: `dagster-daemon`.
        let named = self.filter(|identity| {
            product.role.is_none()
                && identity.product.is_none_or(|runs| runs == product)
                && identity.service.split(['-', '_']).next() == Some(product.id)
        });
        let built = if named.len() > built.len() {
            named
        } else {
            built
        };
        let after_its_protocol = || {
            self.filter(|identity| {
                let [word] = identity.key.as_slice() else {
                    return false;
                };
                identity.product.is_none() && is_known_for(product.id, word)
            })
        };
        let built = if built.is_empty() {
            after_its_protocol()
        } else {
            built
        };
        let built = Self::at_the_place_in_a_cluster(name, built);
        if built.is_empty() {
            Resolution::Unknown
        } else {
            Resolution::Services(built)
        }
    }

    /// By what something is for, or by a line of its box.
    pub(super) fn by_use(&self, name: &str, hints: Hints<'_>) -> Resolution {
        if product_of_name(name).is_some() {
            return Resolution::Unknown;
        }
        match self.by_role(&self.core(name), hints) {
            Resolution::Unknown => self.by_note(hints.notes),
            found => found,
        }
    }

    /// Whether a service is drawn under a better name beside what is asked about.
    pub(super) fn is_claimed(&self, service: &str, hints: Hints<'_>) -> bool {
        match hints.diagrams {
            None => self.claimed.contains_key(service),
            Some(diagrams) => [&self.claimed, &self.resembled].iter().any(|taken| {
                taken
                    .get(service)
                    .is_some_and(|taken| !taken.is_disjoint(diagrams))
            }),
        }
    }

    /// By a line of the box that is the name of a service or of the program that it runs.
    fn by_note(&self, notes: &[String]) -> Resolution {
        notes
            .iter()
            .flat_map(|note| note.split(" + "))
            .filter(|note| note.split_whitespace().count() <= 2)
            .find_map(|note| match product_of_name(note) {
                Some(program) => self
                    .by_key(note)
                    .or_else(|| self.by_named_product(note))
                    .or_else(|| self.only_one_that_runs(program)),
                None => self.by_name(note),
            })
            .map_or(Resolution::Unknown, Resolution::Services)
    }

    /// The one service that runs a program; stores run for many under their own names.
    fn only_one_that_runs(&self, program: &Product) -> Option<Vec<String>> {
        let running = self.filter(|identity| identity.product == Some(program));
        (running.len() == 1 && !program.role.is_some_and(is_store)).then_some(running)
    }

    fn overlaps(&self, core: &BTreeSet<String>, identity: &Identity, hints: Hints<'_>) -> bool {
        let other = |word: &&String| is_distinctive(word) || product_of_name(word).is_some();
        let is_within = core.is_subset(&identity.core);
        let holds = identity.core.is_subset(core);
        // Most names have nothing to do with most keys, which sets tell at once.
        if !is_within && !holds
            || self.is_claimed(&identity.service, hints)
            || !significant(core)
            || !significant(&identity.core)
        {
            return false;
        }
        let mut more_in_key = identity.core.difference(core);
        let mut more_in_name = core.difference(&identity.core);
        (is_within && !more_in_key.any(|word| word != "worker" && other(&word)))
            || (holds && !more_in_name.any(|word| other(&word)))
    }

    /// Whether name and key differ only in words for the kind of program: `Billing API` and
    /// `billing`.
    fn overlaps_loosely(
        &self,
        core: &BTreeSet<String>,
        identity: &Identity,
        hints: Hints<'_>,
    ) -> bool {
        telling(core).eq(telling(&identity.core))
            && !self.is_claimed(&identity.service, hints)
            && significant(&telling(core).cloned().collect())
    }

    /// Of several programs of one's own, those that are called after their role alone.
    fn plainest(candidates: Vec<&Identity>) -> Vec<&Identity> {
        let plain: Vec<&Identity> = candidates
            .iter()
            .filter(|one| one.is_generic() || one.product.is_some())
            .copied()
            .collect();
        if plain.is_empty() { candidates } else { plain }
    }

    fn by_role(&self, core: &BTreeSet<String>, hints: Hints<'_>) -> Resolution {
        let Some(role) = role_of(core).or(hints.role).filter(|_| !hints.is_actor) else {
            return Resolution::Unknown;
        };
        let candidates: Vec<&Identity> = self
            .identities
            .iter()
            .filter(|identity| identity.role == Some(role))
            .collect();
        let candidates = Self::plainest(candidates);
        let plain = core.iter().all(|word| {
            role_of(&only(word)) == Some(role)
                || (role == Role::Proxy && word == "api")
                || (role == Role::Frontend
                    && matches!(word.as_str(), "dashboard" | "portal" | "panel"))
                || is_framework(word)
                || says_no_more_than_its_role(word)
        });
        match candidates.as_slice() {
            [one] if plain && (!self.is_claimed(&one.service, hints) || one.product.is_some()) => {
                if one.is_generic() || one.product.is_some() {
                    Resolution::Services(vec![one.service.clone()])
                } else {
                    Resolution::Unsure(one.service.clone())
                }
            }
            // `Workers` are all that are called so.
            [_, _, ..] if plain && role == Role::Worker && core.contains("worker") => {
                let called = candidates.iter().filter(|one| one.core.contains("worker"));
                let called: Vec<String> = called.map(|one| one.service.clone()).collect();
                if called.is_empty() {
                    Resolution::Unknown
                } else {
                    Resolution::Services(called)
                }
            }
            [_, _, ..] if plain && matches!(role, Role::Database | Role::Cache | Role::Queue) => {
                let is_open = |one: &&&Identity| !self.is_claimed(&one.service, hints);
                let open: Vec<&&Identity> = candidates.iter().filter(is_open).collect();
                let all: Vec<&&Identity> = candidates.iter().collect();
                let meant = if open.is_empty() { all } else { open };
                let keys = meant.iter().map(|one| one.service.clone()).collect();
                Resolution::Services(self.named_first(keys))
            }
            _ => Resolution::Unknown,
        }
    }
}

/// The words that say more than what kind of program something is.
fn telling(words: &BTreeSet<String>) -> impl Iterator<Item = &String> {
    words.iter().filter(|word| !is_kind_of_program(word))
}

/// Whether a word of a name is the beginning of one of a key: `Tech Service` and
/// `technology-service`.
fn is_short_for(name: &BTreeSet<String>, key: &BTreeSet<String>) -> bool {
    const LEAST: usize = 3;
    name.iter().any(|word| {
        word.chars().count() >= LEAST
            && key.iter().any(|other| other.starts_with(word.as_str()))
            && significant(&only(word))
    })
}

/// Whether several words are those of a key, some of them cut, longer or without vowels.
pub(crate) fn are_cut(name: &[String], key: &[String]) -> bool {
    const LEAST: usize = 3;
    let is_cut = |short: &str, long: &str| {
        short.len() >= LEAST && long.starts_with(short) || is_without_vowels(short, long)
    };
    let mut pairs = name.iter().zip(key);
    name.len() > 1
        && name.len() == key.len()
        && pairs.all(|(one, other)| one == other || is_cut(one, other) || is_cut(other, one))
}

/// Whether a word is another one of which consonants are left: `svc` and `service`.
fn is_without_vowels(short: &str, long: &str) -> bool {
    let is_vowel = |letter: char| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u');
    let mut letters = long.chars();
    short.len() > 1
        && !short.contains(is_vowel)
        && long.starts_with(&short[..short.chars().next().map_or(0, char::len_utf8)])
        && short.chars().all(|one| letters.any(|other| other == one))
}

fn without_frameworks(core: &BTreeSet<String>) -> BTreeSet<String> {
    core.iter()
        .filter(|word| !is_framework(word))
        .cloned()
        .collect()
}

/// Whether a text is one word, such as a key.
fn is_word(text: &str) -> bool {
    text.chars()
        .all(|character| character.is_alphanumeric() || matches!(character, '-' | '_'))
}

/// Whether one of the words tells which service is meant, and not only what kind it is.
pub(super) fn significant(words: &BTreeSet<String>) -> bool {
    words
        .iter()
        .any(|word| word.len() > 2 && !is_distinctive(word) && role_of(&only(word)).is_none())
}
