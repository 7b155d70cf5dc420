//! Words to the right of a row of boxes that say whose they are: `sources, not ours`.

use super::canvas::{Run, Sheet};
use super::frames::Frame;

/// What words beside boxes say where others run them.
const OF_OTHERS: [&str; 6] = [
    "not ours",
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
        let said = runs.filter(|run| are_of_others(&run.text.to_lowercase()));
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

/// Whether words say that others run something; `external traffic` says what comes in.
fn are_of_others(text: &str) -> bool {
    let mut words = text
        .split(|it: char| !it.is_alphanumeric())
        .filter(|it| !it.is_empty());
    let is_external = words.next() == Some("external")
        && words.next().is_none_or(|what| {
            let ends = ["system", "service", "source", "api", "provider"];
            ends.contains(&what.trim_end_matches('s'))
        });
    is_external || OF_OTHERS.iter().any(|words| text.contains(words))
}

#[cfg(test)]
mod tests {
    use super::are_of_others;
    use crate::facts::ComponentKind;

    #[test]
    fn words_say_whose_boxes_are_and_not_what_comes_in() {
        for text in [
            "sources, not ours",
            "← external",
            "external systems",
            "(third-party)",
        ] {
            assert!(are_of_others(text), "{text}");
        }
        for text in ["external traffic", "external port 443", "our own", ""] {
            assert!(!are_of_others(text), "{text}");
        }
    }

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
