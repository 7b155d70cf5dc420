//! What replays say about a flow, as findings.

mod wording;

use std::collections::BTreeSet;

use super::align::{Alignment, Fate, align};
use super::cast::Cast;
use super::event::Event;
use super::plan::{Expected, Plan};
use super::replay::Stop;
use crate::report::Finding;
use wording::{elsewhere, missing, not_taken, stopped, undocumented};

/// What was seen in one replay.
#[derive(Debug)]
pub(super) struct Seen {
    /// The trace.
    pub(super) trace: String,
    /// What happened.
    pub(super) events: Vec<Event>,
    /// The services that wrote lines of the trace.
    pub(super) services: BTreeSet<String>,
    /// The request with which the replay ended before its time, and why.
    pub(super) stop: Option<(usize, Stop)>,
}

/// How much the log of a service tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Witness {
    /// Its calls.
    Calls,
    /// Nothing that decides, for this reason.
    Silent(String),
}

/// What replays of a flow say; `witness` says how much the log of a service tells.
pub(super) fn findings(
    plan: &Plan,
    cast: &Cast,
    replays: &[Seen],
    witness: impl Fn(&str) -> Witness,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for seen in replays {
        if let Some((index, stop)) = &seen.stop {
            findings.push(stopped(plan, *index, stop));
        }
    }
    let alignments: Vec<Alignment> = replays
        .iter()
        .map(|seen| align(&due(plan, seen), &seen.events))
        .collect();
    for (index, step) in plan.steps.iter().enumerate() {
        let fates = || {
            let both = replays.iter().zip(&alignments);
            both.filter_map(|(seen, alignment)| {
                Some((seen, alignment, alignment.fates.get(index)?))
            })
        };
        let wrong = fates().find_map(|(seen, alignment, fate)| match fate {
            Fate::Missing => missing(plan, (index, step), seen, alignment, &witness),
            Fate::Elsewhere(event) => Some(elsewhere(plan, step, &seen.events[*event], seen)),
            Fate::Held | Fate::NotTaken => None,
        });
        let never = fates().count() > 0 && fates().all(|(_, _, fate)| *fate == Fate::NotTaken);
        findings.extend(wrong.or_else(|| never.then(|| not_taken(plan, step))?));
    }
    findings.extend(undocumented(plan, cast, replays));
    findings
}

/// Whether a way that the document shows was taken by none of the replays so far.
pub(super) fn leaves_open(plan: &Plan, replays: &[Seen]) -> bool {
    let alignments: Vec<Alignment> = replays
        .iter()
        .map(|seen| align(&plan.steps, &seen.events))
        .collect();
    let not_taken = |index: usize| {
        alignments
            .iter()
            .all(|alignment| alignment.fates[index] == Fate::NotTaken)
    };
    let has_ways = plan.steps.iter().any(Expected::is_on_a_way);
    // A cache that was empty may be full the next time, which is a way without steps.
    has_ways && (replays.len() < 2 || (0..plan.steps.len()).any(not_taken))
}

