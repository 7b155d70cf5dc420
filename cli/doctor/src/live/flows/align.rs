//! Which call was which documented step: the longest way through both in their order.

use super::branch::{Choice, choices, is_taken};
use super::event::Event;
use super::intent::Act;
use super::plan::{Expected, Plan};

/// What became of the steps of a flow in one replay.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Alignment {
    /// Which alternatives were taken.
    pub(super) choice: Choice,
    /// The fate of each step, in the plan's order.
    pub(super) fates: Vec<Fate>,
}

/// What became of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It stands in an alternative that was not taken.
    NotTaken,
    /// It happened where it should.
    Held,
    /// It happened, with this event, and not in its order.
    Elsewhere(usize),
    /// It did not happen.
    Missing,
}

/// Finds the alternatives that explain the most of what happened, and then ask for the least that
/// did not.
pub(super) fn align(steps: &[Expected], events: &[Event]) -> Alignment {
    let choices = choices(steps.iter().map(|step| step.arms.as_slice()));
    choices
        .into_iter()
        .map(|choice| {
            let fates = fates(steps, events, &choice);
            let count = |wanted: fn(&Fate) -> bool| fates.iter().filter(|it| wanted(it)).count();
            let seen = count(|fate| matches!(fate, Fate::Held | Fate::Elsewhere(_)));
            let missing = count(|fate| *fate == Fate::Missing);
            (seen, missing, Alignment { choice, fates })
        })
        // The first of equals: alternatives that are passed by come before those that are taken.
        .reduce(|best, next| {
            let better = next.0 > best.0 || (next.0 == best.0 && next.1 < best.1);
            if better { next } else { best }
        })
        .map_or_else(
            || Alignment {
                choice: Choice::new(),
                fates: Vec::new(),
            },
            |(_, _, alignment)| alignment,
        )
}

fn fates(steps: &[Expected], events: &[Event], choice: &Choice) -> Vec<Fate> {
    let taken: Vec<usize> = (0..steps.len())
        .filter(|index| is_taken(&steps[*index].arms, choice))
        .collect();
    let mut matched = vec![None; steps.len()];
    for (step, event) in in_order(steps, &taken, events) {
        matched[step] = Some(event);
    }
    let mut fates = vec![Fate::NotTaken; steps.len()];
    for &index in &taken {
        fates[index] = if matched[index].is_some() {
            Fate::Held
        } else {
            left_over(steps, events, &mut matched, index)
        };
    }
    fates
}

/// The best way through steps and events in the order of both; pairs of their numbers.
fn in_order(steps: &[Expected], taken: &[usize], events: &[Event]) -> Vec<(usize, usize)> {
    let (rows, columns) = (taken.len(), events.len());
    let mut best = vec![vec![0_u32; columns + 1]; rows + 1];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let skipped = best[row + 1][column].max(best[row][column + 1]);
            let both = score(&steps[taken[row]], &events[column])
                .map_or(0, |score| score + best[row + 1][column + 1]);
            best[row][column] = skipped.max(both);
        }
    }
    let (mut row, mut column) = (0, 0);
    let mut pairs = Vec::new();
    while row < rows && column < columns {
        let here = best[row][column];
        let both = score(&steps[taken[row]], &events[column])
            .map(|score| score + best[row + 1][column + 1]);
        if both == Some(here) {
            pairs.push((taken[row], column));
            row += 1;
            column += 1;
        } else if best[row][column + 1] == here {
            column += 1;
        } else {
            row += 1;
        }
    }
    pairs
}

/// How well an event fits a step; nothing where it cannot be it.
fn score(step: &Expected, event: &Event) -> Option<u32> {
    let direct = step.from == event.from && step.to == event.to;
    // Some draw an arrow from the worker to the queue that it takes messages from.
    let taken = event.intent.is(Act::Consume) && step.from == event.to && step.to == event.from;
    let requests = match (&step.request, &event.request) {
        (Some(step), Some(event)) => step.agrees(event),
        _ => true,
    };
    // A message that is handed on may be called publishing or delivering on either side.
    let message = event.intent.is(Act::Consume) && direct;
    let fits = (direct || taken)
        && step.after == event.after
        && requests
        && (message || step.intent.agrees(&event.intent));
    fits.then(|| 100 + affinity(step, event))
}

