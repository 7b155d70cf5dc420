//! Words to the right of a row of boxes that say whose they are: `sources, not ours`.

use super::canvas::{Run, Sheet};
use super::frames::Frame;

/// What words beside boxes say where others run them.
const OF_OTHERS: [&str; 7] = [
    "not ours",
    "external",
    "third-party",
    "third party",
    "3rd party",
    "outside our",
    "not part of",
];

/// The rows beside whose boxes such words stand, from top to bottom.
#[derive(Debug)]
pub(super) struct Remarks {
    rows: Vec<usize>,
}

impl Remarks {
    pub(super) fn of(sheet: &Sheet) -> Self {
        let right = sheet.frames.iter().map(|frame| frame.right).max();
        let is_beside = |run: &&Run| right.is_some_and(|right| run.from > right);
        let runs = sheet.runs.iter().filter(is_beside);
        let said = runs.filter(|run| {
            let text = run.text.to_lowercase();
            OF_OTHERS.iter().any(|words| text.contains(words))
        });
        Self {
            rows: said.map(|run| run.row).collect(),
        }
    }

    /// Whether words beside a box say that others run it.
    pub(super) fn are_beside(&self, frame: &Frame) -> bool {
        let first = self.rows.partition_point(|row| *row < frame.top);
        self.rows.get(first).is_some_and(|row| *row <= frame.bottom)
    }
}

#[cfg(test)]
mod tests {
    use crate::facts::ComponentKind;

    #[test]
    fn boxes_beside_which_it_is_said_are_run_by_others() {
        let text = "# A\n\n## Architecture\n\n```\n+-------------+  +--------------+\n| ERP (SAP)   |  | Shop (MySQL) |   sources, not ours\n+------+------+  +------+-------+\n       |                |\n+------v----------------v-------+\n|            Airflow            |   our own\n+-------------------------------+\n```\n";
        let document = crate::read("a.md", text.as_bytes());
        let others = document
            .facts
            .components
            .iter()
            .filter(|it| it.kind == ComponentKind::External);
        assert_eq!(
            others.map(|it| it.name.as_str()).collect::<Vec<_>>(),
            ["ERP", "Shop"]
        );
    }
}