/// The steps that a replay came to.
fn due(plan: &Plan, seen: &Seen) -> Vec<Expected> {
    let stopped = seen.stop.as_ref().map(|(index, _)| *index);
    let steps = plan.steps.iter();
    steps
        .take_while(|step| stopped.is_none() || step.after < stopped)
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::cast::tests::cast;
    use super::super::event::events;
    use super::super::line::Line;
    use super::super::plan::tests::{plan, sequence};
    use super::super::recorded;
    use super::*;
    use crate::rule::Level;

    fn seen(lines: &[Line]) -> Seen {
        let references: Vec<&Line> = lines.iter().collect();
        Seen {
            trace: "be78".to_owned(),
            events: events(&references, &recorded::roots(), &cast()),
            services: lines.iter().map(|line| line.service.clone()).collect(),
            stop: None,
        }
    }

    fn without(lines: Vec<Line>, gone: impl Fn(&Line) -> bool) -> Vec<Line> {
        lines.into_iter().filter(|line| !gone(line)).collect()
    }

    fn told(markdown: &str, replays: &[Seen]) -> Vec<(String, Level, usize)> {
        let line = |finding: &Finding| finding.document.as_ref().map_or(0, |place| place.line);
        findings(&plan(markdown), &cast(), replays, |_| Witness::Calls)
            .iter()
            .map(|finding| (finding.rule.id.to_owned(), finding.level, line(finding)))
            .collect()
    }

    const USERS: &str = "Frontend->>API: GET /api/v1/users\nAPI->>Redis: Check cache\n\
        alt Cache miss\nAPI->>PostgreSQL: SELECT users\nAPI->>Redis: Update cache\nend";
    /// The line of the first step in a document that `sequence` writes.
    const FIRST: usize = 7;

    #[test]
    fn a_flow_that_does_what_it_documents_has_no_findings() {
        let replays = [seen(&recorded::miss()), seen(&recorded::hit())];
        assert_eq!(told(&sequence(USERS), &replays), []);
    }

    #[test]
    fn a_skipped_step_is_told_once_at_its_line() {
        let unasked = || {
            seen(&without(recorded::miss(), |line| {
                line.operation.as_deref() == Some("GET users:all")
            }))
        };
        let found = told(&sequence(USERS), &[unasked(), unasked()]);
        assert_eq!(found, [("DK310".to_owned(), Level::Error, FIRST + 1)]);
    }

    #[test]
    fn a_way_that_no_replay_took_is_unknown() {
        let found = told(&sequence(USERS), &[seen(&recorded::hit())]);
        assert_eq!(found, [("DK310".to_owned(), Level::Unknown, FIRST + 3)]);
    }

    const EXPORT: &str = "Frontend->>API: POST /api/v1/export\nAPI->>RabbitMQ: Publish message\n\
        RabbitMQ->>Worker: Deliver message\nWorker->>PostgreSQL: SELECT users\n\
        Worker->>RabbitMQ: Publish completion\nRabbitMQ->>API: Deliver completion";

    #[test]
    fn what_follows_from_a_skipped_step_is_not_told() {
        let lines = without(recorded::export(), |line| {
            line.service == "worker"
                || matches!(
                    line.operation.as_deref(),
                    Some("publish exports" | "consume jobs")
                )
        });
        let found = told(&sequence(EXPORT), &[seen(&lines)]);
        assert_eq!(found, [("DK310".to_owned(), Level::Error, FIRST + 1)]);
    }

    #[test]
    fn a_message_that_nobody_takes_is_told_at_its_delivery() {
        let lines = without(recorded::export(), |line| {
            line.service == "worker" || line.operation.as_deref() == Some("consume jobs")
        });
        let found = told(&sequence(EXPORT), &[seen(&lines)]);
        assert_eq!(found, [("DK310".to_owned(), Level::Error, FIRST + 2)]);
    }

    #[test]
    fn a_service_whose_log_tells_nothing_is_unknown() {
        let lines = without(recorded::export(), |line| line.service == "worker");
        let flow = plan(&sequence(EXPORT));
        let found = findings(&flow, &cast(), &[seen(&lines)], |service| match service {
            "worker" => Witness::Silent("`worker` is not running".to_owned()),
            _ => Witness::Calls,
        });
        assert!(found.iter().all(|finding| finding.level == Level::Unknown));
        assert!(found[0].message.ends_with("`worker` is not running"));
    }

    #[test]
    fn a_service_that_the_flow_does_not_show_is_told() {
        let steps = "Frontend->>API: GET /api/v1/users\nAPI->>PostgreSQL: SELECT users";
        let flow = plan(&sequence(steps));
        let mut cast = cast();
        cast.named.retain(|name, _| name != "redis");
        let found = findings(&flow, &cast, &[seen(&recorded::miss())], |_| Witness::Calls);
        let ids: Vec<_> = found.iter().map(|finding| finding.rule.id).collect();
        assert_eq!(ids, ["DK312"]);
        assert_eq!(found[0].subject, "api -> redis");
    }
}
