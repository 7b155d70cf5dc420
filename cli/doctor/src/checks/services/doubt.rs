//! Services that no drawn part is known to be, and that may be drawn all the same.

use std::collections::BTreeSet;

use devkit_archdoc::{Component, ComponentKind, Diagram, DiagramKind, Role, normalised};
use devkit_diagnostic::Location;

use crate::context::Page;
use crate::matching::{
    Identity, Resolution, is_framework, is_number, is_store, product_of_name, role_of_word,
    translated_words, words,
};

/// Why a service may be drawn under a name that is not known to be its own.
pub(super) enum Doubt {
    /// A diagram names it, in a place from which nothing was read.
    Named(Location),
    /// It is the program that people look at, which drawings call as they like.
    Pages,
    /// Parts that may be services are left over as well.
    LeftOver,
}

/// What may be a service that no drawn part is known to be.
pub(super) struct Doubts<'a> {
    page: &'a Page<'a>,
    /// The drawn parts that may be services.
    asked: &'a [&'a Component],
    texts: Vec<Text<'a>>,
    /// The services that names of the document mean.
    taken: BTreeSet<String>,
    /// The words of the names of drawn parts, and the parts.
    parts: Vec<(Vec<String>, &'a Component)>,
    /// Whether a part that no service is known for may be what people look at.
    has_pages: bool,
    /// Whether a part is called a program in words that are in no dictionary.
    has_unread_words: bool,
}

/// The words of a diagram.
struct Text<'a> {
    diagram: &'a Diagram,
    all: BTreeSet<String>,
    /// The words of all lines in their order, with an empty one behind each line.
    lines: Vec<String>,
    /// What is written as keys and names of containers are, in the form in which names are compared.
    keys: BTreeSet<String>,
}

