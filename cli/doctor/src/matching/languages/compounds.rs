//! Words that are put together from several.

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
    if !(SHORTEST..=LONGEST).contains(&word.len()) || !word.is_ascii() {
        return None;
    }
    let known = split(word).filter(|parts| {
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

/// A word as parts that are all known, as few as can be.
fn split(word: &str) -> Option<Vec<Part>> {
    let mut best: Option<Vec<Part>> = None;
    for at in (LEAST..=word.len().saturating_sub(LEAST)).rev() {
        let (before, after) = word.split_at(at);
        let Some(first) = first_part(before) else {
            continue;
        };
        let rest = match part(after) {
            Some(last) => vec![last],
            None => match split(after) {
                Some(rest) => rest,
                None => continue,
            },
        };
        if best.as_ref().is_none_or(|best| rest.len() + 1 < best.len()) {
            best = Some(std::iter::once(first).chain(rest).collect());
        }
    }
    best
}

/// A part with or without the letters that join it to the next.
fn first_part(text: &str) -> Option<Part> {
    LINKS
        .iter()
        .filter_map(|link| text.strip_suffix(link))
        .find_map(part)
}

fn part(text: &str) -> Option<Part> {
    if text.len() < LEAST {
        return None;
    }
    if is_english(text) {
        return Some(Part {
            english: text.to_owned(),
            is_foreign: false,
            is_sure: false,
        });
    }
    let entry = LATIN.get(text).filter(is_of_compounds)?;
    Some(Part {
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
    const TAIL: usize = 6;
    (HEAD..=word.len().saturating_sub(TAIL)).find_map(|at| {
        let (head, tail) = word.split_at(at);
        let entry = LATIN
            .get(tail)
            .or_else(|| inflected(&LATIN, tail))
            .filter(is_of_compounds)?;
        let is_kind = matches!(
            entry.english,
            "service" | "database" | "management" | "app" | "frontend" | "storage" | "queue"
        );
        is_kind.then(|| {
            vec![
                Part {
                    english: head.to_owned(),
                    is_foreign: true,
                    is_sure: true,
                },
                Part {
                    english: entry.english.to_owned(),
                    is_foreign: true,
                    is_sure: true,
                },
            ]
        })
    })
}

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
