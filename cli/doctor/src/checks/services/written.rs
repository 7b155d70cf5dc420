//! Services that the text of a drawing names, whatever was read from it.

use crate::checks::coverage::Coverage;
use crate::context::Page;
use crate::matching::{Identity, Product, product_of_name};

/// Whether a diagram of services names a service in its text: its key, or the program that no
/// other service runs.
pub(super) fn written(page: &Page<'_>, coverage: &Coverage, identity: &Identity) -> bool {
    let sought = Sought {
        key: identity.service.to_lowercase(),
        words: identity.key.clone(),
        product: identity
            .program()
            .filter(|_| is_told_by_its_program(page, coverage, identity)),
    };
    let diagrams = page.document.diagrams.iter().enumerate();
    let mut of_services = diagrams.filter(|(index, _)| coverage.diagrams.contains(index));
    of_services.any(|(_, diagram)| page.lines_of(diagram).any(|line| sought.is_in(line)))
}

/// What a line is searched for.
struct Sought {
    key: String,
    words: Vec<String>,
    product: Option<&'static Product>,
}

impl Sought {
    fn is_in(&self, line: &str) -> bool {
        let found: Vec<String> = line
            .split(|character: char| !character.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        let runs = |at: usize| product_of_name(&found[at]) == self.product;
        let program = self.product.is_some()
            && (0..found.len()).any(|at| runs(at) && !is_the_maker(&found[at..]));
        program || self.is_named_in(line, &found)
    }

    /// Whether the words of the key stand in a line, which addresses do not count for: they tell
    /// where something is opened, not that it is drawn.
    fn is_named_in(&self, line: &str, found: &[String]) -> bool {
        const LEAST: usize = 4;
        let telling = self.words.iter().map(String::len).sum::<usize>() >= LEAST;
        let mut places = (0..found.len()).filter(|at| found[*at..].starts_with(&self.words));
        let in_words = self.words.len() > 1 && !line.contains("://");
        telling
            && places.any(|at| !is_the_maker(&found[at..]))
            && (in_words || line.to_lowercase().contains(&self.key))
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
