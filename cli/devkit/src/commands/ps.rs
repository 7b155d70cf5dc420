use std::time::SystemTime;

use devkit_runtime::{HealthStatus, Instance, State};
use devkit_ui::{Table, Tone};
use serde_json::{Value, json};

use crate::args::{ListFormat, PsArgs};
use crate::failure::Outcome;
use crate::render::time;
use crate::session::Session;
use crate::settings::Settings;

/// `devkit ps`: lists the instances of the project's services.
pub(crate) fn run(settings: &Settings, args: &PsArgs) -> Outcome {
    let session = Session::for_existing(settings)?;
    session.require_services(&args.services)?;
    let observed = session.block_on(session.driver.observe(&session.project))?;
    let mut instances: Vec<_> = observed
        .instances
        .iter()
        .filter(|instance| args.all || is_up(instance))
        .filter(|instance| args.services.is_empty() || args.services.contains(&instance.service))
        .collect();
    instances
        .sort_by(|left, right| (&left.service, left.number).cmp(&(&right.service, right.number)));
    if args.quiet {
        let ids: String = instances
            .iter()
            .map(|instance| instance.id.clone() + "\n")
            .collect();
        settings.ui.data(&ids);
    } else if args.names {
        let mut names: Vec<_> = instances
            .iter()
            .map(|instance| instance.service.as_str())
            .collect();
        names.dedup();
        settings.ui.data(
            &names
                .iter()
                .map(|name| (*name).to_owned() + "\n")
                .collect::<String>(),
        );
    } else if args.format == ListFormat::Json {
        let lines: String = instances
            .iter()
            .map(|instance| as_json(&session.project.name, instance).to_string() + "\n")
            .collect();
        settings.ui.data(&lines);
    } else {
        settings.ui.table(&table(&instances));
    }
    Ok(())
}

fn is_up(instance: &Instance) -> bool {
    matches!(
        instance.state,
        State::Running | State::Paused | State::Restarting
    )
}

fn table(instances: &[&Instance]) -> Table {
    let mut table = Table::new(["NAME", "SERVICE", "STATUS", "PORTS", "IMAGE"]);
    for instance in instances {
        let (status, tone) = status(instance);
        table.toned_row(vec![
            (instance.name.clone(), Some(Tone::Strong)),
            (instance.service.clone(), None),
            (status, Some(tone)),
            (ports(instance), Some(Tone::Name)),
            (
                instance.image_name.clone().unwrap_or_default(),
                Some(Tone::Faint),
            ),
        ]);
    }
    table
}

fn status(instance: &Instance) -> (String, Tone) {
    let now = SystemTime::now();
    match instance.state {
        State::Running => {
            let up = instance
                .started_at
                .map_or_else(String::new, |at| format!(" {}", time::ago(at, now)));
            match instance.health.as_ref().map(|health| health.status) {
                Some(HealthStatus::Healthy) => (format!("up{up} (healthy)"), Tone::Good),
                Some(HealthStatus::Starting) => (format!("up{up} (starting)"), Tone::Caution),
                Some(HealthStatus::Unhealthy) => (format!("up{up} (unhealthy)"), Tone::Bad),
                None => (format!("up{up}"), Tone::Good),
            }
        }
        State::Exited => {
            let code = instance.exit_code.unwrap_or_default();
            let tone = if code == 0 { Tone::Faint } else { Tone::Bad };
            (format!("exited ({code})"), tone)
        }
        other => (other.to_string(), Tone::Caution),
    }
}

fn ports(instance: &Instance) -> String {
    let mut ports: Vec<String> = instance
        .ports
        .iter()
        .filter_map(|port| {
            let published = port.host_port?;
            let address = port
                .host_address
                .as_deref()
                .filter(|address| !address.is_empty());
            let address = address.unwrap_or("0.0.0.0");
            Some(format!(
                "{address}:{published}->{}/{}",
                port.target, port.protocol
            ))
        })
        .collect();
    ports.sort();
    ports.dedup();
    ports.join(", ")
}

/// The keys of `docker compose ps --format json`.
fn as_json(project: &str, instance: &Instance) -> Value {
    let publishers: Vec<Value> = instance
        .ports
        .iter()
        .map(|port| {
            json!({
                "URL": port.host_address.clone().unwrap_or_default(),
                "TargetPort": port.target,
                "PublishedPort": port.host_port.unwrap_or_default(),
                "Protocol": port.protocol,
            })
        })
        .collect();
    json!({
        "ID": instance.id,
        "Name": instance.name,
        "Project": project,
        "Service": instance.service,
        "Runtime": instance.runtime,
        "Image": instance.image_name,
        "Command": instance.command.join(" "),
        "State": instance.state,
        "Health": instance.health.as_ref().map(|health| health.status),
        "ExitCode": instance.exit_code.unwrap_or_default(),
        "Publishers": publishers,
        "ProcessId": instance.process,
    })
}
