use crate::reader::text::Line;

/// Whether lines draw a tree of directories or a list of bullets.
pub(super) fn is_tree(lines: &[Line<'_>]) -> bool {
    let drawn = lines.iter().filter(|line| !line.is_blank()).count();
    let branches = lines
        .iter()
        .filter(|line| {
            let text = line.text.trim_start_matches(['│', ' ', '|', '\u{A0}']);
            ["├── ", "└── ", "├─ ", "└─ ", "|-- ", "`-- ", "+-- "]
                .iter()
                .any(|branch| text.starts_with(branch))
        })
        .count();
    let boxed = lines
        .iter()
        .any(|line| line.text.contains('┌') || line.text.contains('┐'));
    !boxed && branches >= 3 && branches * 10 >= drawn * 3
}
