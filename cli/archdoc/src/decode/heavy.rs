//! Heavy lines: `━` and `┏` lose the same byte as the light corner `┐` does.

/// Heavy lines and joints that lead to the east; those that were damaged are told by the run.
const EAST: [char; 6] = ['┗', '┣', '┳', '┻', '╋', '━'];
/// Those that lead to the west.
const WEST: [char; 6] = ['┓', '┛', '┫', '┳', '┻', '╋'];
/// Heavy lines that come from above into a cell.
const FROM_ABOVE: [char; 9] = ['┃', '┣', '┫', '┗', '┛', '┻', '╋', '┠', '┨'];
/// Light lines that lead to the east, of which the corner is the end.
const LIGHT: [char; 8] = ['─', '┬', '┴', '┼', '└', '├', '┌', '╌'];

/// Tells heavy lines and corners from light corners, where a drawing has heavy lines at all.
pub(super) fn restore(text: &str) -> String {
    if !text.contains(['┃', '┓', '┛', '┗', '┣', '┫', '╋']) {
        return text.to_owned();
    }
    let lines: Vec<Vec<char>> = text.split('\n').map(|it| it.chars().collect()).collect();
    let restored = lines.iter().enumerate().map(|(row, line)| {
        let below = lines.get(row + 1).map_or(&[][..], Vec::as_slice);
        line_of(line, below)
    });
    restored.collect::<Vec<_>>().join("\n")
}

fn line_of(line: &[char], below: &[char]) -> String {
    let mut restored: Vec<char> = line.to_vec();
    let mut at = 0;
    while at < line.len() {
        let length = line[at..].iter().take_while(|it| **it == '┐').count();
        if length > 0 {
            run(&mut restored, at, length, below);
        }
        at += length.max(1);
    }
    restored.into_iter().collect()
}

/// Restores a run of characters that were each a heavy line, a heavy corner or a light corner.
fn run(line: &mut [char], first: usize, length: usize, below: &[char]) {
    let before = first.checked_sub(1).map(|it| line[it]);
    let behind = line.get(first + length).copied();
    let from_west = before.is_some_and(|it| EAST.contains(&it));
    let to_east = behind.is_some_and(|it| WEST.contains(&it));
    let light = before.is_some_and(|it| LIGHT.contains(&it));
    if length == 1 && (light || !from_west && !to_east && !is_left_corner(first, below)) {
        return;
    }
    // A light line that ends in a corner right before a heavy one begins.
    let skip = usize::from(light);
    let corner = !from_west && !light && is_left_corner(first, below);
    for (index, character) in line[first + skip..first + length].iter_mut().enumerate() {
        *character = if corner && index == 0 { '┏' } else { '━' };
    }
}

/// Whether a line begins below a cell, as below the corner of a box.
fn is_left_corner(column: usize, below: &[char]) -> bool {
    below.get(column).is_some_and(|it| FROM_ABOVE.contains(it))
}
