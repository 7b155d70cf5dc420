//! What one service may not say at the same time, and what it names.

use super::{section, undefined};
use crate::session::Session;
use crate::tree::{Node, Value};

/// Reports every contradiction of a service.
pub(super) fn check(name: &str, node: &Node, project: &Node, session: &mut Session) {
    source(name, node, session);
    networks(name, node, project, session);
    mounts(name, node, project, session);
    files(name, node, project, session);
    platforms(name, node, session);
    scale(name, node, session);
    watch(name, node, session);
    devices(name, node, session);
    limits(name, node, session);
    health_test(name, node, session);
    ports(name, node, session);
    words(name, node, session);
    variables(name, node, session);
}

/// Lines of `NAME=value`, where a space before the sign is a slip of the pen.
fn variables(name: &str, node: &Node, session: &mut Session) {
    let args = node.get("build").and_then(|build| build.get("args"));
    for map in [node.get("environment"), args] {
        for (variable, value) in map.and_then(Node::as_map).into_iter().flatten() {
            // Entries of mappings have a key of their own, lines of lists have none.
            if variable.ends_with(char::is_whitespace) && value.key == value.place {
                session.error_with_help(
                    format!("services.{name}: the variable `{variable}` ends with a space"),
                    value.place,
                    "Write `NAME=value` without a space",
                );
            }
        }
    }
}

fn source(name: &str, node: &Node, session: &mut Session) {
    let given = |key: &str| node.get(key).is_some_and(|node| !node.is_null());
    let image = node.text_of("image").is_some_and(|image| !image.is_empty());
    let sourceless = !image && !given("build") && !given("provider");
    // Where the project is only looked at, its source may be among what was left out.
    if sourceless && !session.tolerates() {
        session.error_with_help(
            format!("services.{name} has neither an image nor a build context"),
            node.key,
            "Add `image:` or `build:`",
        );
    }
    if let Some(build) = node.get("build")
        && build.get("dockerfile_inline").is_some()
        && build.get("dockerfile").is_some()
    {
        session.error(
            format!("services.{name}.build says both `dockerfile` and `dockerfile_inline`"),
            build.key,
        );
    }
}

fn networks(name: &str, node: &Node, project: &Node, session: &mut Session) {
    let Some(networks) = node.get("networks").filter(|networks| !networks.is_null()) else {
        return;
    };
    if let Some(mode) = node.text_of("network_mode").filter(|mode| !mode.is_empty())
        && networks.as_map().is_some_and(|map| !map.is_empty())
    {
        session.error(
            format!("services.{name} says both `network_mode: {mode}` and `networks`"),
            networks.key,
        );
    }
    for (network, attachment) in networks.as_map().into_iter().flatten() {
        let known = section(project, "networks");
        if !known.is_some_and(|known| known.contains_key(network)) {
            undefined(
                &format!("services.{name}.networks"),
                "network",
                network,
                attachment,
                known.into_iter().flatten().map(|(name, _)| name.as_str()),
                session,
            );
        }
    }
}

fn mounts(name: &str, node: &Node, project: &Node, session: &mut Session) {
    let volumes = node
        .get("volumes")
        .and_then(Node::as_list)
        .unwrap_or_default();
    for (index, mount) in volumes.iter().enumerate() {
        let path = format!("services.{name}.volumes[{index}]");
        if mount.text_of("type") == Some("volume")
            && let Some(source) = mount.text_of("source").filter(|source| !source.is_empty())
        {
            let known = section(project, "volumes");
            if !known.is_some_and(|known| known.contains_key(source)) {
                undefined(
                    &path,
                    "volume",
                    source,
                    mount,
                    known.into_iter().flatten().map(|(name, _)| name.as_str()),
                    session,
                );
            }
        }
        if mount.text_of("type") == Some("bind") && mount.get("source").is_none() {
            session.error(
                format!("{path} is a bind mount and needs a source"),
                mount.place,
            );
        }
        let temporary = node
            .get("tmpfs")
            .and_then(Node::as_list)
            .unwrap_or_default();
        if let Some(target) = mount.text_of("target")
            && let Some(other) = temporary.iter().position(|item| {
                item.as_text()
                    .is_some_and(|text| text.split(':').next() == Some(target))
            })
        {
            session.error(
                format!("{path}: {target} is mounted already by services.{name}.tmpfs[{other}]"),
                mount.place,
            );
        }
        if let Some(size) = mount.get("tmpfs").and_then(|options| options.get("size"))
            && matches!(size.value, Value::Integer(..0))
        {
            session.error(format!("{path}.tmpfs.size cannot be negative"), size.place);
        }
        if mount.get("target").is_none_or(Node::is_null) {
            session.error(format!("{path} needs a target"), mount.place);
        }
    }
}

