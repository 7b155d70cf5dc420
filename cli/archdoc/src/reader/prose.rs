//! What sentences, items and drawings say in words: addresses of the host, endpoints.

use super::block::{Block, BlockKind, is_drawing, is_plain_text};
use super::collector::Collector;
use super::endpoint;
use super::words;
use crate::facts::{Endpoint, Environment, Port, PortSource};

/// Reads the words of all prose and plain text.
pub(super) fn read(blocks: &[Block], to: &mut Collector<'_>) {
    for block in blocks {
        let read = match &block.kind {
            BlockKind::Prose | BlockKind::Drawing => true,
            BlockKind::Fence(language) => is_plain_text(language) || is_drawing(language),
            BlockKind::FrontMatter | BlockKind::Mermaid => false,
        };
        if !read {
            continue;
        }
        for line in block.first..block.end {
            let text = to.lines[line].text;
            if text.len() < 2000 {
                addresses(line, to);
                endpoints(line, to);
            }
        }
    }
}

/// The names of the host in addresses.
const HOSTS: [&str; 3] = ["localhost:", "127.0.0.1:", "0.0.0.0:"];

/// `http://localhost:5050 (pgAdmin)`, `pgAdmin: http://localhost:5050`.
fn addresses(line: usize, to: &mut Collector<'_>) {
    let text = to.lines[line].text;
    let found = HOSTS
        .iter()
        .flat_map(|host| text.match_indices(host).take(20));
    for (at, host) in found {
        let digits = &text[at + host.len()..];
        let end = digits
            .find(|it: char| !it.is_ascii_digit())
            .unwrap_or(digits.len());
        let Ok(port) = digits[..end].parse::<u16>() else {
            continue;
        };
        // `127.0.0.1:6379:6379` binds a port, and is no address.
        if digits[end..].starts_with(':') {
            continue;
        }
        let before = &text[..at];
        let named = named_after(&digits[end..])
            .or_else(|| subject_before(before, to))
            .or_else(|| named_before(before));
        let Some(service) = named else { continue };
        let start = to.lines[line].start + at + host.len();
        let mut origin = to.origin(line, start..start + end);
        origin.confidence = 0.9;
        origin.environment = to
            .headings_above(line)
            .first()
            .map_or(Environment::Any, |it| words::environment(it));
        to.port(Port {
            service: to.resolve(&service),
            internal: None,
            external: Some(port),
            protocol: scheme(before),
            exposed: None,
            source: PortSource::Address,
            origin,
        });
    }
}

/// The scheme that an address begins with: `HTTP`.
fn scheme(before: &str) -> Option<String> {
    let before = before.strip_suffix("://")?;
    let scheme = before
        .rsplit(|it: char| !it.is_ascii_alphanumeric())
        .next()?;
    (!scheme.is_empty()).then(|| scheme.to_uppercase())
}

/// A text before an address without the beginning of the address itself.
fn without_address(before: &str) -> &str {
    before
        .trim_end_matches(|it: char| {
            it.is_ascii_alphanumeric() || matches!(it, ':' | '/' | '<' | '[' | '(' | '`')
        })
        .trim_end()
}

/// The known component of which a sentence says that it is at an address: `pgAdmin is at`.
fn subject_before(before: &str, to: &Collector<'_>) -> Option<String> {
    let before = without_address(before);
    let before = before
        .strip_suffix(" at")
        .or_else(|| before.strip_suffix(" on"))?;
    let mut words: Vec<&str> = before.split_whitespace().collect();
    let links = |word: &&str| {
        matches!(
            word.to_lowercase().as_str(),
            "is" | "are"
                | "runs"
                | "listens"
                | "answers"
                | "available"
                | "reachable"
                | "then"
                | "also"
        )
    };
    while words.pop_if(|word| links(word)).is_some() {}
    let start = words.len().saturating_sub(3);
    (start..words.len()).find_map(|first| {
        let name = words[first..].join(" ");
        let name = name.trim_matches(['*', '`', '_', ',']);
        to.find(name)
            .filter(|component| component.runnable)
            .map(|component| component.name.clone())
    })
}

/// The name in parentheses behind an address.
fn named_after(rest: &str) -> Option<String> {
    let rest = rest.trim_start_matches(|it: char| !it.is_whitespace() && it != '(');
    let inner = rest
        .trim_start()
        .trim_start_matches(['*', '`'])
        .trim_start()
        .strip_prefix('(')?;
    let name = inner.split(')').next()?.trim();
    (!name.is_empty() && name.len() < 40).then(|| name.to_owned())
}

/// The name before an address: `pgAdmin: `, `Adminer on `.
fn named_before(before: &str) -> Option<String> {
    let trimmed = without_address(before);
    let trimmed = trimmed
        .strip_suffix([':', '-', '–', '—', '→', '|'])
        .or_else(|| behind_preposition(trimmed))
        .or_else(|| trimmed.strip_suffix(":**").or(trimmed.strip_suffix("**:")))?;
    let name = trimmed
        .rsplit(['|', '·', ';'])
        .next()?
        .trim_matches(|it: char| {
            it.is_whitespace()
                || matches!(
                    it,
                    '-' | '*' | '+' | '`' | '_' | ':' | '├' | '└' | '─' | '│'
                )
        });
    let words = name.split_whitespace().count();
    ((1..=4).contains(&words) && name.len() < 40).then(|| name.to_owned())
}

/// `Adminer on`, at the end of a sentence of names.
fn behind_preposition(text: &str) -> Option<&str> {
    let sentence = text
        .strip_suffix(" on")
        .or_else(|| text.strip_suffix(" at"))?;
    let name = sentence.rsplit([',', '.', ';']).next()?;
    let name = name.trim_start().trim_start_matches("and ");
    let words = name.split_whitespace();
    // `The app itself listens on` names nothing.
    let named = words.clone().count() <= 3
        && words
            .last()
            .is_some_and(|it| words::names_software(it) || it.starts_with(['*', '`']));
    named.then_some(name)
}

/// Items and headings such as `- GET /api/users - lists users`, `` ### `POST /login` ``.
fn endpoints(line: usize, to: &mut Collector<'_>) {
    let text = to.lines[line].text;
    let item = text.trim_start();
    let plain = item.trim_start_matches(['-', '*', '+', '#', '•', '>', ' ']);
    let digits = plain.trim_start_matches(|it: char| it.is_ascii_digit());
    let plain = match digits.strip_prefix(['.', ')']) {
        Some(rest) if digits.len() < plain.len() => rest.trim_start(),
        _ => plain,
    };
    if plain.len() == item.len() && !plain.starts_with('`') {
        return;
    }
    let Some((method, path, rest)) = endpoint::written(plain) else {
        return;
    };
    let description = rest.trim_matches(|it: char| {
        it.is_whitespace() || matches!(it, '`' | '*' | '-' | '–' | '—' | ':')
    });
    let start = to.lines[line].start + text.find(path).unwrap_or(0);
    let origin = to.origin(line, start..start + path.len());
    let service = to.service_at(line);
    to.endpoint(Endpoint {
        service,
        method: method.to_owned(),
        path: path.to_owned(),
        description: (!description.is_empty()).then(|| description.to_owned()),
        origin,
    });
}

#[cfg(test)]
mod tests {
    use super::scheme;

    #[test]
    fn the_scheme_of_an_address_stands_behind_any_sign() {
        for before in ["http://", "at http://", "→http://", "（http://", "│http://"] {
            assert_eq!(scheme(before).as_deref(), Some("HTTP"), "{before}");
        }
        assert_eq!(scheme("://"), None);
        assert_eq!(scheme("at "), None);
    }
}
