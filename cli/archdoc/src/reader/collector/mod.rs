//! Gathers facts, and gives each its place.

mod bounds;
mod components;
mod connections;
mod facts;
mod places;
mod ports;

use std::cell::Cell;
use std::collections::{BTreeSet, HashMap};

use devkit_diagnostic::{Diagnostic, Diagnostics, SourceFile};

use super::text::Line;
use crate::facts::{
    Alias, Architecture, Decoding, Diagram, Document, Heading, Metadata, Port, Region, Waiver,
};

/// More facts of a kind than this are in no page for people, and are not read.
pub(super) const MAX_FACTS: usize = 20_000;
/// More components than this are in no drawing for people.
pub(super) const MAX_COMPONENTS: usize = 1_000;
/// More networks or volumes than this are on no page for people.
pub(super) const MAX_PLACES: usize = 500;

/// What has been read so far.
pub(super) struct Collector<'a> {
    pub(super) source: SourceFile,
    pub(super) lines: &'a [Line<'a>],
    pub(super) metadata: Metadata,
    pub(super) headings: Vec<Heading>,
    pub(super) diagrams: Vec<Diagram>,
    pub(super) waivers: Vec<Waiver>,
    pub(super) aliases: Vec<Alias>,
    pub(super) regions: Vec<Region>,
    pub(super) facts: Architecture,
    pub(super) diagnostics: Diagnostics,
    /// Ports written in boxes, which count where no table or address says the same.
    drawn: Vec<Port>,
    /// The indices of components by the forms of their names.
    known: HashMap<String, usize>,
    /// The connections between two names, the endpoints of a path, the topics and the tables of
    /// a name.
    joined: HashMap<(String, String), Vec<usize>>,
    paths: HashMap<String, Vec<usize>>,
    topics: HashMap<String, usize>,
    tables: HashMap<String, Vec<usize>>,
    /// The last place whose column was counted: line, byte and column.
    counted: Cell<(usize, usize, usize)>,
    /// The kinds of facts of which there were too many.
    too_many: BTreeSet<&'static str>,
    /// The heading that each heading stands under.
    above: Vec<Option<usize>>,
    /// How many rows of tables were read, steps of flows, and cells of drawings.
    rows: usize,
    step_count: usize,
    pub(super) cells: usize,
}

impl<'a> Collector<'a> {
    pub(super) fn new(source: SourceFile, lines: &'a [Line<'a>]) -> Self {
        Self {
            source,
            lines,
            metadata: Metadata::default(),
            headings: Vec::new(),
            diagrams: Vec::new(),
            waivers: Vec::new(),
            aliases: Vec::new(),
            regions: Vec::new(),
            facts: Architecture::default(),
            diagnostics: Diagnostics::new(),
            drawn: Vec::new(),
            known: HashMap::new(),
            joined: HashMap::new(),
            paths: HashMap::new(),
            topics: HashMap::new(),
            tables: HashMap::new(),
            counted: Cell::new((usize::MAX, 0, 0)),
            too_many: BTreeSet::new(),
            above: Vec::new(),
            rows: 0,
            step_count: 0,
            cells: 0,
        }
    }

    /// Says once that there are more facts of a kind than are looked at.
    pub(super) fn too_many(&mut self, what: &'static str) {
        if self.too_many.insert(what) {
            let message = format!("The document has too many {what} for a page; not all are read");
            let warning = Diagnostic::warning(message).in_file(self.source.path());
            self.diagnostics.push(warning);
        }
    }

    /// How many of the rows of a further table are looked at.
    pub(super) fn take_rows(&mut self, rows: usize) -> usize {
        let taken = rows.min(MAX_FACTS - self.rows);
        if taken < rows {
            self.too_many("rows of a table");
        }
        self.rows += taken;
        taken
    }

    /// What has been read in the end.
    pub(super) fn finish(mut self, decoding: Decoding) -> Document {
        self.drawn_only();
        Document {
            source: self.source,
            decoding,
            metadata: self.metadata,
            headings: self.headings,
            diagrams: self.diagrams,
            waivers: self.waivers,
            aliases: self.aliases,
            regions: self.regions,
            facts: self.facts,
            diagnostics: self.diagnostics,
        }
    }
}
