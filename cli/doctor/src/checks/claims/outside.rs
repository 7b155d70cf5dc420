//! What a drawing says is run by others, elsewhere or inside another program.

use std::collections::BTreeSet;

use devkit_archdoc::{Component, ComponentKind, Role};

use super::name::is_worded;
use super::wording::{is_like_a_key, is_run_by_oneself, is_written_with};
use crate::checks::coverage::{Coverage, is_in_compose};
use crate::checks::vocabulary::{
    ACTOR_BEGINNINGS, ACTORS, CODE_HEADINGS, DOUBTFUL_HEADINGS, FOREIGN_BEGINNINGS, FOREIGN_FRAMES,
    FOREIGN_HEADINGS, FOREIGN_WORDS, PLACES_OF_FILES,
};
use crate::context::Page;
use crate::matching::{
    Resolution, is_framework, is_of_people, product_of_name, translated_words, words,
};

/// Whether the name or a frame says that the part is run by others, or not yet.
pub(super) fn outside(page: &Page<'_>, component: &Component) -> bool {
    if matches!(
        component.kind,
        ComponentKind::Client | ComponentKind::External
    ) {
        return true;
    }
    let foreign_frame = component.groups.iter().any(|group| {
        words_with_parenthesis(group)
            .iter()
            .chain(&translated_words(group))
            .any(|word| {
                is_one_of(word, FOREIGN_FRAMES)
                    && !(word == "client" && listens(component))
                    && !(is_a_place(word, group) && runs_services(page, group))
                    || is_foreign(word)
                    || begins(word, ACTOR_BEGINNINGS)
            })
            || (is_a_host(group) || is_of_code(group)) && !holds_services(page, group)
    });
    let name = words_with_parenthesis(&component.name);
    let technology = component
        .technology
        .iter()
        .filter(|text| !is_a_list_with_programs(text))
        .flat_map(|text| words_with_parenthesis(text));
    let foreign = name
        .iter()
        .cloned()
        .chain(technology)
        .filter(|word| !is_told_by_its_key(component, word))
        .filter(|word| word != "smtp" || product_of_name(&component.name).is_none())
        .filter(|word| word != "s3" || !speaks_s3(component) && !writes_to_s3(component))
        .any(|word| is_one_of(&word, FOREIGN_WORDS) || is_foreign(&word));
    // `• Rate limiting (optional)` is said of what it does, and not of the part.
    let is_of_the_whole =
        |note: &&String| !note.trim_start().starts_with(['•', '*', '-']) && !note.contains('│');
    let planned = component
        .notes
        .iter()
        .filter(is_of_the_whole)
        .flat_map(|note| words_with_parenthesis(note))
        .any(|word| is_foreign(&word) || word == "sqlite");
    let name: Vec<String> = name
        .into_iter()
        .chain(translated_words(&component.name))
        .collect();
    let actor = component.kind != ComponentKind::Database
        && !serves_people(&name)
        && !is_worded(&name)
        && !is_a_program_for_others(&name)
        && !is_framed_as_a_service(component)
        && name
            .iter()
            .any(|word| is_one_of(word, ACTORS) || begins(word, ACTOR_BEGINNINGS));
    // `Volume: pgdata` tells what a server writes to.
    let notes = component.notes.iter().filter(|note| !note.contains(':'));
    let kept = component.technology.iter().chain(notes).any(|text| {
        words_with_parenthesis(text)
            .iter()
            .any(|word| is_one_of(word, PLACES_OF_FILES))
    });
    let is_of_a_provider = name
        .last()
        .is_some_and(|word| matches!(word.as_str(), "provider" | "providers"));
    let runs_on_a_host = component.technology.as_deref().is_some_and(|it| {
        matches!(
            it.to_lowercase().as_str(),
            "host" | "on host" | "on the host"
        )
    });
    let runs_at_others = name.windows(2).any(|two| two == ["cloud", "run"]);
    kept || is_of_a_provider
        || runs_at_others
        || is_a_pipeline_of_builds(&name)
        || runs_on_a_host
        || is_said_to_be_inside(page, component)
        || is_a_person(&component.name)
        || is_the_system(page, component)
        || foreign_frame
        || (foreign && !is_run_by_oneself(component))
        || planned
        || actor
}

