//! Everything under which the services of the compose files may be named.

mod settings;

use std::collections::BTreeSet;
use std::path::Path;

use devkit_archdoc::{Role, normalised};
use devkit_compose::model::Service;

use self::settings::{command, leads, listens, origin, peers, ports, sleeps};
use super::meaning::{
    is_a_place_in_a_cluster, is_a_plain_key, is_distinctive, is_filler, is_number, is_of_hardware,
    is_store, is_task, is_wrapping, role_of, works_with_others,
};
use super::product::repository;
use super::{Product, product_of_image, product_of_name, words};

/// Where the image of a service comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// It is built from the project's own folder, whose name is that of the whole.
    TheWhole,
    /// It is built from a folder.
    Folder,
    /// It is one of several of an owner who publishes nothing that is well known: `shop/orders`
    /// beside `shop/carts` and `shop/users`.
    Family,
    /// Others publish it.
    Others,
}

/// Everything under which a service of the compose files may be named.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The key in the compose file.
    pub service: String,
    /// The words of the key.
    pub key: Vec<String>,
    /// Its names on networks, in the form in which names are compared.
    pub names: BTreeSet<String>,
    /// The words of its key that say which service it is.
    pub core: BTreeSet<String>,
    /// The words of where its code comes from: the build folder, the image.
    pub origin: BTreeSet<String>,
    /// The last part of its image's name, in the form in which names are compared.
    pub image: Option<String>,
    /// The well-known program that it runs.
    pub product: Option<&'static Product>,
    /// What it is for, as far as its names tell.
    pub role: Option<Role>,
    /// Whether it is built here, and not run from an image of others.
    pub is_built: bool,
    /// Whether it is for those who ask for it alone, or only waits for commands: it has a profile, or
    /// sleeps.
    pub is_aside: bool,
    /// The profiles that it is for.
    pub profiles: BTreeSet<String>,
    /// Where its image comes from.
    pub source: Source,
    /// The ports that it publishes, and those that it listens on without publishing them.
    pub ports: BTreeSet<u16>,
    /// The ports that it listens on in its container, as far as they are told.
    pub listens: BTreeSet<u16>,
    /// The words of the command that it runs.
    pub command: BTreeSet<String>,
    /// The services that it waits for, or whose names stand in its variables.
    pub peers: BTreeSet<String>,
    /// What its variables say of where others are: the words before `HOST` or `URL`, and the name
    /// of the host.
    pub leads: Vec<(Vec<String>, String)>,
}

impl Identity {
    /// Reads a service of a project in one of the folders `roots`; words of `prefix` (such as the
    /// project's name) say nothing.
    pub fn new(
        key: &str,
        service: &Service,
        prefix: &BTreeSet<String>,
        roots: &BTreeSet<&Path>,
    ) -> Self {
        let aliases = service
            .networks
            .values()
            .flatten()
            .flat_map(|attachment| attachment.aliases.iter());
        let mut names: BTreeSet<String> = service
            .container_name
            .iter()
            .chain(&service.hostname)
            .chain(aliases)
            .map(String::as_str)
            .chain([key])
            .map(normalised)
            .collect();
        names.extend(
            names
                .clone()
                .iter()
                .filter_map(|name| stripped(name, prefix)),
        );
        let core = core(written_out(key), prefix);
        let origin = origin(service, prefix);
        let product = match &service.image {
            Some(image) if service.build.is_none() => product_of_image(image),
            // What is built on top of a store under the store's own name is one.
            Some(image) if is_of_a_version(image) => {
                product_of_image(image).filter(|product| product.role.is_some_and(is_store))
            }
            _ => None,
        };
        let role = product
            .and_then(|product| product.role)
            .or_else(|| role_of(&core))
            .or_else(|| role_of(&words(key).into_iter().collect()))
            .or_else(|| role_of(&origin));
        let is_built = service.build.is_some() && product.is_none();
        let source = match &service.build {
            Some(build) if roots.iter().any(|root| root.starts_with(&build.context)) => {
                Source::TheWhole
            }
            Some(_) => Source::Folder,
            None => Source::Others,
        };
        // Brokers are run from images of others: what is built works on the queue.
        let role = match role {
            Some(Role::Queue) if is_built && is_named_after_queues_alone(key) => Some(Role::Worker),
            role => role,
        };
        Self {
            service: key.to_owned(),
            key: words(key),
            names,
            core,
            origin,
            image: service.image.as_deref().map(|image| {
                let name = repository(image);
                normalised(name.rsplit('/').next().unwrap_or(name))
            }),
            product,
            role,
            is_built,
            is_aside: sleeps(service),
            profiles: service.profiles.iter().cloned().collect(),
            source,
            ports: ports(service),
            listens: listens(service),
            command: command(service),
            peers: peers(service),
            leads: leads(service),
        }
    }

