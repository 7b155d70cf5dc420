//! Trees of names: what calls what by branches with tips, and services listed with their ports.

mod containers;
mod explained;
mod rows;

use std::collections::BTreeSet;

use super::arrows;
use super::collector::Collector;
use super::drawing::Drawing;
use super::label::Label;
use super::words;
use crate::facts::{ComponentKind, Connection, ConnectionKind};
use explained::{explains_names, inside_of_explained, parts};
use rows::{Row, Tip, lines};

/// How sure a tree is read: names and marks, but no boxes.
const SURE: f64 = 0.8;

/// Reads a tree of services; answers whether the lines draw one.
pub(super) fn read(drawing: &Drawing, to: &mut Collector<'_>) -> bool {
    let Some(lines) = lines(drawing, to) else {
        return false;
    };
    if containers::read(&lines, drawing, to) {
        return true;
    }
    let tips = lines.iter().any(|it| it.tip != Tip::None || it.led);
    let (leaves, references) = leaves_and_references(&lines);
    let inside = inside_of_explained(&lines);
    let explains = drawing.is_of_platform() && explains_names(&leaves, &inside);
    let names = drawing.is_of_platform()
        && (names_servers(&lines) || drawing.is_started(to) && tells_of_each(&leaves));
    if !tips && !explains && !names && !lists_services(&lines, &leaves) {
        return false;
    }
    let leads_on = || {
        let mut roots = lines.iter().filter(|it| it.branch.is_none());
        roots.any(|root| arrows::are_in(&root.text) || is_outside(&root.text))
    };
    let mut tree = Tree {
        drawing,
        calls: tips || references || leads_on(),
        explains,
        inside,
        to,
    };
    tree.read(&lines);
    true
}

/// Whether a tree without tips lists services rather than files: it names their ports, or says of
/// each what it is, and several are servers that are known by name, or of most, and many are.
fn lists_services(lines: &[Row], leaves: &[&Row]) -> bool {
    let names_server = |line: &&Row| words::names_software(&label(&line.text).name);
    let servers = lines.iter().filter(names_server).count();
    let labels = leaves.iter().map(|leaf| label(&leaf.text));
    let (mut ports, mut asides) = (0, 0);
    for label in labels {
        // `Port: 27017` is said of the name above it.
        let said = label.name.contains(": ")
            || matches!(label.name.to_lowercase().as_str(), "port" | "ports");
        if said || words::is_path(&label.name) || label.name.contains('.') {
            return false;
        }
        ports += usize::from(!label.ports.is_empty());
        let says_more = !label.notes.is_empty() || label.technology.is_some();
        asides += usize::from(says_more || !label.ports.is_empty());
    }
    let tells = servers >= 2 && asides * 10 >= leaves.len() * 8;
    let are_servers = servers >= 3 && servers * 3 >= leaves.len() && asides * 2 >= leaves.len();
    tells || are_servers || ports >= 2 && ports * 2 >= leaves.len()
}

/// Whether a tree says of nearly each of its names what it is, and names no files.
fn tells_of_each(leaves: &[&Row]) -> bool {
    const LEAST: usize = 3;
    let labels: Vec<Label> = leaves.iter().map(|leaf| label(&leaf.text)).collect();
    let is_file = |it: &Label| words::is_path(&it.name) || it.name.contains('.');
    let is_told = |it: &&Label| !it.notes.is_empty() || it.technology.is_some();
    let told = labels.iter().filter(is_told).count();
    told >= LEAST && told * 10 >= labels.len() * 8 && !labels.iter().any(is_file)
}

/// Whether several lines name servers as people write their names, which folders are not called
/// after, or below another server: `MySQL 8`, `RabbitMQ`.
fn names_servers(lines: &[Row]) -> bool {
    const LEAST: usize = 3;
    let labels: Vec<Label> = lines.iter().map(|line| label(&line.text)).collect();
    let is_file = |label: &Label| words::is_path(&label.name) || label.name.contains('.');
    let is_server = |label: &Label| words::names_software(&label.name);
    let stands_below_one = labels.first().is_some_and(is_server);
    // `airflow webserver`: folders have no spaces in their names.
    let is_of_words = |label: &&Label| {
        let count = label.name.split_whitespace().count();
        (2..=3).contains(&count) && label.name.starts_with(char::is_alphanumeric)
    };
    let are_of_words = labels.iter().filter(is_of_words).count() >= LEAST;
    let servers = labels.iter().filter(|label| {
        is_server(label)
            && (stands_below_one || are_of_words || label.name.contains(char::is_uppercase))
    });
    !labels.iter().any(is_file) && servers.count() >= LEAST
}

/// Whether a root is who calls the platform, or the way in: `Internet`, `Traefik`.
fn is_outside(root: &str) -> bool {
    matches!(
        label(root).kind(),
        Some(ComponentKind::Client | ComponentKind::External | ComponentKind::Gateway)
    )
}

/// The lines that have no branches of their own.
fn leaves(lines: &[Row]) -> Vec<usize> {
    let column = |at: usize| {
        lines
            .get(at)
            .map(|it| it.branch.map_or(-1, usize::cast_signed))
    };
    (0..lines.len())
        .filter(|at| column(*at + 1).is_none_or(|next| Some(next) <= column(*at)))
        .collect()
}

