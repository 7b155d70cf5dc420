//! Names that say what a program is written with or what command runs it.

use devkit_archdoc::{Role, vocabulary};

use super::{Hints, Names, Resolution, only};
use crate::matching::meaning::{is_distinctive, is_filler, is_of_any_program, role_of};
use crate::matching::words;

impl Names {
    /// By the command that the one service of one's own runs: `Horizon` and `php artisan horizon`.
    pub(super) fn by_command(&self, name: &str, hints: Hints<'_>) -> Resolution {
        const LEAST: usize = 4;
        let all: Vec<String> = words(name)
            .into_iter()
            .filter(|word| {
                !is_filler(word)
                    && (role_of(&only(word)).is_none()
                        || matches!(word.as_str(), "worker" | "celery" | "sidekiq"))
            })
            .collect();
        let is_telling =
            |word: &String| word.len() >= LEAST && word != "worker" && !is_distinctive(word);
        if hints.is_actor || !all.iter().any(is_telling) {
            return Resolution::Unknown;
        }
        let runs = self.filter(|identity| {
            identity.product.is_none()
                && !identity.is_task()
                && !self.is_claimed(&identity.service, hints)
                && all
                    .iter()
                    .filter(|word| is_telling(word))
                    .any(|word| identity.command.contains(word))
                && all
                    .iter()
                    .all(|word| identity.command.contains(word) || identity.core.contains(word))
        });
        match runs.as_slice() {
            [_] => Resolution::Services(runs),
            _ => Resolution::Unknown,
        }
    }

    /// All that run the workers of a program: `Celery workers`.
    pub(super) fn all_workers(&self, name: &str) -> Option<Vec<String>> {
        let name = name.to_lowercase();
        let (program, _) = name.split_once(" workers")?;
        let runs = self.filter(|identity| {
            identity.product.is_none()
                && [program, "worker"]
                    .iter()
                    .all(|word| identity.command.contains(*word))
        });
        (runs.len() > 1).then_some(runs)
    }

    /// By what it is written with, where one program of one's own alone can be meant: `Rails API`
    /// and `web`.
    pub(super) fn by_framework(&self, name: &str, hints: Hints<'_>) -> Resolution {
        let technology = hints.technology.filter(|it| words(it).len() <= 2);
        let words: Vec<String> = words(name)
            .into_iter()
            .chain(technology.into_iter().flat_map(words))
            .collect();
        let is_of_servers = |word: &String| {
            vocabulary::is_technology(word) && !vocabulary::is_framework_of_pages(word)
        };
        let is_plain = words.iter().any(is_of_servers)
            && words.iter().all(|word| {
                is_of_servers(word)
                    || is_of_any_program(word)
                    || is_filler(word)
                    || matches!(word.as_str(), "api" | "backend")
            });
        if !is_plain || hints.is_actor {
            return Resolution::Unknown;
        }
        let plain = self.filter(|identity| {
            identity.product.is_none()
                && role_of(&identity.origin) != Some(Role::Frontend)
                && identity.is_a_plain_program()
                && !self.is_claimed(&identity.service, hints)
        });
        match plain.as_slice() {
            [_] => Resolution::Services(plain),
            _ => Resolution::Unknown,
        }
    }
}
