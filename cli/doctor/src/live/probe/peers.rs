//! Drawn connections, from inside the network of the service at their start.

use std::collections::{BTreeMap, BTreeSet};

use devkit_archdoc::ConnectionKind;
use devkit_compose::model::Service;
use devkit_diagnostic::Location;
use devkit_runtime::{Instance, Observed, Peer, Reach};

use super::{cut_off, rests, running};
use crate::context::Context;
use crate::live::connect::well_known_port;
use crate::live::instances::attachment::is_incomplete;
use crate::report::{Finding, Outcome};
use crate::rule::{self, Rule};

/// A connection that the document draws between two services.
#[derive(Debug)]
struct Drawn {
    to: Peer,
    place: Location,
}

/// Tries every drawn connection between running services.
pub(super) async fn check(context: &Context<'_>, observed: &Observed) -> Outcome {
    let mut outcome = Outcome::default();
    let mut tried = Vec::new();
    for (from, connections) in drawn(context, observed, &mut outcome) {
        if let Some(source) = running(observed, &from) {
            tried.push(reach(context, observed, source, connections));
        }
    }
    for answers in futures::future::join_all(tried).await {
        outcome.extend(answers);
    }
    outcome
}

/// The drawn connections of each service, once each.
fn drawn(
    context: &Context<'_>,
    observed: &Observed,
    outcome: &mut Outcome,
) -> BTreeMap<String, Vec<Drawn>> {
    let mut seen = BTreeSet::new();
    let mut drawn: BTreeMap<String, Vec<Drawn>> = BTreeMap::new();
    for page in &context.pages {
        for connection in &page.document.facts.connections {
            let ends = (
                page.names.one(&connection.from),
                page.names.one(&connection.to),
            );
            let (Some(from), Some(to)) = ends else {
                continue;
            };
            let direct =
                connection.kind == ConnectionKind::Request && connection.origin.confidence >= 0.5;
            if !direct || from == to || !seen.insert((from.clone(), to.clone())) {
                continue;
            }
            // A service without a port, such as a worker, is reached by way of others.
            let port = context.service(&to).and_then(own_port);
            let Some(port) =
                port.filter(|_| !rests(context, observed, &from) && !rests(context, observed, &to))
            else {
                continue;
            };
            if running(observed, &from).is_none() || running(observed, &to).is_none() {
                let reason = format!("`{from}` and `{to}` are not both running");
                outcome.undecided(&rule::UNRESOLVED_PEER, reason.clone());
                outcome.undecided(&rule::REFUSED_PEER, reason);
                continue;
            }
            drawn.entry(from).or_default().push(Drawn {
                to: Peer { host: to, port },
                place: connection.origin.location(),
            });
        }
    }
    drawn
}

async fn reach(
    context: &Context<'_>,
    observed: &Observed,
    source: &Instance,
    connections: Vec<Drawn>,
) -> Outcome {
    let mut outcome = Outcome::default();
    let Some(driver) = context.inputs.driver else {
        return outcome;
    };
    let peers: Vec<Peer> = connections
        .iter()
        .map(|connection| connection.to.clone())
        .collect();
    let answers = match driver.reach(context.project(), source, &peers).await {
        Ok(answers) => answers,
        Err(error) => vec![Reach::Unknown(error.to_string()); peers.len()],
    };
    for (connection, answer) in connections.into_iter().zip(answers) {
        let ends = [Some(source), running(observed, &connection.to.host)];
        let cause = ends
            .into_iter()
            .flatten()
            .find(|end| is_incomplete(context, end));
        let answer = match cause.filter(|_| answer != Reach::Connected) {
            Some(end) => Reach::Unknown(cut_off(end)),
            None => answer,
        };
        report(source, &connection, answer, &mut outcome);
    }
    outcome
}

fn report(source: &Instance, connection: &Drawn, answer: Reach, outcome: &mut Outcome) {
    let Peer { host: to, port } = &connection.to;
    let finding = |rule: &'static Rule, message: String| {
        Finding::new(rule, format!("{} -> {to}", source.service), message)
            .in_document(connection.place.clone())
    };
    match answer {
        Reach::Connected => {
            outcome.decided(&rule::UNRESOLVED_PEER);
            outcome.decided(&rule::REFUSED_PEER);
        }
        Reach::Unresolved => outcome.report(finding(
            &rule::UNRESOLVED_PEER,
            format!("Inside `{}` the name `{to}` does not resolve", source.name),
        )),
        Reach::Refused => {
            outcome.decided(&rule::UNRESOLVED_PEER);
            outcome.report(finding(
                &rule::REFUSED_PEER,
                format!(
                    "From inside `{}` port {port} of `{to}` cannot be reached",
                    source.name
                ),
            ));
        }
        Reach::Unknown(reason) => {
            outcome.undecided(&rule::UNRESOLVED_PEER, reason.clone());
            outcome.undecided(&rule::REFUSED_PEER, reason);
        }
    }
}

/// The port that peers use: the one its image is known for, else the first that the files name.
fn own_port(service: &Service) -> Option<u16> {
    let declared: Vec<u16> = service
        .ports
        .iter()
        .filter(|port| port.protocol != "udp")
        .map(|port| port.target)
        .chain(
            service
                .expose
                .iter()
                .filter_map(|port| port.split('/').next()?.parse().ok()),
        )
        .collect();
    let known = well_known_port(service);
    known
        .filter(|port| declared.is_empty() || declared.contains(port))
        .or_else(|| declared.first().copied())
}
