//! Names that say outright which service is meant.

use std::collections::BTreeSet;

use devkit_archdoc::normalised;

use super::Names;
use crate::matching::languages::in_letters_of_keys;
use crate::matching::meaning::{is_filler, is_framework, is_number, is_of_many};
use crate::matching::{Identity, product_of_image, product_of_name, words};

impl Names {
    pub(super) fn exact(&self, name: &str) -> Option<Vec<String>> {
        self.by_key(name)
            .or_else(|| self.by_key_in_other_letters(name))
            .or_else(|| self.by_key_in_a_compound(name))
            .or_else(|| self.by_image(name))
            .or_else(|| self.by_named_product(name))
            .or_else(|| self.by_core(name))
            .or_else(|| self.by_key_and_program(name))
            .or_else(|| self.by_key_before_a_colon(name))
            .or_else(|| self.by_key_among_foreign_words(name))
    }

    /// By a key that leaves out accents, or is written in Latin letters: `Robôs` and `robos`.
    fn by_key_in_other_letters(&self, name: &str) -> Option<Vec<String>> {
        in_letters_of_keys(name)
            .iter()
            .find_map(|written| self.by_key(written))
    }

    /// By a key before the word for a service, with the letter that joins the two in German:
    /// `Übermittlungs-Service` and `uebermittlung`.
    fn by_key_in_a_compound(&self, name: &str) -> Option<Vec<String>> {
        let name = name.to_lowercase();
        let ends = ["s-service", "s-dienst", "s-server", "s-worker"];
        let stem = ends.iter().find_map(|end| name.strip_suffix(end))?;
        self.by_key(stem)
            .or_else(|| self.by_key_in_other_letters(stem))
    }

    /// By a key beside what it is in another script: `采集网关 collector`.
    fn by_key_among_foreign_words(&self, name: &str) -> Option<Vec<String>> {
        let is_latin = |word: &str| word.is_ascii() && word.len() > 1;
        let mut latin = name.split_whitespace().filter(|word| is_latin(word));
        let (Some(key), None) = (latin.next(), latin.next()) else {
            return None;
        };
        (!name.is_ascii()).then(|| self.by_key(key)).flatten()
    }

    /// By a key before what its service does: `worker: indexing, notifications`.
    fn by_key_before_a_colon(&self, name: &str) -> Option<Vec<String>> {
        let (before, after) = name.split_once(": ")?;
        let is_word = !before.contains(char::is_whitespace) && !after.trim().is_empty();
        let found = || {
            self.by_key(before)
                .or_else(|| self.by_named_product(before))
        };
        is_word.then(found).flatten()
    }

    /// By a key beside the program that its service runs: `edge Caddy`, `Airflow Scheduler`.
    fn by_key_and_program(&self, name: &str) -> Option<Vec<String>> {
        let bare = name.split('(').next().unwrap_or(name).trim();
        let (first, rest) = bare.split_once(char::is_whitespace)?;
        [(first, rest), (rest, first)]
            .into_iter()
            .find_map(|(key, program)| {
                let program = product_of_name(program)?;
                let services = self.by_key(key)?;
                let runs = |identity: &Identity| {
                    services.contains(&identity.service) && identity.program() == Some(program)
                };
                self.identities.iter().any(runs).then_some(services)
            })
    }

    /// By the image that a name is, such as `postgres:16-alpine`.
    fn by_image(&self, name: &str) -> Option<Vec<String>> {
        if !name.contains(':') || name.contains(char::is_whitespace) {
            return None;
        }
        let product = product_of_image(name)?;
        let running = self.filter(|identity| identity.product == Some(product));
        (!running.is_empty()).then_some(running)
    }

    /// By the names of services alone, whatever program a name is.
    pub(super) fn by_name(&self, name: &str) -> Option<Vec<String>> {
        self.by_key(name).or_else(|| self.by_core(name))
    }

    /// All services that run a program of which a name says that there are several.
    pub(super) fn all_of_many(&self, name: &str) -> Option<Vec<String>> {
        let words = words(name);
        let product = words.iter().find_map(|word| product_of_name(word))?;
        let running = self.filter(|identity| identity.product == Some(product));
        (words.iter().any(|word| is_of_many(word)) && !running.is_empty()).then_some(running)
    }

    pub(super) fn by_key(&self, name: &str) -> Option<Vec<String>> {
        let wanted = normalised(name);
        if let Some(service) = self.aliases.get(&wanted) {
            return Some(vec![service.clone()]);
        }
        let bare = normalised(name.split('(').next().unwrap_or(name));
        let aside = name
            .split_once('(')
            .map(|(_, rest)| normalised(rest.trim_end_matches(')')))
            .filter(|aside| aside.len() > 2)
            .unwrap_or_default();
        [&wanted, &bare, &aside].into_iter().find_map(|candidate| {
            let found = self.filter(|identity| identity.names.contains(candidate));
            (!candidate.is_empty() && !found.is_empty()).then_some(found)
        })
    }

    pub(super) fn by_named_product(&self, name: &str) -> Option<Vec<String>> {
        let product = product_of_name(name.split('(').next().unwrap_or(name))?;
        let running = self.filter(|identity| identity.product == Some(product));
        let called = self.with_the_image_called(name, product, &running);
        if called.len() == 1 {
            return Some(called);
        }
        let named = self.filter(|identity| identity.named_product() == Some(product));
        (named.len() == 1).then_some(named)
    }

    fn by_core(&self, name: &str) -> Option<Vec<String>> {
        let core = self.core(name);
        let same = self.filter(|identity| identity.core == core);
        if !core.is_empty() && !same.is_empty() {
            return Some(same);
        }
        // Instances with numbers that are drawn as one: `API Gateway` and `api-gw-1`.
        let numbered = self.filter(|identity| {
            identity.core.len() > core.len() && without_numbers(&identity.core).eq(core.iter())
        });
        if !core.is_empty() && numbered.len() > 1 {
            return Some(numbered);
        }
        let written = normalised(name);
        let numbered = self.filter(|identity| {
            let mut names = identity.names.iter();
            let is_number = |rest: &str| !rest.is_empty() && is_number(rest);
            names.any(|one| one.strip_prefix(&written).is_some_and(is_number))
        });
        if !written.is_empty() && numbered.len() > 1 {
            return Some(numbered);
        }
        // One name may be written as two words: `AuditLog` and `auditlog-service`.
        let joined = [joined(name), words(name).concat()];
        let same = self.filter(|identity| {
            let mut core = without_numbers(&identity.core);
            core.next().is_some_and(|word| joined.contains(word)) && core.next().is_none()
        });
        if !same.is_empty() {
            return Some(same);
        }
        // What it is written with tells no service from another: `Web Admin` and `web-admin-react`.
        let bare = without_frameworks(&core);
        // `Mongo Express` is a program of its own, and no MongoDB.
        if bare.is_empty() || product_of_name(name).is_some() {
            return None;
        }
        let same = self.filter(|identity| {
            bare.iter().all(|word| identity.core.contains(*word))
                && without_frameworks(&identity.core) == bare
        });
        (same.len() == 1).then_some(same)
    }
}

fn without_frameworks(core: &BTreeSet<String>) -> BTreeSet<&String> {
    core.iter().filter(|word| !is_framework(word)).collect()
}

fn without_numbers(core: &BTreeSet<String>) -> impl Iterator<Item = &String> {
    core.iter().filter(|word| !is_number(word))
}

/// The words of a name that say which service is meant, written as one.
fn joined(name: &str) -> String {
    words(name)
        .into_iter()
        .filter(|word| !is_filler(word))
        .collect()
}
