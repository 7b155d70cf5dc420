//! What services did, read from the lines of one trace.

use std::collections::BTreeMap;

use time::OffsetDateTime;

use super::cast::{Cast, Party};
use super::intent::{Act, Intent};
use super::line::Line;
use super::request::Request;

/// One call, as log lines tell of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Event {
    /// Who called, or the broker that handed on.
    pub(super) from: Party,
    /// Who was reached.
    pub(super) to: Party,
    /// The service whose line tells of it.
    pub(super) by: String,
    /// What was done.
    pub(super) operation: String,
    /// What that does to what it reaches.
    pub(super) intent: Intent,
    /// The request, where it is one of HTTP.
    pub(super) request: Option<Request>,
    /// When it began, never before the work that it is part of.
    pub(super) began: OffsetDateTime,
    /// When it was done.
    pub(super) ended: OffsetDateTime,
    /// Which of the requests of the replay it follows from, from 0.
    pub(super) after: Option<usize>,
}

/// The spans that a replay gave to its requests, with the number of each request.
pub(super) type Roots = BTreeMap<String, usize>;

/// The calls that lines of one trace tell of, in the order in which they began.
pub(super) fn events(lines: &[&Line], roots: &Roots, cast: &Cast) -> Vec<Event> {
    let trace = Trace::new(lines, roots);
    let mut events: Vec<Event> = lines
        .iter()
        .flat_map(|line| trace.events(line, cast))
        .collect();
    events.sort_by_key(|event| (event.after, event.began));
    events
}

struct Trace<'a> {
    spans: BTreeMap<&'a str, &'a Line>,
    roots: &'a Roots,
}

impl<'a> Trace<'a> {
    fn new(lines: &[&'a Line], roots: &'a Roots) -> Self {
        let mut spans: BTreeMap<&str, &Line> = BTreeMap::new();
        for line in lines {
            if let Some(span) = &line.span {
                let known = spans.entry(span).or_insert(line);
                // Of several lines about one piece of work the one that names a peer says most.
                if known.peer.is_none() && line.peer.is_some() {
                    *known = line;
                }
            }
        }
        Self { spans, roots }
    }

    fn parent(&self, line: &Line) -> Option<&'a Line> {
        let parent = self.spans.get(line.parent.as_deref()?)?;
        (parent.span != line.span).then_some(parent)
    }

    fn events(&self, line: &Line, cast: &Cast) -> Vec<Event> {
        let Some(operation) = &line.operation else {
            return Vec::new();
        };
        let me = Party::Service(line.service.clone());
        let peer = line.peer.as_deref().map(|peer| cast.peer(peer));
        // Who asked for this work, where another service did.
        let caller = self
            .parent(line)
            .filter(|parent| parent.service != line.service);
        let asked_by = caller.map(|caller| Party::Service(caller.service.clone()));
        // The caller's own line may tell of the same call.
        let told = caller
            .and_then(|caller| caller.peer.as_deref())
            .is_some_and(|peer| cast.peer(peer) == me);
        let intent = Intent::of(operation);
        let mut ends = Vec::new();
        match (peer, asked_by) {
            (Some(peer), asked_by) if intent.is(Act::Consume) => {
                ends.push((peer, me.clone()));
                ends.extend(asked_by.map(|caller| (caller, me)));
            }
            (Some(peer), Some(caller)) if peer == caller => {
                if !told {
                    ends.push((caller, me));
                }
            }
            (Some(peer), asked_by) => {
                ends.push((me.clone(), peer));
                ends.extend(asked_by.filter(|_| !told).map(|caller| (caller, me)));
            }
            (None, Some(caller)) => {
                if !told {
                    ends.push((caller, me));
                }
            }
            (None, None) if self.parent(line).is_none() => ends.push((Party::Client, me)),
            (None, None) => {}
        }
        ends.into_iter()
            .filter(|(from, to)| from != to)
            .map(|(from, to)| self.event(line, operation, from, to))
            .collect()
    }

    fn event(&self, line: &Line, operation: &str, from: Party, to: Party) -> Event {
        Event {
            from,
            to,
            by: line.service.clone(),
            operation: operation.to_owned(),
            intent: Intent::of(operation),
            request: Request::named(operation),
            began: self.began(line, 0),
            ended: line.at,
            after: self.root(line, 0),
        }
    }

    /// When a piece of work began; clocks and rounding may not put it before its cause.
    fn began(&self, line: &Line, depth: usize) -> OffsetDateTime {
        let own = line.began();
        match self.parent(line) {
            Some(parent) if depth < 64 => own.max(self.began(parent, depth + 1)),
            _ => own,
        }
    }

    fn root(&self, line: &Line, depth: usize) -> Option<usize> {
        let parent = line.parent.as_deref()?;
        match self.roots.get(parent) {
            Some(root) => Some(*root),
            None if depth < 64 => self.root(self.parent(line)?, depth + 1),
            None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::cast::tests::cast;
    use super::super::recorded;
    use super::*;

    fn shown(events: &[Event]) -> Vec<String> {
        events
            .iter()
            .map(|event| format!("{} -> {}: {}", event.from, event.to, event.operation))
            .collect()
    }

    #[test]
    fn a_cache_miss_is_three_calls_behind_the_frontend() {
        let lines = recorded::miss();
        let events = events(
            &lines.iter().collect::<Vec<_>>(),
            &recorded::roots(),
            &cast(),
        );
        assert_eq!(
            shown(&events),
            [
                "frontend -> api: GET /api/v1/users",
                "api -> redis: GET users:all",
                "api -> postgres: SELECT users",
                "api -> redis: SET users:all",
            ]
        );
        assert!(events.iter().all(|event| event.after == Some(0)));
    }

    #[test]
    fn messages_go_from_the_broker_to_who_takes_them() {
        let lines = recorded::export();
        let events = events(
            &lines.iter().collect::<Vec<_>>(),
            &recorded::roots(),
            &cast(),
        );
        let shown = shown(&events);
        for call in [
            "api -> rabbitmq: publish exports",
            "rabbitmq -> worker: consume exports",
            "api -> worker: consume exports",
            "worker -> rabbitmq: ack exports",
            "rabbitmq -> api: consume jobs",
        ] {
            assert!(shown.iter().any(|it| it == call), "{call} in {shown:#?}");
        }
        let first = shown.iter().position(|it| it.contains("publish exports"));
        let second = shown.iter().position(|it| it.contains("consume exports"));
        assert!(first < second, "{shown:#?}");
    }
}
