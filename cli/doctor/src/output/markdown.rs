use std::fmt::Write as _;

use crate::rule::{self, Item};

/// The page that explains every rule, in Markdown: `docs/devkit/doctor-rules.md`.
pub fn rule_table() -> String {
    let mut text = String::from(
        "# The rules of `devkit doctor`\n\n\
         <!-- Written from the table in cli/doctor/src/rule; a test compares it. -->\n\n\
         A finding names its rule. `--only DK101` and `--skip DK5xx` choose rules by id or by its beginning.\n\
         A document accepts a finding with `<!-- devkit:ignore DK102 \"Subject\" reason -->` and names a service \
         with `<!-- devkit:alias Drawn Name = service -->`.\n\
         Static rules read files, live rules ask what runs, probe rules test it (`--probe`).\n",
    );
    for item in Item::ALL {
        let _ = write!(
            text,
            "\n## {}\n\n| Rule | Level | Evidence | Finds | What to do |\n|---|---|---|---|---|\n",
            item.title()
        );
        for rule in rule::all().into_iter().filter(|rule| rule.item == item) {
            let _ = writeln!(
                text,
                "| {} | {} | {} | **{}.** {} | {} |",
                rule.id,
                rule.level,
                rule.evidence,
                cell(rule.title),
                cell(rule.explanation),
                cell(rule.action)
            );
        }
    }
    text
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
