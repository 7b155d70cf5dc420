//! Where peers and mounted paths are on the host, and values rewritten to that.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use devkit_compose::Project;
use devkit_compose::model::Service;
use devkit_runtime::rewrite_addresses;

use crate::protocol::{Door, OpenDoor};

/// Where things that a service's values name are on the host.
#[derive(Debug, Default)]
pub(crate) struct Places {
    doors: BTreeMap<Door, u16>,
    /// Paths inside with the folders that they are, the longest path first.
    paths: Vec<(String, String)>,
}

impl Places {
    pub(crate) fn new(doors: &[OpenDoor], mut paths: Vec<(String, String)>) -> Self {
        paths.sort_by_key(|(inside, _)| std::cmp::Reverse(inside.len()));
        let doors = doors
            .iter()
            .map(|open| (open.door.clone(), open.port))
            .collect();
        Self { doors, paths }
    }

    /// A value with peers and paths where they are on the host.
    pub(crate) fn rewrite(&self, project: &Project, value: &str) -> String {
        let value = rewrite_addresses(value, &|name, port| {
            let door = door(project, name, port)?;
            Some(("127.0.0.1".to_owned(), *self.doors.get(&door)?))
        });
        self.paths.iter().fold(value, |value, (inside, outside)| {
            replace_path(&value, inside, outside)
        })
    }

    /// An environment with peers and paths where they are on the host.
    pub(crate) fn rewrite_all(
        &self,
        project: &Project,
        environment: &BTreeMap<String, String>,
    ) -> BTreeMap<String, String> {
        let mut rewritten: BTreeMap<String, String> = environment
            .iter()
            .map(|(key, value)| (key.clone(), self.rewrite(project, value)))
            .collect();
        for (key, name) in environment {
            let Some(port_key) = port_key(key) else {
                continue;
            };
            let port = environment
                .get(&port_key)
                .and_then(|port| port.parse().ok());
            let place = door(project, name, port).and_then(|door| self.doors.get(&door));
            if let Some(place) = place {
                rewritten.insert(key.clone(), "127.0.0.1".to_owned());
                rewritten.insert(port_key, place.to_string());
            }
        }
        rewritten
    }
}

/// The doors that a service's environment and command need.
pub(crate) fn wanted_doors(project: &Project, service: &Service) -> Vec<Door> {
    let found = RefCell::new(BTreeSet::new());
    let note = |name: &str, port: Option<u16>| {
        found.borrow_mut().extend(door(project, name, port));
        None
    };
    for (key, value) in &service.environment {
        let Some(value) = value else { continue };
        rewrite_addresses(value, &note);
        if let Some(port_key) = port_key(key) {
            let port = service.environment.get(&port_key).cloned().flatten();
            note(value, port.and_then(|port| port.parse().ok()));
        }
    }
    for word in service
        .command
        .iter()
        .flatten()
        .chain(service.entrypoint.iter().flatten())
    {
        rewrite_addresses(word, &note);
    }
    found.into_inner().into_iter().collect()
}

fn port_key(key: &str) -> Option<String> {
    let prefix = key
        .strip_suffix("_HOST")
        .or_else(|| key.strip_suffix("_HOSTNAME"))?;
    Some(format!("{prefix}_PORT"))
}

/// The door that a name and a port stand for, if the name is a service's.
fn door(project: &Project, name: &str, port: Option<u16>) -> Option<Door> {
    let service = project.services.get(name)?;
    let target = port
        .or_else(|| service.ports.first().map(|port| port.target))
        .or_else(|| {
            service
                .expose
                .first()
                .and_then(|port| port.split('/').next()?.parse().ok())
        })?;
    Some(Door {
        service: name.to_owned(),
        target,
    })
}

/// Replaces a path where it begins a path of the value, never inside of another one.
fn replace_path(value: &str, inside: &str, outside: &str) -> String {
    let mut result = String::new();
    let mut rest = value;
    while let Some(at) = rest.find(inside) {
        let before = rest[..at]
            .chars()
            .next_back()
            .or_else(|| result.chars().next_back());
        let after = rest[at + inside.len()..].chars().next();
        let is_path = before
            .is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '/' | '.' | '-' | '_'))
            && after.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '.' | '-' | '_'));
        result.push_str(&rest[..at]);
        result.push_str(if is_path { outside } else { inside });
        rest = &rest[at + inside.len()..];
    }
    result + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use devkit_compose::model::Port;

    fn project() -> Project {
        let mut project = Project::default();
        let postgres = Service {
            ports: vec![Port {
                target: 5432,
                protocol: "tcp".into(),
                ..Port::default()
            }],
            ..Service::default()
        };
        project.services.insert("postgres".into(), postgres);
        project
    }

    #[test]
    fn host_variables_take_their_port_variables_along() {
        let mut service = Service::default();
        service
            .environment
            .insert("DB_HOST".into(), Some("postgres".into()));
        service
            .environment
            .insert("DB_PORT".into(), Some("5432".into()));
        service
            .environment
            .insert("NAME".into(), Some("postgres".into()));
        let project = project();
        let doors = wanted_doors(&project, &service);
        assert_eq!(
            doors,
            [Door {
                service: "postgres".into(),
                target: 5432
            }]
        );
        let open = OpenDoor {
            door: doors[0].clone(),
            port: 20_007,
        };
        let environment = service
            .environment
            .into_iter()
            .filter_map(|(key, value)| Some((key, value?)))
            .collect();
        let rewritten = Places::new(&[open], Vec::new()).rewrite_all(&project, &environment);
        assert_eq!(rewritten["DB_HOST"], "127.0.0.1");
        assert_eq!(rewritten["DB_PORT"], "20007");
        assert_eq!(rewritten["NAME"], "postgres");
    }

    #[test]
    fn mounted_paths_are_the_folders_on_the_host() {
        let paths = vec![("/data".to_owned(), "/host/data".to_owned())];
        let places = Places::new(&[], paths);
        let rewrite = |value| places.rewrite(&project(), value);
        assert_eq!(rewrite("/data/exports"), "/host/data/exports");
        assert_eq!(rewrite("--dir=/data"), "--dir=/host/data");
        assert_eq!(rewrite("/var/data"), "/var/data");
        assert_eq!(rewrite("/database"), "/database");
    }
}
