//! Each kind of finding about a flow, with its words.

use std::collections::BTreeSet;

use super::super::align::{Alignment, Fate, handed_over};
use super::super::cast::{Cast, Party};
use super::super::event::Event;
use super::super::plan::{Expected, Plan};
use super::super::replay::Stop;
use super::{Seen, Witness};
use crate::report::Finding;
use crate::rule::{self, Level};

pub(super) fn stopped(plan: &Plan, index: usize, stop: &Stop) -> Finding {
    let opening = &plan.requests[index];
    let (to, request) = (&opening.to, &opening.request);
    let error = |what: String| Finding::new(&rule::FAILED_REQUEST, to.as_str(), what);
    let finding = match stop {
        Stop::Unserved(status) => error(format!(
            "\"{}\" begins with `{request}`, and `{to}` answers {status}",
            plan.name
        )),
        Stop::Failed(status) => error(format!(
            "`{to}` fails with {status} at `{request}`, a step of \"{}\"",
            plan.name
        )),
        Stop::LogIn => unknown(to, plan, "the request is for users that are logged in"),
        Stop::Unknown(reason) => unknown(to, plan, reason),
    };
    finding.in_document(opening.place.clone())
}

fn unknown(subject: &str, plan: &Plan, reason: &str) -> Finding {
    let message = format!("\"{}\" was not compared: {reason}", plan.name);
    Finding::new(&rule::SKIPPED_STEP, subject, message).with_level(Level::Unknown)
}

pub(super) fn missing(
    plan: &Plan,
    (index, step): (usize, &Expected),
    seen: &Seen,
    alignment: &Alignment,
    witness: &impl Fn(&str) -> Witness,
) -> Option<Finding> {
    let subject = format!("{} -> {}", step.from, step.to);
    let undecided = |reason: String| {
        Some(
            Finding::new(&rule::SKIPPED_STEP, subject.as_str(), reason)
                .with_level(Level::Unknown)
                .in_document(step.place.clone()),
        )
    };
    let outside = [&step.from, &step.to]
        .into_iter()
        .find(|party| matches!(party, Party::Other(_)));
    if let Some(party) = outside {
        return undecided(format!(
            "{} was not seen: `{party}` is no service of this platform",
            named(step)
        ));
    }
    if step.after.is_none() {
        return undecided(format!(
            "{} was not seen: it comes before the first request that can be replayed",
            named(step)
        ));
    }
    let by = step.by.service()?;
    if let Witness::Silent(reason) = witness(by) {
        return undecided(format!("{} was not seen: {reason}", named(step)));
    }
    let earlier_missing = alignment.fates[..index].contains(&Fate::Missing);
    let reached = seen.services.contains(by);
    let takes_message = step.by == step.to;
    let handed_over = handed_over(&plan.steps, index)
        .is_none_or(|earlier| alignment.fates[earlier] != Fate::Missing);
    if (!reached && earlier_missing) || (takes_message && !handed_over) {
        // What never reached the service cannot be done by it: the step before is the finding.
        return None;
    }
    if !reached && !takes_message {
        return undecided(format!(
            "{} was not seen: the trace does not reach `{by}`",
            named(step)
        ));
    }
    let message = if takes_message {
        format!(
            "{} of \"{}\" is not done: `{by}` takes no message of the trace from `{}`",
            named(step),
            plan.name,
            step.from
        )
    } else {
        format!(
            "{} of \"{}\" is not done: `{by}` makes no such call to `{}`",
            named(step),
            plan.name,
            step.to
        )
    };
    Some(
        Finding::new(&rule::SKIPPED_STEP, subject, message)
            .with_help(format!(
                "Do the step in `{by}`, or correct the document; seen were {} (`devkit logs --grep {}`).",
                shown(&seen.events, step),
                seen.trace
            ))
            .in_document(step.place.clone()),
    )
}

pub(super) fn elsewhere(plan: &Plan, step: &Expected, event: &Event, seen: &Seen) -> Finding {
    Finding::new(
        &rule::REORDERED_STEP,
        format!("{} -> {}", step.from, step.to),
        format!(
            "{} of \"{}\" happens in another order: `{}`",
            named(step),
            plan.name,
            event.operation
        ),
    )
    .with_help(format!(
        "Correct the order in the document or in `{}`; seen were {} (`devkit logs --grep {}`).",
        event.by,
        shown(&seen.events, step),
        seen.trace
    ))
    .in_document(step.place.clone())
}

/// A step of an alternative that no replay took; one finding for each alternative.
pub(super) fn not_taken(plan: &Plan, step: &Expected) -> Option<Finding> {
    let arm = step.arms.last().filter(|arm| !arm.is_optional())?;
    let first = plan.steps.iter().find(|other| other.arms.contains(arm))?;
    (first.place == step.place).then(|| {
        let message = format!(
            "{} was not seen: no replay of \"{}\" took the way \"{}\"",
            named(step),
            plan.name,
            arm.title.lines().next().unwrap_or_default()
        );
        Finding::new(
            &rule::SKIPPED_STEP,
            format!("{} -> {}", step.from, step.to),
            message,
        )
        .with_level(Level::Unknown)
        .with_help("Bring the platform into the state that the way is for, and try again.")
        .in_document(step.place.clone())
    })
}

/// Calls of and to parties that the flow's drawing does not show, once each.
pub(super) fn undocumented(plan: &Plan, cast: &Cast, replays: &[Seen]) -> Vec<Finding> {
    let mut told = BTreeSet::new();
    let mut findings = Vec::new();
    for event in replays.iter().flat_map(|seen| &seen.events) {
        let stranger = [&event.to, &event.from]
            .into_iter()
            .find(|party| **party != Party::Client && !cast.has(party));
        if let Some(stranger) = stranger
            && told.insert(stranger.clone())
        {
            findings.push(
                Finding::new(
                    &rule::UNDOCUMENTED_CALL,
                    format!("{} -> {}", event.from, event.to),
                    format!(
                        "\"{}\" goes through `{stranger}` too (`{}` by `{}`), and does not show it",
                        plan.name, event.operation, event.by
                    ),
                )
                .in_document(plan.place.clone()),
            );
        }
    }
    findings
}

fn named(step: &Expected) -> String {
    match (step.number, step.title()) {
        (Some(number), "") => format!("Step {number}"),
        (Some(number), title) => format!("Step {number} \"{title}\""),
        (None, "") => format!("The step from `{}` to `{}`", step.from, step.to),
        (None, title) => format!("The step \"{title}\""),
    }
}

/// What the step's request led to, in a few words.
fn shown(events: &[Event], step: &Expected) -> String {
    let calls: Vec<String> = events
        .iter()
        .filter(|event| event.after == step.after)
        .map(|event| format!("{} -> {} `{}`", event.from, event.to, event.operation))
        .collect();
    if calls.is_empty() {
        return "no calls".to_owned();
    }
    calls.join(", ")
}
