//! `DK31x`: documented flows, replayed against the running platform and compared with its logs.
//!
//! A replay sends the requests that open a flow with a trace of its own, and reads from the log
//! lines of that trace what services did. [`plan`] says what the document asks for, [`event`] what
//! happened, [`align`] which was which, and [`judge`] what that means.

mod align;
mod branch;
mod cast;
mod collect;
mod event;
mod exchange;
mod filling;
mod intent;
mod judge;
mod line;
mod openapi;
mod plan;
#[cfg(test)]
mod recorded;
mod replay;
mod request;
mod session;

use std::path::Path;
use std::time::Duration;

use devkit_archdoc::{Environment, Flow};
use devkit_runtime::Observed;

use crate::checks::is_about_services;
use crate::context::{Context, Page};
use crate::live::instances::attachment::is_incomplete;
use crate::report::{Finding, Options, Outcome};
use crate::rule::{self, Item, Level, Rule};
use cast::Cast;
use collect::Collector;
use judge::{Seen, Witness};
use plan::Plan;
use replay::{Stop, replay};
use session::Session;

static RULES: [&Rule; 4] = [
    &rule::SKIPPED_STEP,
    &rule::REORDERED_STEP,
    &rule::UNDOCUMENTED_CALL,
    &rule::FAILED_REQUEST,
];

/// Alternatives such as a cache's hit and miss are looked for by so many replays.
const REPLAYS: usize = 2;
/// The past of the logs has been read when nothing more comes for so long.
const CATCHING_UP: Duration = Duration::from_millis(300);
const CATCHING_UP_LIMIT: Duration = Duration::from_secs(3);

/// Why a flow was not replayed, where that is the user's choice.
enum Declined {
    Writes,
    LogIn,
}

/// Replays every documented flow and compares it with what services logged.
pub(super) async fn check(
    context: &Context<'_>,
    observed: &Observed,
    options: &Options,
    outcome: &mut Outcome,
) {
    let flows = documented(context);
    let asked = RULES.iter().any(|rule| options.includes(rule));
    let Some(driver) = context.inputs.driver.filter(|_| asked && !flows.is_empty()) else {
        return;
    };
    let mut collector = Collector::open(driver, observed).await;
    collector
        .until("", CATCHING_UP, CATCHING_UP_LIMIT, |_| false)
        .await;
    let mut session = Session::new(context, observed);
    let mut declined = Vec::new();
    for (page, flow) in flows {
        let cast = Cast::of(context, page, flow);
        let plan = Plan::new(flow, &cast);
        if plan.steps.is_empty() && plan.requests.is_empty() {
            continue;
        }
        let sent = options.allow_writes || !plan.writes();
        if let Some(reason) = impaired(context, observed, &plan).filter(|_| sent) {
            for rule in RULES {
                outcome.undecided(
                    rule,
                    format!("\"{}\" was not compared: {reason}", plan.name),
                );
            }
            continue;
        }
        let compared = compare(&plan, &cast, options, &mut session, &mut collector);
        match compared.await {
            Ok(findings) => report(context, findings, outcome),
            Err(why) => declined.push((plan.name, why)),
        }
    }
    tell_declined(&declined, outcome);
    if !session.left_behind().is_empty() {
        let left = session.left_behind().join(", ");
        outcome.note(Item::Flows, format!("replays wrote: {left}"));
    }
}

/// Why a flow cannot be as documented for a reason that another rule tells: a service that it
/// goes through does not run, or is cut off.
fn impaired(context: &Context<'_>, observed: &Observed, plan: &Plan) -> Option<String> {
    plan.services().into_iter().find_map(|key| {
        let instances = observed.instances_of(key);
        let running = instances.iter().find(|instance| instance.is_running());
        match running {
            None => Some(format!("`{key}` is not running")),
            Some(instance) if is_incomplete(context, instance) => Some(format!(
                "`{}` lacks a network of the compose files",
                instance.name
            )),
            Some(_) => None,
        }
    })
}

/// What would be sent, in words, for each documented flow.
pub(super) fn planned(context: &Context<'_>, options: &Options) -> Vec<String> {
    let mut lines = Vec::new();
    for (page, flow) in documented(context) {
        let plan = Plan::new(flow, &Cast::of(context, page, flow));
        for opening in &plan.requests {
            let how = if plan.writes() && !options.allow_writes {
                "not sent without --allow-writes"
            } else {
                "sent"
            };
            let file = opening.place.file.as_path();
            let file = file.strip_prefix(context.inputs.root).unwrap_or(file);
            lines.push(format!(
                "{} to `{}` ({how}; {}:{}, \"{}\")",
                opening.request,
                opening.to,
                file.display(),
                opening.place.line,
                plan.name
            ));
        }
    }
    lines
}

/// The flows that are about services of this platform, as developers run it.
fn documented<'a>(context: &'a Context<'a>) -> Vec<(&'a Page<'a>, &'a Flow)> {
    let pages = context.pages.iter();
    pages
        .flat_map(|page| {
            page.document
                .facts
                .flows
                .iter()
                .map(move |flow| (page, flow))
        })
        .filter(|(page, flow)| {
            flow.origin.environment.covers(Environment::Development)
                && is_about_services(page, flow)
        })
        .collect()
}

