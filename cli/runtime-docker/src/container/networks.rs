use bollard::models::{EndpointIpamConfig, EndpointSettings};
use devkit_compose::Project;
use devkit_compose::model::{NetworkAttachment, Service};

use super::other::{map, whole};

/// The networks that a service joins, the one with the highest priority first.
pub(super) fn of(
    project: &Project,
    service: &Service,
    name: &str,
) -> Vec<(String, EndpointSettings)> {
    if service.network_mode.is_some() {
        return Vec::new();
    }
    let default = [("default".to_owned(), None)].into();
    let attachments = if service.networks.is_empty() {
        &default
    } else {
        &service.networks
    };
    let mut found: Vec<(i64, String, EndpointSettings)> = attachments
        .iter()
        .map(|(key, attachment)| {
            let network = project.networks.get(key).map_or_else(
                || format!("{}_{key}", project.name),
                |network| network.name.clone(),
            );
            let attachment = attachment.clone().unwrap_or_default();
            let priority = attachment
                .other
                .get("priority")
                .and_then(whole)
                .unwrap_or(0);
            (priority, network, endpoint(attachment, name))
        })
        .collect();
    found.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    found
        .into_iter()
        .map(|(_, network, endpoint)| (network, endpoint))
        .collect()
}

fn endpoint(attachment: NetworkAttachment, name: &str) -> EndpointSettings {
    let mut aliases = vec![name.to_owned()];
    aliases.extend(attachment.aliases);
    let fixed = attachment.ipv4_address.is_some() || attachment.ipv6_address.is_some();
    let options = map(attachment.other.get("driver_opts"));
    EndpointSettings {
        aliases: Some(aliases),
        ipam_config: fixed.then(|| EndpointIpamConfig {
            ipv4_address: attachment.ipv4_address,
            ipv6_address: attachment.ipv6_address,
            ..EndpointIpamConfig::default()
        }),
        driver_opts: (!options.is_empty()).then_some(options),
        mac_address: attachment
            .other
            .get("mac_address")
            .and_then(|address| address.as_str().map(str::to_owned)),
        ..EndpointSettings::default()
    }
}
