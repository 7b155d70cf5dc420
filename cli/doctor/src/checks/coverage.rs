//! Which diagrams of a document are about the services, and which services they show.

use std::collections::{BTreeMap, BTreeSet};

use devkit_archdoc::{Component, ComponentKind};

use super::vocabulary::CODE_HEADINGS;
use crate::context::Page;
use crate::matching::{Resolution, product_of_name, words};

/// What a document's diagrams say about the services.
#[derive(Clone)]
pub(crate) struct Coverage {
    /// The diagrams that show the services of the compose files.
    pub(crate) diagrams: BTreeSet<usize>,
    /// Those of the diagrams in which nearly everything is a service.
    pub(crate) dense: BTreeSet<usize>,
    /// Those of the diagrams in which nearly every one of many programs is a service.
    pub(crate) nearly_all: BTreeSet<usize>,
    /// Those of the diagrams in which services are at least half of what is drawn.
    pub(crate) mostly: BTreeSet<usize>,
    /// Those of the diagrams that call nearly all programs by their keys.
    pub(crate) by_keys: BTreeSet<usize>,
    /// Those of the diagrams in which all services stand in frames.
    pub(crate) framed: BTreeSet<usize>,
    /// The services that stand in any diagram.
    pub(crate) shown: BTreeSet<String>,
    /// Whether a diagram says that it draws the compose files.
    pub(crate) declared: bool,
    /// The first diagram that draws an architecture, whether its parts are known or not.
    pub(crate) architecture: Option<usize>,
}

/// What is drawn in one diagram.
#[derive(Default)]
struct Drawn {
    services: BTreeSet<String>,
    /// Parts that may each be one service.
    unsure: usize,
    /// Services whose first place is here, in a frame and in none.
    framed: usize,
    unframed: usize,
    /// Programs.
    programs: usize,
    /// Those of them that are services.
    known_programs: usize,
    /// Programs under names in small letters, as keys are written.
    small: usize,
    /// Those of them that are services of that name.
    keys: usize,
    nodes: usize,
    known: usize,
    /// Servers that are drawn; one that is a service of the compose files counts twice.
    servers: usize,
    /// Parts of programs, by the look of them.
    modules: usize,
    /// Programs that have a row with a port in a table of the document.
    listed: usize,
    declared: bool,
}

/// Reads which diagrams are about the services, and which services they show.
pub(crate) fn coverage(page: &Page<'_>) -> Coverage {
    let mut drawn = BTreeMap::<usize, Drawn>::new();
    let mut shown = BTreeSet::new();
    for component in &page.document.facts.components {
        if !shows_a_service(component.kind) {
            continue;
        }
        let named = page.services(&component.name);
        let listed = listed(page, component);
        for diagram in Page::diagrams_of(component) {
            let drawn = drawn.entry(diagram).or_default();
            drawn.nodes += usize::from(component.runnable || !named.is_empty());
            drawn.known += usize::from(!named.is_empty());
            let is_here = component.origin.diagram == Some(diagram)
                && component.kind != ComponentKind::Group
                && !named.is_empty();
            drawn.framed += usize::from(is_here && !component.groups.is_empty());
            drawn.unframed += usize::from(is_here && component.groups.is_empty());
            let is_small = component.runnable && is_in_small_letters(&component.name);
            drawn.programs += usize::from(component.runnable);
            drawn.known_programs += usize::from(component.runnable && !named.is_empty());
            drawn.small += usize::from(is_small);
            drawn.keys += usize::from(is_small && page.names.names_outright(&component.name));
            drawn.unsure += usize::from(may_be_a_service(page, component));
            let program = component.runnable && component.kind != ComponentKind::Group;
            drawn.servers += match (program, named.is_empty()) {
                (true, false) => 2,
                (true, true) => usize::from(is_a_server(component)),
                (false, _) => 0,
            };
            drawn.modules +=
                usize::from(component.kind == ComponentKind::Module && named.is_empty());
            drawn.listed += usize::from(component.runnable && page.has_a_row(component));
            drawn.declared |= component.runnable && is_in_compose(component);
            for service in named.iter().chain(&listed) {
                shown.insert(service.clone());
                drawn.services.insert(service.clone());
            }
        }
    }
    let all = page.names.identities().len();
    let architecture = drawn
        .iter()
        .find(|(diagram, drawn)| {
            page.is_readable(**diagram)
                && page.is_architecture(Some(**diagram))
                && !is_of_code(page, **diagram)
                && drawn.servers >= 2
        })
        .map(|(diagram, _)| *diagram);
    let mut diagrams: BTreeSet<usize> = drawn
        .iter()
        .filter(|(diagram, drawn)| is_about_services(page, **diagram, drawn, all))
        .map(|(diagram, _)| *diagram)
        .collect();
    // The one drawing of the architecture is about the services as well where it shows one of them.
    if diagrams.is_empty() {
        diagrams.extend(architecture.filter(|diagram| drawn[diagram].known > 0));
    }
    let of = |is: fn(&Drawn) -> bool| {
        diagrams
            .iter()
            .filter(|diagram| is(&drawn[*diagram]))
            .copied()
            .collect()
    };
    let dense =
        of(|drawn| drawn.known >= 4 && drawn.known * 10 >= (drawn.nodes + drawn.modules) * 7);
    // One of them is the part that is asked about.
    let nearly_all = of(|drawn| {
        drawn.known_programs >= 6 && drawn.known_programs * 5 >= (drawn.programs - 1) * 4
    });
    let mostly = of(|drawn| drawn.known >= 2 && drawn.known * 2 >= drawn.nodes + drawn.modules);
    let by_keys = of(|drawn| drawn.keys >= 3 && drawn.small * 4 >= drawn.programs * 3);
    let framed = of(|drawn| drawn.framed >= 4 && drawn.unframed == 0);
    let declared = diagrams.iter().any(|diagram| drawn[diagram].declared);
    Coverage {
        diagrams,
        dense,
        nearly_all,
        mostly,
        by_keys,
        framed,
        shown,
        declared,
        architecture,
    }
}

