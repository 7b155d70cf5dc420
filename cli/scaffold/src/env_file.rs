//! Lines of `KEY=value` files, edited without touching the others.

/// The value of a key, as it is written.
pub(crate) fn value<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.lines()
        .filter_map(assignment)
        .filter(|(found, _)| *found == key)
        .map(|(_, value)| value)
        .next_back()
}

/// All keys with their values, in order.
pub(crate) fn assignments(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter_map(assignment)
}

/// The key and the value of a line.
pub(crate) fn assignment(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start_matches('\u{feff}').trim();
    let line = line.strip_prefix("export ").unwrap_or(line);
    let (key, value) = line.split_once('=')?;
    let key = key.trim();
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let value = value.trim();
    let quoted = value.len() >= 2
        && ((value.starts_with('"') && value.ends_with('"'))
            || (value.starts_with('\'') && value.ends_with('\'')));
    let value = if quoted {
        &value[1..value.len() - 1]
    } else {
        value
    };
    (!key.is_empty() && key.chars().all(plain)).then_some((key, value))
}

/// The text with lines added at its end, with the line breaks it uses.
pub(crate) fn append(text: &str, lines: &str) -> String {
    let windows = text.contains("\r\n");
    let mut appended = text.to_owned();
    if !appended.is_empty() && !appended.ends_with('\n') {
        appended.push_str(if windows { "\r\n" } else { "\n" });
    }
    if windows {
        appended.push_str(&lines.replace('\n', "\r\n"));
    } else {
        appended.push_str(lines);
    }
    appended
}

/// The text without a group of lines that [`append`] added, or without its single keys.
pub(crate) fn without(text: &str, group: &str, keys: &[&str]) -> String {
    for group in [group.to_owned(), group.replace('\n', "\r\n")] {
        if !group.is_empty() && text.contains(&group) {
            return text.replacen(&group, "", 1);
        }
    }
    text.split_inclusive('\n')
        .filter(|line| assignment(line).is_none_or(|(key, _)| !keys.contains(&key)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found() {
        let text = "# A=0\nA=1\nexport B='two'\r\n C = 3 \n";
        assert_eq!(value(text, "A"), Some("1"));
        assert_eq!(value(text, "B"), Some("two"));
        assert_eq!(value(text, "C"), Some("3"));
        assert_eq!(value(text, "D"), None);
    }

    #[test]
    fn what_is_appended_can_be_taken_away() {
        for text in ["A=1\n", "", "A=1\r\n# note\r\n"] {
            let appended = append(text, "\n# B\nB=2\n");
            assert_eq!(value(&appended, "B"), Some("2"));
            assert_eq!(without(&appended, "\n# B\nB=2\n", &["B"]), text);
        }
        assert_eq!(without("B=9\nA=1\n", "\nB=2\n", &["B"]), "A=1\n");
    }
}
