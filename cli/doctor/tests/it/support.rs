use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use devkit_archdoc::Document;
use devkit_compose::{LoadOptions, Project, Survey};
use devkit_doctor::{Depth, Inputs, Options, Report, Repository};
use tempfile::TempDir;
use time::Date;
use time::macros::date;

/// The day on which the tests take place: after the platform's document was validated, and before
/// its next review.
pub(crate) const TODAY: Date = date!(2026 - 12 - 01);

/// What of the repository's root is the reference platform, as `devkit new platform` writes it.
const REFERENCE: [&str; 8] = [
    ".env",
    ".gitignore",
    ".vscode",
    "README.md",
    "config",
    "docker-compose.development.yml",
    "docker-compose.yml",
    "docs",
];

/// A platform in a temporary folder.
pub(crate) struct Platform {
    folder: TempDir,
}

impl Platform {
    /// A copy of the reference platform, with a private env file that is made from its example.
    pub(crate) fn clean() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = repository_root();
        for name in REFERENCE {
            copy(&root.join(name), &folder.path().join(name));
        }
        copy(&root.join("services"), &folder.path().join("services"));
        let platform = Self { folder };
        let example = platform.read("config/.env.example");
        platform.write(
            "config/.env",
            &example.replace("__generate__", "Zk3mPq9vXwT7"),
        );
        platform.permit("config/.env", 0o600);
        platform
    }

    /// A platform of one compose file and one document.
    pub(crate) fn of(compose: &str, document: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("docker-compose.yml"), compose).unwrap();
        std::fs::write(folder.path().join("ARCHITECTURE.md"), document).unwrap();
        Self { folder }
    }

    /// Sets who may read and write a file.
    pub(crate) fn permit(&self, file: &str, mode: u32) {
        use std::os::unix::fs::PermissionsExt as _;
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(self.root().join(file), permissions).unwrap();
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().canonicalize().unwrap()
    }

    pub(crate) fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.root().join(file)).unwrap()
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        let path = self.root().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Replaces the first occurrence of a text, which must be there.
    pub(crate) fn replace(&self, file: &str, from: &str, to: &str) {
        let text = self.read(file);
        assert!(text.contains(from), "{file} has no {from:?}");
        self.write(file, &text.replacen(from, to, 1));
    }

    pub(crate) fn document_path(&self) -> &'static str {
        if self.root().join("ARCHITECTURE.md").exists() {
            "ARCHITECTURE.md"
        } else {
            "docs/architecture/overview.md"
        }
    }

    pub(crate) fn documents(&self) -> Vec<Document> {
        let path = self.document_path();
        let bytes = std::fs::read(self.root().join(path)).unwrap();
        vec![devkit_archdoc::read(path, &bytes)]
    }

    /// What the files alone say.
    pub(crate) fn doctor(&self) -> Report {
        examine(&self.root(), self.document_path(), TODAY)
    }

    /// What is said of a platform in one of its folders.
    pub(crate) fn doctor_in(&self, folder: &str) -> Report {
        examine(&self.root().join(folder), "ARCHITECTURE.md", TODAY)
    }
}

/// What the files of this repository, which is a platform, say.
pub(crate) fn repository() -> Report {
    examine(&repository_root(), "docs/architecture/overview.md", TODAY)
}

fn examine(root: &Path, document: &str, today: Date) -> Report {
    let development = root.join("docker-compose.development.yml").exists();
    let found = survey(root, &[]);
    let project = found.project;
    let production = development.then(|| survey(root, &["docker-compose.yml"]).project);
    let bytes = std::fs::read(root.join(document)).unwrap();
    let documents = [devkit_archdoc::read(document, &bytes)];
    let projects: Vec<&Project> = [Some(&project), production.as_ref()]
        .into_iter()
        .flatten()
        .collect();
    let repository = Repository::collect(root, &projects);
    let inputs = Inputs {
        root,
        project: &project,
        production: production.as_ref(),
        omitted: &found.omitted,
        documents: &documents,
        repository: &repository,
        machine: None,
        driver: None,
        today,
    };
    let options = Options {
        depth: Depth::Static,
        ..Options::default()
    };
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(devkit_doctor::run(&inputs, &options))
}

pub(crate) fn load(root: &Path, files: &[&str]) -> Project {
    let survey = survey(root, files);
    assert!(survey.omitted.is_empty(), "{}", survey.omitted);
    survey.project
}

fn survey(root: &Path, files: &[&str]) -> Survey {
    devkit_compose::survey(&LoadOptions {
        working_dir: root.to_path_buf(),
        files: files.iter().map(|file| root.join(file)).collect(),
        environment: BTreeMap::new(),
        ..LoadOptions::default()
    })
    .unwrap_or_else(|problems| panic!("{problems}"))
}

pub(crate) fn repository_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap()
}

/// Copies a file or a folder, without what is built or installed there.
fn copy(from: &Path, to: &Path) {
    if !from.is_dir() {
        std::fs::copy(from, to).unwrap();
        return;
    }
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let name = entry.unwrap().file_name();
        let made = [
            "target",
            "node_modules",
            "dist",
            ".env",
            ".env.mcp.credentials",
        ];
        if !made.iter().any(|made| name == *made) {
            copy(&from.join(&name), &to.join(&name));
        }
    }
}

/// The findings as lines, for messages of tests and for comparing.
pub(crate) fn lines(report: &Report) -> Vec<String> {
    report
        .findings
        .iter()
        .map(|finding| {
            let place = |place: &Option<devkit_diagnostic::Location>| {
                place.as_ref().map_or_else(
                    || "-".to_owned(),
                    |place| format!("{}:{}", place.file.display(), place.line),
                )
            };
            format!(
                "{} {} {} [{} | {}] {}",
                finding.rule.id,
                finding.level,
                finding.subject,
                place(&finding.document),
                place(&finding.compose),
                finding.message
            )
        })
        .collect()
}

/// What doctor says of the services that a document draws, and of those it does not.
pub(crate) fn said(compose: &str, document: &str) -> Vec<String> {
    let platform = Platform::of(compose, document);
    platform
        .doctor()
        .findings
        .iter()
        .filter(|finding| ["DK101", "DK102", "DK103"].contains(&finding.rule.id))
        .map(|finding| format!("{} {}", finding.rule.id, finding.subject))
        .collect()
}

/// A document with one drawing.
pub(crate) fn mermaid(body: &str) -> String {
    format!("# Library\n\n## Architecture\n\n```mermaid\n{body}\n```\n")
}

/// Three programs and their database, which `drawn` draws.
pub(crate) const SHOP: &str = "services:
  gateway: {build: ./gateway}
  orders: {build: ./orders}
  users: {build: ./users}
  db: {image: 'postgres:17'}
";

/// A drawing of the shop, and a line more.
pub(crate) fn drawn(line: &str) -> String {
    mermaid(&format!(
        "graph TD
    G[Gateway] --> O[Orders] --> D[(PostgreSQL)]
    G --> U[Users] --> D
    {line}"
    ))
}

/// An API and its database, to which a test adds.
pub(crate) const API_AND_DATABASE: &str = "services:
  api: {build: ./api}
  db: {image: 'postgres:17'}
";

/// What is said of one more node beside an API and its database, and one more service.
pub(crate) fn said_of(node: &str, service: &str) -> Vec<String> {
    let compose = format!("{API_AND_DATABASE}{service}");
    let document = mermaid(&format!(
        "graph TD\n    A[API] --> D[(PostgreSQL)]\n    A --> X[\"{node}\"]"
    ));
    said(&compose, &document)
}
