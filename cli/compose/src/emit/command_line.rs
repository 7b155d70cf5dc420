//! Splits command lines into words as the reference does.

/// The words of a line; nothing where a quote or bracket is left open.
pub(super) fn split(line: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut started = false;
    let (mut escaped, mut single, mut double, mut back) = (false, false, false, false);
    let mut dollar = false;
    for character in line.chars() {
        if escaped {
            word.push(character);
            escaped = false;
            started = true;
            continue;
        }
        let quoted = single || double || back || dollar;
        match character {
            '\\' if single => word.push('\\'),
            '\\' => escaped = true,
            ' ' | '\t' | '\r' | '\n' => {
                if quoted {
                    word.push(character);
                } else if started {
                    words.push(std::mem::take(&mut word));
                    started = false;
                }
            }
            '`' if !single && !double && !dollar => {
                back = !back;
                word.push('`');
                started = true;
            }
            ')' if !single && !double && !back => {
                dollar = !dollar;
                word.push(')');
                started = true;
            }
            '(' if !single && !double && !back => {
                if dollar || !word.ends_with('$') {
                    return None;
                }
                dollar = true;
                word.push('(');
            }
            '"' if !single && !dollar => {
                double = !double;
                started = true;
            }
            '\'' if !double && !dollar => {
                single = !single;
                started = true;
            }
            // What a shell would take as the end of the command ends the words.
            ';' | '&' | '|' | '<' | '>' if !quoted => {
                if character == '>' && word.starts_with(|first: char| first.is_ascii_digit()) {
                    started = false;
                }
                break;
            }
            other => {
                word.push(other);
                started = true;
            }
        }
    }
    if started {
        words.push(word);
    }
    (!(escaped || single || double || back || dollar)).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn words_end_at_spaces_outside_of_quotes() {
        let words = split(r#"sh -c "echo 'a b'" '' a\ b"#).expect("valid");
        assert_eq!(words, ["sh", "-c", "echo 'a b'", "", "a b"]);
        assert_eq!(split("echo 'a"), None);
        assert_eq!(split(""), Some(Vec::new()));
    }
}
