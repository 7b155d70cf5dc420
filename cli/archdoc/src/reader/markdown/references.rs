//! Links whose targets stand elsewhere in the page: `[the guide][1]`.

use std::collections::HashMap;

use super::links::opening;
use crate::reader::block::{Block, BlockKind};
use crate::reader::collector::{Collector, MAX_FACTS};
use crate::reader::text::without_markup;

/// No line for people has more links.
const MAX_USES: usize = 2000;

/// The first place that uses a name.
pub(super) struct Use {
    /// The text that is shown.
    pub(super) text: String,
    /// Whether it shows an image.
    pub(super) image: bool,
}

/// What the page shows for the names of targets.
pub(super) struct Uses(HashMap<String, Use>);

impl Uses {
    /// Gathers the uses of a page.
    pub(super) fn of(blocks: &[Block], to: &Collector<'_>) -> Self {
        let mut uses = Self(HashMap::new());
        for block in blocks.iter().filter(|it| it.kind == BlockKind::Prose) {
            for line in &to.lines[block.first..block.end] {
                uses.add(line.text);
            }
        }
        uses
    }

    /// What is shown for a name.
    pub(super) fn of_name(&self, name: &str) -> Option<&Use> {
        self.0.get(&key(name))
    }

    fn add(&mut self, line: &str) {
        // How many backticks stand before a byte: an odd number opens code.
        let (mut ticks, mut counted) = (0, 0);
        for (close, _) in line.match_indices("][").take(MAX_USES) {
            let behind = &line[close + 2..];
            let Some(name) = behind.split_once(']').map(|(name, _)| name) else {
                return;
            };
            ticks += line[counted..close].matches('`').count();
            counted = close;
            let Some(open) = opening(&line[..close]).filter(|_| self.0.len() < MAX_FACTS) else {
                continue;
            };
            let text = without_markup(&line[open + 1..close]);
            // `[name][]` shows the name itself.
            if ticks % 2 == 1 && !line[open..close].contains('`')
                || name.is_empty()
                || text.is_empty()
            {
                continue;
            }
            let image = line[..open].ends_with('!');
            self.0.entry(key(name)).or_insert(Use { text, image });
        }
    }
}

/// Names are the same whatever their case and spaces.
fn key(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").to_lowercase()
}
