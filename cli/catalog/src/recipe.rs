//! How a backing service runs without containers: the `[process]` table of a `component.toml`.
//!
//! A recipe mirrors an image: a default command, and an entrypoint script that gets the command
//! as its arguments. The compose file's `command` is honoured as it stands, for the script is also
//! on the search path as `docker-entrypoint.sh`. The scripts find in their environment:
//!
//! | variable | is |
//! |---|---|
//! | `DEVKIT_DATA` | the data folder (during `initialise` a fresh one, which takes its place at the end) |
//! | `DEVKIT_RUNTIME` | a short folder for sockets and generated configuration |
//! | `DEVKIT_INITIALISE` | a folder with copies of the files of `initialise_from`, in order of name |
//! | `DEVKIT_PORT_<NAME>` | the private loopback port of that name |
//! | `DEVKIT_BINARY_<NAME>` | the absolute path of that binary |

use devkit_diagnostic::Diagnostic;
use serde::{Deserialize, Serialize};

use crate::Component;

/// How a backing service runs from ordinary binaries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// Repositories whose images it stands for, such as `postgres`.
    pub images: Vec<String>,
    /// The system user to run as when devkit runs as root.
    #[serde(default)]
    pub user: Option<String>,
    /// Whether the program refuses to run as root, so that the user is a must.
    #[serde(default)]
    pub never_root: bool,
    /// The path in the image whose mount is the data folder.
    pub data: String,
    /// The path in the image whose mounted files are given to `initialise`.
    #[serde(default)]
    pub initialise_from: Option<String>,
    /// The protocol that must answer before it is ready.
    pub protocol: RecipeProtocol,
    /// The signal that asks it to stop.
    #[serde(default = "terminate")]
    pub stop_signal: String,
    /// The command when the compose file gives none.
    pub command: Vec<String>,
    /// Programs it needs.
    pub binary: Vec<Binary>,
    /// Ports it listens on.
    pub port: Vec<RecipePort>,
    /// Shell script that fills an empty data folder.
    #[serde(default)]
    pub initialise: Option<String>,
    /// Shell script that becomes the program; gets the command as its arguments.
    pub entrypoint: String,
}

/// A protocol that devkit can speak far enough to know that a server answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[derive(Default)]
pub enum RecipeProtocol {
    /// Any server that accepts a connection.
    #[default]
    Tcp,
    /// PostgreSQL.
    Postgres,
    /// Redis.
    Redis,
    /// AMQP 0-9-1.
    Amqp,
}

/// A program that a recipe needs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Binary {
    /// The file's name.
    pub name: String,
    /// The Debian package that has it.
    pub debian: String,
    /// The Homebrew formula that has it.
    pub homebrew: String,
    /// Folders to look in before the search path; `*` stands for a version, the highest wins.
    #[serde(default)]
    pub search: Vec<String>,
}

/// A port that a recipe listens on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecipePort {
    /// The name in `DEVKIT_PORT_<NAME>`.
    pub name: String,
    /// The port of the image that it stands for; nothing for one that only the program uses.
    #[serde(default)]
    pub target: Option<u16>,
}

impl Recipe {
    /// Whether it stands for an image, whatever its registry, tag and digest.
    pub fn stands_for(&self, image: &str) -> bool {
        let name = image.split('@').next().unwrap_or(image);
        let slash = name.rfind('/').map_or(0, |at| at + 1);
        let name = match name[slash..].find(':') {
            Some(colon) => &name[..slash + colon],
            None => name,
        };
        let name = name
            .strip_prefix("docker.io/")
            .or_else(|| name.strip_prefix("index.docker.io/"))
            .unwrap_or(name);
        let name = name.strip_prefix("library/").unwrap_or(name);
        self.images.iter().any(|known| known == name)
    }

    /// The Debian packages of its binaries, each once.
    pub fn debian_packages(&self) -> Vec<&str> {
        let mut packages: Vec<_> = self.binary.iter().map(|b| b.debian.as_str()).collect();
        packages.sort_unstable();
        packages.dedup();
        packages
    }
}

impl Component {
    /// How to run it without containers, where its `component.toml` says.
    ///
    /// # Errors
    /// If the `[process]` table is not understood.
    pub fn recipe(&self) -> Result<Option<Recipe>, Diagnostic> {
        let Some(table) = self.manifest().process.clone() else {
            return Ok(None);
        };
        toml::Value::Table(table)
            .try_into()
            .map(Some)
            .map_err(|error: toml::de::Error| {
                Diagnostic::error(format!(
                    "The [process] table of {} is not understood: {}",
                    self.manifest().id,
                    error.message()
                ))
            })
    }
}

fn terminate() -> String {
    "SIGTERM".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Component {
        process: Recipe,
    }

    fn built_in(name: &str) -> Recipe {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../templates/backing")
            .join(name)
            .join("component.toml");
        let text = std::fs::read_to_string(file).unwrap();
        toml::from_str::<Component>(&text).unwrap().process
    }

    #[test]
    fn every_backing_service_has_a_recipe_for_its_official_image() {
        for (name, image) in [
            ("postgres", "postgres:17"),
            ("redis", "docker.io/library/redis:8"),
            ("rabbitmq", "rabbitmq:4-management"),
        ] {
            assert!(built_in(name).stands_for(image), "{name}");
        }
    }

    #[test]
    fn images_are_told_apart_by_their_whole_repository() {
        let recipe = built_in("postgres");
        assert!(recipe.stands_for("postgres"));
        assert!(recipe.stands_for("library/postgres@sha256:00"));
        assert!(!recipe.stands_for("someone/postgres:17"));
        assert!(!recipe.stands_for("registry.local:5000/postgres:17"));
        assert!(!recipe.stands_for("postgres-exporter:1"));
    }

    #[test]
    fn packages_are_named_once() {
        assert_eq!(built_in("postgres").debian_packages(), ["postgresql"]);
        assert!(built_in("postgres").never_root);
    }
}
