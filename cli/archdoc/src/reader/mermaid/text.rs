//! The words in nodes, at arrows and of participants, without their markup.

use crate::reader::html::without_entities;

/// The lines of a text, without markup.
pub(super) fn lines(text: &str) -> Vec<String> {
    let mut text = text.replace("\\n", "\n");
    for mark in ["<br/>", "<br />", "<br>", "<BR/>", "<BR>"] {
        text = text.replace(mark, "\n");
    }
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = plain(line);
        match lines.last_mut() {
            // A name that was broken at its hyphen.
            Some(last) if last.ends_with('-') => last.push_str(&line),
            _ => lines.push(line),
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// A line without tags, icons and marks of emphasis.
fn plain(line: &str) -> String {
    let mut plain = String::new();
    let mut rest = line;
    while let Some(open) = rest.find('<') {
        let tag = rest[open + 1..]
            .trim_start_matches('/')
            .starts_with(|it: char| it.is_ascii_alphabetic());
        let close = rest[open..].find('>').filter(|_| tag);
        plain.push_str(&rest[..open]);
        if let Some(close) = close {
            rest = &rest[open + close + 1..];
        } else {
            plain.push('<');
            rest = &rest[open + 1..];
        }
    }
    plain.push_str(rest);
    let plain = without_entities(&plain.replace("#quot;", "\""));
    let words = plain.split_whitespace().filter(|word| {
        !word.starts_with("fa:") && !word.starts_with("fab:") && !word.starts_with("fas:")
    });
    let joined = words.collect::<Vec<_>>().join(" ");
    let mut plain = joined.trim_matches(['"', '`', '\'']).trim();
    for mark in ["**", "*"] {
        if let Some(inner) = plain
            .strip_prefix(mark)
            .and_then(|it| it.strip_suffix(mark))
        {
            plain = inner;
        }
    }
    plain.to_owned()
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn lines_lose_their_markup() {
        assert_eq!(lines("<b>API</b><br/>Port: 1"), ["API", "Port: 1"]);
        assert_eq!(lines("transaction-<br>service"), ["transaction-service"]);
        assert_eq!(lines("CPU < 50%"), ["CPU < 50%"]);
        assert_eq!(lines("pg-&lt;name&gt;<br/>R&amp;D"), ["pg-<name>", "R&D"]);
    }
}
