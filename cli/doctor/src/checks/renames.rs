//! Drawings that name services as the compose files do, with one that is called otherwise there.

use std::collections::BTreeMap;

use devkit_archdoc::{Component, Origin};

use crate::context::{Context, Page, service};
use crate::matching::{Resolution, are_cut, product_of_name, words};
use crate::report::{Finding, Outcome};
use crate::rule;

/// A box of a drawing, with the word that is written in it.
struct Drawn<'a> {
    component: &'a Component,
    origin: &'a Origin,
    word: &'a str,
}

pub(super) fn check(context: &Context<'_>, outcome: &mut Outcome) {
    for page in &context.pages {
        for drawn in by_diagram(page).into_values() {
            let is_key = |drawn: &&Drawn<'_>| context.service(drawn.word).is_some();
            let keys = drawn.iter().filter(is_key).count();
            if keys < 3 || keys * 4 < drawn.len() * 3 {
                continue;
            }
            outcome.decided(&rule::RENAMED_SERVICE);
            for other in drawn.iter().filter(|drawn| !is_key(drawn)) {
                if let Some(key) = renamed(context, page, other)
                    .filter(|key| !drawn.iter().any(|drawn| drawn.word == key))
                {
                    for finding in findings(context, other, &key) {
                        outcome.report(finding);
                    }
                }
            }
        }
    }
}

/// The boxes of each diagram that may be services.
fn by_diagram<'a>(page: &Page<'a>) -> BTreeMap<usize, Vec<Drawn<'a>>> {
    let mut diagrams = BTreeMap::<usize, Vec<Drawn<'a>>>::new();
    let lines: Vec<&str> = page.document.source.text().lines().collect();
    for component in &page.document.facts.components {
        for origin in std::iter::once(&component.origin).chain(&component.mentions) {
            let Some(diagram) = origin.diagram.filter(|index| page.is_readable(*index)) else {
                continue;
            };
            if component.runnable {
                diagrams.entry(diagram).or_default().push(Drawn {
                    component,
                    origin,
                    word: written(&lines, origin),
                });
            }
        }
    }
    diagrams
}

/// The word that stands where a box has its name.
fn written<'a>(lines: &[&'a str], origin: &Origin) -> &'a str {
    let line = lines.get(origin.line.saturating_sub(1));
    let line = line.copied().unwrap_or_default();
    let start = line
        .char_indices()
        .nth(origin.column.saturating_sub(1))
        .map_or(line.len(), |(at, _)| at);
    let rest = &line[start..];
    let end = rest
        .find(|character: char| !(character.is_alphanumeric() || "-_.".contains(character)))
        .unwrap_or(rest.len());
    &rest[..end]
}

/// The service that a box means under another name than its own.
fn renamed(context: &Context<'_>, page: &Page<'_>, drawn: &Drawn<'_>) -> Option<String> {
    let word = drawn.word;
    let like_a_key = word.len() > 1 && word.to_lowercase() == word;
    let said = page
        .document
        .aliases
        .iter()
        .any(|alias| alias.name.eq_ignore_ascii_case(word));
    if !like_a_key || said {
        return None;
    }
    let key = match page.names.resolve(&drawn.component.name) {
        Resolution::Services(services) if services.len() == 1 => services.into_iter().next()?,
        Resolution::Unsure(key) => key,
        _ => return None,
    };
    let says_its_key = |note: &String| note.trim() == key;
    if is_a_part_of(word, &key) || drawn.component.notes.iter().any(says_its_key) {
        return None;
    }
    let definition = service(context.project(), &key)?;
    let answers = definition.container_name.as_deref() == Some(word)
        || definition.hostname.as_deref() == Some(word)
        || definition
            .networks
            .values()
            .flatten()
            .any(|network| network.aliases.iter().any(|alias| alias == word));
    (!answers).then_some(key)
}

/// Whether a word leaves out what a key says besides, as the frame of a program may say it, or cuts
/// its words, or is its plural: `webserver` and `airflow-webserver`, `stock-dash` and
/// `stock-dashboard`, `workers` and `worker`.
fn is_a_part_of(word: &str, key: &str) -> bool {
    let (drawn, all) = (words(word), words(key));
    let is_one_of_many = word.strip_suffix('s') == Some(key);
    is_one_of_many
        || drawn.len() < all.len() && drawn.iter().all(|one| all.contains(one))
        || are_cut(&drawn, &all)
}

/// A product is known under any name; a service of one's own that is called otherwise is another
/// one to whoever looks for the drawn name.
fn findings(context: &Context<'_>, drawn: &Drawn<'_>, key: &str) -> Vec<Finding> {
    let word = drawn.word;
    let place = context.place(&format!("services.{key}"));
    if product_of_name(word).is_some() {
        let message = format!(
            "`{word}` is drawn among names of services, and the compose files call it `{key}`"
        );
        let renamed = Finding::new(&rule::RENAMED_SERVICE, key, message)
            .in_document(drawn.origin.location())
            .in_compose(place);
        return vec![renamed];
    }
    let help = format!(
        "If one is the other, rename the box, or add `<!-- devkit:alias {word} = {key} -->` to the document"
    );
    vec![
        Finding::new(
            &rule::UNDOCUMENTED_SERVICE,
            key,
            format!("Service `{key}` is in no diagram; `{word}` is drawn where it would be"),
        )
        .in_compose(place)
        .with_help(&help),
        Finding::new(
            &rule::MISSING_SERVICE,
            word,
            format!(
                "`{word}` is drawn, and no compose file defines it; `{key}` may be what it was"
            ),
        )
        .in_document(drawn.origin.location())
        .with_help(&help),
    ]
}
