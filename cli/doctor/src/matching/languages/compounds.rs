//! Words that are put together from several.

use std::sync::LazyLock;

use super::dictionary::{Dictionary, Entry, LATIN, Languages, UNSPACED};
use super::english::is_english;
use super::inflection::inflected;
use super::letters::is_without_spaces;

/// What stands between the parts of a compound.
const LINKS: [&str; 6] = ["", "s", "n", "en", "es", "e"];
/// The shortest part of a compound.
const LEAST: usize = 3;

/// The parts of a compound in Latin letters, in English; nothing where it is none that is known.
/// Where nothing else is foreign, one of them must be no word of English.
pub(super) fn parts(word: &str, is_foreign: bool) -> Option<Vec<String>> {
    const SHORTEST: usize = 7;
    const LONGEST: usize = 40;
    const MOST: usize = 3;
    if !(SHORTEST..=LONGEST).contains(&word.len()) || !word.is_ascii() {
        return None;
    }
    let known = split(word, MOST).filter(|parts| {
        parts
            .iter()
            .any(|part| part.is_sure || part.is_foreign && is_foreign)
    });
    let parts = known.or_else(|| with_a_known_kind(word))?;
    Some(parts.into_iter().map(|part| part.english).collect())
}

struct Part {
    english: String,
    is_foreign: bool,
    /// Whether it is foreign, and no word of English as well.
    is_sure: bool,
}

/// A word as parts that are all known, as few as can be, and no more than some.
fn split(word: &str, most: usize) -> Option<Vec<Part>> {
    if most < 2 {
        return None;
    }
    let mut best: Option<Vec<Part>> = None;
    for end in (LEAST..=word.len().saturating_sub(LEAST)).rev() {
        let Some(first) = part(&word[..end]) else {
            continue;
        };
        let after = LINKS
            .iter()
            .filter_map(|link| word[end..].strip_prefix(link))
            .filter(|after| after.len() >= LEAST);
        let rest = |after: &str| match part(after).or_else(|| inflected_part(after)) {
            Some(last) => Some(vec![last]),
            None => split(after, most - 1),
        };
        let Some(rest) = after.filter_map(rest).min_by_key(Vec::len) else {
            continue;
        };
        if best.as_ref().is_none_or(|best| rest.len() + 1 < best.len()) {
            best = Some(std::iter::once(first).chain(rest).collect());
        }
    }
    best
}

fn part(text: &str) -> Option<Part> {
    if is_english(text) {
        return Some(Part {
            english: text.to_owned(),
            is_foreign: false,
            is_sure: false,
        });
    }
    LATIN.get(text).and_then(foreign_part)
}

fn inflected_part(text: &str) -> Option<Part> {
    inflected(&LATIN, text).and_then(foreign_part)
}

fn foreign_part(entry: Entry) -> Option<Part> {
    is_of_compounds(&entry).then(|| Part {
        english: entry.english.to_owned(),
        is_foreign: true,
        is_sure: entry.is_sure,
    })
}

fn is_of_compounds(entry: &Entry) -> bool {
    entry.languages.intersects(Languages::OF_COMPOUNDS)
}

/// A word that nobody knows before one for a kind of program: `Drohnendienst`.
fn with_a_known_kind(word: &str) -> Option<Vec<Part>> {
    const HEAD: usize = 4;
    let (head, english) = KINDS
        .iter()
        .filter_map(|(kind, english)| Some((word.strip_suffix(*kind)?, *english)))
        .min_by_key(|(head, _)| head.len())
        .filter(|(head, _)| head.len() >= HEAD)?;
    let parts = [head, english].map(|word| Part {
        english: word.to_owned(),
        is_foreign: true,
        is_sure: true,
    });
    Some(parts.into())
}