/// How much of the event's words the step's text has.
fn affinity(step: &Expected, event: &Event) -> u32 {
    let text = step.text.to_lowercase();
    let words = event
        .operation
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| word.len() > 2 && text.contains(&word.to_lowercase()))
        .take(5);
    let shared = u32::from(step.intent.shares(&event.intent));
    words.fold(2 * shared, |sum, _| sum + 1)
}

/// What became of a step that has no place in the order: done in parallel, elsewhere, or not.
fn left_over(
    steps: &[Expected],
    events: &[Event],
    matched: &mut [Option<usize>],
    index: usize,
) -> Fate {
    let cause = handed_over(steps, index).and_then(|earlier| matched[earlier]);
    let free = (0..events.len()).filter(|event| {
        !matched.contains(&Some(*event))
            && score(&steps[index], &events[*event]).is_some()
            // What was taken before it was handed over was something else.
            && cause.is_none_or(|cause| events[cause].began <= events[*event].began)
    });
    let candidates: Vec<usize> = free.collect();
    let in_place = candidates
        .iter()
        .copied()
        .find(|event| !is_out_of_order(steps, events, matched, index, *event));
    match (in_place, candidates.first()) {
        (Some(event), _) => {
            matched[index] = Some(event);
            Fate::Held
        }
        (None, Some(event)) => {
            matched[index] = Some(*event);
            Fate::Elsewhere(*event)
        }
        (None, None) => Fate::Missing,
    }
}

/// The step before that hands over to the party that a step goes out from.
pub(super) fn handed_over(steps: &[Expected], index: usize) -> Option<usize> {
    (0..index)
        .rev()
        .find(|earlier| steps[*earlier].to == steps[index].from)
}

/// Whether an event contradicts the documented order for certain: the same service did something
/// that is documented to come earlier only after it had ended, or the other way round.
fn is_out_of_order(
    steps: &[Expected],
    events: &[Event],
    matched: &[Option<usize>],
    index: usize,
    event: usize,
) -> bool {
    let this = &events[event];
    matched.iter().enumerate().any(|(other, at)| {
        let Some(at) = at.map(|at| &events[at]) else {
            return false;
        };
        let ordered = other != index && !Plan::is_unordered(&steps[other], &steps[index]);
        let (first, second) = if other < index {
            (at, this)
        } else {
            (this, at)
        };
        ordered && at.by == this.by && second.ended <= first.began
    })
}

#[cfg(test)]
mod tests {
    use super::super::cast::tests::cast;
    use super::super::event::events;
    use super::super::line::Line;
    use super::super::plan::tests::{plan, sequence};
    use super::super::recorded;
    use super::*;

    fn fates_of(markdown: &str, lines: &[Line]) -> Vec<Fate> {
        let plan = plan(markdown);
        let events = events(
            &lines.iter().collect::<Vec<_>>(),
            &recorded::roots(),
            &cast(),
        );
        align(&plan.steps, &events).fates
    }

    fn without(lines: Vec<Line>, operation: &str) -> Vec<Line> {
        let kept = lines
            .into_iter()
            .filter(|line| line.operation.as_deref() != Some(operation));
        kept.collect()
    }

    const USERS: &str = "Frontend->>API: GET /api/v1/users\nAPI->>Redis: Check cache\n\
        alt Cache hit\nRedis-->>API: users\nelse Cache miss\nAPI->>PostgreSQL: SELECT users\n\
        API->>Redis: Update cache\nend\nAPI-->>Frontend: users";

    #[test]
    fn whichever_alternative_happened_holds() {
        let held = [Fate::Held, Fate::Held, Fate::Held];
        assert_eq!(fates_of(&sequence(USERS), &recorded::miss()), held);
        let hit = [Fate::Held, Fate::NotTaken, Fate::NotTaken];
        assert_eq!(fates_of(&sequence(USERS), &recorded::hit()), hit);
    }

