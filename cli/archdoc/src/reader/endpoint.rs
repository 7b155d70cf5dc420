//! Endpoints that words name: `2. HTTP GET /api/v1/users`.

use super::collector::Collector;
use crate::facts::{Endpoint, Origin};

/// Whether a word is the name of an HTTP method.
pub(super) fn is_method(word: &str) -> bool {
    matches!(
        word,
        "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS" | "WS" | "SSE"
    )
}

/// A method and a path at the start of a text, and what follows.
pub(super) fn written(text: &str) -> Option<(&str, &str, &str)> {
    let marks = |it: char| matches!(it, '*' | '`' | '"' | '\'');
    let text = text.trim_start_matches(marks);
    let end = text.find(|it: char| !it.is_ascii_uppercase())?;
    let (method, rest) = text.split_at(end);
    if !is_method(method) {
        return None;
    }
    let rest = rest.trim_start_matches(|it: char| marks(it) || it == ':' || it.is_whitespace());
    let end = rest
        .find(|it: char| it.is_whitespace() || matches!(it, '`' | '*' | '"' | ',' | ';' | '?'))
        .unwrap_or(rest.len());
    // `*` ends a path only as a mark of emphasis: `/api/products/*` goes on.
    let end = match rest[end..].strip_prefix('*') {
        Some(after) if rest[..end].ends_with('/') && !after.starts_with('*') => end + 1,
        _ => end,
    };
    let path = &rest[..end];
    let path = path.trim_end_matches([':', '.', ')']);
    (path.starts_with('/') && !path.starts_with("//")).then(|| (method, path, &rest[end..]))
}

/// Adds the endpoints that the words of a step name.
pub(super) fn in_words(service: &str, text: &str, origin: &Origin, to: &mut Collector<'_>) {
    let mut at_word = true;
    for (at, character) in text.char_indices() {
        if at_word && let Some((method, path, _)) = written(&text[at..]) {
            to.endpoint(Endpoint {
                service: Some(service.to_owned()),
                method: method.to_owned(),
                path: path.to_owned(),
                description: None,
                origin: origin.clone(),
            });
        }
        at_word = character.is_whitespace();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_and_paths_are_read_in_every_spelling() {
        let read = |text| written(text).map(|(method, path, _)| (method, path));
        assert_eq!(read("GET /users"), Some(("GET", "/users")));
        assert_eq!(
            read("**PUT** `/plots/{id}` – x"),
            Some(("PUT", "/plots/{id}"))
        );
        assert_eq!(read("`POST /a/b`: adds"), Some(("POST", "/a/b")));
        assert_eq!(
            read("GET /api/products/*"),
            Some(("GET", "/api/products/*"))
        );
        assert_eq!(read("GET /a?b=c"), Some(("GET", "/a")));
        assert_eq!(read("GET idempotency_key"), None);
        assert_eq!(read("GETTING /x"), None);
    }
}
