//! Boxes and nodes as text, put where a drawing has room.

/// Lines to put before a line of a document, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Insertion {
    pub(super) before: usize,
    pub(super) text: String,
}

/// The lines and corners of a style of boxes.
struct Style {
    corners: [char; 4],
    horizontal: char,
    vertical: char,
}

const UNICODE: Style = Style {
    corners: ['┌', '┐', '└', '┘'],
    horizontal: '─',
    vertical: '│',
};
const ASCII: Style = Style {
    corners: ['+', '+', '+', '+'],
    horizontal: '-',
    vertical: '|',
};

/// What may stand beside a box without belonging to it: the lines of frames and connections that
/// go on downwards.
const VERTICALS: &[char] = &['│', '|', '║', '┃'];

/// A box below the one that has a name on a line: in its column, at the next place where nothing
/// but frames and lines that go on stands.
pub(super) fn a_box(
    lines: &[&str],
    line: usize,
    sibling: &str,
    name: &str,
    last: usize,
) -> Option<Insertion> {
    let row: Vec<char> = lines.get(line.checked_sub(1)?)?.chars().collect();
    let (left, right) = walls(&row, sibling)?;
    let style = if row[left] == '|' { &ASCII } else { &UNICODE };
    let bottom = (line..last.min(lines.len())).find(|index| {
        let wall = lines[*index].chars().nth(left);
        wall == Some(style.corners[2]) || wall == Some('├')
    })?;
    let width = (right - left + 1).max(name.chars().count() + 4);
    let margin = margin(lines, line - 1, last);
    let (index, column) = (bottom + 1..last.min(lines.len())).find_map(|index| {
        let room: Vec<char> = lines[index].chars().collect();
        let empty = room
            .iter()
            .all(|&character| character == ' ' || VERTICALS.contains(&character));
        let column = column(&room, left, margin, width).filter(|_| empty)?;
        Some((index, column))
    })?;
    let room: Vec<char> = lines[index].chars().collect();
    let inner = width - 2;
    let edge = |left: char, right: char| {
        let line: String = std::iter::repeat_n(style.horizontal, inner).collect();
        format!("{left}{line}{right}")
    };
    let [top_left, top_right, bottom_left, bottom_right] = style.corners;
    let boxed = [
        edge(top_left, top_right),
        format!("{0}{name:^inner$}{0}", style.vertical),
        edge(bottom_left, bottom_right),
    ];
    let mut text = String::new();
    for part in &boxed {
        text.extend(&room[..column]);
        text.push_str(part);
        text.extend(&room[(column + width).min(room.len())..]);
        text.push('\n');
    }
    text.push_str(lines[index]);
    text.push('\n');
    Some(Insertion {
        before: index + 2,
        text,
    })
}

/// The columns of the two walls around a name.
fn walls(row: &[char], name: &str) -> Option<(usize, usize)> {
    let wanted: Vec<char> = name.chars().collect();
    let at = row
        .windows(wanted.len())
        .position(|window| window == wanted.as_slice())?;
    let wall = |character: &char| VERTICALS.contains(character);
    let left = row[..at].iter().rposition(wall)?;
    let right = at + row[at..].iter().position(wall)?;
    Some((left, right))
}

/// A column with room for a box and a space on both sides, the wanted one first.
fn column(room: &[char], wanted: usize, margin: usize, width: usize) -> Option<usize> {
    let free = |column: &usize| {
        column.checked_sub(1).is_some_and(|before| {
            room.get(before..column + width + 1)
                .is_some_and(|part| part.iter().all(|&character| character == ' '))
        })
    };
    std::iter::once(wanted)
        .chain(margin.max(1)..room.len())
        .find(free)
}

/// The spaces before every line of a drawing around a line: what stands before them would be no
/// part of an indented block.
fn margin(lines: &[&str], line: usize, last: usize) -> usize {
    let drawn = |text: &&&str| !text.trim().is_empty() && !text.trim_start().starts_with("```");
    let above = lines[..line].iter().rev().take_while(drawn);
    let below = lines[line..last.min(lines.len())].iter();
    above
        .chain(below)
        .filter(drawn)
        .map(|text| text.chars().take_while(|it| *it == ' ').count())
        .min()
        .unwrap_or(0)
}

/// A node of a Mermaid flowchart after the line of another one.
pub(super) fn a_node(lines: &[&str], line: usize, name: &str) -> Option<Insertion> {
    let sibling = lines.get(line.checked_sub(1)?)?;
    let indentation: String = sibling
        .chars()
        .take_while(|it| it.is_whitespace())
        .collect();
    let id: String = name
        .chars()
        .map(|character| {
            if character.is_ascii_alphanumeric() {
                character
            } else {
                '_'
            }
        })
        .collect();
    Some(Insertion {
        before: line + 1,
        text: format!("{indentation}{id}[{name}]\n"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_stands_below_its_sibling_inside_the_frame() {
        let drawing = "\
┌──────────────────┐
│  ┌────────────┐  │
│  │    api     │  │
│  └────────────┘  │
│                  │
└──────────────────┘";
        let lines: Vec<&str> = drawing.lines().collect();
        let insertion = a_box(&lines, 3, "api", "mailer", lines.len()).unwrap();
        assert_eq!(insertion.before, 6);
        assert_eq!(
            insertion.text,
            "\
│  ┌────────────┐  │
│  │   mailer   │  │
│  └────────────┘  │
│                  │
"
        );
    }

    #[test]
    fn lines_that_go_on_are_not_drawn_over() {
        let drawing = "\
| +-----+          |
| | api |          |
| +--+--+          |
|    |             |
|    |             |";
        let lines: Vec<&str> = drawing.lines().collect();
        let insertion = a_box(&lines, 2, "api", "mailer", lines.len()).unwrap();
        let first = insertion.text.lines().next().unwrap();
        assert_eq!(first, "|    | +--------+  |");
        let full = ["| +-----+ |", "| | api | |", "| +-----+ |", "| |  |  | |"];
        assert_eq!(a_box(&full, 2, "api", "mailer", 4), None);
    }

    #[test]
    fn boxes_stay_inside_an_indented_block() {
        let lines = [
            "    +-----+      +-----+",
            "    | api | ---> | db  |",
            "    +-----+      +-----+",
            "                     |",
            "                     v",
        ];
        let insertion = a_box(&lines, 2, "db", "cache", lines.len()).unwrap();
        let text = insertion.text;
        assert!(text.starts_with("    +-------+"), "{text}");
    }

    #[test]
    fn a_node_has_the_indentation_of_its_sibling() {
        let insertion = a_node(&["graph TD", "    api[API]"], 2, "mail-relay").unwrap();
        assert_eq!(insertion.text, "    mail_relay[mail-relay]\n");
    }
}
