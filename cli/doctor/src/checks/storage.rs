//! `DK6xx`: documented volumes and mounts against the compose files.

use std::path::{Component as PathPart, Path, PathBuf};

use devkit_archdoc::{Environment, Volume, VolumeKind, normalised};
use devkit_compose::Project;
use devkit_compose::model::Service;
use globset::Glob;

use crate::context::{Context, Page, is_one_shot, service};
use crate::matching::product_of_image;
use crate::report::{Finding, Outcome};
use crate::rule;

pub(super) fn check(context: &Context<'_>, outcome: &mut Outcome) {
    for page in &context.pages {
        for volume in &page.document.facts.volumes {
            if volume.origin.environment == Environment::Production
                || volume.origin.confidence < 0.5
            {
                continue;
            }
            let found = match volume.kind {
                VolumeKind::Named if !volume.name.contains('/') => {
                    named(context, page, volume, outcome)
                }
                // A path without a dot before it is no name of a volume.
                VolumeKind::Named | VolumeKind::Bind => bind(context, page, volume, outcome),
            };
            // Where the service itself is missing, its data is no further news.
            if let Some(message) = found.filter(|_| !is_of_a_missing_one(page, volume, outcome)) {
                outcome.report(
                    Finding::new(&rule::DIFFERENT_VOLUME, volume.name.as_str(), message)
                        .in_document(volume.origin.location())
                        .in_compose(place(context, page, volume)),
                );
            }
        }
        undocumented(context, page, outcome);
    }
    volatile(context.project(), outcome);
}

fn is_of_a_missing_one(page: &Page<'_>, volume: &Volume, outcome: &Outcome) -> bool {
    let owner = volume.of.as_deref().and_then(|of| page.component(of));
    owner.is_some_and(|owner| {
        outcome
            .findings()
            .iter()
            .any(|finding| finding.rule == &rule::MISSING_SERVICE && finding.subject == owner.name)
    })
}

fn place(
    context: &Context<'_>,
    page: &Page<'_>,
    volume: &Volume,
) -> Option<devkit_diagnostic::Location> {
    if let Some(key) = key_of(context.project(), &volume.name) {
        return context.place(&format!("volumes.{key}"));
    }
    let owner = page.names.one(volume.of.as_deref()?)?;
    context.place(&format!("services.{owner}.volumes"))
}

fn key_of<'a>(project: &'a Project, name: &str) -> Option<&'a str> {
    let wanted = normalised(name);
    project
        .volumes
        .iter()
        .find(|(key, volume)| normalised(key) == wanted || normalised(&volume.name) == wanted)
        .map(|(key, _)| key.as_str())
}

fn named(
    context: &Context<'_>,
    page: &Page<'_>,
    volume: &Volume,
    outcome: &mut Outcome,
) -> Option<String> {
    let project = context.project();
    outcome.decided(&rule::DIFFERENT_VOLUME);
    let name = &volume.name;
    let Some(key) = key_of(project, name) else {
        return (!name.contains(char::is_whitespace))
            .then(|| format!("Volume `{name}` is documented, and no compose file defines it"));
    };
    let users: Vec<(&str, &str)> = project
        .all_services()
        .flat_map(|(service, definition)| {
            definition
                .volumes
                .iter()
                .filter(|mount| mount.kind == "volume" && mount.source.as_deref() == Some(key))
                .map(move |mount| (service, mount.target.as_str()))
        })
        .collect();
    if users.is_empty() {
        return Some(format!(
            "Volume `{name}` is documented, and no service mounts it"
        ));
    }
    if let Some(owner) = stranger(project, page, volume, &users) {
        return Some(format!(
            "Volume `{name}` is documented as the data of `{owner}`, and `{}` mounts it",
            users[0].0
        ));
    }
    let target = volume
        .target
        .as_deref()
        .map(|target| target.trim_end_matches('/'))?;
    (!users
        .iter()
        .any(|(_, mounted)| mounted.trim_end_matches('/') == target))
    .then(|| {
        format!(
            "Volume `{name}` is documented at `{target}`, and `{}` mounts it at `{}`",
            users[0].0, users[0].1
        )
    })
}

/// A service that the document names as a user of a volume and that does not mount it.
fn stranger(
    project: &Project,
    page: &Page<'_>,
    volume: &Volume,
    users: &[(&str, &str)],
) -> Option<String> {
    let of = volume.of.as_deref()?;
    let mut named = of
        .split([',', '/', '+', '&'])
        .flat_map(|part| part.split(" and "))
        .map(|part| page.services(part.trim()));
    named.find_map(|owners| {
        let mut present = owners
            .into_iter()
            .filter(|owner| service(project, owner).is_some());
        let first = present.next()?;
        let mounts = |owner: &String| users.iter().any(|(user, _)| user == owner);
        (!mounts(&first) && !present.any(|owner| mounts(&owner))).then_some(first)
    })
}

