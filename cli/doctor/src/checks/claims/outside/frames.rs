//! What the frames around drawn parts say of who runs them.

use devkit_archdoc::Component;

use super::{begins, is_foreign, is_one_of, listens, words_with_parenthesis};
use crate::checks::claims::inside::services_in;
use crate::checks::vocabulary::{ACTOR_BEGINNINGS, ACTORS, CODE_HEADINGS, FOREIGN_FRAMES};
use crate::context::Page;
use crate::matching::translated_words;

/// Whether a frame around a part says that others run what stands in it.
pub(super) fn has_a_foreign_frame(page: &Page<'_>, component: &Component) -> bool {
    let says_so = |group: &str, word: &str| {
        is_one_of(word, FOREIGN_FRAMES)
            && !(word == "client" && listens(component))
            && !(is_a_place(word, group) && runs_services(page, group))
            || is_foreign(word)
            || begins(word, ACTOR_BEGINNINGS)
    };
    component.groups.iter().any(|group| {
        if is_a_network(group) && (page.is_no_program(group) || runs_services(page, group)) {
            return false;
        }
        let said = words_with_parenthesis(group);
        let is_a_program = is_a_program_for_people(&said);
        let mut said = said.into_iter().chain(translated_words(group));
        said.any(|word| says_so(group, &word) && !(is_a_program && is_one_of(&word, ACTORS)))
            || (is_a_host(group) || is_of_code(group)) && !holds_services(page, group)
    })
}

/// Whether a frame is called a program that has to do with people: `User Service`.
fn is_a_program_for_people(frame: &[String]) -> bool {
    let last = frame.last().map(String::as_str);
    frame.len() > 1 && matches!(last, Some("service" | "module" | "microservice" | "svc"))
}

/// Whether a frame is a machine, which the containers may run on or not.
fn is_a_host(group: &str) -> bool {
    words_with_parenthesis(group)
        .iter()
        .any(|word| word == "host")
}

/// Whether the frame around a part says that services stand in it.
pub(in crate::checks::claims) fn is_framed_as_a_service(component: &Component) -> bool {
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

/// Whether a frame is a network, which may reach outwards and be the platform's own:
/// `External Network`.
fn is_a_network(frame: &str) -> bool {
    frame.to_lowercase().ends_with("network")
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
