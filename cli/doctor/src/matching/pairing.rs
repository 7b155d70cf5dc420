//! Drawn names that no word ties to a service, and the services that they can only mean.

use std::collections::BTreeSet;

use devkit_archdoc::{Component, ComponentKind, Document, Environment, Role, vocabulary};

use super::likeness::by_likeness;
use super::meaning::{
    is_distinctive, is_filler, is_framework, is_number, is_of_any_program, role_of,
};
use super::names::{Names, Resolution, diagrams};
use super::{Identity, Product, product_of_name, words};

/// Pairs what is left over on both sides, where only one pairing is possible.
pub(super) fn pair_the_rest(names: &mut Names, document: &Document) {
    for by in [by_neighbour, by_elimination] {
        let pairs = by(names, document);
        for (component, service) in pairs {
            names.remember(component, Resolution::Services(vec![service]));
        }
    }
    for (component, resolution) in by_built_server(names, document) {
        names.remember(component, resolution);
    }
    for (component, resolution) in by_what_it_serves(names, document) {
        names.remember(component, resolution);
    }
    for (component, resolution) in by_the_server_of_its_pages(names, document) {
        names.remember(component, resolution);
    }
    for (component, resolution) in by_port_of_an_instance(names, document) {
        names.remember(component, resolution);
    }
    for by in [by_whole_key, by_one_word, by_likeness] {
        let pairs = by(names, document);
        for (component, resolution) in pairs {
            names.remember(component, resolution);
        }
    }
}

/// A server that no image runs means those of its kind that are built here: `PostgreSQL` and
/// `order_db`.
fn by_built_server<'d>(names: &Names, document: &'d Document) -> Vec<(&'d Component, Resolution)> {
    let taken = names.taken();
    let components = document.facts.components.iter();
    components
        .filter(|component| {
            component.runnable
                && component.origin.environment != Environment::Production
                && names.resolve(&component.name) == Resolution::Unknown
        })
        .filter_map(|component| {
            let (owner, product) = owner_and_product(&component.name)?;
            let role = product.role.filter(|it| is_store(*it))?;
            // Another drawing may show it by its key.
            let is_free = |identity: &Identity| {
                if owner.is_empty() {
                    return !taken.contains(&identity.service);
                }
                owner.iter().any(|word| identity.core.contains(word))
                    && diagrams_of(names, document, &identity.service)
                        .is_disjoint(&diagrams(component))
            };
            let built = names.identities().iter().filter(|identity| {
                identity.role == Some(role)
                    && identity.program().is_none()
                    && !identity.is_task()
                    && is_free(identity)
            });
            let built: Vec<String> = built.map(|identity| identity.service.clone()).collect();
            (!built.is_empty()).then_some((component, Resolution::Services(built)))
        })
        .collect()
}

/// A web server that serves built pages runs in the service that is built of them:
/// `nginx (SPA + static)` and `frontend`.
fn by_what_it_serves<'d>(
    names: &Names,
    document: &'d Document,
) -> Vec<(&'d Component, Resolution)> {
    let pages = names
        .identities()
        .iter()
        .filter(|identity| identity.role == Some(Role::Frontend) && identity.program().is_none());
    let pages: Vec<String> = pages.map(|identity| identity.service.clone()).collect();
    let [first, ..] = pages.as_slice() else {
        return Vec::new();
    };
    let resolution = match pages.as_slice() {
        [_] => Resolution::Services(pages.clone()),
        _ => Resolution::Unsure(first.clone()),
    };
    let components = document.facts.components.iter();
    components
        .filter(|component| {
            component.origin.environment != Environment::Production
                && names.resolve(&component.name) == Resolution::Unknown
                && serves_pages(component)
        })
        .map(|component| (component, resolution.clone()))
        .collect()
}

/// Pages that are drawn as static files are in the web server that serves them:
/// `React (static files)` and `nginx`.
fn by_the_server_of_its_pages<'d>(
    names: &Names,
    document: &'d Document,
) -> Vec<(&'d Component, Resolution)> {
    let servers = names.identities().iter();
    let servers: Vec<String> = servers
        .filter(|identity| {
            let runs = identity.program().and_then(|program| program.role);
            identity.role.or(runs) == Some(Role::Proxy)
        })
        .map(|identity| identity.service.clone())
        .collect();
    let [server] = servers.as_slice() else {
        return Vec::new();
    };
    let components = document.facts.components.iter();
    components
        .filter(|component| {
            names.resolve(&component.name) == Resolution::Unknown && is_of_static_files(component)
        })
        .map(|component| (component, Resolution::Services(vec![server.clone()])))
        .collect()
}