/// The words for kinds of programs with which compounds end.
static KINDS: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    const TAIL: usize = 6;
    let is_kind = |entry: &Entry| {
        matches!(
            entry.english,
            "service" | "database" | "management" | "app" | "frontend" | "storage" | "queue"
        )
    };
    LATIN
        .iter()
        .filter(|(word, entry)| word.len() >= TAIL && is_of_compounds(entry) && is_kind(entry))
        .map(|(word, entry)| (word, entry.english))
        .collect()
});

/// The words of a text without spaces, in English as far as they are known.
pub(super) fn segments(text: &str) -> Vec<String> {
    let mut pieces: Vec<(String, Kind)> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (piece, kind, length) = if !is_without_spaces(first) {
            let end = rest.find(is_without_spaces).unwrap_or(rest.len());
            (rest[..end].to_owned(), Kind::Latin, end)
        } else if let Some((entry, length)) = longest(&UNSPACED, rest) {
            let is_short = length == first.len_utf8();
            let kind = if is_short { Kind::Short } else { Kind::Known };
            (entry.english.to_owned(), kind, length)
        } else {
            (first.to_string(), Kind::Unknown, first.len_utf8())
        };
        let written = &rest[..length];
        match pieces.last_mut() {
            // One character means something else beside what nobody knows.
            Some((last, Kind::Unknown)) if matches!(kind, Kind::Unknown | Kind::Short) => {
                last.push_str(written);
            }
            Some((last, before @ Kind::Short)) if kind == Kind::Unknown => {
                let start = text.len() - rest.len();
                let short = text[..start].chars().next_back();
                *last = short.into_iter().chain(written.chars()).collect();
                *before = Kind::Unknown;
            }
            _ => pieces.push((piece, kind)),
        }
        rest = &rest[length..];
    }
    let known = pieces
        .into_iter()
        .filter(|(piece, kind)| *kind != Kind::Unknown || !is_particle(piece));
    known.map(|(piece, _)| piece).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Latin,
    Known,
    Short,
    Unknown,
}

/// Whether a piece only joins others.
fn is_particle(piece: &str) -> bool {
    matches!(
        piece,
        "の" | "的"
            | "と"
            | "与"
            | "和"
            | "及"
            | "用"
            | "・"
            | "ー"
            | "들"
            | "의"
            | "器"
            | "者"
            | "部"
    )
}

/// The longest word with which a text begins.
fn longest(dictionary: &Dictionary, text: &str) -> Option<(Entry, usize)> {
    const LONGEST: usize = 12;
    let ends = text.char_indices().map(|(at, it)| at + it.len_utf8());
    let ends: Vec<usize> = ends.take(LONGEST).collect();
    ends.into_iter()
        .rev()
        .find_map(|end| Some((dictionary.get(&text[..end])?, end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compounds_are_split() {
        let said = |word: &str| parts(word, false).map(|parts| parts.join(" "));
        assert_eq!(said("bestelldienst").as_deref(), Some("order service"));
        assert_eq!(said("warenkorbservice").as_deref(), Some("cart service"));
        assert_eq!(
            said("benutzerverwaltung").as_deref(),
            Some("user management")
        );
        assert_eq!(said("bewertungsdienst").as_deref(), Some("review service"));
        assert_eq!(said("drohnendienst").as_deref(), Some("drohnen service"));
        assert_eq!(said("bestelservice").as_deref(), Some("order service"));
        assert_eq!(said("kundendaten").as_deref(), Some("customer data"));
        assert_eq!(said("webserver"), None);
        assert_eq!(said("taskmanager"), None);
        assert_eq!(said("observability"), None);
    }

    #[test]
    fn text_without_spaces_is_split() {
        let said = |text: &str| segments(text).join(" ");
        assert_eq!(said("订单服务"), "order service");
        assert_eq!(said("用户中心"), "user center");
        assert_eq!(said("주문서비스"), "order service");
        assert_eq!(said("注文管理"), "order management");
        assert_eq!(said("在庫のサービス"), "stock service");
        assert_eq!(said("kafka消息队列"), "kafka queue");
    }
}
