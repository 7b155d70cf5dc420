//! What a drawing says is run by others, or elsewhere.

mod frames;

use devkit_archdoc::{Component, ComponentKind, Role};

use self::frames::has_a_foreign_frame;
pub(super) use self::frames::is_framed_as_a_service;
use super::name::is_worded;
use super::telling::made_with;
use super::wording::{is_like_a_key, is_run_by_oneself};
use crate::checks::coverage::{Coverage, is_in_compose};
use crate::checks::vocabulary::{
    ACTOR_BEGINNINGS, ACTORS, CODE_HEADINGS, DOUBTFUL_HEADINGS, FOREIGN_BEGINNINGS,
    FOREIGN_HEADINGS, FOREIGN_WORDS, PLACES_OF_FILES,
};
use crate::context::Page;
use crate::matching::{
    is_of_people, product_of_name, product_of_technology, translated_words, words,
};

/// Whether the name or a frame says that the part is run by others, or not yet.
pub(super) fn outside(page: &Page<'_>, component: &Component) -> bool {
    let said = words_with_parenthesis(&component.name);
    let name: Vec<String> = said
        .iter()
        .cloned()
        .chain(translated_words(&component.name))
        .collect();
    is_kept_in_files(component)
        || is_of_a_provider(&name) && !is_made_with_a_program(component)
        || runs_at_others(&name)
        || is_a_pipeline_of_builds(&name)
        || runs_on_a_host(component)
        || is_said_to_be_inside(page, component)
        || is_a_person(&component.name)
        || is_the_system(page, component)
        || has_a_foreign_frame(page, component)
        || is_said_to_be_of_others(component, &said) && !is_run_by_oneself(component)
        || is_planned(component)
        || is_an_actor(component, &name)
}

/// Whether a name, or what stands below it, has a word for what others run.
fn is_said_to_be_of_others(component: &Component, name: &[String]) -> bool {
    let technology = component
        .technology
        .iter()
        .filter(|text| !is_a_list_with_programs(text))
        .flat_map(|text| words_with_parenthesis(text));
    let mut said = name
        .iter()
        .cloned()
        .chain(technology)
        .filter(|word| !is_told_by_its_key(component, word))
        .filter(|word| word != "smtp" || product_of_name(&component.name).is_none())
        .filter(|word| word != "s3" || !speaks_s3(component) && !writes_to_s3(component));
    said.any(|word| is_one_of(&word, FOREIGN_WORDS) || is_foreign(&word))
}

/// Whether a line below a name says that the whole part is not there yet, or is a file;
/// `• Rate limiting (optional)` is said of what it does.
fn is_planned(component: &Component) -> bool {
    let is_of_the_whole =
        |note: &&String| !note.trim_start().starts_with(['•', '*', '-']) && !note.contains('│');
    let mut notes = component.notes.iter().filter(is_of_the_whole);
    notes.any(|note| {
        let words = words_with_parenthesis(note);
        // `External system`; `Routes external requests` is what it does.
        let is_label = words.len() <= 2 || words.first().is_some_and(|word| is_foreign(word));
        let is_not_there = |word: &String| is_foreign(word) && !word.starts_with("extern");
        let mut words = words.iter();
        words.any(|word| is_not_there(word) || is_label && is_foreign(word) || word == "sqlite")
    })
}

/// Whether a name is that of people, devices or tools.
fn is_an_actor(component: &Component, name: &[String]) -> bool {
    component.kind != ComponentKind::Database
        && !listens(component)
        && !serves_people(name)
        && !is_worded(name)
        && !is_a_program_for_others(name)
        && !is_framed_as_a_service(component)
        && !is_a_key_of_pages(component)
        && name
            .iter()
            .any(|word| is_one_of(word, ACTORS) || begins(word, ACTOR_BEGINNINGS))
}

/// Whether a part is told to be a place for files; `Volume: pgdata` tells what a server writes to.
fn is_kept_in_files(component: &Component) -> bool {
    let notes = component.notes.iter().filter(|note| !note.contains(':'));
    component.technology.iter().chain(notes).any(|text| {
        let mut words = words_with_parenthesis(text).into_iter();
        words.any(|word| is_one_of(&word, PLACES_OF_FILES))
    })
}

