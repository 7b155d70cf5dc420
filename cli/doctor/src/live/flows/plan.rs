//! What a documented flow asks for: which requests open it, and what services then must do.

use std::collections::BTreeSet;

use devkit_archdoc::{Flow, Step, StepKind};
use devkit_diagnostic::Location;

use super::branch::{self, Arm};
use super::cast::{Cast, Party};
use super::intent::{Act, Intent};
use super::request::Request;

/// One documented flow, made ready for a replay.
#[derive(Debug)]
pub(super) struct Plan {
    /// The flow's name.
    pub(super) name: String,
    /// Where the flow begins.
    pub(super) place: Location,
    /// The requests that devkit sends, in order.
    pub(super) requests: Vec<Opening>,
    /// What services must do by themselves, in the document's order.
    pub(super) steps: Vec<Expected>,
}

/// A request that a client or a frontend sends, and which a replay sends in its place.
#[derive(Debug, Clone)]
pub(super) struct Opening {
    /// Who sends it by the document.
    pub(super) from: Party,
    /// The service that answers it.
    pub(super) to: String,
    /// The frontend that passes it on, where one is drawn.
    pub(super) through: Option<String>,
    /// What is asked for.
    pub(super) request: Request,
    /// All that is written at the step.
    pub(super) text: String,
    /// Where the step stands.
    pub(super) place: Location,
}

/// A step that a service does by itself.
#[derive(Debug, Clone)]
pub(super) struct Expected {
    /// Who acts.
    pub(super) from: Party,
    /// Who is reached.
    pub(super) to: Party,
    /// Which service's log lines show it: the one that acts, or that takes what a broker holds.
    pub(super) by: Party,
    /// What is written at the step.
    pub(super) text: String,
    /// The number written at the step.
    pub(super) number: Option<u32>,
    /// Whether the document says by numbers or a sequence when it happens.
    pub(super) ordered: bool,
    /// What it does.
    pub(super) intent: Intent,
    /// The request that it sends, where the document names one.
    pub(super) request: Option<Request>,
    /// The alternatives that it stands in.
    pub(super) arms: Vec<Arm>,
    /// The number of the request, from 0, that it follows; none where it comes before all.
    pub(super) after: Option<usize>,
    /// Where the step stands.
    pub(super) place: Location,
}

impl Plan {
    /// The services that the flow goes through, by their keys.
    pub(super) fn services(&self) -> BTreeSet<&str> {
        let opened = self.requests.iter().flat_map(|opening| {
            let through = opening.through.as_deref();
            through.into_iter().chain([opening.to.as_str()])
        });
        let steps = self.steps.iter();
        opened
            .chain(steps.flat_map(|step| {
                [&step.from, &step.to]
                    .into_iter()
                    .filter_map(Party::service)
            }))
            .collect()
    }

    /// Reads a flow.
    pub(super) fn new(flow: &Flow, cast: &Cast) -> Self {
        let mut plan = Self {
            name: flow.name.clone(),
            place: flow.origin.location(),
            requests: Vec::new(),
            steps: Vec::new(),
        };
        let numbered = flow.steps.iter().any(|step| step.number.is_some());
        let mut condition = None;
        for (index, step) in flow.steps.iter().enumerate() {
            let (from, to) = (cast.named(&step.from), cast.named(&step.to));
            if let Some(arm) = condition_of(step, &from, cast, index) {
                condition = Some(arm);
                continue;
            }
            let request = Request::named(&step.text);
            // A flow may begin at a service, with the request that it gets written beside it.
            let begins = from == to && plan.requests.is_empty() && plan.steps.is_empty();
            if !begins && !is_call(step, (&from, &to), request.as_ref(), cast) {
                continue;
            }
            if let (Some(request), Some(key)) = (&request, to.service())
                && (begins || plan.opens(&from, cast))
            {
                let frontend = cast.is_frontend(&from) && from != to;
                plan.requests.push(Opening {
                    through: from.service().filter(|_| frontend).map(str::to_owned),
                    from,
                    to: key.to_owned(),
                    request: request.clone(),
                    text: step.text.clone(),
                    place: step.origin.location(),
                });
                // What comes after another request is under no condition of an earlier one.
                condition = None;
            } else if from != to && from != Party::Client && to != Party::Client {
                let arms = arms(step, condition.as_ref(), index);
                let ordered = !numbered || step.number.is_some();
                plan.expect(step, (from, to), request, arms, ordered, cast);
            }
        }
        plan
    }

