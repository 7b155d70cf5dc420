//! What the items of lists say, by the heading that they stand under.

mod connections;
mod facts;
mod steps;
mod variables;

pub(super) use variables::broker;

use super::block::{Block, BlockKind, is_heading};
use super::collector::{Collector, MAX_FACTS};
use super::text::without_markup;

/// What the items under a heading are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Services,
    Ports,
    Volumes,
    Networks,
    Topics,
    Variables,
    Steps,
    /// The keys of services.
    Keys,
    /// Networks among other things.
    Topology,
    Other,
}

/// An item of a list.
struct Item<'a> {
    /// The index of its line.
    line: usize,
    /// Its number, where it has one.
    number: Option<u32>,
    /// The text with its marks: `` **API** (FastAPI): ... ``
    raw: &'a str,
    /// The text without them.
    text: String,
}

impl Item<'_> {
    /// The name at the start that stands between marks: `**API**`, `` `tapes` ``.
    fn marked(&self) -> Option<(String, &str)> {
        let (mark, rest) = ["**", "`", "__"]
            .iter()
            .find_map(|mark| Some((mark, self.raw.strip_prefix(mark)?)))?;
        let (name, rest) = rest.split_once(mark)?;
        let name = name.trim_matches(['`', '*', ':', ' ']);
        (!name.is_empty() && name.len() < 60).then(|| (name.to_owned(), rest))
    }
}

/// Reads the lists of a document.
pub(super) fn read(blocks: &[Block], to: &mut Collector<'_>) {
    let mut items = 0;
    for block in blocks.iter().filter(|it| it.kind == BlockKind::Prose) {
        let mut section = None;
        let mut steps = Vec::new();
        for line in block.first..block.end {
            let text = to.lines[line].text;
            if is_heading(text.trim_start()) {
                section = None;
                steps::finish(&mut steps, to);
            }
            let Some(item) = item(line, text).filter(|_| text.len() < 2000) else {
                // The words above a list say what it is of, not what the next one is of.
                if !text.trim().is_empty() && !text.starts_with(' ') {
                    section = None;
                }
                variables::after_colon(line, to);
                continue;
            };
            items += 1;
            if items > MAX_FACTS {
                to.too_many("items of lists");
                break;
            }
            facts::versions(&item, to);
            let section = *section.get_or_insert_with(|| {
                introduced(to, block.first, line).unwrap_or_else(|| section_of(to, line))
            });
            match section {
                Section::Services => facts::service(&item, to),
                // Below a sentence, parts of anything are listed; keys stand in marks of code.
                Section::Keys if item.raw.starts_with('`') => facts::service(&item, to),
                Section::Ports => facts::port(&item, to),
                Section::Volumes => facts::volume(&item, to),
                Section::Networks => facts::network(&item, to),
                Section::Topics => variables::topic(&item, to),
                Section::Variables => variables::variable(&item, to),
                Section::Steps => steps.extend(steps::read(&item, to)),
                Section::Topology => facts::subnet(&item, to),
                Section::Keys | Section::Other => connections::read(&item, to),
            }
        }
        steps::finish(&mut steps, to);
    }
}

/// The item that a line holds; a checkbox is none.
fn item(line: usize, text: &str) -> Option<Item<'_>> {
    let text = text.trim_start();
    let digits = text.len()
        - text
            .trim_start_matches(|it: char| it.is_ascii_digit())
            .len();
    let (number, rest) = if digits > 0 {
        let rest = text[digits..].strip_prefix(['.', ')'])?;
        (text[..digits].parse().ok(), rest)
    } else {
        (None, text.strip_prefix(['-', '*', '+', '•'])?)
    };
    let raw = rest.strip_prefix([' ', '\t'])?.trim();
    if raw.is_empty() || raw.starts_with("[ ]") || raw.starts_with("[x]") || raw.starts_with("[X]")
    {
        return None;
    }
    Some(Item {
        line,
        number,
        raw,
        text: without_markup(raw),
    })
}

/// What the line right above a list says that it is of: `Kafka topics:`.
fn introduced(to: &Collector<'_>, first: usize, line: usize) -> Option<Section> {
    let above = to.lines[first..line].iter().rev().take(3);
    let text = above.map(|it| it.text.trim()).find(|it| !it.is_empty())?;
    let text = text.trim_end_matches('*').strip_suffix(':')?;
    if is_heading(text) || text.len() > 100 {
        return None;
    }
    let lower = text.trim_matches('*').to_lowercase();
    let last = lower.split([' ', '(', '`']).rfind(|it| !it.is_empty())?;
    let short = lower.split_whitespace().count() <= 3;
    match last {
        "services" | "containers" | "components" | "microservices" => Some(Section::Keys),
        "topics" | "queues" if short => Some(Section::Topics),
        "ports" if short => Some(Section::Ports),
        "volumes" if short => Some(Section::Volumes),
        "networks" if short => Some(Section::Networks),
        _ => None,
    }
}

fn section_of(to: &Collector<'_>, line: usize) -> Section {
    let above = to.headings_above(line);
    let Some(heading) = above.first() else {
        return Section::Other;
    };
    let lower = heading.to_lowercase();
    let words: Vec<&str> = lower.split(|it: char| !it.is_alphanumeric()).collect();
    let has = |any: &[&str]| any.iter().any(|word| words.contains(word));
    let last = words.iter().rev().find(|it| !it.is_empty()).copied();
    let ends = |any: &[&str]| last.is_some_and(|last| any.contains(&last));
    if has(&["environment", "variables", "configuration", "settings"]) && !has(&["files"]) {
        Section::Variables
    } else if ends(&["topics", "queues", "streams", "channels", "subjects"])
        || has(&["topics", "queues"])
    {
        Section::Topics
    } else if has(&["ports"]) || has(&["port"]) && has(&["mappings", "mapping"]) {
        Section::Ports
    } else if ends(&["volumes", "mounts"]) || has(&["volumes"]) {
        Section::Volumes
    } else if ends(&["networks", "network"]) {
        Section::Networks
    } else if has(&["network", "networks", "networking"]) {
        Section::Topology
    } else if ends(&["services", "components", "containers", "microservices"]) {
        Section::Services
    } else if has(&["flow", "sequence", "lifecycle", "path"]) {
        Section::Steps
    } else {
        Section::Other
    }
}
