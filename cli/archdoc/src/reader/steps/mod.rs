//! Numbered steps that are written rather than drawn: `3. Bot → API: POST /payments`.

pub(super) mod calls;
pub(super) mod stations;

use super::arrows;
use super::words;
use crate::facts::StepKind;

/// How sure a flow is that is written in the lines of a drawing.
const WRITTEN: f64 = 0.7;
/// How many steps make a flow.
const LEAST: usize = 3;

/// The number at the start of a text, and what stands behind it: `3. API Gateway`, `2) Bot`.
pub(super) fn numbered(text: &str) -> Option<(u32, &str)> {
    let text = text.trim();
    let digits = text.find(|it: char| !it.is_ascii_digit())?;
    let number = text[..digits].parse().ok()?;
    let rest = text[digits..].strip_prefix(['.', ')'])?;
    Some((number, rest.trim()))
}

/// Whether the numbers of steps go up.
fn go_up(mut numbers: impl Iterator<Item = u32>) -> bool {
    let mut last = None;
    numbers.all(|number| last.replace(number).is_none_or(|last| last < number))
}

/// Who calls whom, as a text says it: `Bot → API: POST /payments`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Call<'a> {
    pub(super) from: &'a str,
    pub(super) target: &'a str,
    /// What is said of it.
    pub(super) text: &'a str,
}

impl<'a> Call<'a> {
    /// The call that a text begins with; the colon of an address or in brackets ends no name.
    pub(super) fn of(text: &'a str) -> Option<Self> {
        let (from, rest) = arrows::split_once(text)?;
        let ends_name = |(name, text): &(&str, &str)| {
            !name.contains('(') && !text.starts_with(|it: char| it.is_ascii_digit() || it == '/')
        };
        let (target, text) = rest
            .split_once(": ")
            .or_else(|| rest.split_once(':').filter(ends_name))
            .unwrap_or((rest, ""));
        Some(Self {
            from: name(from),
            target: name(target),
            text: text.trim(),
        })
    }
}

/// A name without the marks around it.
fn name(text: &str) -> &str {
    text.trim_matches(|it: char| it.is_whitespace() || matches!(it, '-' | ':' | '`'))
}

/// What a step is, by its ends and its words.
pub(super) fn kind(from: &str, target: &str, text: &str) -> StepKind {
    if words::canonical(from) == words::canonical(target) {
        StepKind::Internal
    } else if is_answer(text) {
        StepKind::Response
    } else {
        StepKind::Request
    }
}

fn is_answer(text: &str) -> bool {
    const ANSWERS: [&str; 4] = ["responds", "returns", "replies", "answers"];
    let lower = text.to_lowercase();
    words::is_response(text)
        || lower.split(' ').any(|it| ANSWERS.contains(&it))
        || format!(" {lower} ").contains(" sends back ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_before_steps() {
        assert_eq!(numbered(" 3. API Gateway"), Some((3, "API Gateway")));
        assert_eq!(numbered("12) Bot"), Some((12, "Bot")));
        for text in ["3 services", "API", "", "3", "99999999999. x"] {
            assert_eq!(numbered(text), None, "{text}");
        }
        assert!(go_up([1, 2, 5].into_iter()) && !go_up([1, 1].into_iter()));
    }

    #[test]
    fn calls_are_told_from_what_is_said_of_them() {
        let of = |text| Call::of(text).map(|it| (it.from, it.target, it.text));
        assert_eq!(of("Bot → API: POST /x"), Some(("Bot", "API", "POST /x")));
        assert_eq!(of("User --> `Bot`:buy"), Some(("User", "Bot", "buy")));
        assert_eq!(of("api -> db:5432"), Some(("api", "db:5432", "")));
        assert_eq!(of("api: starts"), None);
        assert_eq!(kind("API", "Bot", "returns the page"), StepKind::Response);
        assert_eq!(kind("API", "api", "checks"), StepKind::Internal);
        assert_eq!(kind("API", "Bot", "asks"), StepKind::Request);
    }
}