fn is_of_a_provider(name: &[String]) -> bool {
    name.last()
        .is_some_and(|word| matches!(word.as_str(), "provider" | "providers"))
}

/// Whether a part is made with a program that one runs by oneself: `Identity Provider` and
/// `Keycloak`.
fn is_made_with_a_program(component: &Component) -> bool {
    made_with(component)
        .and_then(product_of_technology)
        .is_some()
}

fn runs_at_others(name: &[String]) -> bool {
    name.windows(2).any(|two| two == ["cloud", "run"])
}

fn runs_on_a_host(component: &Component) -> bool {
    let said = component.technology.as_deref().map(str::to_lowercase);
    said.is_some_and(|it| matches!(it.as_str(), "host" | "on host" | "on the host"))
}

/// Whether a part for people listens on a port, as the program does that serves them.
fn listens(component: &Component) -> bool {
    component.kind == ComponentKind::Service && !component.ports.is_empty()
}

/// Whether a name is that of a program for people, or of a store: `Users MS`, `Redis - User Tokens`.
fn serves_people(name: &[String]) -> bool {
    let is_on_a_device = |word: &String| matches!(word.as_str(), "mobile" | "desktop");
    name.len() > 1
        && (name.iter().any(|word| product_of_name(word).is_some())
            || name.last().is_some_and(|word| is_for_people(word))
            || name.last().is_some_and(|word| word == "frontend")
                && !name.iter().any(is_on_a_device))
}

/// Whether a part is called as pages are, and has a key for a name: `web-player`.
fn is_a_key_of_pages(component: &Component) -> bool {
    let name = words(&component.name);
    let is_of_pages = |word: &String| matches!(word.as_str(), "web" | "ui" | "frontend");
    is_like_a_key(component) && name.iter().any(is_of_pages)
}

/// Whether a word is for a program, behind one for those who use it: `Admin Panel`.
fn is_for_people(word: &str) -> bool {
    matches!(
        word,
        "ms" | "svc" | "api" | "microservice" | "panel" | "portal" | "dashboard" | "ui"
    )
}

/// Whether a name is that of steps that build and deliver: `Jenkins Pipeline`.
fn is_a_pipeline_of_builds(name: &[String]) -> bool {
    let builds = |word: &String| {
        matches!(
            word.as_str(),
            "jenkins" | "gitlab" | "github" | "ci" | "cicd" | "cd" | "deployment" | "build"
        )
    };
    name.last().is_some_and(|word| word == "pipeline") && name.iter().any(builds)
}

/// Whether a drawing frames what the compose files run, and a part stands outside of the frame.
pub(super) fn is_outside_of_compose(page: &Page<'_>, component: &Component) -> bool {
    // The frames of a part are those of its first place.
    let mut framed = page.document.facts.components.iter().filter(|other| {
        other.origin.diagram == component.origin.diagram
            && is_in_compose(other)
            && !page.services(&other.name).is_empty()
    });
    // One service in the frame may as well be all that the frame is about.
    !is_in_compose(component) && framed.nth(1).is_some()
}

/// Whether all services of a drawing stand in frames, and a part that no well-known program is, and
/// no port is told of, stands outside of them: what they talk to.
pub(super) fn is_outside_of_all_frames(component: &Component, coverage: &Coverage) -> bool {
    let mut diagram = component.origin.diagram.iter();
    component.groups.is_empty()
        && component.ports.is_empty()
        && component.kind != ComponentKind::Gateway
        && product_of_name(&component.name).is_none_or(|program| program.role.is_none())
        && diagram.any(|diagram| coverage.framed.contains(diagram))
}

/// Whether a box says that it runs in a service: `Oban (in portal)`.
fn is_said_to_be_inside(page: &Page<'_>, component: &Component) -> bool {
    const SAID: [&str; 7] = [
        "in ",
        "inside ",
        "within ",
        "part of ",
        "runs in ",
        "embedded in ",
        "library in ",
    ];
    let asides = component.technology.iter().chain(&component.notes);
    asides
        .filter_map(|aside| {
            let aside = aside.trim_matches(['(', ')', '[', ']']).to_lowercase();
            let rest = SAID.iter().find_map(|words| aside.strip_prefix(words))?;
            Some(rest.trim_start_matches("the ").trim().to_owned())
        })
        .any(|place| page.names.names_outright(&place))
}

