//! The lines of a tree, with what their branches look like.

use crate::reader::arrows;
use crate::reader::collector::Collector;
use crate::reader::drawing::Drawing;
use crate::reader::words;

/// What may stand before a branch.
const BARS: [char; 5] = ['│', '|', ' ', '\u{A0}', '\t'];

/// A line of a tree.
pub(super) struct Row {
    pub(super) line: usize,
    /// The column of the branch, or none for a root.
    pub(super) branch: Option<usize>,
    /// Where its branch points.
    pub(super) tip: Tip,
    /// Whether an arrow leads down to it from the root above.
    pub(super) led: bool,
    pub(super) text: String,
}

impl Row {
    /// Writes an arrow that leads to what a name is as the dots that say the same.
    fn write_with_dots(&mut self) {
        if let Some((name, said)) = explained(&self.text) {
            self.text = format!("{} .. {}", name.trim_end(), said.trim_start());
        }
    }
}

/// A name and what is said of it behind an arrow, set off from the name as a column is:
/// `ollama     → models and embeddings`.
fn explained(text: &str) -> Option<(&str, &str)> {
    text.split_once("  → ")
        .or_else(|| text.split_once("  -> "))
        .filter(|(_, said)| !arrows::are_in(said))
}

/// Where a branch points.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tip {
    /// Nowhere: it ends without a tip.
    None,
    /// To the name behind it.
    Forth,
    /// To the name above it, which the one behind it calls.
    Back,
}

/// The lines of a tree, where all lines are of one and it branches at least twice.
pub(super) fn lines(drawing: &Drawing, to: &Collector<'_>) -> Option<Vec<Row>> {
    let mut found: Vec<Row> = Vec::new();
    let mut led = false;
    for line in drawing.lines.clone() {
        let text = to.lines[line].text;
        let rest = text.trim_start_matches(BARS);
        if rest.is_empty() {
            continue;
        }
        if matches!(rest.trim_end(), "▼" | "↓" | "v" | "V") {
            led = true;
            continue;
        }
        let branch = Branch::of(text).map(Branch::without_label);
        if branch.is_none() && rest.len() < text.trim_start().len() {
            return None;
        }
        found.push(Row {
            line,
            branch: branch.as_ref().map(|it| it.column),
            tip: branch.as_ref().map_or(Tip::None, |it| it.tip),
            led: std::mem::take(&mut led) && branch.is_none(),
            text: branch.map_or(text, |it| it.text).trim().to_owned(),
        });
    }
    let branches = found.iter().filter(|it| it.branch.is_some()).count();
    let roots = found.len() - branches;
    let starts = found.first().is_some_and(|it| it.branch.is_none());
    let plain = found
        .iter()
        .all(|it| it.text.len() < 100 && !it.text.contains(['┌', '┐', '█', '║']));
    // Names above the first branch alone: lines between them would be drawn by arrows. What leads to
    // the one root is drawn before it: `Internet → Traefik`.
    let quiet = roots == 1 && found.iter().all(|it| it.tip == Tip::None)
        || found
            .iter()
            .filter(|it| it.branch.is_none())
            .all(|it| !arrows::are_in(&it.text));
    if !(starts && plain && quiet && branches >= 2 && branches >= roots) {
        return None;
    }
    if are_explained(&found) {
        found.iter_mut().for_each(Row::write_with_dots);
    }
    Some(found)
}

/// Whether arrows lead from most names to what they are, in words, and not to other names.
fn are_explained(rows: &[Row]) -> bool {
    const LEAST: usize = 3;
    let branches = rows.iter().filter(|row| row.branch.is_some());
    let explained: Vec<_> = branches
        .clone()
        .filter_map(|row| explained(&row.text))
        .collect();
    let in_words = explained
        .iter()
        .filter(|(_, said)| said.split_whitespace().count() > 1);
    let servers = explained
        .iter()
        .filter(|(name, _)| words::names_software(name.trim()));
    explained.len() >= LEAST
        && explained.len() * 2 > branches.count()
        && in_words.count() * 3 >= explained.len() * 2
        && servers.count() >= 2
}

/// Whether words say how something is called, and name nothing: `REST`, `iframe + postMessage`.
fn is_said_of_a_line(label: &str) -> bool {
    let is_of_pages = label.to_lowercase().starts_with("iframe");
    is_of_pages || words::protocol(label).is_some() && !words::names_software(label)
}

/// The branch that a line of a tree begins with.
struct Branch<'a> {
    column: usize,
    tip: Tip,
    /// What stands behind it.
    text: &'a str,
}

impl<'a> Branch<'a> {
    /// A branch with the words in its line, which say how the name behind its tip is called:
    /// `── REST ──► backend`.
    fn without_label(self) -> Self {
        let Some(arrow) = arrows::places(self.text).next() else {
            return self;
        };
        let label = self.text[..arrow.start].trim();
        let in_words = label.split_whitespace().count() <= 4
            && !label.contains('(')
            && !label.contains("  ")
            && !words::is_path(label);
        if self.tip == Tip::None && in_words && is_said_of_a_line(label) {
            Self {
                tip: Tip::Forth,
                text: &self.text[arrow.end..],
                ..self
            }
        } else {
            self
        }
    }

    fn of(text: &'a str) -> Option<Self> {
        let bars = text.trim_start_matches(BARS);
        let before = &text[..text.len() - bars.len()];
        let (mark, rest) = match bars.chars().next()? {
            mark @ ('├' | '└' | '╰' | '+' | '`' | '\'' | '\\') => {
                (before, &bars[mark.len_utf8()..])
            }
            // The bar itself is the mark: `|- Redis`.
            '-' => (before.strip_suffix('|')?, bars),
            _ => return None,
        };
        let name = rest.trim_start_matches(['─', '-']);
        let text = name.trim_start_matches(['>', '▶', '►', '→', '◀', '◄', '←']);
        let drawn = name.len() < rest.len();
        let named = text.starts_with(' ') && text.contains(char::is_alphanumeric);
        (drawn && named).then(|| Self {
            column: mark.chars().count(),
            tip: match name.chars().next() {
                Some('>' | '▶' | '►' | '→') => Tip::Forth,
                Some('◀' | '◄' | '←') => Tip::Back,
                _ => Tip::None,
            },
            text,
        })
    }
}