/// Whether a part is pages of a framework that are said to be static.
fn is_of_static_files(component: &Component) -> bool {
    let name: BTreeSet<String> = words(&component.name).into_iter().collect();
    let asides = component.technology.iter().chain(&component.notes);
    role_of_framework(&name) == Some(Role::Frontend)
        && asides
            .flat_map(|aside| words(aside))
            .any(|word| word == "static")
}

/// Whether a part is a web server that says that it serves pages.
fn serves_pages(component: &Component) -> bool {
    let name = words(&component.name);
    let is_server = name
        .iter()
        .filter_map(|word| product_of_name(word))
        .any(|product| product.role == Some(Role::Proxy));
    let asides = component.technology.iter().chain(&component.notes);
    let said = name
        .into_iter()
        .chain(asides.flat_map(|aside| words(aside)));
    is_server && said.into_iter().any(|word| is_of_pages(&word))
}

/// Whether a word says that built pages are served.
fn is_of_pages(word: &str) -> bool {
    matches!(
        word,
        "static" | "spa" | "frontend" | "assets" | "html" | "resources"
    )
}

/// The words before the name of a program, and the program: `Source SQL Server`.
fn owner_and_product(name: &str) -> Option<(Vec<String>, &'static Product)> {
    let all = words(name);
    let (first, product) =
        (0..all.len()).find_map(|first| Some((first, product_of_name(&all[first..].concat())?)))?;
    Some((all[..first].to_vec(), product))
}

/// Instances that are drawn with numbers and ports of their own mean the services on these ports
/// as well, under whatever keys: `Client :3000`, `Client_2 :3001`.
fn by_port_of_an_instance<'d>(
    names: &Names,
    document: &'d Document,
) -> Vec<(&'d Component, Resolution)> {
    let free = free(names);
    let components = document.facts.components.iter();
    let several = components.filter(|it| !it.aliases.is_empty() && it.ports.len() > 1);
    several
        .filter_map(|component| {
            let mut services = names.resolve(&component.name).services().to_vec();
            let on_port = free.iter().filter(|identity| {
                identity.product.is_none()
                    && component.ports.iter().any(|it| identity.ports.contains(it))
            });
            let known = services.len();
            services.extend(on_port.map(|identity| identity.service.clone()));
            let found = known > 0 && services.len() > known;
            found.then_some((component, Resolution::Services(services)))
        })
        .collect()
}

/// A name with all words of the key of a service that nothing else means: `Data Producer` and
/// `producer`. Where several names have them, each is asked about.
fn by_whole_key<'d>(names: &Names, document: &'d Document) -> Vec<(&'d Component, Resolution)> {
    let outside = document
        .facts
        .components
        .iter()
        .filter(|component| is_outside_without_a_service(names, component));
    let nameless: Vec<(&Component, BTreeSet<String>)> = nameless(names, document)
        .into_iter()
        .chain(outside)
        .map(|component| (component, words_of_all_names(component)))
        .collect();
    let taken = names.taken();
    let mut pairs = Vec::new();
    for identity in names.identities() {
        let key = names.words_of_key(&identity.service);
        let is_alone = taken.contains(&identity.service) && key.len() < 2;
        let mut fitting: Vec<&Component> = nameless
            .iter()
            .filter(|(component, name)| {
                key.iter().all(|word| name.contains(word))
                    && (key.len() > 1 || component.kind != ComponentKind::External)
                    && (!is_alone || ends_with_a_worker(component, &key))
            })
            .map(|(component, _)| *component)
            .collect();
        if fitting.is_empty() {
            continue;
        }
        let drawn = diagrams_of(names, document, &identity.service);
        fitting.retain(|component| diagrams(component).is_disjoint(&drawn));
        let resolution = match fitting.as_slice() {
            [_] => Resolution::Services(vec![identity.service.clone()]),
            _ => Resolution::Unsure(identity.service.clone()),
        };
        pairs.extend(fitting.into_iter().map(|one| (one, resolution.clone())));
    }
    pairs
}

