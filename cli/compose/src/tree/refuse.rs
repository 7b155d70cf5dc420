//! What is refused before the YAML reader sees it.

/// More flow punctuation than this in one line comes from no person or generator; a parser keeps
/// all tokens of a line until it knows whether the line is a key.
const MAXIMUM_PUNCTUATION: usize = 300_000;

/// Why a text is refused before it is read, with the byte: the reference's reader knows YAML 1.1
/// alone, and no control characters.
pub(super) fn refused_text(text: &str) -> Option<(usize, &'static str)> {
    let control = text.char_indices().find(|(_, character)| {
        character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\u{85}')
    });
    if let Some((at, _)) = control {
        return Some((at, "This control character has no place in YAML"));
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some(version) = line.strip_prefix("%YAML") {
            let refused = version.split('#').next().map(str::trim) != Some("1.1");
            return refused.then_some((at, "Docker Compose reads YAML 1.1; leave this line out"));
        }
        if !line.trim().is_empty() && !line.starts_with('#') {
            return None;
        }
        at += line.len();
    }
    None
}

/// The first line with more flow punctuation outside of quotes than any real one has.
pub(super) fn overfull_line(text: &str) -> Option<usize> {
    let is_overfull = |line: &str| {
        let mut quote = None;
        let mut found = 0;
        for byte in line.bytes() {
            match (quote, byte) {
                (None, b'"' | b'\'') => quote = Some(byte),
                (Some(open), _) if open == byte => quote = None,
                (None, b'[' | b']' | b'{' | b'}' | b',') => found += 1,
                _ => {}
            }
        }
        found > MAXIMUM_PUNCTUATION
    };
    // Shorter lines cannot hold as much.
    let mut lines = text.split('\n').enumerate();
    lines
        .find(|(_, line)| line.len() > MAXIMUM_PUNCTUATION && is_overfull(line))
        .map(|(index, _)| index + 1)
}
