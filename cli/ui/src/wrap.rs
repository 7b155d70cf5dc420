//! Lines that fit into a terminal.

use console::measure_text_width;

/// A text in which each line that is too wide for some columns goes on in the next one, `hanging`
/// columns deeper than it began. What stands between backticks, to be typed, stays in one line
/// where it fits; what has no spaces always does.
pub fn wrapped(text: &str, columns: usize, hanging: usize) -> String {
    let mut wrapped = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (line, end) = line
            .strip_suffix('\n')
            .map_or((line, ""), |line| (line, "\n"));
        if measure_text_width(line) <= columns {
            wrapped.push_str(line);
        } else {
            wrap_line(line, columns, hanging, &mut wrapped);
        }
        wrapped.push_str(end);
    }
    wrapped
}

fn wrap_line(line: &str, columns: usize, hanging: usize, to: &mut String) {
    let plain = console::strip_ansi_codes(line);
    let lead = plain.len() - plain.trim_start_matches(' ').len();
    let indentation = " ".repeat((lead + hanging).min(columns / 2));
    let room = columns - indentation.len();
    // The spaces at the beginning are no words.
    let (start, rest) = line.split_at(line.find(|it| it != ' ').unwrap_or(0));
    to.push_str(start);
    let mut width = start.len();
    for (index, word) in words(rest, room).into_iter().enumerate() {
        let wide = measure_text_width(word);
        if index == 0 {
            width += wide;
        } else if width + 1 + wide > columns {
            to.push('\n');
            to.push_str(&indentation);
            width = indentation.len() + wide;
        } else {
            to.push(' ');
            width += 1 + wide;
        }
        to.push_str(word);
    }
}

/// The parts of a line between its spaces; what stands between backticks is one, unless it is
/// wider than the room.
fn words(line: &str, room: usize) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut quoted = false;
    for (at, character) in line.char_indices() {
        match character {
            '`' => {
                let close = line[at + 1..].find('`');
                quoted = !quoted && close.is_some_and(|close| close < room);
            }
            ' ' if !quoted => {
                words.push(&line[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    words.push(&line[start..]);
    words
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn lines_break_between_words_and_hang() {
        let text = "  one two three four\n  five\n";
        assert_eq!(
            wrapped(text, 12, 2),
            "  one two\n    three\n    four\n  five\n"
        );
        assert_eq!(wrapped(text, 80, 2), text);
    }

    #[test]
    fn what_is_to_be_typed_stays_together() {
        let text = "Say `run this now` to go";
        assert_eq!(wrapped(text, 17, 0), "Say\n`run this now` to\ngo");
        assert_eq!(wrapped("a `b c d e f g h`", 8, 0), "a `b c d\ne f g h`");
    }

    #[test]
    fn colours_have_no_width() {
        let text = "\u{1b}[31mred\u{1b}[0m and green";
        assert_eq!(wrapped(text, 7, 0), "\u{1b}[31mred\u{1b}[0m and\ngreen");
        assert_eq!(wrapped("wordwithoutend", 5, 0), "wordwithoutend");
    }
}