fn files(name: &str, node: &Node, project: &Node, session: &mut Session) {
    let own = ["secrets", "configs"].map(|kind| (kind, node.get(kind)));
    let build = node.get("build").and_then(|build| build.get("secrets"));
    for (kind, list) in own.into_iter().chain([("secrets", build)]) {
        for entry in list.and_then(Node::as_list).unwrap_or_default() {
            let source = entry.text_of("source").unwrap_or_default();
            let known = section(project, kind);
            if !known.is_some_and(|known| known.contains_key(source)) {
                undefined(
                    &format!("services.{name}.{kind}"),
                    kind.trim_end_matches('s'),
                    source,
                    entry,
                    known.into_iter().flatten().map(|(name, _)| name.as_str()),
                    session,
                );
            }
        }
    }
    for (model, use_of) in node
        .get("models")
        .and_then(Node::as_map)
        .into_iter()
        .flatten()
    {
        let known = section(project, "models");
        if !known.is_some_and(|known| known.contains_key(model)) {
            undefined(
                &format!("services.{name}.models"),
                "model",
                model,
                use_of,
                known.into_iter().flatten().map(|(name, _)| name.as_str()),
                session,
            );
        }
    }
}

fn platforms(name: &str, node: &Node, session: &mut Session) {
    let Some(platform) = node
        .text_of("platform")
        .filter(|platform| !platform.is_empty())
    else {
        return;
    };
    let Some(platforms) = node.get("build").and_then(|build| build.get("platforms")) else {
        return;
    };
    let listed = platforms.as_list().unwrap_or_default();
    if !listed.is_empty() && !listed.iter().any(|item| item.as_text() == Some(platform)) {
        session.error_with_help(
            format!("services.{name}.build.platforms must include its platform {platform}"),
            platforms.key,
            format!("Add `{platform}` to the list"),
        );
    }
}

fn number(node: Option<&Node>) -> Option<i128> {
    match &node?.value {
        Value::Integer(number) => Some(*number),
        Value::Text(text) => text.parse().ok(),
        _ => None,
    }
}

fn scale(name: &str, node: &Node, session: &mut Session) {
    let scale = node.get("scale");
    let replicas = node.get("deploy").and_then(|deploy| deploy.get("replicas"));
    if let (Some(left), Some(right)) = (number(scale), number(replicas))
        && left != right
    {
        let place = scale.map(|node| node.place).unwrap_or_default();
        session.error(
            format!("services.{name} says both `scale: {left}` and `replicas: {right}`"),
            place,
        );
    }
    if let Some(container) = node.get("container_name")
        && let Some(count) = number(scale).or(number(replicas))
        && count > 1
    {
        session.error(
            format!(
                "services.{name} has a fixed `container_name` and cannot have {count} replicas"
            ),
            container.place,
        );
    }
}

fn watch(name: &str, node: &Node, session: &mut Session) {
    let rules = node.get("develop").and_then(|develop| develop.get("watch"));
    for (index, rule) in rules
        .and_then(Node::as_list)
        .unwrap_or_default()
        .iter()
        .enumerate()
    {
        let path = format!("services.{name}.develop.watch[{index}]");
        if rule.text_of("path").is_none_or(str::is_empty) {
            session.error(format!("{path} needs a path"), rule.place);
        }
        match rule.text_of("action") {
            Some(action @ ("sync" | "sync+restart" | "sync+exec"))
                if rule.text_of("target").is_none_or(str::is_empty) =>
            {
                session.error(
                    format!("{path}: the action {action} needs a target"),
                    rule.place,
                );
            }
            _ => {}
        }
        if rule.text_of("action") == Some("sync+exec")
            && rule
                .get("exec")
                .and_then(|exec| exec.get("command"))
                .is_none()
        {
            session.error(
                format!("{path}: the action sync+exec needs a command"),
                rule.place,
            );
        }
    }
}

