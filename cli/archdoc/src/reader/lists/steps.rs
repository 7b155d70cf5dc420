//! Numbered steps of a flow written as a list.

use super::Item;
use crate::facts::{Step, StepKind};
use crate::reader::arrows;
use crate::reader::collector::Collector;
use crate::reader::endpoint;
use crate::reader::steps::{Call, kind};
use crate::reader::text::without_markup;

/// How sure a step of a list is.
const LISTED: f64 = 0.6;
/// How many steps make a flow.
const LEAST: usize = 2;

/// The names at the ends of a step, and what is said of it.
type Ends = (String, String, String);

/// A step between two known components; steps that name none are none.
pub(super) fn read(item: &Item<'_>, to: &Collector<'_>) -> Option<Step> {
    let number = item.number?;
    let (from, target, text) = called(item, to).or_else(|| mentioned(item, to))?;
    let mut origin = to.line_origin(item.line);
    origin.confidence = LISTED;
    Some(Step {
        kind: kind(&from, &target, &text),
        from,
        to: target,
        text,
        number: Some(number),
        branch: Vec::new(),
        origin,
    })
}

/// `**Claims API → Fraud Worker**: asks for a score`.
fn called(item: &Item<'_>, to: &Collector<'_>) -> Option<Ends> {
    let marked = item
        .raw
        .strip_prefix("**")
        .and_then(|it| it.split_once("**"));
    let said = marked.map(|(_, rest)| without_markup(rest));
    let call = Call::of(marked.map_or(&item.text, |(ends, _)| ends))?;
    let text = said.as_deref().unwrap_or(call.text);
    let text = text.trim_start_matches([':', ' ', '-', '–']).trim();
    let known = |name: &str| to.find(name).map(|it| it.name.clone());
    let (from, target) = (known(call.from), known(call.target));
    // One end of a step may be drawn nowhere: the user's app, a mail provider.
    let from = from.or_else(|| target.as_ref().and_then(|_| plain(call.from)))?;
    let target = target.or_else(|| plain(call.target))?;
    Some((from, target, text.to_owned()))
}

/// A name that is not known, where words are one.
fn plain(name: &str) -> Option<String> {
    let short = (1..=3).contains(&name.split_whitespace().count());
    let named = name.starts_with(|it: char| it.is_uppercase() || it.is_numeric());
    (short && named && !arrows::are_in(name)).then(|| name.to_owned())
}

/// The first two components that a sentence names.
fn mentioned(item: &Item<'_>, to: &Collector<'_>) -> Option<Ends> {
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

/// Adds the flow of the steps that were read, where they make one.
pub(super) fn finish(steps: &mut Vec<Step>, to: &mut Collector<'_>) {
    let steps = std::mem::take(steps);
    let Some(first) = steps.first().filter(|_| steps.len() >= LEAST) else {
        return;
    };
    let name = first.origin.heading.clone().unwrap_or_default();
    for step in steps.iter().filter(|it| it.kind == StepKind::Request) {
        endpoint::in_words(&step.to, &step.text, &step.origin, to);
    }
    to.steps(name, steps);
}