impl<'a> Doubts<'a> {
    pub(super) fn new(page: &'a Page<'a>, asked: &'a [&'a Component]) -> Self {
        let components = page.document.facts.components.iter();
        let drawn = components.filter(|part| part.origin.diagram.is_some());
        Self {
            page,
            asked,
            texts: texts(page),
            taken: page.names.taken(),
            parts: drawn
                .clone()
                .map(|part| (words(&part.name), part))
                .collect(),
            has_pages: drawn.clone().any(|part| may_be_pages(page, part)),
            has_unread_words: drawn.clone().any(|part| is_unread(page, part)),
        }
    }

    /// Why a service that no drawn part is known to be may be drawn all the same.
    pub(super) fn about(&self, key: &str) -> Option<Doubt> {
        let mut identities = self.page.names.identities().iter();
        let identity = identities.find(|identity| identity.service == key)?;
        if let Some(place) = self.place_of_its_name(identity) {
            return Some(Doubt::Named(place));
        }
        if is_of_pages(identity) && self.has_pages {
            return Some(Doubt::Pages);
        }
        let is_generic = identity.is_generic() && identity.role != Some(Role::Proxy);
        let may_be_it = |part: &&&Component| {
            is_a_program(part) && (is_generic || !translated_words(&part.name).is_empty())
        };
        let is_own = identity.program().is_none();
        if is_own && self.has_unread_words {
            return Some(Doubt::LeftOver);
        }
        let mut asked = self.asked.iter();
        asked
            .any(|part| is_own && may_be_it(&part) || is_for_the_same(part, identity))
            .then_some(Doubt::LeftOver)
    }

    /// Whether a word is in the name of a program that is drawn.
    fn is_of_a_program(&self, word: &String) -> bool {
        let mut parts = self.parts.iter();
        parts.any(|(words, part)| part.kind == ComponentKind::Service && words.contains(word))
    }

    /// The place of the diagram whose text names a service, by its key or by a word that no other
    /// service has, or of the part whose name holds its key.
    fn place_of_its_name(&self, identity: &Identity) -> Option<Location> {
        let key = self.page.names.words_of_key(&identity.service);
        let is_a_store = identity.product.is_some() && identity.role.is_some_and(is_store);
        let mut own = words_of_its_own(self.page, identity);
        // A word of a store may be that of the program which keeps things there.
        own.retain(|word| !is_a_store || !self.is_of_a_program(word));
        let has_key = |found: &[String]| found.windows(key.len()).any(|some| some == key);
        // A generic name that stands in a text may be the program.
        let is_generic = identity.is_generic()
            && identity.program().is_none()
            && key.iter().all(|word| word.len() >= LEAST);
        let last = key.last().map(|word| format!("{word}s"));
        let is_one_of_many = self.is_one_of_many(&key);
        let is_the_database = self.is_the_only_database(identity);
        let is_long = identity.service.len() >= LONG || is_of_pages(identity);
        let is_called = |text: &Text<'_>| {
            let mut names = identity.names.iter();
            names.any(|name| name.len() > LONG && text.keys.contains(name))
        };
        let is_undrawn = identity.product.is_some() && !self.is_drawn(identity);
        let is_its_program = |word: &String| product_of_name(word) == identity.product;
        let is_named = |text: &&Text<'_>| {
            let is_said =
                |word: &String| text.all.contains(word) || text.all.contains(&format!("{word}s"));
            is_generic && key.iter().all(|word| text.all.contains(word))
                || is_one_of_many && last.as_ref().is_some_and(|many| text.all.contains(many))
                || is_the_database && text.lines.iter().any(|word| is_a_database(word))
                || is_long && key.iter().all(|word| text.all.contains(word)) && has_key(&text.lines)
                || own.iter().any(is_said)
                || is_undrawn && text.all.iter().any(is_its_program)
                || is_called(text)
        };
        if let Some(text) = self.texts.iter().find(is_named) {
            return Some(text.diagram.origin.location());
        }
        let is_own = identity.program().is_none();
        let stem = stem_of_a_number(&key);
        let is_numbered = |words: &[String]| stem.as_ref().is_some_and(|stem| words.contains(stem));
        let is_in = |words: &[String]| is_own && (has_key(words) || is_numbered(words));
        let mut parts = self.parts.iter();
        let named = parts.find(|(words, part)| {
            is_in(words)
                || lists(part, self.without_a_family(&key))
                || self.is_shortened(part, identity)
        });
        named.map(|(_, part)| part.origin.location())
    }

    /// The words of a key, without the one that several keys begin with.
    fn without_a_family<'k>(&self, key: &'k [String]) -> &'k [String] {
        const LEAST: usize = 3;
        let Some((first, rest)) = key.split_first().filter(|(_, rest)| rest.len() > 1) else {
            return key;
        };
        let identities = self.page.names.identities().iter();
        let alike = identities.filter(|one| one.key.first() == Some(first));
        if alike.count() < LEAST { key } else { rest }
    }

    /// Whether the keys of several services end as one does: `kafka-exporter`, `redis-exporter`.
    fn is_one_of_many(&self, key: &[String]) -> bool {
        let identities = self.page.names.identities().iter();
        let alike = identities.filter(|one| one.key.last() == key.last());
        key.len() > 1 && alike.count() > 1
    }

    /// Whether a drawn part is a service that runs the same program.
    fn is_drawn(&self, identity: &Identity) -> bool {
        let mut identities = self.page.names.identities().iter();
        identities.any(|one| one.product == identity.product && self.taken.contains(&one.service))
    }

    /// Whether a service is the one database, which drawings call so.
    fn is_the_only_database(&self, identity: &Identity) -> bool {
        let is_one = |one: &&Identity| one.role == Some(Role::Database);
        identity.program().is_some()
            && is_one(&identity)
            && self.page.names.identities().iter().filter(is_one).count() == 1
    }

    /// Whether the key of a service is the beginning of a word of a part that is left over, or the
    /// other way round: `dj` of `Django`, `tusd` and `tus`.
    fn is_shortened(&self, part: &Component, identity: &Identity) -> bool {
        let [key] = identity.key.as_slice() else {
            return false;
        };
        let is_it = |word: String| {
            word.len() >= LEAST
                && (key.len() < word.len() && word.starts_with(key.as_str())
                    || key.len() == word.len() + 1 && key.starts_with(&word))
        };
        let said = part.technology.iter().flat_map(|text| words(text));
        identity.service.len() >= 2
            && part.runnable
            && words(&part.name).into_iter().chain(said).any(is_it)
            && self.page.names.resolve(&part.name) == Resolution::Unknown
    }
}

/// The words of the diagrams that may show services.
fn texts<'a>(page: &'a Page<'_>) -> Vec<Text<'a>> {
    let diagrams = page.document.diagrams.iter().filter(|diagram| {
        !matches!(
            diagram.kind,
            DiagramKind::DirectoryTree
                | DiagramKind::MermaidEntity
                | DiagramKind::MermaidOther
                | DiagramKind::Other
        )
    });
    diagrams
        .map(|diagram| {
            let mut lines = Vec::new();
            let mut keys = BTreeSet::new();
            for line in page.lines_of(diagram) {
                lines.extend(words(line));
                lines.push(String::new());
                keys.extend(keys_in(line));
            }
            Text {
                diagram,
                all: lines.iter().cloned().collect(),
                lines,
                keys,
            }
        })
        .collect()
}

/// What of a line is written as keys are: `farm-web`.
fn keys_in(line: &str) -> impl Iterator<Item = String> {
    let is_of_key = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.');
    line.split(move |it: char| !is_of_key(it))
        .filter(|word| word.contains(['-', '_', '.']))
        .map(normalised)
}

/// Whether a part is a program, and not what programs keep things in.
fn is_a_program(component: &Component) -> bool {
    matches!(
        component.kind,
        ComponentKind::Service | ComponentKind::Gateway | ComponentKind::Module
    ) && product_of_name(&component.name).is_none()
}