/// Whether a part is drawn as one that others run, and no service is known for it: on a developer's
/// machine, one that stands in for it may run.
fn is_outside_without_a_service(names: &Names, component: &Component) -> bool {
    component.kind == ComponentKind::External
        && component.origin.environment != Environment::Production
        && names.resolve(&component.name) == Resolution::Unknown
}

/// Whether a name is that of a worker of some kind, and the key says no more than that:
/// `Standalone Mail Worker Process` and `worker`.
fn ends_with_a_worker(component: &Component, key: &[String]) -> bool {
    let name = words(&component.name);
    let last = name.iter().rfind(|word| !is_filler(word));
    matches!(key, [word] if word == "worker" && last == Some(word))
}

fn words_of_all_names(component: &Component) -> BTreeSet<String> {
    std::iter::once(&component.name)
        .chain(&component.aliases)
        .flat_map(|name| words(name))
        .chain(short_notes(component))
        .collect()
}

/// The words of lines below a name that are no longer than names: `drift job`.
fn short_notes(component: &Component) -> impl Iterator<Item = String> {
    const LONGEST: usize = 2;
    let notes = component.notes.iter();
    notes
        .filter(|note| note.split_whitespace().count() <= LONGEST)
        .flat_map(|note| words(note))
}

/// The diagrams in which a service stands.
fn diagrams_of(names: &Names, document: &Document, service: &str) -> BTreeSet<usize> {
    let components = document.facts.components.iter();
    components
        .filter(|component| {
            let resolution = names.resolve(&component.name);
            resolution.services().iter().any(|one| one == service)
        })
        .flat_map(diagrams)
        .collect()
}

/// The only name and the only service left over that share a telling word may be one.
fn by_one_word<'d>(names: &Names, document: &'d Document) -> Vec<(&'d Component, Resolution)> {
    let free = free(names);
    let nameless: Vec<(&Component, Vec<String>)> = nameless(names, document)
        .into_iter()
        .map(|component| (component, words(&component.name)))
        .collect();
    let telling = |identity: &Identity| -> Vec<String> {
        let core = identity.core.iter();
        core.filter(|word| is_telling(word)).cloned().collect()
    };
    let free: Vec<(&Identity, Vec<String>)> =
        free.into_iter().map(|one| (one, telling(one))).collect();
    let share = |name: &[String], core: &[String]| core.iter().any(|word| name.contains(word));
    nameless
        .iter()
        .filter_map(|(component, name)| {
            let mut fitting = free.iter().filter(|(_, core)| share(name, core));
            let (Some((one, core)), None) = (fitting.next(), fitting.next()) else {
                return None;
            };
            let alike = nameless.iter().filter(|(_, other)| share(other, core));
            (alike.count() == 1).then(|| (*component, Resolution::Unsure(one.service.clone())))
        })
        .collect()
}

/// Whether a word says which service is meant, and not what kind it is.
fn is_telling(word: &str) -> bool {
    word.len() > 3
        && !is_distinctive(word)
        && product_of_name(word).is_none()
        && role_of(&BTreeSet::from([word.to_owned()])).is_none()
}

/// The drawn programs that no service is known for.
fn nameless<'d>(names: &Names, document: &'d Document) -> Vec<&'d Component> {
    document
        .facts
        .components
        .iter()
        .filter(|component| {
            component.runnable
                && component.origin.environment != Environment::Production
                && names.resolve(&component.name) == Resolution::Unknown
                && product_of_name(&component.name).is_none()
        })
        .collect()
}

/// A store that is drawn beside a service means the store that this service uses.
fn by_neighbour<'d>(names: &Names, document: &'d Document) -> Vec<(&'d Component, String)> {
    let free = free(names);
    open(names, document)
        .into_iter()
        .filter(|(_, role)| is_store(*role))
        .filter_map(|(component, role)| {
            let users = users(names, document, component);
            let mut used = free.iter().filter(|identity| {
                identity.role == Some(role)
                    && names.identities().iter().any(|user| {
                        users.contains(&user.service) && user.peers.contains(&identity.service)
                    })
            });
            match (used.next(), used.next()) {
                (Some(one), None) => Some((component, one.service.clone())),
                _ => None,
            }
        })
        .collect()
}