/// Whether a diagram draws the system that the compose files run: it says so, or several of its
/// parts are services.
fn is_about_services(page: &Page<'_>, diagram: usize, drawn: &Drawn, all: usize) -> bool {
    let few = all <= 3;
    let known = drawn.services.len();
    let enough = known >= 2
        || (few || drawn.unsure > 0 && drawn.servers >= 2) && known == 1
        || drawn.declared;
    let most = known >= 2 && drawn.known * 2 >= drawn.nodes;
    let listed = known >= 1 && drawn.listed >= 3 && drawn.listed * 2 >= drawn.nodes;
    page.is_readable(diagram)
        && !is_of_code(page, diagram)
        && (enough || listed)
        && (page.is_architecture(Some(diagram)) || most)
}

/// Whether a name is written in small letters, as keys are.
pub(crate) fn is_in_small_letters(name: &str) -> bool {
    let plain =
        |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || matches!(it, '-' | '_');
    !name.is_empty() && name.chars().all(plain)
}

/// Whether a part is likely to be one service, under another name.
fn may_be_a_service(page: &Page<'_>, component: &Component) -> bool {
    matches!(page.names.resolve(&component.name), Resolution::Unsure(_))
}

/// Whether a diagram stands under a heading about how code is divided.
fn is_of_code(page: &Page<'_>, diagram: usize) -> bool {
    page.document
        .diagrams
        .get(diagram)
        .and_then(|diagram| diagram.origin.heading.as_deref())
        .is_some_and(|heading| {
            words(heading)
                .iter()
                .any(|word| CODE_HEADINGS.contains(&word.as_str()))
        })
}

/// Whether a part is a program that others have written, or one of its kind.
fn is_a_server(component: &Component) -> bool {
    product_of_name(&component.name).is_some()
        || matches!(
            component.kind,
            ComponentKind::Database
                | ComponentKind::Cache
                | ComponentKind::Queue
                | ComponentKind::Gateway
        )
}

/// Whether a component of a kind can stand for a service: not a volume, a file or a topic.
fn shows_a_service(kind: ComponentKind) -> bool {
    !matches!(
        kind,
        ComponentKind::Volume | ComponentKind::File | ComponentKind::Topic
    )
}

/// The services that are items of a list or steps of a chain in a box.
fn listed(page: &Page<'_>, component: &Component) -> Vec<String> {
    let items = component
        .notes
        .iter()
        .flat_map(|note| {
            // Cells beside each other are items as well.
            let mark = if note.contains(['│', '|']) {
                "• "
            } else {
                ""
            };
            let items = note.split([',', '|', '│', ':']);
            items.map(move |item| format!("{mark}{}", item.trim_start()))
        })
        .flat_map(|item| page.names.mentioned(&item));
    // A drawing in a box is read by its words.
    let is_a_drawing = component
        .notes
        .iter()
        .any(|note| note.contains(['→', '►', '▼', '↓']));
    let steps = component
        .notes
        .iter()
        .filter(|_| is_a_drawing)
        .flat_map(|note| note.split(['→', '►', '▼', '↓', '─', '│', '|']))
        .flat_map(|words| words.split("  "))
        .map(str::trim)
        .filter(|step| !step.is_empty() && step.split_whitespace().count() <= 2)
        .flat_map(|step| page.services(step));
    let asides = component.technology.iter().chain(&component.notes);
    let programs = asides.flat_map(|aside| programs_in(aside));
    let programs = programs.flat_map(|program| page.names.mentioned(&format!("• {program}")));
    items.chain(steps).chain(programs).collect()
}

/// The well-known programs that a part is made of: `(Redis+PostgreSQL)`.
pub(crate) fn programs_in(aside: &str) -> impl Iterator<Item = &str> {
    let aside = aside.trim_matches(['(', ')', ' ']);
    // `redis inside network` is redis.
    let place = [" inside ", " in ", " on "];
    let bare = move |part: &'_ str| {
        let ends = place.iter().filter_map(|word| part.find(word));
        ends.min().unwrap_or(part.len())
    };
    let parts = move || {
        let parts = aside.split(['+', '/', '&', ',']).map(str::trim);
        parts.map(move |part| &part[..bare(part)])
    };
    let are_programs = parts().count() > 1 && parts().all(|it| product_of_name(it).is_some());
    parts().filter(move |_| are_programs)
}

/// Whether a frame around a component is named after the compose file.
pub(crate) fn is_in_compose(component: &Component) -> bool {
    component.groups.iter().any(|group| {
        let group = group.to_lowercase();
        group.contains("docker-compose")
            || group.contains("docker compose")
            || group.contains("compose.y")
    })
}