fn bind(
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

fn undocumented(context: &Context<'_>, page: &Page<'_>, outcome: &mut Outcome) {
    let project = context.project();
    let facts = &page.document.facts.volumes;
    let text = page.document.source.text();
    let kept: Vec<&str> = facts
        .iter()
        .filter(|volume| volume.kind == VolumeKind::Named)
        .filter_map(|volume| key_of(project, &volume.name))
        .collect();
    if !kept.is_empty() {
        outcome.decided(&rule::UNDOCUMENTED_VOLUME);
        for key in project.volumes.keys() {
            let users: Vec<&str> = project
                .all_services()
                .filter(|(_, service)| {
                    let mut mounts = service.volumes.iter();
                    mounts.any(|mount| mount.kind == "volume" && mount.source.as_ref() == Some(key))
                })
                .map(|(user, _)| user)
                .collect();
            let Some(user) = users.first().filter(|_| !is_renamed(page, &users, outcome)) else {
                continue;
            };
            if kept.contains(&key.as_str()) || names_it(text, key) || is_cache(key) {
                continue;
            }
            outcome.report(
                Finding::new(
                    &rule::UNDOCUMENTED_VOLUME,
                    key.as_str(),
                    format!("Volume `{key}` of `{user}` is not documented"),
                )
                .in_document(facts[0].origin.location())
                .in_compose(context.place(&format!("volumes.{key}"))),
            );
        }
    }
    undocumented_mounts(context, page, outcome);
}

/// Whether a volume of the same services was found missing: it has another name now.
fn is_renamed(page: &Page<'_>, users: &[&str], outcome: &Outcome) -> bool {
    let volumes = page.document.facts.volumes.iter();
    volumes
        .filter(|volume| {
            outcome.findings().iter().any(|finding| {
                finding.rule == &rule::DIFFERENT_VOLUME && finding.subject == volume.name
            })
        })
        .filter_map(|volume| volume.of.as_deref())
        .flat_map(|of| page.services(of))
        .any(|owner| users.contains(&owner.as_str()))
}

/// Whether a text names a volume: a word of everyday language must stand as code.
fn names_it(text: &str, key: &str) -> bool {
    if key.contains(['-', '_']) {
        text.contains(key)
    } else {
        let code = format!("`{key}`");
        text.lines()
            .any(|line| line.contains(&code) && line.to_lowercase().contains("volume"))
    }
}

/// Whether a volume holds nothing worth keeping, such as dependencies and build results.
fn is_cache(key: &str) -> bool {
    [
        "node_modules",
        "node-modules",
        "modules",
        "target",
        "cargo",
        "cache",
        "venv",
        "build",
    ]
    .iter()
    .any(|part| key.contains(part))
}

fn undocumented_mounts(context: &Context<'_>, page: &Page<'_>, outcome: &mut Outcome) {
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

fn volatile(project: &Project, outcome: &mut Outcome) {
    for (key, service) in project.all_services() {
        let data = service
            .image
            .as_deref()
            .filter(|_| service.build.is_none())
            .and_then(product_of_image)
            .and_then(|product| data_folder(product.id));
        let Some(data) = data else {
            continue;
        };
        // A client of the same image, such as one that sets a cluster up, keeps no data.
        if is_one_shot(project, key) || service.entrypoint.is_some() || runs_another(service) {
            continue;
        }
        outcome.decided(&rule::VOLATILE_DATA);
        let elsewhere = service.environment.keys().any(|name| name == "PGDATA");
        let kept = service.volumes.iter().any(|mount| {
            let target = mount.target.trim_end_matches('/');
            Path::new(data).starts_with(target) || Path::new(target).starts_with(data)
        });
        let temporary = service.tmpfs.iter().any(|path| path.starts_with(data));
        if !kept && !elsewhere && !temporary {
            let place = project
                .location(&format!("services.{key}.volumes"))
                .or_else(|| project.location(&format!("services.{key}")));
            outcome.report(
                Finding::new(
                    &rule::VOLATILE_DATA,
                    key,
                    format!("`{key}` keeps its data in `{data}`, and no volume is mounted there"),
                )
                .in_compose(place),
            );
        }
    }
}

/// Whether a service runs another program of its image than the server, such as a router or a
/// client.
fn runs_another(service: &Service) -> bool {
    let program = service.command.as_deref().and_then(<[String]>::first);
    program.is_some_and(|program| {
        let program = program.rsplit('/').next().unwrap_or(program);
        let servers = [
            "postgres",
            "mysqld",
            "mariadbd",
            "mongod",
            "clickhouse-server",
            "couchdb",
        ];
        // A shell or a script of one's own may end in the server.
        let is_script =
            ["sh", "bash", "docker-entrypoint.sh"].contains(&program) || program.contains('.');
        !program.starts_with('-') && !is_script && !servers.contains(&program)
    })
}

fn data_folder(product: &str) -> Option<&'static str> {
    Some(match product {
        "postgresql" => "/var/lib/postgresql/data",
        "mysql" | "mariadb" => "/var/lib/mysql",
        "mongodb" => "/data/db",
        "clickhouse" => "/var/lib/clickhouse",
        "couchdb" => "/opt/couchdb/data",
        _ => return None,
    })
}