    #[test]
    fn a_step_that_is_skipped_is_missing_and_no_other() {
        let unasked = without(recorded::miss(), "GET users:all");
        let expected = [Fate::Missing, Fate::Held, Fate::Held];
        assert_eq!(fates_of(&sequence(USERS), &unasked), expected);
        let unfilled = without(recorded::miss(), "SET users:all");
        let expected = [Fate::Held, Fate::Held, Fate::Missing];
        assert_eq!(fates_of(&sequence(USERS), &unfilled), expected);
    }

    #[test]
    fn a_step_in_another_order_is_told_from_a_missing_one() {
        let steps = "Frontend->>API: GET /api/v1/users\nAPI->>Redis: Update cache\n\
            API->>PostgreSQL: SELECT users";
        let fates = fates_of(&sequence(steps), &recorded::miss());
        assert!(
            fates.iter().any(|fate| matches!(fate, Fate::Elsewhere(_))),
            "{fates:?}"
        );
        assert!(!fates.contains(&Fate::Missing), "{fates:?}");
    }

    #[test]
    fn steps_in_parallel_hold_in_any_order() {
        let steps = "Frontend->>API: GET /api/v1/users\npar fill\nAPI->>Redis: Update cache\n\
            and ask\nAPI->>PostgreSQL: SELECT users\nend";
        let fates = fates_of(&sequence(steps), &recorded::miss());
        assert_eq!(fates, [Fate::Held, Fate::Held]);
    }

    const EXPORT: &str = "Frontend->>API: POST /api/v1/export\nAPI->>PostgreSQL: INSERT INTO jobs\n\
        API->>RabbitMQ: Publish message\nRabbitMQ->>Worker: Deliver message\n\
        Worker->>PostgreSQL: UPDATE jobs\nWorker->>PostgreSQL: SELECT users\n\
        Worker->>PostgreSQL: UPDATE jobs\nWorker->>RabbitMQ: Acknowledge\n\
        Worker->>RabbitMQ: Publish completion\nRabbitMQ->>API: Deliver completion";

    #[test]
    fn a_flow_goes_on_through_the_broker() {
        let fates = fates_of(&sequence(EXPORT), &recorded::export());
        assert_eq!(fates, [Fate::Held; 9]);
        let silent = without(recorded::export(), "ack exports");
        let fates = fates_of(&sequence(EXPORT), &silent);
        assert_eq!(fates[6], Fate::Missing, "{fates:?}");
        assert_eq!(fates.iter().filter(|fate| **fate == Fate::Held).count(), 8);
    }

    #[test]
    fn a_message_that_came_earlier_is_another_one() {
        let mut lines = recorded::export();
        let last = lines
            .iter()
            .rposition(|line| line.operation.as_deref() == Some("consume jobs"));
        lines.remove(last.unwrap());
        let fates = fates_of(&sequence(EXPORT), &lines);
        assert_eq!(fates[8], Fate::Missing, "{fates:?}");
        assert_eq!(fates.iter().filter(|fate| **fate == Fate::Held).count(), 8);
    }

    #[test]
    fn a_worker_drawn_without_its_broker_is_reached_through_it() {
        let steps = "Frontend->>API: POST /api/v1/export\nAPI->>Worker: AMQP\n\
            Worker->>PostgreSQL: SELECT users";
        let fates = fates_of(&sequence(steps), &recorded::export());
        assert_eq!(fates, [Fate::Held, Fate::Held]);
    }

    #[test]
    fn a_login_asks_the_cache_before_and_fills_it_after() {
        let steps = "Browser->>Frontend: Log in\nFrontend->>API: POST /api/v1/auth/login\n\
            API->>Redis: Check failed attempts\nAPI->>PostgreSQL: SELECT user\n\
            API->>Redis: Create tokens";
        let fates = fates_of(&sequence(steps), &recorded::login());
        assert_eq!(fates, [Fate::Held; 3]);
        let fates = fates_of(&sequence(steps), &without(recorded::login(), "SET refresh"));
        assert_eq!(fates, [Fate::Held, Fate::Held, Fate::Missing]);
    }
}