    fn expect(
        &mut self,
        step: &Step,
        (from, to): (Party, Party),
        request: Option<Request>,
        arms: Vec<Arm>,
        ordered: bool,
        cast: &Cast,
    ) {
        let by = if cast.is_broker(&from) || cast.is_store(&from) {
            to.clone()
        } else {
            from.clone()
        };
        self.steps.push(Expected {
            from,
            to,
            by,
            text: step.text.clone(),
            number: step.number,
            ordered,
            intent: Intent::of(&step.text),
            request,
            arms,
            after: self.requests.len().checked_sub(1),
            place: step.origin.location(),
        });
    }

    /// Whether a request from a party is for the replay to send: nothing in the platform would.
    fn opens(&self, from: &Party, cast: &Cast) -> bool {
        let reached = self
            .requests
            .iter()
            .any(|opening| from.service() == Some(&opening.to) || opening.from == *from)
            || self.steps.iter().any(|step| step.to == *from);
        match from {
            Party::Client => true,
            Party::Service(_) => cast.is_frontend(from) || !reached,
            Party::Other(_) => !reached,
        }
    }

    /// Whether replaying the flow may change something.
    pub(super) fn writes(&self) -> bool {
        self.requests
            .iter()
            .any(|opening| !opening.request.is_safe())
    }

    /// Whether the document leaves the order of two steps open.
    pub(super) fn is_unordered(left: &Expected, right: &Expected) -> bool {
        !left.ordered
            || !right.ordered
            || left.after != right.after
            || (left.number.is_some() && left.number == right.number)
            || branch::is_unordered(&left.arms, &right.arms)
    }
}

impl Expected {
    /// Whether the step is done only where one of several ways is taken.
    pub(super) fn is_on_a_way(&self) -> bool {
        self.arms
            .iter()
            .any(|arm| arm.kind == branch::Group::Choice)
    }

    /// The first line of what is written at the step.
    pub(super) fn title(&self) -> &str {
        self.text.lines().next().unwrap_or_default()
    }
}

/// Whether a step is a call that can be seen: a request between two parties that run.
fn is_call(
    step: &Step,
    (from, to): (&Party, &Party),
    request: Option<&Request>,
    cast: &Cast,
) -> bool {
    if from == to {
        return false;
    }
    let intent = Intent::of(&step.text);
    let text = step.text.to_lowercase();
    let confirms = ["confirm", "ack", "ok", "accepted"]
        .iter()
        .any(|word| text.starts_with(word));
    match step.kind {
        // What reaches a frontend without a request of its own is an answer, or a push over a
        // connection that the browser opened.
        _ if cast.is_frontend(to) && from.service().is_some() && request.is_none() => false,
        // What a broker confirms is an answer, however it is drawn.
        _ if cast.is_broker(from) && confirms => false,
        StepKind::Request => true,
        // A program that answers a broker publishes or settles, and what a broker hands on is a
        // message; only a confirmation to the publisher is an answer.
        StepKind::Response if cast.is_broker(to) => !cast.is_store(from),
        StepKind::Response if cast.is_broker(from) => {
            intent.is(Act::Consume) || intent.is(Act::Publish)
        }
        StepKind::Internal | StepKind::Response => false,
    }
}

/// The condition that an answer of a cache or database puts on the steps after it: `Cache miss`.
fn condition_of(step: &Step, from: &Party, cast: &Cast, index: usize) -> Option<Arm> {
    let text = step.text.to_lowercase();
    let fails = ["miss", "not found", "expired", "stale"]
        .iter()
        .any(|word| text.contains(word));
    let may_hit = text.contains("hit") || text.contains("found, ");
    let drawn_alternatives = !step.branch.is_empty();
    (step.kind == StepKind::Response
        && cast.is_store(from)
        && fails
        && !may_hit
        && !drawn_alternatives)
        .then(|| Arm::alone(format!("after {index}"), step.text.trim()))
}

