//! Versions of programs, and images with their tags, in boxes, tables, lists and front matter.

mod mention;

use super::block::{Block, BlockKind};
use super::collector::{Collector, MAX_FACTS};
use super::text::without_markup;
use super::words;
use crate::facts::{Component, Environment, Origin, Version};
use mention::{Mention, alone, mentions};

/// Headings above what need not be the running versions.
const ELSEWHERE: [&str; 16] = [
    "prerequisite",
    "requirement",
    "migration",
    "upgrade",
    "changelog",
    "history",
    "roadmap",
    "future",
    "alternative",
    "considered",
    "dependencies",
    "libraries",
    "packages",
    "compatibility",
    "decision",
    "pré-requisito",
];

impl Collector<'_> {
    /// Adds what a text about a service names.
    fn versions_in(&mut self, text: &str, service: Option<&str>, origin: &Origin) {
        if text.len() > 2000 {
            return;
        }
        for mention in mentions(text) {
            self.version(mention, service, origin);
        }
    }

    fn version(&mut self, mention: Mention, service: Option<&str>, origin: &Origin) {
        let Mention { of, version, image } = mention;
        let known = self.facts.versions.iter().rev().take(20).any(|known| {
            known.origin.line == origin.line && known.of == of && known.version == version
        });
        if known {
            return;
        }
        if self.facts.versions.len() >= MAX_FACTS {
            self.too_many("versions");
            return;
        }
        let origin = self.line_of(&version, origin);
        self.facts.versions.push(Version {
            of,
            version,
            image,
            service: service.map(str::to_owned),
            origin,
        });
    }

    /// The place of a version in a box, which may stand some lines below the name.
    fn line_of(&self, version: &str, origin: &Origin) -> Origin {
        let first = origin.line.saturating_sub(1);
        let mut below = (first..self.lines.len()).take(8);
        let found = below.find_map(|line| Some((line, self.lines[line].text.find(version)?)));
        match found.filter(|(line, _)| origin.diagram.is_some() && *line != first) {
            Some((line, at)) => {
                let start = self.lines[line].start + at;
                let place = self.origin(line, start..start + version.len());
                Origin {
                    line: place.line,
                    column: place.column,
                    span: place.span,
                    ..origin.clone()
                }
            }
            None => origin.clone(),
        }
    }

    /// Adds what the box of a component names.
    pub(super) fn drawn_versions(&mut self, component: &Component) {
        let name = component.name.as_str();
        self.versions_in(name, Some(name), &component.origin);
        for text in component.technology.iter().chain(&component.notes) {
            match alone(text) {
                Some(version) => {
                    let of = name.to_owned();
                    let mention = Mention {
                        of,
                        version,
                        image: false,
                    };
                    self.version(mention, Some(name), &component.origin);
                }
                None => self.versions_in(text, Some(name), &component.origin),
            }
        }
    }

    /// Adds what a list item or the cells of a row name.
    pub(super) fn written_versions(
        &mut self,
        texts: &[String],
        service: Option<&str>,
        origin: &Origin,
    ) {
        if self.is_elsewhere(origin) {
            return;
        }
        for text in texts {
            let mut origin = origin.clone();
            origin.environment = self.environment_of(text, &origin);
            self.versions_in(text, service, &origin);
        }
    }

    /// Adds the version that a column gives to the program of its row.
    pub(super) fn column_version(&mut self, of: &str, version: &str, mut origin: Origin) {
        let version = version.trim_start_matches("version ");
        let Some(version) = alone(&format!("version {version}")) else {
            return;
        };
        if self.is_elsewhere(&origin) {
            return;
        }
        origin.environment = self.environment_of("", &origin);
        let mention = Mention {
            of: of.to_owned(),
            version,
            image: false,
        };
        self.version(mention, Some(of), &origin);
    }

    fn is_elsewhere(&self, origin: &Origin) -> bool {
        let above = self.headings_above(origin.line.saturating_sub(1));
        above.iter().any(|heading| {
            let heading = heading.to_lowercase();
            ELSEWHERE.iter().any(|word| heading.contains(word))
        })
    }

    fn environment_of(&self, text: &str, origin: &Origin) -> Environment {
        let said = words::environment(text);
        if said != Environment::Any {
            return said;
        }
        let above = self.headings_above(origin.line.saturating_sub(1));
        let mut named = above.iter().map(|heading| words::environment(heading));
        named
            .find(|it| *it != Environment::Any)
            .unwrap_or(Environment::Any)
    }
}

/// Reads front matter such as `postgres: "15"`.
pub(super) fn read(blocks: &[Block], to: &mut Collector<'_>) {
    for block in blocks.iter().filter(|it| it.kind == BlockKind::FrontMatter) {
        for line in block.first..block.end {
            let text = to.lines[line].text.trim().trim_start_matches("- ");
            let Some((key, value)) = text.split_once(": ") else {
                continue;
            };
            let value = value.trim().trim_matches(['"', '\'']);
            let origin = to.line_origin(line);
            let text = without_markup(&format!("{key} {value}"));
            to.versions_in(&text, Some(key), &origin);
        }
    }
}