    /// Whether the key tells nothing but that it is a part of an application.
    pub fn is_generic(&self) -> bool {
        self.core.is_empty()
            || self
                .core
                .iter()
                .all(|word| is_number(word) || is_a_plain_key(word) || is_filler(word))
    }

    /// Whether the key says no more than that it is a program of one's own: `app`, `api`, `web`.
    pub fn is_a_plain_program(&self) -> bool {
        let has_a_role_of_its_own = matches!(
            self.role,
            Some(Role::Database | Role::Cache | Role::Queue | Role::Proxy | Role::Worker)
        );
        self.is_generic() && !has_a_role_of_its_own
    }

    /// Whether the key says no more than the program that runs or what it is for: `postgres`, `db`.
    pub fn is_plain_store(&self) -> bool {
        let all = &self.key;
        !all.is_empty()
            && all.iter().all(|word| {
                product_of_name(word).is_some_and(|named| Some(named) == self.product)
                    || role_of(&BTreeSet::from([word.clone()]))
                        .is_some_and(|role| Some(role) == self.role)
            })
    }

    /// Whether the key says no more than the program and its place among its like:
    /// `spark-master`.
    pub fn is_of_a_cluster(&self) -> bool {
        let all = &self.key;
        let is_place = |word: &String| is_a_place_in_a_cluster(word) || is_number(word);
        let program = self.program();
        let is_name = |word: &String| product_of_name(word).is_some_and(|it| Some(it) == program);
        all.iter().any(is_name) && all.iter().all(|word| is_name(word) || is_place(word))
    }

    /// Whether two services run one program of one's own and differ in their places alone:
    /// `transcoder` and `transcoder-gpu`, `feed-jobmanager` and `feed-taskmanager`.
    pub fn is_another_of(&self, other: &Self) -> bool {
        let stem = |identity: &Self| -> BTreeSet<String> {
            let core = identity.core.iter();
            core.filter(|word| !is_a_place_in_a_cluster(word) && !is_of_hardware(word))
                .cloned()
                .collect()
        };
        let stem_of_both = stem(self);
        self.service != other.service
            && self.product.is_none()
            && other.product.is_none()
            && (!stem_of_both.is_empty() && stem_of_both == stem(other)
                || self.is_run_instead_of(other))
    }

    /// Whether two services are built from one folder for profiles of their own, and their keys
    /// differ in the last word alone: `backend-demo` and `backend-full`.
    fn is_run_instead_of(&self, other: &Self) -> bool {
        let pairs = self.key.iter().zip(&other.key);
        let alike = pairs.take_while(|(one, other)| one == other).count();
        !self.profiles.is_empty()
            && !other.profiles.is_empty()
            && self.profiles.is_disjoint(&other.profiles)
            && self.is_built
            && self.origin == other.origin
            && alike > 0
            && alike + 1 >= self.key.len().max(other.key.len())
    }

    /// Whether an image of others is run under the image's own name, by which people know it.
    pub fn is_called_after_its_image(&self) -> bool {
        !self.is_built
            && self.source != Source::Family
            && !self.is_generic()
            && self.image.as_deref() == Some(normalised(&self.service).as_str())
    }

    /// Whether it is built from the project's own folder, whose name is that of the whole.
    pub fn is_of_the_whole(&self) -> bool {
        self.source == Source::TheWhole
    }

    /// Whether it publishes a port, or listens on it in its container.
    pub fn listens_on(&self, port: u16) -> bool {
        self.ports.contains(&port) || self.listens.contains(&port)
    }

    /// Whether the key names something that does one thing and ends.
    pub fn is_task(&self) -> bool {
        self.key.iter().any(|word| is_task(word))
    }

