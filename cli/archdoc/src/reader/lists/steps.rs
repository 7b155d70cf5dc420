//! Numbered steps of a flow written as a list.

use super::Item;
use crate::facts::{Flow, Step, StepKind};
use crate::reader::arrows;
use crate::reader::collector::Collector;
use crate::reader::text::without_markup;
use crate::reader::words;

/// A step between two known components; steps that name none are none.
pub(super) fn read(item: &Item<'_>, to: &Collector<'_>) -> Option<Step> {
    let number = item.number?;
    let (from, target, text) = arrow(item, to).or_else(|| mentioned(item, to))?;
    let kind = if words::canonical(&from) == words::canonical(&target) {
        StepKind::Internal
    } else if is_answer(&text) {
        StepKind::Response
    } else {
        StepKind::Request
    };
    let mut origin = to.line_origin(item.line);
    origin.confidence = 0.6;
    Some(Step {
        from,
        to: target,
        text,
        number: Some(number),
        kind,
        branch: Vec::new(),
        origin,
    })
}

fn is_answer(text: &str) -> bool {
    let lower = text.to_lowercase();
    words::is_response(text)
        || ["responds", "returns", "replies", "answers", "sends back"]
            .iter()
            .any(|word| {
                lower.split(' ').any(|it| it == *word) || lower.contains(&format!(" {word} "))
            })
}

/// `**Claims API → Fraud Worker**: asks for a score`.
fn arrow(item: &Item<'_>, to: &Collector<'_>) -> Option<(String, String, String)> {
    let marked = item
        .raw
        .strip_prefix("**")
        .and_then(|it| it.split_once("**"));
    let (ends, text) = if let Some((ends, rest)) = marked {
        (ends.to_owned(), without_markup(rest))
    } else {
        let (ends, rest) = item.text.split_once(": ").unwrap_or((&item.text, ""));
        (ends.to_owned(), rest.to_owned())
    };
    let (from, target) = arrows::split_once(&ends)?;
    let name = |text: &str| {
        let text =
            text.trim_matches(|it: char| it.is_whitespace() || matches!(it, '-' | ':' | '`'));
        to.find(text).map(|it| it.name.clone())
    };
    let text = text.trim_start_matches([':', ' ', '-', '–']).trim();
    let (start, end) = (name(from), name(target));
    // One end of a step may be drawn nowhere: the user's app, a mail provider.
    let plain = |text: &str| {
        let text =
            text.trim_matches(|it: char| it.is_whitespace() || matches!(it, '-' | ':' | '`'));
        let short = (1..=3).contains(&text.split_whitespace().count());
        let named = text.starts_with(|it: char| it.is_uppercase() || it.is_numeric());
        (short && named && !arrows::are_in(text)).then(|| text.to_owned())
    };
    let start = start.or_else(|| end.as_ref().and_then(|_| plain(from)))?;
    let end = end.or_else(|| plain(target))?;
    Some((start, end, text.to_owned()))
}

/// The first two components that a sentence names.
fn mentioned(item: &Item<'_>, to: &Collector<'_>) -> Option<(String, String, String)> {
    let words: Vec<&str> = item.text.split_whitespace().take(60).collect();
    let mut found: Vec<String> = Vec::new();
    let mut at = 0;
    while at < words.len() && found.len() < 2 {
        let longest = (1..=4.min(words.len() - at)).rev().find_map(|length| {
            let text = words[at..at + length].join(" ");
            let text =
                text.trim_matches(|it: char| matches!(it, '.' | ',' | ':' | ';' | '(' | ')' | '`'));
            let component = to
                .find(text)
                .filter(|_| text.starts_with(|it: char| it.is_uppercase() || to.is_known(text)))?;
            Some((component.name.clone(), length))
        });
        if let Some((name, length)) = longest {
            if !found.contains(&name) {
                found.push(name);
            }
            at += length;
            continue;
        }
        // Who asks first is seldom drawn.
        let word = words[at].trim_matches(|it: char| !it.is_alphanumeric());
        if found.is_empty() && at < 2 && is_person(word) {
            found.push(capital(word));
        }
        at += 1;
    }
    let mut found = found.into_iter();
    Some((found.next()?, found.next()?, item.text.clone()))
}

fn is_person(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "browser" | "user" | "client" | "customer" | "visitor"
    )
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// Adds the flow of the steps that were read, where there are at least two.
pub(super) fn finish(steps: &mut Vec<Step>, to: &mut Collector<'_>) {
    let steps = std::mem::take(steps);
    let Some(first) = steps.first().filter(|_| steps.len() >= 2) else {
        return;
    };
    let origin = first.origin.clone();
    let name = origin.heading.clone().unwrap_or_default();
    for step in steps.iter().filter(|it| it.kind == StepKind::Request) {
        crate::reader::endpoint::in_words(&step.to, &step.text, &step.origin, to);
    }
    to.flow(Flow {
        name,
        steps,
        origin,
    });
}