fn devices(name: &str, node: &Node, session: &mut Session) {
    let reserved = node
        .get("deploy")
        .and_then(|deploy| deploy.get("resources"))
        .and_then(|resources| resources.get("reservations"))
        .and_then(|reservations| reservations.get("devices"));
    let mapped = node.get("devices").and_then(Node::as_list);
    for device in mapped.unwrap_or_default() {
        if device.as_map().is_some() && device.get("target").is_none() {
            session.error_with_help(
                format!("services.{name}: a device needs a target"),
                device.place,
                "Name the device that the container sees with `target:`",
            );
        }
    }
    for list in [reserved, node.get("gpus")] {
        for device in list.and_then(Node::as_list).unwrap_or_default() {
            if device.get("count").is_some() && device.get("device_ids").is_some() {
                session.error(
                    format!("services.{name}: a device says both `count` and `device_ids`"),
                    device.place,
                );
            }
        }
    }
}

/// Older keys and what stands in `deploy.resources` for them.
const TWICE: [(&str, &str, &str); 4] = [
    ("cpus", "limits", "cpus"),
    ("mem_limit", "limits", "memory"),
    ("pids_limit", "limits", "pids"),
    ("mem_reservation", "reservations", "memory"),
];

fn limits(name: &str, node: &Node, session: &mut Session) {
    let resources = node
        .get("deploy")
        .and_then(|deploy| deploy.get("resources"));
    for (old, part, new) in TWICE {
        let newer = resources.and_then(|resources| resources.get(part)?.get(new));
        if let (Some(older), Some(newer)) = (node.get(old), newer)
            && let (Some(left), Some(right)) = (amount(older), amount(newer))
            && left != right
            && left != 0
            && right != 0
        {
            session.error(
                format!("services.{name}: `{old}` and `deploy.resources.{part}.{new}` differ"),
                older.place,
            );
        }
    }
}

/// A limit in thousandths, whether it counts bytes, processes or processors.
fn amount(node: &Node) -> Option<u128> {
    let text = node.scalar_text()?;
    match text.parse::<f64>() {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "limits are small and positive; others are refused elsewhere"
        )]
        Ok(number) => Some((number * 1000.0).round() as u128),
        Err(_) => Some(u128::from(crate::model::ByteSize::parse(&text)?.0) * 1000),
    }
}

fn health_test(name: &str, node: &Node, session: &mut Session) {
    let test = node.get("healthcheck").and_then(|check| check.get("test"));
    if let Some(first) = test.and_then(Node::as_list).and_then(<[Node]>::first)
        && !matches!(first.as_text(), Some("CMD" | "CMD-SHELL" | "NONE"))
    {
        session.error_with_help(
            format!("services.{name}.healthcheck.test must start with CMD, CMD-SHELL or NONE"),
            first.place,
            "Write `[\"CMD\", ...]`, or a line of text for the shell",
        );
    }
}

fn ports(name: &str, node: &Node, session: &mut Session) {
    let ports = node
        .get("ports")
        .and_then(Node::as_list)
        .unwrap_or_default();
    for (index, port) in ports.iter().enumerate() {
        if port.as_map().is_some() && port.get("target").is_none() {
            session.error(
                format!("services.{name}.ports[{index}] needs a target"),
                port.place,
            );
        }
    }
}

/// Texts that follow a pattern.
fn words(name: &str, node: &Node, session: &mut Session) {
    if let Some(policy) = node.get("pull_policy")
        && let Some(text) = policy.as_text()
    {
        let plain = [
            "always",
            "never",
            "build",
            "if_not_present",
            "missing",
            "refresh",
            "daily",
            "weekly",
        ];
        let every = text.split("every_").nth(1).is_some_and(|rest| {
            let digits = rest
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(rest.len());
            digits > 0 && rest[digits..].starts_with(['w', 'd', 'h', 'm', 's'])
        });
        if !plain.iter().any(|word| text.contains(word)) && !every {
            session.error(
                format!("services.{name}.pull_policy: there is no policy `{text}`"),
                policy.place,
            );
        }
    }
    if let Some(container) = node.get("container_name")
        && let Some(text) = container.as_text()
        && !text.as_bytes().windows(2).any(|pair| {
            pair[0].is_ascii_alphanumeric()
                && (pair[1].is_ascii_alphanumeric() || b"_.-".contains(&pair[1]))
        })
    {
        session.error(
            format!("services.{name}.container_name: `{text}` is no valid name"),
            container.place,
        );
    }
}