/// The lines without branches of their own that say something new, and whether others are left:
/// those name what branches elsewhere, or what is said elsewhere, which they call.
fn leaves_and_references(lines: &[Row]) -> (Vec<&Row>, bool) {
    let leaves = leaves(lines);
    let name = |row: &Row| label(&row.text).name;
    let says_more = |row: &Row| parts(&row.text).len() > 1;
    let told: BTreeSet<String> = (0..lines.len())
        .filter(|at| !leaves.contains(at) || says_more(&lines[*at]))
        .map(|at| name(&lines[at]))
        .collect();
    let all = leaves.len();
    let leaves: Vec<&Row> = leaves
        .into_iter()
        .map(|at| &lines[at])
        .filter(|row| says_more(row) || !told.contains(&name(row)))
        .collect();
    let references = leaves.len() < all;
    (leaves, references)
}

/// What a line says: `stock-api      :8081   Spring Boot` has three parts.
fn label(text: &str) -> Label {
    let text = text.split(['←', '#']).next().unwrap_or(text);
    let parts: Vec<&str> = parts(text)
        .into_iter()
        .flat_map(|it| it.split("  "))
        .collect();
    Label::of(&parts)
}

/// The names of a line, with arrows or long lines between them:
/// `Order Service ────── Order Database`.
fn names(text: &str) -> Vec<&str> {
    const LINE: &str = " ────";
    let parts = arrows::split(text).into_iter();
    parts
        .flat_map(|part| part.split(LINE))
        .map(|name| name.trim_start_matches('─').trim())
        .collect()
}

/// Whether a root is the title of what is no program: `Volumes:`.
fn is_title_of_no_programs(root: &str) -> bool {
    let title = root.trim_end_matches(':').to_lowercase();
    root.ends_with(':')
        && matches!(
            title.as_str(),
            "volumes" | "networks" | "secrets" | "configmaps" | "configs" | "ports"
        )
}

struct Tree<'a, 'b> {
    drawing: &'a Drawing,
    /// Whether a branch says that the name above calls the one behind it.
    calls: bool,
    /// Whether the drawing says of each name what it is.
    explains: bool,
    /// The lines of what services do, below those that say what they are.
    inside: BTreeSet<usize>,
    to: &'a mut Collector<'b>,
}

impl Tree<'_, '_> {
    fn read(&mut self, lines: &[Row]) {
        let leaves = leaves(lines);
        // The names above the line that is read, with the columns of their branches.
        let mut above: Vec<(Option<usize>, String)> = Vec::new();
        let mut last_root: Option<String> = None;
        let mut holds_none = false;
        for (at, line) in lines.iter().enumerate() {
            if self.to.is_full() {
                self.to.too_many("components");
                return;
            }
            while above
                .last()
                .is_some_and(|(column, _)| *column >= line.branch)
            {
                above.pop();
            }
            let parent = above.last().map(|(_, name)| name.clone());
            let parent = parent.or_else(|| last_root.take().filter(|_| line.led));
            let mut from = parent.filter(|_| self.calls);
            let mut first = None;
            if line.branch.is_none() {
                holds_none = is_title_of_no_programs(&line.text);
            }
            if holds_none {
                continue;
            }
            // The names of one line, with arrows or lines between them.
            for part in names(&line.text) {
                let label = label(part);
                if label.name.is_empty() || label.name.split_whitespace().count() > 5 {
                    break;
                }
                let is_explained = self.explains && parts(part).len() > 1;
                let group = !self.calls && !leaves.contains(&at) && !is_explained;
                self.component(line.line, &label, group);
                if let Some(from) = from.replace(label.name.clone()) {
                    let is_called = line.tip != Tip::Back || first.is_some();
                    let (from, to) = if is_called {
                        (from, label.name.clone())
                    } else {
                        (label.name.clone(), from)
                    };
                    self.connection(line.line, from, to);
                }
                // The branches of a root go on from the end of what leads to it.
                if line.branch.is_none() {
                    first = Some(label.name);
                } else {
                    first.get_or_insert(label.name);
                }
            }
            if let Some(name) = first {
                if line.branch.is_none() {
                    last_root = Some(name.clone());
                }
                above.push((line.branch, name));
            }
        }
    }

    fn component(&mut self, line: usize, label: &Label, group: bool) {
        let kind = match label.kind() {
            // What holds others is software of its own only where it names a port or a server.
            Some(kind)
                if !group || !label.ports.is_empty() || words::names_software(&label.name) =>
            {
                kind
            }
            _ if group => return,
            _ if words::is_step(&label.name) => return,
            _ if self.explains && self.inside.contains(&line) => ComponentKind::Module,
            _ if !self.drawing.is_of_platform() => ComponentKind::Module,
            _ if !label.ports.is_empty() || label.technology.is_some() || self.explains => {
                ComponentKind::Service
            }
            _ => self
                .to
                .kind_of(&label.name)
                .unwrap_or(ComponentKind::Module),
        };
        let aside = label.technology.as_deref().unwrap_or("").to_lowercase();
        let kind = if aside.contains("external") || aside.contains("third-party") {
            ComponentKind::External
        } else if self.drawing.is_of_platform()
            || self.to.is_known(&label.name)
            || !kind.is_runnable()
        {
            kind
        } else {
            ComponentKind::Module
        };
        let origin = self.drawing.origin(line, SURE, self.to);
        self.to.drawn_ports(label, kind, |_, _| origin.clone());
        self.to.component(label.component(kind, origin));
    }