fn arms(step: &Step, condition: Option<&Arm>, index: usize) -> Vec<Arm> {
    let mut arms: Vec<Arm> = step
        .branch
        .iter()
        .filter_map(|text| Arm::read(text))
        .collect();
    arms.extend(condition.cloned());
    let text = step.text.to_lowercase();
    if text.starts_with("optional") || text.contains("(optional") || text.starts_with("if ") {
        arms.push(Arm::optional(index, step.text.trim()));
    }
    arms
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::cast::tests::cast;
    use super::*;

    /// The first flow of a document, made ready with the test's cast.
    pub(in super::super) fn plan(markdown: &str) -> Plan {
        let document = devkit_archdoc::read("overview.md", markdown.as_bytes());
        Plan::new(&document.facts.flows[0], &cast())
    }

    /// A sequence diagram of a flow.
    pub(in super::super) fn sequence(steps: &str) -> String {
        format!("# Data Flow\n\n## Request Flow\n\n```mermaid\nsequenceDiagram\n{steps}\n```\n")
    }

    fn shown(plan: &Plan) -> Vec<String> {
        let requests = plan.requests.iter();
        requests
            .map(|it| format!("{} -> {} {}", it.from, it.to, it.request))
            .chain(
                plan.steps.iter().map(|it| {
                    format!("{} -> {} by {} after {:?}", it.from, it.to, it.by, it.after)
                }),
            )
            .collect()
    }

    #[test]
    fn a_browser_and_its_frontend_open_a_flow_and_services_go_on_with_it() {
        let plan = plan(&sequence(
            "Browser->>Frontend: GET /\nFrontend->>API: GET /api/v1/users\nAPI->>Redis: GET users\n\
             Redis-->>API: users\nAPI-->>Frontend: 200",
        ));
        assert_eq!(
            shown(&plan),
            [
                "client -> frontend GET /",
                "frontend -> api GET /api/v1/users",
                "api -> redis by api after Some(1)"
            ]
        );
        assert!(!plan.writes());
        assert_eq!(plan.requests[0].through, None);
        assert_eq!(plan.requests[1].through.as_deref(), Some("frontend"));
    }

    #[test]
    fn a_flow_may_begin_at_the_service_that_answers() {
        let plan = plan(&sequence(
            "API->>API: POST /export\nAPI->>RabbitMQ: Publish job\nAPI->>API: bcrypt",
        ));
        assert_eq!(
            shown(&plan),
            [
                "api -> api POST /export",
                "api -> rabbitmq by api after Some(0)"
            ]
        );
        assert_eq!(plan.requests[0].through, None);
    }

    #[test]
    fn a_service_calls_another_by_itself() {
        let plan = plan(&sequence(
            "Browser->>API: POST /orders\nAPI->>Worker: POST /jobs\nWorker->>PostgreSQL: INSERT jobs",
        ));
        assert_eq!(
            shown(&plan),
            [
                "client -> api POST /orders",
                "api -> worker by api after Some(0)",
                "worker -> postgres by worker after Some(0)"
            ]
        );
        assert!(plan.writes());
        assert!(plan.steps[0].request.is_some());
    }

    #[test]
    fn messages_are_steps_also_when_they_look_like_answers() {
        let plan = plan(&sequence(
            "Browser->>API: POST /export\nAPI->>RabbitMQ: Publish job\nRabbitMQ-->>API: ACK\n\
             RabbitMQ->>Worker: Deliver job\nWorker->>RabbitMQ: Publish completion\n\
             RabbitMQ->>Worker: Confirm\n\
             RabbitMQ->>API: Deliver completion\nAPI->>Frontend: Notify user",
        ));
        assert_eq!(
            shown(&plan)[1..],
            [
                "api -> rabbitmq by api after Some(0)",
                "rabbitmq -> worker by worker after Some(0)",
                "worker -> rabbitmq by worker after Some(0)",
                "rabbitmq -> api by api after Some(0)"
            ]
        );
    }
}
