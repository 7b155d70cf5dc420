//! Folders of the project that services mount.

use std::path::{Component as PathPart, Path, PathBuf};

use devkit_archdoc::{Volume, VolumeKind};
use devkit_compose::Project;
use devkit_compose::model::Service;
use globset::Glob;

use crate::context::{Context, Page, service};
use crate::report::{Finding, Outcome};
use crate::rule;

/// What is wrong about a documented folder.
pub(super) fn problem(
    context: &Context<'_>,
    page: &Page<'_>,
    volume: &Volume,
    outcome: &mut Outcome,
) -> Option<String> {
    let written = volume.name.trim_end_matches('/');
    let relative = written.strip_prefix("./").unwrap_or(written);
    if written.starts_with(['/', '~', '$'])
        || relative.is_empty()
        || relative.contains(char::is_whitespace)
    {
        return None;
    }
    outcome.decided(&rule::DIFFERENT_VOLUME);
    let project = context.project();
    let pattern = relative.trim_end_matches("/*").trim_end_matches("/**");
    let owner = volume.of.as_deref().and_then(|of| page.names.one(of));
    let owner_service = owner.as_deref().and_then(|owner| service(project, owner));
    if let Some(definition) = owner_service
        && binds(project, definition)
            .iter()
            .any(|path| covers(pattern, path))
    {
        return None;
    }
    let somewhere: Vec<&str> = project
        .all_services()
        .filter(|(_, service)| {
            binds(project, service)
                .iter()
                .any(|path| covers(pattern, path))
        })
        .map(|(key, _)| key)
        .collect();
    match (somewhere.first(), owner) {
        (Some(_), None) => None,
        (Some(user), Some(owner)) => Some(format!(
            "`{written}` is documented as a mount of `{owner}`, and `{user}` mounts it"
        )),
        (None, _) => (!context.inputs.repository.compose_mentions(project, pattern)).then(|| {
            format!("`{written}` is documented as a mounted path, and no service mounts it")
        }),
    }
}

/// The paths of the project that a service mounts, builds from or reads, relative to its folder.
fn binds(project: &Project, service: &Service) -> Vec<PathBuf> {
    service
        .volumes
        .iter()
        .filter(|mount| mount.kind == "bind")
        .filter_map(|mount| mount.source.as_deref())
        .filter_map(|source| Path::new(source).strip_prefix(&project.working_dir).ok())
        .map(Path::to_path_buf)
        .collect()
}

/// Whether a documented path or pattern speaks of a mounted path, or of a folder around it.
fn covers(pattern: &str, path: &Path) -> bool {
    if path.starts_with(pattern) {
        return true;
    }
    let Ok(glob) = Glob::new(pattern) else {
        return false;
    };
    let matcher = glob.compile_matcher();
    path.ancestors()
        .filter(|part| {
            part.components()
                .any(|part| matches!(part, PathPart::Normal(_)))
        })
        .any(|part| matcher.is_match(part))
}

/// Looks for mounted folders that the document leaves out.
pub(super) fn undocumented(context: &Context<'_>, page: &Page<'_>, outcome: &mut Outcome) {
    let project = context.project();
    let documented: Vec<String> = page
        .document
        .facts
        .volumes
        .iter()
        .filter(|volume| volume.kind == VolumeKind::Bind)
        .map(|volume| {
            let name = volume.name.trim_end_matches("/*").trim_end_matches('/');
            name.strip_prefix("./")
                .unwrap_or(name)
                .trim_end_matches("/*")
                .to_owned()
        })
        .collect();
    let text = page.document.source.text();
    let covered = |path: &Path| documented.iter().any(|pattern| covers(pattern, path));
    if !project
        .all_services()
        .any(|(_, service)| binds(project, service).iter().any(|path| covered(path)))
    {
        return;
    }
    outcome.decided(&rule::UNDOCUMENTED_MOUNT);
    let differs = outcome
        .findings()
        .iter()
        .any(|finding| finding.rule == &rule::DIFFERENT_VOLUME && finding.subject.contains('/'));
    if differs {
        return;
    }
    for (key, service) in project.all_services() {
        for (index, mount) in service.volumes.iter().enumerate() {
            let inside = mount
                .source
                .as_deref()
                .filter(|_| mount.kind == "bind" && !mount.read_only)
                .and_then(|source| Path::new(source).strip_prefix(&project.working_dir).ok());
            let Some(path) = inside else {
                continue;
            };
            let shown = path.to_string_lossy();
            let is_file = path.extension().is_some() || project.working_dir.join(path).is_file();
            if is_file || covered(path) || shown.is_empty() || text.contains(shown.as_ref()) {
                continue;
            }
            outcome.report(
                Finding::new(
                    &rule::UNDOCUMENTED_MOUNT,
                    format!("./{shown}"),
                    format!("`./{shown}`, mounted by `{key}`, is not documented"),
                )
                .in_compose(context.place(&format!("services.{key}.volumes[{index}]"))),
            );
        }
    }
}
