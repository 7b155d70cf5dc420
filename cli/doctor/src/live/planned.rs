use std::collections::BTreeSet;

use devkit_archdoc::ConnectionKind;

use super::flows;
use crate::context::Context;
use crate::report::Options;

/// What probes would open and send, one line each.
pub(crate) fn planned(context: &Context<'_>, options: &Options) -> Vec<String> {
    let mut lines = ports(context);
    lines.extend(connections(context));
    lines.extend(flows::planned(context, options));
    lines
}

fn ports(context: &Context<'_>) -> Vec<String> {
    let services = context.project().services.iter();
    services
        .flat_map(|(key, service)| service.ports.iter().map(move |port| (key, port)))
        .filter_map(|(key, port)| {
            let published = port.published.as_deref()?;
            let (target, protocol) = (port.target, &port.protocol);
            Some(format!(
                "connect from here to port {published} ({protocol} {target} of `{key}`)"
            ))
        })
        .collect()
}

fn connections(context: &Context<'_>) -> BTreeSet<String> {
    let drawn = context.pages.iter().flat_map(|page| {
        let connections = page.document.facts.connections.iter();
        connections
            .filter(|connection| connection.kind == ConnectionKind::Request)
            .filter_map(|drawn| Some((page.names.one(&drawn.from)?, page.names.one(&drawn.to)?)))
    });
    drawn
        .filter(|(from, to)| from != to)
        .map(|(from, to)| format!("connect from inside `{from}` to `{to}`"))
        .collect()
}