/// The last drawn part of a role means the last service of this role.
fn by_elimination<'d>(names: &Names, document: &'d Document) -> Vec<(&'d Component, String)> {
    let free = free(names);
    let mut open = open(names, document);
    open.retain(|(component, role)| is_store(*role) || is_plain(component));
    open.iter()
        .filter(|(_, role)| {
            // One server may hold the databases of several services.
            let rivals = open.iter().filter(|(_, of)| of == role);
            rivals.count() == 1 || *role == Role::Database
        })
        .filter_map(|(component, role)| {
            let mut fitting = free.iter().filter(|identity| fits(identity, *role));
            match (fitting.next(), fitting.next()) {
                (Some(one), None) => Some((*component, one.service.clone())),
                _ => None,
            }
        })
        .collect()
}

/// Whether a service may be what is drawn for a role.
fn fits(identity: &Identity, role: Role) -> bool {
    let unnamed = identity.role.is_none() && identity.product.is_none() && identity.is_generic();
    identity.role == Some(role) && (is_store(role) || identity.is_generic())
        || role == Role::Api && unnamed
}

/// The components that may be services and are none so far, with what they are for.
fn open<'d>(names: &Names, document: &'d Document) -> Vec<(&'d Component, Role)> {
    document
        .facts
        .components
        .iter()
        .filter(|component| {
            component.runnable
                && component.origin.environment != Environment::Production
                && names.resolve(&component.name).services().is_empty()
                && !names_a_product(component)
        })
        .filter_map(|component| Some((component, role(component)?)))
        .collect()
}

fn role(component: &Component) -> Option<Role> {
    let words: BTreeSet<String> = words(&component.name).into_iter().collect();
    role_of_framework(&words)
        .or_else(|| role_of(&words))
        .or(component.role.filter(|role| is_store(*role)))
        .or(match component.kind {
            ComponentKind::Database => Some(Role::Database),
            ComponentKind::Cache => Some(Role::Cache),
            ComponentKind::Queue => Some(Role::Queue),
            ComponentKind::Gateway => Some(Role::Proxy),
            _ => None,
        })
        .or(component.role)
        .or_else(|| is_plain(component).then_some(Role::Api))
}

/// What a program is for that is called after what it is written with.
pub(super) fn role_of_framework(words: &BTreeSet<String>) -> Option<Role> {
    let in_browsers = |word: &String| {
        vocabulary::is_framework_of_pages(word) || matches!(word.as_str(), "next" | "blazor")
    };
    let all = words
        .iter()
        .all(|word| is_framework(word) || matches!(word.as_str(), "web" | "app"));
    let named = words.iter().any(|word| is_framework(word));
    (all && named).then(|| {
        if words.iter().any(in_browsers) {
            Role::Frontend
        } else {
            Role::Api
        }
    })
}

fn names_a_product(component: &Component) -> bool {
    std::iter::once(component.name.as_str())
        .chain(component.technology.as_deref())
        .any(|text| {
            product_of_name(text).is_some()
                || words(text)
                    .iter()
                    .any(|word| product_of_name(word).is_some())
        })
}

/// Whether a name is made of words for roles alone: `API`, `Backend Server`.
fn is_plain(component: &Component) -> bool {
    words(&component.name).iter().all(|word| {
        role_of(&BTreeSet::from([word.clone()])).is_some()
            || is_framework(word)
            || is_number(word)
            || is_of_any_program(word)
    })
}

fn is_store(role: Role) -> bool {
    matches!(
        role,
        Role::Database | Role::Cache | Role::Queue | Role::Search | Role::Storage
    )
}

/// The services that nothing in the document means.
fn free(names: &Names) -> Vec<&Identity> {
    let taken = names.taken();
    names
        .identities()
        .iter()
        .filter(|identity| !taken.contains(&identity.service) && !identity.is_task())
        .collect()
}

/// The services at the other ends of a component's lines.
pub(super) fn users(names: &Names, document: &Document, component: &Component) -> BTreeSet<String> {
    document
        .facts
        .connections
        .iter()
        .filter_map(|connection| {
            let is = |end: &str| {
                end == component.name || component.aliases.iter().any(|alias| alias == end)
            };
            if is(&connection.from) {
                Some(&connection.to)
            } else if is(&connection.to) {
                Some(&connection.from)
            } else {
                None
            }
        })
        .flat_map(|other| names.resolve(other).services().to_vec())
        .collect()
}
