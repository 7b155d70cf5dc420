//! Loading a project to look at it rather than to run it.

use devkit_diagnostic::{Diagnostic, Diagnostics, Severity};

use crate::session::{Omissions, Session};
use crate::{LoadOptions, Project, assemble};

/// Each round leaves out what stopped the round before; more rounds than this help nobody.
const MAXIMUM_ROUNDS: usize = 24;
/// The name of a project that cannot be given its own.
const PLACEHOLDER: &str = "project";

/// A project as far as it can be read, and what had to be left out of it.
#[derive(Debug, Clone)]
pub struct Survey {
    /// The project without the parts that could not be used.
    pub project: Project,
    /// Why parts were left out, each with its place: files that are missing, variables that must
    /// be set, values that are not valid. Running the project would fail on each of them.
    pub omitted: Diagnostics,
}

/// Loads the project that the options name, as far as it can be read.
///
/// What makes [`crate::load`] fail at one place (a missing env file, a required variable that is
/// not set, an included file that is not there, an invalid value) is left out, and said. Of a key that
/// is defined twice, the last one counts.
///
/// # Errors
/// All diagnostics, when too little can be read: there is no file, or it is no YAML.
pub fn survey(options: &LoadOptions) -> Result<Survey, Diagnostics> {
    let mut options = options.clone();
    let mut omissions = Omissions::default();
    let mut omitted: Vec<Diagnostic> = Vec::new();
    let mut first_failure = None;
    for _ in 0..MAXIMUM_ROUNDS {
        let mut session = Session::tolerating(omissions);
        if let Ok(project) = assemble::assemble(&options, &mut session) {
            for diagnostic in session.take_overlooked() {
                if !omitted.contains(&diagnostic) {
                    omitted.push(diagnostic);
                }
            }
            return Ok(Survey {
                project,
                omitted: omitted.into_iter().collect(),
            });
        }
        let (further, found) = session.leave_out();
        let first = first_failure.get_or_insert_with(|| found.clone());
        match further {
            Some(further) => omissions = further,
            None if options.project_name.is_none() || !options.no_env_resolution => {
                // What has no place of its own is an env file's content or the project's name.
                omissions = Omissions::default();
                omitted.clear();
                options.no_env_resolution = true;
                options
                    .project_name
                    .get_or_insert_with(|| PLACEHOLDER.to_owned());
            }
            None => return Err(first.clone()),
        }
        for diagnostic in found {
            if diagnostic.severity == Severity::Error && !omitted.contains(&diagnostic) {
                omitted.push(diagnostic);
            }
        }
    }
    Err(first_failure.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn of(text: &str) -> Survey {
        survey(&LoadOptions {
            working_dir: std::env::temp_dir(),
            files: vec![Path::new("-").to_path_buf()],
            standard_input: Some(text.to_owned()),
            project_name: Some("shop".to_owned()),
            ..LoadOptions::default()
        })
        .unwrap_or_else(|found| panic!("{found}"))
    }

    #[test]
    fn what_cannot_be_used_is_left_out_and_said() {
        let found = of(
            "services:\n  a:\n    image: ${IMAGE:?which}\n    ports: ['${X}:${Y}', '80:80']\n    networks: [none-such]\n  b:\n    image: b\n    mem_limit: much\n    no_such_key: 1\n",
        );
        let a = &found.project.services["a"];
        assert_eq!(a.image, None);
        assert_eq!(a.ports.len(), 1);
        assert!(found.project.services.contains_key("b"));
        assert_eq!(found.omitted.iter().count(), 5, "{}", found.omitted);
    }

    #[test]
    fn of_a_key_that_is_defined_twice_the_last_one_counts() {
        let found = of("services:\n  a:\n    image: one\n    image: two\n");
        assert_eq!(found.project.services["a"].image.as_deref(), Some("two"));
        let said: Vec<_> = found.omitted.iter().map(|one| &one.message).collect();
        assert_eq!(said, ["The key `image` is defined twice"]);
    }

    #[test]
    fn a_missing_env_file_is_said_once() {
        let found = of(
            "services:\n  a:\n    image: a\n    env_file:\n      - path: ./none-such.env\n        required: true\n",
        );
        let said: Vec<_> = found.omitted.iter().map(|one| &one.message).collect();
        assert_eq!(said.len(), 1, "{}", found.omitted);
        assert!(said[0].contains("does not exist"), "{}", said[0]);
    }

    #[test]
    fn what_can_be_used_is_read_as_ever() {
        let found = of("services:\n  a:\n    image: a\n    depends_on: [b]\n  b:\n    build: .\n");
        assert!(found.omitted.is_empty());
        assert!(found.project.services["a"].depends_on.contains_key("b"));
    }

    #[test]
    fn what_is_no_compose_file_is_refused() {
        let options = LoadOptions {
            working_dir: std::env::temp_dir(),
            files: vec![Path::new("-").to_path_buf()],
            standard_input: Some("a: [".to_owned()),
            ..LoadOptions::default()
        };
        assert!(survey(&options).is_err());
    }
}