/// Replays one flow until all of its alternatives were taken, and judges what was seen.
async fn compare(
    plan: &Plan,
    cast: &Cast,
    options: &Options,
    session: &mut Session<'_>,
    collector: &mut Collector,
) -> Result<Vec<Finding>, Declined> {
    if plan.requests.is_empty() {
        let message = format!(
            "\"{}\" was not compared: no step from a client names a method and a path",
            plan.name
        );
        let finding = Finding::new(&rule::SKIPPED_STEP, plan.name.as_str(), message)
            .with_level(Level::Unknown)
            .in_document(plan.place.clone());
        return Ok(vec![finding]);
    }
    if plan.writes() && !options.allow_writes {
        return Err(Declined::Writes);
    }
    let mut replays = Vec::new();
    while replays.len() < REPLAYS {
        let mut attempt = replay(plan, cast, session, collector).await;
        if let Some((index, Stop::LogIn)) = attempt.stop {
            if !options.allow_writes {
                return Err(Declined::LogIn);
            }
            match session.log_in(&plan.requests[index].to).await {
                Ok(()) => attempt = replay(plan, cast, session, collector).await,
                Err(reason) => attempt.stop = Some((index, Stop::Unknown(reason))),
            }
        }
        let lines = collector.of(&attempt.trace);
        replays.push(Seen {
            services: lines.iter().map(|line| line.service.clone()).collect(),
            events: attempt.events(cast, collector),
            trace: attempt.trace,
            stop: attempt.stop,
        });
        let stopped = replays.iter().any(|seen| seen.stop.is_some());
        if stopped || !judge::leaves_open(plan, &replays) {
            break;
        }
    }
    let witness = |service: &str| witness(service, session, collector);
    Ok(judge::findings(plan, cast, &replays, witness))
}

/// How much the log of a service tells.
fn witness(service: &str, session: &Session<'_>, collector: &Collector) -> Witness {
    let silent = |reason: &str| Witness::Silent(format!("`{service}` {reason}"));
    if session.instance(service).is_none() {
        silent("is not running")
    } else if collector.is_unread(service) {
        silent("has a log that cannot be read")
    } else if !collector.traces(service) {
        silent("writes no log lines that name a trace")
    } else if !collector.tells_of_peers(service) {
        silent("does not log whom it calls")
    } else {
        Witness::Calls
    }
}

/// Reports what a flow's replays say; what another check says of the same line is not said again.
fn report(context: &Context<'_>, findings: Vec<Finding>, outcome: &mut Outcome) {
    if findings
        .iter()
        .all(|finding| finding.level != Level::Unknown)
    {
        for rule in RULES {
            outcome.decided(rule);
        }
    }
    for finding in findings {
        let service = finding.subject.split(" -> ").next().unwrap_or_default();
        if finding.level == Level::Unknown && is_told(service, outcome) {
            outcome.undecided(finding.rule, finding.message);
            continue;
        }
        let known = finding.rule == &rule::FAILED_REQUEST
            && outcome.findings().iter().any(|other| {
                other.level == Level::Error
                    && line_of(other).is_some()
                    && line_of(other) == line_of(&finding)
            });
        if !known {
            let place = context.place(&format!("services.{service}"));
            outcome.report(finding.in_compose(place));
        }
    }
}

/// Whether something else says already why a service does not answer as it should.
fn is_told(service: &str, outcome: &Outcome) -> bool {
    let causes = [
        &rule::SERVICE_DOWN,
        &rule::UNHEALTHY,
        &rule::LIVE_ATTACHMENT,
        &rule::LIVE_PORT,
        &rule::SILENT_PORT,
        &rule::DIFFERENT_SPEAKER,
    ];
    let mut findings = outcome.findings().iter();
    findings.any(|finding| causes.contains(&finding.rule) && finding.subject == service)
}

/// The file and the line of the document that a finding is about.
fn line_of(finding: &Finding) -> Option<(&Path, usize)> {
    let place = finding.document.as_ref()?;
    Some((&place.file, place.line))
}

/// Says which flows were left out by the user's choice: they are neither passed nor undecided.
fn tell_declined(declined: &[(String, Declined)], outcome: &mut Outcome) {
    if declined.is_empty() {
        return;
    }
    let names: Vec<String> = declined
        .iter()
        .map(|(name, why)| match why {
            Declined::Writes => format!("\"{name}\" writes"),
            Declined::LogIn => format!("\"{name}\" needs a user who is logged in"),
        })
        .collect();
    let (count, noun) = match names.len() {
        1 => (1, "flow was"),
        count => (count, "flows were"),
    };
    let text = format!(
        "{count} {noun} not replayed: {}; `devkit doctor --probe --allow-writes` replays them with a throw-away user",
        names.join(", ")
    );
    for rule in RULES {
        outcome.not_asked(rule, text.clone());
    }
    outcome.note(Item::Flows, text);
}
