//! Databases that keep their data in no volume.

use std::path::Path;

use devkit_compose::Project;
use devkit_compose::model::Service;

use crate::context::is_one_shot;
use crate::matching::product_of_image;
use crate::report::{Finding, Outcome};
use crate::rule;

pub(super) fn check(project: &Project, outcome: &mut Outcome) {
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
