use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::docker;

/// The variable that keeps what was built, so that the next run builds faster.
const KEEP: &str = "DEVKIT_KEEP_IMAGES";

/// The filter for images that have no name.
const DANGLING: &str = "dangling=true";

/// The images that a platform builds, to be removed with it.
#[derive(Debug)]
pub(crate) struct Images {
    project: String,
    root: PathBuf,
    /// Images without a name that were there before.
    before: BTreeSet<String>,
}

impl Images {
    /// Looks at what is there before a platform is up for the first time.
    pub(crate) fn before(root: &Path, project: &str) -> Self {
        Self {
            project: project.to_owned(),
            root: root.to_owned(),
            before: nameless(),
        }
    }

    /// Removes what was built since: the images with the project's name or label, and the first
    /// stages of its Dockerfiles, which the classic builder leaves without either.
    pub(crate) fn remove(&self) {
        if std::env::var_os(KEEP).is_some() {
            return;
        }
        let named = format!("reference={}-*", self.project);
        let format = "{{.Repository}}:{{.Tag}}";
        for name in listed(&["image", "ls", "--filter", &named, "--format", format]) {
            let _ = docker(&["image", "rm", &name]);
        }
        let label = format!("label=com.docker.compose.project={}", self.project);
        let nameless_too = [
            "image", "ls", "--filter", &label, "--filter", DANGLING, "--quiet",
        ];
        for id in listed(&nameless_too) {
            let _ = docker(&["image", "rm", &id]);
        }
        let steps = self.steps();
        for id in nameless().difference(&self.before) {
            let made = docker(&[
                "image",
                "history",
                "--no-trunc",
                "--format",
                "{{.CreatedBy}}",
                id,
            ]);
            let made = made.unwrap_or_default();
            let last = squeezed(made.lines().next().unwrap_or_default());
            if steps.iter().any(|step| last.ends_with(step)) {
                let _ = docker(&["image", "rm", id]);
            }
        }
    }

    /// The commands that the platform's Dockerfiles run.
    fn steps(&self) -> Vec<String> {
        let folders = fs::read_dir(self.root.join("services"));
        let files = folders
            .into_iter()
            .flatten()
            .filter_map(|folder| fs::read_to_string(folder.ok()?.path().join("Dockerfile")).ok());
        files.flat_map(|text| commands(&text)).collect()
    }
}

/// What a Dockerfile's `RUN` lines run, on one line each.
fn commands(dockerfile: &str) -> Vec<String> {
    let whole = dockerfile.replace("\\\n", " ");
    let lines = whole.lines().filter_map(|line| line.strip_prefix("RUN "));
    lines.map(squeezed).collect()
}

fn nameless() -> BTreeSet<String> {
    listed(&["image", "ls", "--no-trunc", "--filter", DANGLING, "--quiet"])
        .into_iter()
        .collect()
}

fn listed(arguments: &[&str]) -> BTreeSet<String> {
    let ids = docker(arguments).unwrap_or_default();
    ids.lines().map(str::to_owned).collect()
}

/// The text with one blank wherever it has some.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::commands;

    #[test]
    fn a_command_over_several_lines_is_one() {
        let text = "FROM debian\nRUN mkdir src \\\n && touch src/lib.rs\nCOPY . .\nRUN true\n";
        assert_eq!(commands(text), ["mkdir src && touch src/lib.rs", "true"]);
    }
}
