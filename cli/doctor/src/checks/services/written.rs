//! Services that the text of a drawing names, whatever was read from it.

use crate::checks::coverage::Coverage;
use crate::context::Page;
use crate::matching::{Identity, Product, product_of_name};

/// The lines of the diagrams of services, each with its words.
pub(super) struct Written<'a> {
    page: &'a Page<'a>,
    coverage: &'a Coverage,
    lines: Vec<Line>,
}

/// A line in small letters, and its words.
struct Line {
    text: String,
    words: Vec<String>,
    /// The programs that its words name, each with the place of the word.
    programs: Vec<(usize, &'static Product)>,
}

impl Line {
    fn of(line: &str) -> Self {
        let text = line.to_lowercase();
        let words: Vec<String> = text
            .split(|character: char| !character.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        let named = |(at, word): (usize, &String)| Some((at, product_of_name(word)?));
        let programs = words.iter().enumerate().filter_map(named);
        let programs = programs
            .filter(|(at, _)| !is_the_maker(&words[*at..]))
            .collect();
        Self {
            text,
            words,
            programs,
        }
    }

    /// Whether the words of a key stand in the line, which addresses do not count for: they tell
    /// where something is opened, not that it is drawn.
    fn names(&self, identity: &Identity) -> bool {
        const LEAST: usize = 4;
        let key = &identity.key;
        let telling = key.iter().map(String::len).sum::<usize>() >= LEAST;
        let is_here = |at: &usize| self.words[*at..].starts_with(key);
        let mut places = (0..self.words.len()).filter(is_here);
        let in_words = || key.len() > 1 && !self.text.contains("://");
        telling
            && places.any(|at| !is_the_maker(&self.words[at..]))
            && (in_words() || self.text.contains(&identity.service.to_lowercase()))
    }
}

impl<'a> Written<'a> {
    pub(super) fn of(page: &'a Page<'a>, coverage: &'a Coverage) -> Self {
        let diagrams = page.document.diagrams.iter().enumerate();
        let of_services = diagrams.filter(|(index, _)| coverage.diagrams.contains(index));
        let lines = of_services.flat_map(|(_, diagram)| page.lines_of(diagram));
        Self {
            page,
            coverage,
            lines: lines.map(Line::of).collect(),
        }
    }

    /// Whether a diagram of services names a service in its text: its key, or the program that no
    /// other service runs.
    pub(super) fn names(&self, key: &str) -> bool {
        let mut identities = self.page.names.identities().iter();
        let Some(identity) = identities.find(|identity| identity.service == key) else {
            return false;
        };
        let program = identity
            .program()
            .filter(|_| is_told_by_its_program(self.page, self.coverage, identity));
        let runs = |line: &Line| {
            let mut programs = line.programs.iter();
            programs.any(|(_, named)| Some(*named) == program)
        };
        let mut lines = self.lines.iter();
        lines.any(|line| runs(line) || line.names(identity))
    }
}

/// Whether words begin with who makes a program, and not with what they make besides: `Grafana Loki`
/// is Loki.
fn is_the_maker(words: &[String]) -> bool {
    let [maker, program, ..] = words else {
        return false;
    };
    product_of_name(program)
        .is_some_and(|it| Some(it) == product_of_name(&format!("{maker}{program}")))
}

/// Whether the name of a program can only mean this service, or one of its like that is drawn.
fn is_told_by_its_program(page: &Page<'_>, coverage: &Coverage, identity: &Identity) -> bool {
    let mut others =
        page.names.identities().iter().filter(|other| {
            other.program() == identity.program() && other.service != identity.service
        });
    let alone = others.clone().next().is_none() || identity.is_plain_store();
    alone
        || identity.is_of_a_cluster()
            && others
                .any(|other| other.is_of_a_cluster() && coverage.shown.contains(&other.service))
}
