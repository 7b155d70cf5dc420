use devkit_compose::Project;
use devkit_runtime::{Instance, Observed, State};
use devkit_ui::{Table, Tone};

/// The table of services with their state and the addresses at which they can be reached.
pub(crate) fn addresses(project: &Project, observed: &Observed) -> Table {
    let mut table = Table::new(["SERVICE", "STATE", "ADDRESS"]);
    for name in project.services.keys() {
        let instances = observed.instances_of(name);
        let (state, tone) = state_of(&instances);
        let mut urls: Vec<String> = instances
            .iter()
            .flat_map(|instance| urls(instance))
            .collect();
        urls.sort();
        urls.dedup();
        table.toned_row(vec![
            (name.clone(), Some(Tone::Strong)),
            (state, Some(tone)),
            (urls.join(", "), Some(Tone::Name)),
        ]);
    }
    table
}

fn state_of(instances: &[&Instance]) -> (String, Tone) {
    let running = instances
        .iter()
        .filter(|instance| instance.state == State::Running)
        .count();
    let completed = instances
        .iter()
        .any(|instance| instance.state == State::Exited && instance.exit_code == Some(0));
    if running > 1 {
        (format!("running ×{running}"), Tone::Good)
    } else if running == 1 {
        ("running".to_owned(), Tone::Good)
    } else if completed {
        ("completed".to_owned(), Tone::Faint)
    } else if instances.is_empty() {
        ("not started".to_owned(), Tone::Caution)
    } else {
        ("stopped".to_owned(), Tone::Bad)
    }
}

fn urls(instance: &Instance) -> Vec<String> {
    let tcp = instance.ports.iter().filter(|port| port.protocol == "tcp");
    tcp.filter_map(|port| {
        let published = port.host_port?;
        let host = match port.host_address.as_deref() {
            None | Some("" | "0.0.0.0" | "::" | "127.0.0.1" | "::1") => "localhost",
            Some(address) => address,
        };
        Some(match scheme(port.target) {
            Some(scheme) => format!("{scheme}://{host}:{published}"),
            None => format!("http://{host}:{published}"),
        })
    })
    .collect()
}

/// The scheme of well-known ports that do not speak HTTP.
fn scheme(port: u16) -> Option<&'static str> {
    match port {
        5432 => Some("postgres"),
        6379 => Some("redis"),
        5672 => Some("amqp"),
        _ => None,
    }
}
