//! The signs that boxes, lines and arrows are drawn with, and where each leads.

/// Up.
pub(crate) const NORTH: u8 = 1;
/// To the right.
pub(crate) const EAST: u8 = 2;
/// Down.
pub(crate) const SOUTH: u8 = 4;
/// To the left.
pub(crate) const WEST: u8 = 8;

/// The sides at which a line goes on.
pub(crate) fn ports(character: char) -> u8 {
    match character {
        '─' | '━' | '═' | '╌' | '┄' | '┈' | '╍' | '┅' | '┉' => EAST | WEST,
        '│' | '┃' | '║' | '╎' | '┆' | '┊' | '╏' | '┇' | '┋' => NORTH | SOUTH,
        '┌' | '╔' | '╭' | '┏' | '╒' | '╓' => EAST | SOUTH,
        '┐' | '╗' | '╮' | '┓' | '╕' | '╖' => SOUTH | WEST,
        '└' | '╚' | '╰' | '┗' | '╘' | '╙' => NORTH | EAST,
        '┘' | '╝' | '╯' | '┛' | '╛' | '╜' => NORTH | WEST,
        '├' | '┝' | '┞' | '┟' | '┠' | '┡' | '┢' | '┣' | '╞' | '╟' | '╠' => {
            NORTH | EAST | SOUTH
        }
        '┤' | '┥' | '┦' | '┧' | '┨' | '┩' | '┪' | '┫' | '╡' | '╢' | '╣' => {
            NORTH | SOUTH | WEST
        }
        '┬' | '┭' | '┮' | '┯' | '┰' | '┱' | '┲' | '┳' | '╤' | '╥' | '╦' => {
            EAST | SOUTH | WEST
        }
        '┴' | '┵' | '┶' | '┷' | '┸' | '┹' | '┺' | '┻' | '╧' | '╨' | '╩' => {
            NORTH | EAST | WEST
        }
        '┼'..='╋' | '╪' | '╫' | '╬' => NORTH | EAST | SOUTH | WEST,
        _ => match tip(character) {
            Some(direction) => opposite(direction),
            None => 0,
        },
    }
}

/// The direction in which an arrow's tip points.
pub(crate) fn tip(character: char) -> Option<u8> {
    match character {
        '→' | '►' | '▶' | '▸' | '➜' | '➔' => Some(EAST),
        '←' | '◄' | '◀' | '◂' => Some(WEST),
        '↓' | '▼' | '▾' => Some(SOUTH),
        '↑' | '▲' | '▴' => Some(NORTH),
        _ => None,
    }
}

/// The direction that leads back.
pub(crate) fn opposite(direction: u8) -> u8 {
    match direction {
        NORTH => SOUTH,
        SOUTH => NORTH,
        EAST => WEST,
        _ => EAST,
    }
}

/// Whether a sign is a line or a tip rather than text.
pub(crate) fn is_line(character: char) -> bool {
    ports(character) != 0
}

/// The light line that leads to some sides.
pub(crate) fn line(ports: u8) -> char {
    const SHAPES: [(u8, char); 9] = [
        (EAST | SOUTH, '┌'),
        (SOUTH | WEST, '┐'),
        (NORTH | EAST, '└'),
        (NORTH | WEST, '┘'),
        (NORTH | EAST | SOUTH, '├'),
        (NORTH | SOUTH | WEST, '┤'),
        (EAST | SOUTH | WEST, '┬'),
        (NORTH | EAST | WEST, '┴'),
        (NORTH | EAST | SOUTH | WEST, '┼'),
    ];
    let found = SHAPES.iter().find(|(shape, _)| *shape == ports);
    found.map_or(
        if ports & (EAST | WEST) != 0 {
            '─'
        } else {
            '│'
        },
        |(_, character)| *character,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_light_sign_is_told_by_where_it_leads() {
        for sign in "─│┌┐└┘├┤┬┴┼".chars() {
            assert_eq!(line(ports(sign)), sign);
        }
        assert_eq!(ports('↓'), NORTH);
        assert!(is_line('►') && !is_line('v'));
    }
}
