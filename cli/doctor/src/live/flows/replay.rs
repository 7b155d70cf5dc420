//! Sends the requests that open a flow, and waits for what follows from them.

use std::time::Duration;

use super::align::{Fate, align};
use super::cast::Cast;
use super::collect::Collector;
use super::event::{Event, Roots, events};
use super::exchange::{Answer, Message, send};
use super::filling::hexadecimal;
use super::line::Line;
use super::plan::{Opening, Plan};
use super::request::Request;
use super::session::Session;

/// Nothing more is expected when no line of the trace has come for so long.
const QUIET: Duration = Duration::from_secs(3);
/// What was complete is given so long for what the document does not show.
const SETTLING: Duration = Duration::from_millis(400);
/// A flow may take so long.
const LIMIT: Duration = Duration::from_secs(30);
/// A frontend has so long to pass a request on.
const PASSING_ON: Duration = Duration::from_secs(5);

/// One replay of a flow.
#[derive(Debug)]
pub(super) struct Attempt {
    /// The trace that all its requests carried.
    pub(super) trace: String,
    /// The spans of its requests.
    pub(super) roots: Roots,
    /// The request that it ended with before its time, and why.
    pub(super) stop: Option<(usize, Stop)>,
}

/// Why a replay ended before its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stop {
    /// The request is for users that are logged in.
    LogIn,
    /// The request is not served.
    Unserved(u16),
    /// The service failed at it.
    Failed(u16),
    /// It cannot be told what would have happened.
    Unknown(String),
}

/// Replays a flow once.
pub(super) async fn replay(
    plan: &Plan,
    cast: &Cast,
    session: &mut Session<'_>,
    collector: &mut Collector,
) -> Attempt {
    let mut attempt = Attempt {
        trace: hexadecimal(32),
        roots: Roots::new(),
        stop: None,
    };
    for (index, opening) in plan.requests.iter().enumerate() {
        let answer = match session.message(opening).await {
            Ok(message) => {
                let answer = attempt.play((index, opening), &message, session, collector);
                answer.await
            }
            Err(reason) => Err(reason),
        };
        let stop = match &answer {
            Ok(answer) => {
                session.learn(opening, answer);
                stop(opening, answer, session.is_logged_in())
            }
            Err(reason) => Some(Stop::Unknown(reason.clone())),
        };
        if let Some(stop) = stop {
            attempt.stop = Some((index, stop));
            break;
        }
    }
    attempt.wait(plan, cast, collector).await;
    attempt
}

impl Attempt {
    /// What services did.
    pub(super) fn events(&self, cast: &Cast, collector: &Collector) -> Vec<Event> {
        events(&collector.of(&self.trace), &self.roots, cast)
    }

    /// Sends one request: to the frontend that passes it on where one does, or else to the service.
    async fn play(
        &mut self,
        (index, opening): (usize, &Opening),
        message: &Message,
        session: &Session<'_>,
        collector: &mut Collector,
    ) -> Result<Answer, String> {
        let through = opening.through.as_deref().into_iter();
        let mut last = Err(format!("`{}` cannot be reached from here", opening.to));
        for target in through.chain([opening.to.as_str()]) {
            let Some(address) = session.address(target).await else {
                continue;
            };
            let span = hexadecimal(16);
            let mut message = message.clone();
            let parent = format!("00-{}-{span}-01", self.trace);
            message.headers.push(("traceparent", parent));
            self.roots.insert(span, index);
            let before = served(&collector.of(&self.trace), opening);
            let answer = send(address, &message).await;
            let arrived = match &answer {
                Ok(_) if target == opening.to => true,
                Ok(_) if collector.traces(&opening.to) => {
                    let arrived = |lines: &[&Line]| served(lines, opening) > before;
                    collector
                        .until(&self.trace, PASSING_ON, PASSING_ON, arrived)
                        .await
                }
                // A page where data was asked for is the frontend's own.
                Ok(answer) => answer.is_success() && !answer.media_type.starts_with("text/html"),
                Err(_) => false,
            };
            last = answer;
            if arrived {
                break;
            }
        }
        last
    }

    /// Waits until all that is documented has happened, or nothing more does.
    async fn wait(&self, plan: &Plan, cast: &Cast, collector: &mut Collector) {
        let stopped = self.stop.as_ref().map(|(index, _)| *index);
        let sent = &plan.requests[..stopped.unwrap_or(plan.requests.len())];
        let logged: Vec<&Opening> = sent
            .iter()
            .filter(|opening| collector.traces(&opening.to))
            // The pages of a frontend need not be logged.
            .filter(|opening| !cast.frontends.contains(&opening.to))
            .collect();
        let complete = |lines: &[&Line]| {
            let alignment = align(&plan.steps, &events(lines, &self.roots, cast));
            let fates = plan.steps.iter().zip(&alignment.fates);
            let mut due = fates.filter(|(step, _)| stopped.is_none() || step.after < stopped);
            due.all(|(_, fate)| matches!(fate, Fate::Held | Fate::NotTaken))
                && logged.iter().all(|opening| served(lines, opening) > 0)
        };
        if collector.until(&self.trace, QUIET, LIMIT, complete).await {
            let settle = collector.until(&self.trace, SETTLING, SETTLING, |_| false);
            settle.await;
        }
    }
}

/// How often a service said that it served a request.
fn served(lines: &[&Line], opening: &Opening) -> usize {
    lines
        .iter()
        .filter(|line| line.service == opening.to)
        .filter_map(|line| Request::named(line.operation.as_deref()?))
        .filter(|request| request.agrees(&opening.request))
        .count()
}

/// Whether an answer ends the replay.
fn stop(opening: &Opening, answer: &Answer, logged_in: bool) -> Option<Stop> {
    let has_parameters = !opening.request.parameters().is_empty();
    match answer.status {
        ..=399 => None,
        401 | 403 if !logged_in => Some(Stop::LogIn),
        404 if has_parameters => Some(Stop::Unknown(format!(
            "`{}` answers 404 to the value that was put in",
            opening.request
        ))),
        status @ (404 | 405 | 501) => Some(Stop::Unserved(status)),
        status @ 500.. => Some(Stop::Failed(status)),
        status => Some(Stop::Unknown(format!(
            "`{}` answers {status} to what devkit made up",
            opening.request
        ))),
    }
}
