//! What the document shows, from the components and the compose files.

use devkit_archdoc::draw;
use devkit_archdoc::{Exposure, VolumeKind};
use devkit_catalog::{PortEntry, Section, title_case};
use devkit_diagnostic::Diagnostic;

use crate::compose::ComposePair;
use crate::env_file;
use crate::record::{self, ComponentRecord};
use crate::workspace::Workspace;

/// Describes the platform for drawing.
pub(crate) fn describe(
    workspace: &mut Workspace,
    compose: &ComposePair,
) -> Result<draw::Platform, Diagnostic> {
    let records = record::components(workspace)?;
    let env = workspace.text(".env")?.unwrap_or_default();
    let subnet = env_file::value(&env, "APP_SUBNET").unwrap_or("172.20.0.0/16");
    let sections: Vec<draw::Section> = Section::ALL
        .into_iter()
        .map(|section| describe_section(section, compose, &records, &env))
        .filter(|section| !section.nodes.is_empty())
        .collect();
    let nodes: Vec<draw::Node> = sections
        .iter()
        .flat_map(|section| section.nodes.clone())
        .collect();
    Ok(draw::Platform {
        title: "Development Environment".to_owned(),
        network: draw::PlatformNetwork {
            name: "app-network".to_owned(),
            driver: "bridge".to_owned(),
            subnet: Some(subnet.to_owned()),
        },
        edges: edges(compose, &nodes),
        access: access(&nodes),
        configuration: configuration(workspace),
        shared_mounts: Vec::new(),
        sections,
    })
}

fn describe_section(
    section: Section,
    compose: &ComposePair,
    records: &[ComponentRecord],
    env: &str,
) -> draw::Section {
    let (title, file) = match section {
        Section::Services => ("Application Services", 0),
        Section::BackingServices => ("Backing Services", 0),
        Section::DevelopmentServices => ("Development Services", 1),
    };
    let paths: Vec<&str> = compose.files().map(|(path, _)| path).collect();
    let mut services = compose.section_services(section);
    // What runs once stands last, so that services that call each other stand side by side.
    services.sort_by_key(|service| compose.files().any(|(_, file)| file.runs_once(service)));
    draw::Section {
        title: title.to_owned(),
        file: paths
            .get(file)
            .or(paths.first())
            .copied()
            .unwrap_or_default()
            .to_owned(),
        marker: section.marker().to_owned(),
        nodes: services
            .into_iter()
            .map(|service| node(service, compose, records, env))
            .collect(),
    }
}

fn node(
    service: &str,
    compose: &ComposePair,
    records: &[ComponentRecord],
    env: &str,
) -> draw::Node {
    let record = records
        .iter()
        .find(|record| record.services.iter().any(|name| name == service));
    let Some(record) = record else {
        return draw::Node {
            name: title_case(service),
            service: service.to_owned(),
            ..draw::Node::default()
        };
    };
    if record.name != service {
        // A second service of a component, such as the one that migrates the API's tables.
        let own = service.strip_prefix(&format!("{}-", record.name));
        let once = compose.files().any(|(_, file)| file.runs_once(service));
        return draw::Node {
            name: match own {
                Some(rest) => format!("{} {}", record.title, title_case(rest)),
                None => title_case(service),
            },
            service: service.to_owned(),
            technology: Some(if once {
                "One-shot".to_owned()
            } else {
                record.technology.clone()
            }),
            ..draw::Node::default()
        };
    }
    draw::Node {
        name: record.title.clone(),
        service: service.to_owned(),
        technology: Some(record.technology.clone()),
        ports: record
            .ports
            .iter()
            .map(|port| node_port(port, record, env))
            .collect(),
        mounts: record
            .volumes
            .iter()
            .map(|volume| draw::Mount {
                name: volume.name.clone(),
                kind: if volume.is_named() {
                    VolumeKind::Named
                } else {
                    VolumeKind::Bind
                },
                description: volume.description.clone(),
            })
            .collect(),
        resources: record.resources.as_ref().map(|resources| draw::Resources {
            cpu: resources.cpu,
            memory: resources.memory.clone(),
            scaling: resources.scaling.clone(),
        }),
    }
}

fn node_port(port: &PortEntry, record: &ComponentRecord, env: &str) -> draw::NodePort {
    let set = env_file::value(env, &port.variable).and_then(|value| value.parse().ok());
    draw::NodePort {
        label: (port.label != record.title).then(|| port.label.clone()),
        internal: port.internal,
        external: set.or(port.external),
        protocol: port.protocol.clone(),
        exposed: if port.production {
            Exposure::Yes
        } else {
            Exposure::Development
        },
    }
}

/// Who calls whom: by what a service waits for, and by the addresses in its environment.
fn edges(compose: &ComposePair, nodes: &[draw::Node]) -> Vec<draw::Edge> {
    let hosts: Vec<&str> = nodes.iter().map(|node| node.service.as_str()).collect();
    let mut edges: Vec<draw::Edge> = Vec::new();
    for from in nodes {
        let mut targets: Vec<&str> = Vec::new();
        for (_, file) in compose.files() {
            let one_shot = |name: &&str| !compose.files().any(|(_, file)| file.runs_once(name));
            targets.extend(
                file.dependencies(&from.service)
                    .into_iter()
                    .filter(one_shot),
            );
            targets.extend(file.hosts_in_environment(&from.service, &hosts));
        }
        for to in nodes {
            if to.service == from.service || !targets.contains(&to.service.as_str()) {
                continue;
            }
            let http = to.ports.first().is_some_and(|port| port.protocol == "HTTP");
            edges.push(draw::Edge {
                from: from.name.clone(),
                to: to.name.clone(),
                label: http.then(|| "HTTP".to_owned()),
            });
        }
    }
    edges
}

fn access(nodes: &[draw::Node]) -> Vec<draw::Access> {
    nodes
        .iter()
        .flat_map(|node| node.ports.iter().map(move |port| (node, port)))
        .filter(|(_, port)| port.protocol == "HTTP")
        .filter_map(|(node, port)| {
            Some(draw::Access {
                name: port.label.clone().unwrap_or_else(|| node.name.clone()),
                port: port.external?,
            })
        })
        .collect()
}

fn configuration(workspace: &Workspace) -> Vec<draw::ConfigurationFile> {
    let file = |path: &str, target: &str, contents: &[&str]| draw::ConfigurationFile {
        path: path.to_owned(),
        note: "Gitignored".to_owned(),
        target: target.to_owned(),
        contents: contents.iter().map(|line| (*line).to_owned()).collect(),
    };
    let mut files = Vec::new();
    if workspace.exists("config/.env.example") {
        files.push(file(
            "config/.env",
            "All Services (via env_file)",
            &["Credentials", "Connection URLs", "Application settings"],
        ));
    }
    if workspace.exists("config/.env.mcp.credentials.example") {
        files.push(file(
            "config/.env.mcp.credentials",
            "MCP Servers (via envFile)",
            &["API keys of the editor's tools"],
        ));
    }
    files
}
