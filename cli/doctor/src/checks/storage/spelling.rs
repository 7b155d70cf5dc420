//! Documented volumes that the compose files spell otherwise.

use devkit_archdoc::{Document, Volume, VolumeKind, normalised};
use devkit_compose::Project;

use crate::context::{Context, Page};
use crate::report::{Edit, Finding, Fix};
use crate::rule::{self, Level};

/// How a documented name and the name of a volume of the compose files go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spelling {
    /// It is the same, or the one that the engine knows.
    Same,
    /// Only the signs between the words differ.
    Separated,
    /// A project's name stands before it.
    Prefixed,
}

/// The key of the volume that a documented name means.
pub(super) fn key_of<'a>(project: &'a Project, name: &str) -> Option<&'a str> {
    meant(project, name).map(|(key, _)| key)
}

fn meant<'a>(project: &'a Project, name: &str) -> Option<(&'a str, Spelling)> {
    let wanted = normalised(name);
    let is_same = |key: &str, name_of: &str| key == name || name_of == name;
    let is_separated =
        |key: &str, name_of: &str| normalised(key) == wanted || normalised(name_of) == wanted;
    let is_prefixed = |key: &str, _: &str| prefix(name, key).is_some();
    let find = |is: &dyn Fn(&str, &str) -> bool, spelling| {
        let mut volumes = project.volumes.iter();
        volumes
            .find(|(key, volume)| is(key.as_str(), &volume.name))
            .map(|(key, _)| (key.as_str(), spelling))
    };
    find(&is_same, Spelling::Same)
        .or_else(|| find(&is_separated, Spelling::Separated))
        .or_else(|| find(&is_prefixed, Spelling::Prefixed))
}

/// What stands before the key of a volume, as the engine puts the project's name: `shop_pgdata`.
fn prefix<'a>(name: &'a str, key: &str) -> Option<&'a str> {
    let before = name.strip_suffix(key)?.strip_suffix(['_', '-'])?;
    (!before.is_empty()).then_some(before)
}

/// What to say of a documented volume that is there under another spelling.
pub(super) fn finding(context: &Context<'_>, page: &Page<'_>, volume: &Volume) -> Option<Finding> {
    let name = volume.name.as_str();
    // `Postgres Data` is what it holds rather than what it is called.
    let is_plain = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || "_-.".contains(it);
    let (key, spelling) = meant(context.project(), name).filter(|_| name.chars().all(is_plain))?;
    let volume_of = context.project().volumes.get(key);
    // The name that the engine knows, where the document means that one.
    let written = volume_of
        .map(|it| it.name.as_str())
        .filter(|it| normalised(it) == normalised(name))
        .unwrap_or(key);
    let found = Finding::new(
        &rule::DIFFERENT_VOLUME,
        name,
        format!("Volume `{name}` is documented, and the compose file calls it `{written}`"),
    )
    .in_document(volume.origin.location())
    .in_compose(context.place(&format!("volumes.{key}")));
    match spelling {
        Spelling::Same => None,
        Spelling::Separated => Some(
            found
                .with_level(Level::Warning)
                .with_help(format!("Write `{written}` in the document"))
                .with_fix(fix(page.document, volume, written)),
        ),
        Spelling::Prefixed => {
            (!is_of_this_project(page.document, volume, key)).then(|| found.with_level(Level::Info))
        }
    }
}

/// Whether the document puts the same name before several volumes, or is about what it names.
fn is_of_this_project(document: &Document, volume: &Volume, key: &str) -> bool {
    let Some(before) = prefix(&volume.name, key) else {
        return false;
    };
    let title = document.headings.first();
    let titled = title.is_some_and(|title| normalised(&title.text).contains(&normalised(before)));
    let mut others = document.facts.volumes.iter();
    titled
        || others.any(|other| {
            other.kind == VolumeKind::Named
                && other.name != volume.name
                && other
                    .name
                    .strip_prefix(before)
                    .is_some_and(|rest| rest.starts_with(['_', '-']))
        })
}

/// Writes the key in the place of the documented name; in a drawing the lines would shift.
fn fix(document: &Document, volume: &Volume, key: &str) -> Option<Fix> {
    if volume.origin.diagram.is_some() {
        return None;
    }
    let text = document.source.text();
    let mut lines = text.split_inclusive('\n');
    let before: usize = lines
        .by_ref()
        .take(volume.origin.line - 1)
        .map(str::len)
        .sum();
    let line = lines.next()?;
    let mut places = line.match_indices(volume.name.as_str());
    let (Some((at, _)), None) = (places.next(), places.next()) else {
        return None;
    };
    let start = before + at;
    Some(Fix {
        description: format!("Write the volume as `{key}`"),
        edits: vec![Edit {
            file: document.source.path().to_path_buf(),
            span: start..start + volume.name.len(),
            replacement: key.to_owned(),
        }],
    })
}