    /// Whether the key says that it does something for another program and ends: `ollama-pull`.
    pub fn ends_after_its_work(&self) -> bool {
        self.is_task()
            || self
                .key
                .iter()
                .any(|word| word == "pull" || word == "backup")
    }

    /// Whether the key says that it works with another program: `kafka-producer`.
    pub fn works_with_others(&self) -> bool {
        self.key.iter().any(|word| works_with_others(word))
    }

    /// The program that runs: from its image, or by the key where the image is built.
    pub fn program(&self) -> Option<&'static Product> {
        let named = || self.key.iter().find_map(|word| product_of_name(word));
        // `db`, made in the folder `postgres`.
        let of_its_folder = || {
            (self.is_generic() && !self.is_of_the_whole())
                .then(|| self.origin.iter().find_map(|word| product_of_name(word)))
                .flatten()
        };
        self.product
            .or_else(named)
            .or_else(|| product_of_short_key(&self.service))
            .or_else(of_its_folder)
    }

    /// Whether it runs a well-known program, and does not only work with it: `kafka-bridge`.
    pub fn runs(&self, program: &Product) -> bool {
        let is_another = |word: &String| is_distinctive(word) || works_with_others(word);
        let works_with_it = || self.key.iter().any(is_another);
        self.product == Some(program) || self.program() == Some(program) && !works_with_it()
    }

    /// The product that the key itself names.
    pub fn named_product(&self) -> Option<&'static Product> {
        product_of_name(&self.core.iter().cloned().collect::<String>())
            .or_else(|| product_of_name(&self.service))
    }
}

/// Whether an image has no owner, and a version for its tag: `postgres:16-alpine`.
fn is_of_a_version(image: &str) -> bool {
    let tag = image.split_once(':').map_or("latest", |(_, tag)| tag);
    !image.contains('/') && (tag == "latest" || tag.starts_with(|it: char| it.is_ascii_digit()))
}

/// Whether a key says nothing but that queues have to do with it.
fn is_named_after_queues_alone(key: &str) -> bool {
    matches!(words(key).as_slice(), [word] if word == "queue" || word == "queues")
}

/// The words of a name that say which service is meant.
pub(super) fn core(name: &str, prefix: &BTreeSet<String>) -> BTreeSet<String> {
    let all: BTreeSet<String> = words(name).into_iter().collect();
    let without = |fills: fn(&str) -> bool| -> BTreeSet<String> {
        all.iter()
            .filter(|word| !fills(word) && !prefix.contains(*word))
            .map(|word| canonical(&singular(word)))
            .collect()
    };
    [without(is_filler), without(is_wrapping)]
        .into_iter()
        .find(|kept| !kept.is_empty())
        .unwrap_or(all)
}

/// The program that a short key stands for, where the image is built: `es`.
fn product_of_short_key(key: &str) -> Option<&'static Product> {
    let name = match key {
        "es" => "elasticsearch",
        "rmq" => "rabbitmq",
        "pg" => "postgresql",
        "kc" => "keycloak",
        _ => return None,
    };
    product_of_name(name)
}

/// What a key of two letters says.
fn written_out(key: &str) -> &str {
    match key {
        "be" => "backend",
        "fe" => "frontend",
        _ => key,
    }
}

/// One spelling for all names of a program or a database.
fn canonical(word: &str) -> String {
    match product_of_name(word) {
        Some(product) => product.id.to_owned(),
        None if word == "database" => "db".to_owned(),
        None if word == "gw" => "gateway".to_owned(),
        None if word == "front" => "frontend".to_owned(),
        None if word == "back" => "backend".to_owned(),
        None => word.to_owned(),
    }
}

fn singular(word: &str) -> String {
    match word.strip_suffix('s') {
        Some(stem)
            if stem.len() > 2
                && !matches!(
                    word,
                    "redis" | "nats" | "postgres" | "prometheus" | "sales" | "mongos"
                )
                && !stem.ends_with(['s', 'u', 'i', 'j']) =>
        {
            stem.to_owned()
        }
        _ => word.to_owned(),
    }
}

fn stripped(name: &str, prefix: &BTreeSet<String>) -> Option<String> {
    prefix
        .iter()
        .find_map(|word| name.strip_prefix(word.as_str()))
        .filter(|rest| rest.len() > 1)
        .map(str::to_owned)
}
