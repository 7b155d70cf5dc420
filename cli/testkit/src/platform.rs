use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::images::Images;
use crate::{Binary, Client, Run, free_ports};

/// The published ports of the starter platform, by variable.
const PORTS: [&str; 9] = [
    "FRONTEND_PORT",
    "API_PORT",
    "POSTGRES_PORT",
    "REDIS_PORT",
    "RABBITMQ_PORT",
    "RABBITMQ_MANAGEMENT_PORT",
    "PGADMIN_PORT",
    "REDIS_COMMANDER_PORT",
    "OLLAMA_PORT",
];

/// A platform in a temporary folder, on ports of its own; taken down when dropped.
#[derive(Debug)]
pub struct Platform {
    binary: Binary,
    folder: TempDir,
    name: String,
    images: Images,
}

impl Platform {
    /// Scaffolds the starter platform with devkit itself, under a name that no other test has.
    ///
    /// # Panics
    /// When scaffolding fails.
    pub fn scaffold(binary: &Binary, purpose: &str) -> Self {
        let folder = tempfile::Builder::new()
            .prefix("devkit-")
            .tempdir()
            .unwrap_or_else(|error| panic!("no temporary folder: {error}"));
        make_traversable(folder.path());
        let name = format!("{purpose}-{}", std::process::id());
        let run = binary
            .run(folder.path(), &["new", "platform", &name])
            .expect_code(0);
        assert!(run.stderr.contains(&name), "{}", run.stderr);
        let platform = Self {
            binary: binary.clone(),
            images: Images::before(&folder.path().join(&name), &name),
            folder,
            name,
        };
        platform.move_ports();
        platform
    }

    /// The platform's folder.
    pub fn root(&self) -> PathBuf {
        self.folder.path().join(&self.name)
    }

    /// The platform's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Runs devkit in the platform's folder.
    pub fn devkit(&self, arguments: &[&str]) -> Run {
        self.binary.run(&self.root(), arguments)
    }

    /// The binary under test.
    pub fn binary(&self) -> &Binary {
        &self.binary
    }

    /// The value of a variable of the platform's `.env`.
    ///
    /// # Panics
    /// When there is no such variable.
    pub fn variable(&self, name: &str) -> String {
        let text = read(&self.root().join(".env"));
        let prefix = format!("{name}=");
        text.lines()
            .find_map(|line| line.strip_prefix(&prefix))
            .unwrap_or_else(|| panic!("no {name} in .env:\n{text}"))
            .to_owned()
    }

    /// A client for a published port, by its variable.
    pub fn client(&self, variable: &str) -> Client {
        Client::new(format!("http://127.0.0.1:{}", self.variable(variable)))
    }

    /// Replaces text in one of the platform's files.
    ///
    /// # Panics
    /// When the file does not hold the text exactly once.
    pub fn edit(&self, file: &str, from: &str, to: &str) {
        let path = self.root().join(file);
        let text = read(&path);
        assert_eq!(text.matches(from).count(), 1, "`{from}` in {file}:\n{text}");
        write(&path, &text.replacen(from, to, 1));
    }

    /// The text of one of the platform's files.
    ///
    /// # Panics
    /// When it cannot be read.
    pub fn read(&self, file: &str) -> String {
        read(&self.root().join(file))
    }

    fn move_ports(&self) {
        let path = self.root().join(".env");
        let mut text = read(&path);
        for (name, port) in PORTS.iter().zip(free_ports(PORTS.len())) {
            let lines = text.lines().map(|line| {
                if line.starts_with(&format!("{name}=")) {
                    format!("{name}={port}")
                } else {
                    line.to_owned()
                }
            });
            text = lines.map(|line| line + "\n").collect();
        }
        // The second octet comes from the process, so that suites that run side by side do not meet.
        let subnet = format!("APP_SUBNET=10.{}.0.0/24", 100 + std::process::id() % 100);
        let lines = text.lines().map(|line| {
            if line.starts_with("APP_SUBNET=") {
                subnet.clone()
            } else {
                line.to_owned()
            }
        });
        text = lines.map(|line| line + "\n").collect();
        write(&path, &text);
        // The document names the ports, so it has to follow them.
        self.devkit(&["docs"]).expect_code(0);
    }
}

impl Drop for Platform {
    fn drop(&mut self) {
        if self.root().join("docker-compose.yml").exists() {
            self.binary
                .run(&self.root(), &["down", "-v", "--remove-orphans"]);
            self.images.remove();
        }
    }
}

/// Servers that give up their rights must be able to reach their data below.
fn make_traversable(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}