/// Whether a part is a store that no program is told of, and a service is a store for the same.
fn is_for_the_same(part: &Component, identity: &Identity) -> bool {
    let role = match part.kind {
        ComponentKind::Database => Some(Role::Database),
        ComponentKind::Cache => Some(Role::Cache),
        ComponentKind::Queue => Some(Role::Queue),
        ComponentKind::Storage => Some(Role::Storage),
        _ => None,
    };
    let said = words(&part.name);
    let roles = said.iter().filter_map(|word| role_of_word(word));
    identity.role.is_some_and(is_store)
        && product_of_name(&part.name).is_none()
        && role
            .into_iter()
            .chain(part.role)
            .chain(roles)
            .any(|role| Some(role) == identity.role)
}

/// Whether a part says all words of a key in what it is called and what it lists.
fn lists(part: &Component, key: &[String]) -> bool {
    let first = words(&part.name);
    let listed = || part.notes.iter().flat_map(|note| words(note));
    key.len() > 1
        && !part.notes.is_empty()
        && key.iter().any(|word| first.contains(word))
        && key
            .iter()
            .all(|word| first.contains(word) || listed().any(|said| is_said_by(word, &said)))
}

/// Whether a part that no service is known for is called a program in words of other scripts that
/// are in no dictionary: `拼版服务`.
fn is_unread(page: &Page<'_>, part: &Component) -> bool {
    let said = words(&part.name);
    let is_program = said
        .iter()
        .any(|word| matches!(word.as_str(), "service" | "worker" | "server" | "module"));
    let is_foreign = |word: &String| !word.chars().any(|it| it.is_ascii() || it < '\u{370}');
    is_program
        && said.iter().any(is_foreign)
        && page.names.resolve(&part.name) == Resolution::Unknown
}

/// The last word of a key without the number behind it: `app` of `shop-app2`.
fn stem_of_a_number(key: &[String]) -> Option<String> {
    let word = key.last()?;
    let stem = word.trim_end_matches(|it: char| it.is_ascii_digit());
    (stem.len() < word.len() && stem.len() >= LEAST).then(|| stem.to_owned())
}

/// Whether a word is another, or names a program for what the other says: `db` and `postgres`.
fn is_said_by(word: &str, said: &str) -> bool {
    let program = || product_of_name(said).and_then(|program| program.role);
    said == word || role_of_word(word).is_some_and(|role| is_store(role) && program() == Some(role))
}

/// Whether a word says that something is a database, whichever it is.
fn is_a_database(word: &str) -> bool {
    matches!(word, "db" | "database")
}

/// How many letters a key has at least that is looked for in a text.
const LONG: usize = 4;

/// How many letters a word has at least that is looked for in a text.
const LEAST: usize = 3;

/// The words of a key that tell which program of one's own it is, and that no other service has.
fn words_of_its_own(page: &Page<'_>, identity: &Identity) -> Vec<String> {
    let bare = |core: &BTreeSet<String>| -> Vec<String> {
        let words = core.iter();
        words.filter(|word| !is_number(word)).cloned().collect()
    };
    let own = bare(&identity.core);
    let is_of_another = |word: &String| {
        let mut others = page.names.identities().iter();
        others.any(|other| other.core.contains(word) && bare(&other.core) != own)
    };
    identity
        .core
        .iter()
        .filter(|word| {
            word.chars().count() >= LEAST
                && role_of_word(word).is_none()
                && product_of_name(word).is_none()
                && !is_framework(word)
                && !is_of_another(word)
        })
        .cloned()
        .collect()
}

/// Whether a key says that the service is what people look at.
fn is_of_pages(identity: &Identity) -> bool {
    let key = &identity.key;
    identity.program().is_none() && key.last().is_some_and(|word| is_of_a_page(word))
}

/// Whether a part that no service is known for may be what people look at.
fn may_be_pages(page: &Page<'_>, component: &Component) -> bool {
    let words = words(&component.name);
    let is_looked_at = || {
        words.iter().any(|word| {
            is_of_a_page(word) && word != "client"
                || matches!(word.as_str(), "console" | "pages" | "spa" | "pwa")
        })
    };
    let is_for_something_else = || {
        words.iter().any(|word| {
            let role = role_of_word(word);
            word == "balancer"
                || role.is_some_and(|role| {
                    role == Role::Proxy || role == Role::Worker || is_store(role)
                })
        })
    };
    component.origin.diagram.is_some()
        && page.names.resolve(&component.name) == Resolution::Unknown
        && !is_for_something_else()
        && match component.kind {
            ComponentKind::Service => product_of_name(&component.name).is_none(),
            ComponentKind::Module | ComponentKind::Client => is_looked_at(),
            _ => false,
        }
}

fn is_of_a_page(word: &str) -> bool {
    matches!(
        word,
        "frontend"
            | "front"
            | "web"
            | "webapp"
            | "app"
            | "ui"
            | "client"
            | "site"
            | "website"
            | "dashboard"
            | "portal"
            | "panel"
            | "admin"
            | "backoffice"
    )
}