/// Whether a name in another language is that of a person: `Mahasiswa`.
fn is_a_person(name: &str) -> bool {
    let said = translated_words(name);
    !said.is_empty() && words(name) == said && said.iter().all(|word| is_of_people(word))
}

/// Whether a name is that of a program for people or devices, and not of them: `IoT Simulator`,
/// `Device Gateway`.
fn is_a_program_for_others(name: &[String]) -> bool {
    let is_one = |word: &String| {
        matches!(
            word.as_str(),
            "gateway"
                | "backend"
                | "simulator"
                | "processor"
                | "collector"
                | "manager"
                | "daemon"
                | "scheduler"
                | "exporter"
                | "publisher"
                | "generator"
                | "mock"
        )
    };
    name.len() > 1 && (name.last().is_some_and(is_one) || name.iter().any(|it| it == "sidecar"))
}

/// Whether a name of several words is that of the document's whole system, by its first heading.
fn is_the_system(page: &Page<'_>, component: &Component) -> bool {
    let name = words(&component.name);
    let headings = page.document.headings.iter();
    let title = headings
        .filter(|heading| heading.level == 1)
        .map(|heading| words_with_parenthesis(&heading.text).join(""))
        .next()
        .unwrap_or_default();
    name.len() > 2 && name.iter().all(|word| title.contains(word.as_str()))
}

/// Whether what a part is made with are several things, and one of them is a program that is run:
/// `Redis + SMTP`.
fn is_a_list_with_programs(technology: &str) -> bool {
    let parts: Vec<&str> = technology.split(['+', ',', '&']).map(str::trim).collect();
    parts.len() > 1 && parts.iter().any(|part| product_of_name(part).is_some())
}

/// Whether a key says that a program of one's own works for others, whom a word of it names:
/// `producer-facebook`.
fn is_told_by_its_key(component: &Component, other: &str) -> bool {
    let kinds = [
        "service",
        "svc",
        "worker",
        "producer",
        "consumer",
        "bridge",
        "adapter",
        "connector",
        "bot",
        "proxy",
        "gateway",
        "exporter",
        "handler",
        "sync",
    ];
    let said = words(&component.name);
    is_like_a_key(component)
        && said.iter().any(|word| word == other)
        && said.iter().any(|word| kinds.contains(&word.as_str()))
}

/// Whether a program of one's own speaks the protocol of a well-known store of others.
fn speaks_s3(component: &Component) -> bool {
    words(&component.name)
        .iter()
        .filter_map(|word| product_of_name(word))
        .any(|product| product.role == Some(Role::Storage))
}

/// Whether a program of one's own brings what it is given to a store of others: `(S3 sink)`.
fn writes_to_s3(component: &Component) -> bool {
    let said = component.technology.as_deref().map(words);
    said.is_some_and(|words| {
        let ends = words.last().map(String::as_str);
        matches!(ends, Some("sink" | "connector" | "uploader" | "exporter"))
    })
}

/// Whether all places of a component stand below headings about something else than what the
/// compose files run.
pub(super) fn under_a_foreign_heading(component: &Component, coverage: &Coverage) -> bool {
    std::iter::once(&component.origin)
        .chain(&component.mentions)
        .all(|origin| {
            let mut diagram = origin.diagram.iter();
            let is_of_services = diagram.any(|diagram| {
                coverage.mostly.contains(diagram)
                    || coverage.diagrams.len() == 1 && coverage.diagrams.contains(diagram)
            });
            origin.heading.as_deref().is_some_and(|heading| {
                words_with_parenthesis(heading).iter().any(|word| {
                    is_one_of(word, FOREIGN_HEADINGS)
                        || is_one_of(word, CODE_HEADINGS)
                        || is_one_of(word, DOUBTFUL_HEADINGS) && !is_of_services
                        || is_foreign(word)
                })
            })
        })
}

fn is_foreign(word: &str) -> bool {
    begins(word, FOREIGN_BEGINNINGS)
}

fn begins(word: &str, beginnings: &[&str]) -> bool {
    beginnings
        .iter()
        .any(|beginning| word.starts_with(beginning))
}

pub(super) fn is_one_of(word: &str, list: &[&str]) -> bool {
    list.contains(&word)
}

fn words_with_parenthesis(text: &str) -> Vec<String> {
    text.split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}