    fn connection(&mut self, line: usize, from: String, target: String) {
        let known = |name: &str| {
            self.to.kind_of(name).is_some_and(|it| {
                it.is_runnable() || matches!(it, ComponentKind::Client | ComponentKind::External)
            })
        };
        let kind = if !self.drawing.is_of_platform() {
            ConnectionKind::Sequence
        } else if known(&from) && known(&target) {
            ConnectionKind::Request
        } else {
            ConnectionKind::Internal
        };
        let origin = self.drawing.origin(line, SURE, self.to);
        self.to.connection(Connection {
            from,
            to: target,
            label: None,
            kind,
            protocol: None,
            origin,
        });
    }
}

#[cfg(test)]
mod tests {
    fn names(tree: &str) -> Vec<String> {
        let text = format!("# A\n\n## Architecture\n\n```\n{tree}\n```\n");
        let document = crate::read("a.md", text.as_bytes());
        let components = document.facts.components.iter();
        components.map(|it| it.name.clone()).collect()
    }

    #[test]
    fn a_tree_that_says_what_each_name_is_lists_services() {
        let tree = "forge\n├── api              (FastAPI, :8000)\n│   ├── postgres     (episodes)\n│   └── redis        (queue)\n└── minio            (files)";
        assert_eq!(names(tree), ["api", "postgres", "redis", "minio"]);
    }

    #[test]
    fn what_leads_to_the_root_calls_what_it_branches_to() {
        let tree = "Internet → Traefik (Port 80)\n    ├── Frontend (React)\n    ├── PostgreSQL (Database)\n    └── Redis (Cache)";
        assert_eq!(
            names(tree),
            ["Internet", "Traefik", "Frontend", "PostgreSQL", "Redis"]
        );
    }

    #[test]
    fn dots_lead_to_what_a_name_is() {
        let tree = "homelab\n├── Edge\n│   ├── Traefik ..... reverse proxy\n│   └── Authelia .... SSO / 2FA\n└── Misc\n    ├── Homepage .... dashboard\n    └── Watchtower .. updates\n";
        assert_eq!(
            names(tree),
            ["Traefik", "Authelia", "Homepage", "Watchtower"]
        );
    }

    #[test]
    fn a_tree_whose_leaves_branch_elsewhere_says_what_calls_what() {
        let tree = "Readers\n└── Caddy  ── TLS\n    ├── Site (Nuxt)\n    │   └── API\n    ├── Desk (Vue)\n    │   └── API\n    └── API (Symfony)\n        ├── PostgreSQL ......... articles\n        ├── Redis ......... cache\n        └── Elasticsearch ...... search\n";
        assert_eq!(
            names(tree),
            [
                "Readers",
                "Caddy",
                "Site",
                "API",
                "Desk",
                "PostgreSQL",
                "Redis",
                "Elasticsearch"
            ]
        );
    }

    #[test]
    fn words_in_branches_say_how_a_name_is_called() {
        let tree = "Browser\n  ├─ REST ──────────► backend (FastAPI) ──► MongoDB\n  │                     └─ HTTP ──► runner\n  ├─ WebSocket ─────► ai (FastAPI)\n  └─ iframe + messages ► viewer (Trame)";
        assert_eq!(
            names(tree),
            ["Browser", "backend", "MongoDB", "runner", "ai", "viewer"]
        );
    }

    #[test]
    fn arrows_lead_to_what_a_name_is() {
        let tree = "rag\n├── ui          → Streamlit chat, port 8501\n├── api         → FastAPI, retrieval\n│   ├── ranker      (dense + sparse)\n│   └── prompts\n├── ollama      → models and embeddings\n└── qdrant      → all vectors";
        let text = format!("# A\n\n## Architecture\n\n```\n{tree}\n```\n");
        let document = crate::read("a.md", text.as_bytes());
        let runnable = |name: &str| {
            let mut components = document.facts.components.iter();
            components.find(|it| it.name == name).map(|it| it.runnable)
        };
        assert_eq!(
            names(tree),
            ["ui", "api", "ranker", "prompts", "ollama", "qdrant"]
        );
        assert_eq!(runnable("api"), Some(true));
        assert_eq!(runnable("ranker"), Some(false));
        assert!(document.facts.connections.is_empty());
    }

    #[test]
    fn a_tree_of_folders_lists_none() {
        let tree = "forge\n├── api/             (FastAPI)\n│   ├── postgres/    (schema)\n│   └── redis/       (scripts)\n└── main.py          (start)";
        assert!(names(tree).is_empty());
    }
}