/// Whether a part for people listens on a port, as the program does that serves them.
fn listens(component: &Component) -> bool {
    component.kind == ComponentKind::Service && !component.ports.is_empty()
}

/// Whether a name is that of a program for people, or of a store: `Users MS`, `Redis - User Tokens`.
fn serves_people(name: &[String]) -> bool {
    name.len() > 1
        && (name.iter().any(|word| product_of_name(word).is_some())
            || name
                .last()
                .is_some_and(|word| matches!(word.as_str(), "ms" | "svc" | "api" | "microservice")))
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
    component.groups.is_empty() && framed.nth(1).is_some()
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

/// Whether a frame is a machine, which the containers may run on or not.
fn is_a_host(group: &str) -> bool {
    words_with_parenthesis(group)
        .iter()
        .any(|word| word == "host")
}

/// Whether the frame around a part says that services stand in it.
fn is_framed_as_a_service(component: &Component) -> bool {
    component.groups.last().is_some_and(|group| {
        words_with_parenthesis(group)
            .iter()
            .any(|word| matches!(word.as_str(), "service" | "services" | "microservices"))
    })
}

/// Whether a word is for machines that are rented, on which compose files may be run as well, or for
/// what runs the same containers as Docker does: `Docker / Kubernetes`.
fn is_a_place(word: &str, frame: &str) -> bool {
    let runs_containers = || frame.to_lowercase().contains("docker");
    matches!(word, "aws" | "gcp" | "azure" | "cloud" | "production")
        || matches!(word, "kubernetes" | "k8s") && runs_containers()
}

/// Whether several services stand in a frame: the compose files run there.
fn runs_services(page: &Page<'_>, group: &str) -> bool {
    services_in(page, group).len() > 1
}

/// Whether a frame is a folder of code: `packages/*`.
fn is_of_code(group: &str) -> bool {
    words_with_parenthesis(group)
        .iter()
        .any(|word| is_one_of(word, CODE_HEADINGS))
}

/// Whether a service stands in a frame.
fn holds_services(page: &Page<'_>, group: &str) -> bool {
    page.document.facts.components.iter().any(|other| {
        other.groups.iter().any(|frame| frame == group) && !page.services(&other.name).is_empty()
    })
}

/// Whether all places of a component stand below headings about something else than what the
/// compose files run.
pub(super) fn under_a_foreign_heading(component: &Component, coverage: &Coverage) -> bool {
    std::iter::once(&component.origin)
        .chain(&component.mentions)
        .all(|origin| {
            let mut diagram = origin.diagram.iter();
            let is_of_services = diagram.any(|diagram| coverage.mostly.contains(diagram));
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

/// Whether the component is drawn inside the box of a service, as a module of it.
pub(super) fn inside_a_service(page: &Page<'_>, component: &Component) -> bool {
    let is_server = product_named(&component.name);
    let is_inside = |group: &String| {
        let is_its_program = is_written_with(component) && page.names.names_outright(group);
        is_its_program
            || !is_server && is_one_program(page, group)
            || !is_server && is_the_layer_of_a_backend(page, group)
            || !is_server && (is_written_as_one(page, group) || holds_classes(page, group))
            || !is_server && !is_worded(&words(&component.name)) && is_one_backend(page, group)
    };
    component.groups.iter().any(is_inside)
        || component.groups.iter().any(|group| {
            if holds_what_it_names(page, group) {
                return false;
            }
            let is_frame_of_one = match page.names.resolve(group) {
                // Several services that run one program are drawn as one frame.
                Resolution::Services(services) => services.len() == 1 || product_named(group),
                _ => false,
            };
            let outright = page.names.names_outright(group);
            is_frame_of_one
                && !page.document.facts.components.iter().any(|other| {
                    other.groups.iter().any(|other_group| other_group == group)
                        && page
                            .services(&other.name)
                            .iter()
                            .any(|service| !outright || !page.services(group).contains(service))
                })
        })
}

/// Whether a frame names a service that stands in it by its key, as a machine does that runs it:
/// `Node A (backend01)` around `backend01`.
fn holds_what_it_names(page: &Page<'_>, group: &str) -> bool {
    let named = page.services(group);
    page.document.facts.components.iter().any(|other| {
        other.groups.last().is_some_and(|frame| frame == group)
            && is_like_a_key(other)
            && page.names.names_outright(&other.name)
            && page
                .services(&other.name)
                .iter()
                .any(|service| named.contains(service))
    })
}

/// Whether a frame is named as one program and what it is written with, and no two services stand
/// in it: `FastAPI Agent Server`.
fn is_one_program(page: &Page<'_>, group: &str) -> bool {
    let words = words(group);
    let is_program = words.last().is_some_and(|word| {
        matches!(
            word.as_str(),
            "server" | "application" | "app" | "monolith" | "process"
        )
    });
    is_program && words.iter().any(|word| is_framework(word)) && holds_one_service(page, group)
}

/// Whether a frame says what the program in it is written with, and no two services stand in it:
/// `budget-api (Spring Boot)`.
fn is_written_as_one(page: &Page<'_>, group: &str) -> bool {
    let technology = page
        .component(group)
        .filter(|frame| frame.kind == ComponentKind::Group)
        .and_then(|frame| frame.technology.as_deref());
    technology.is_some_and(|it| words(it).iter().any(|word| is_framework(word)))
        && services_in(page, group).len() <= 1
}

/// Whether classes of a program stand in a frame, by the names that they have beside each other.
fn holds_classes(page: &Page<'_>, group: &str) -> bool {
    let is_class = |component: &&Component| {
        words(&component.name).last().is_some_and(|word| {
            matches!(
                word.as_str(),
                "controller" | "controllers" | "repository" | "repositories" | "dao" | "middleware"
            )
        })
    };
    let components = page.document.facts.components.iter();
    components
        .filter(|other| other.groups.last().is_some_and(|frame| frame == group))
        .any(|other| is_class(&other))
        && services_in(page, group).len() <= 1
}

/// Whether a frame is called a backend, and one service stands in it, with its parts.
fn is_one_backend(page: &Page<'_>, group: &str) -> bool {
    matches!(words(group).as_slice(), [word] if word == "backend") && holds_one_service(page, group)
}

/// Whether a frame is the layer that a service is called after, which is drawn elsewhere: its parts.
fn is_the_layer_of_a_backend(page: &Page<'_>, group: &str) -> bool {
    let name = words(group);
    let is_layer = matches!(name.as_slice(), [word, level]
        if word == "backend" && matches!(level.as_str(), "layer" | "tier"));
    is_layer && page.names.names_outright("backend") && !holds_a_program(page, group)
}

/// Whether a program of one's own stands in a frame.
fn holds_a_program(page: &Page<'_>, group: &str) -> bool {
    page.document.facts.components.iter().any(|other| {
        other.groups.iter().any(|frame| frame == group)
            && !product_named(&other.name)
            && !page.services(&other.name).is_empty()
    })
}

fn holds_one_service(page: &Page<'_>, group: &str) -> bool {
    services_in(page, group).len() == 1
}

fn services_in(page: &Page<'_>, group: &str) -> BTreeSet<String> {
    let components = page.document.facts.components.iter();
    components
        .filter(|other| other.groups.iter().any(|frame| frame == group))
        .flat_map(|other| page.services(&other.name))
        .collect()
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

/// Whether a text names a well-known program.
fn product_named(text: &str) -> bool {
    words(text)
        .iter()
        .any(|word| product_of_name(word).is_some())
}
