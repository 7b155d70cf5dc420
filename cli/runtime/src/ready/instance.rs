use std::time::{Duration, Instant};

use devkit_diagnostic::Diagnostic;
use tokio::time::sleep;

use super::protocol::{Protocol, accepts_connections, answers};
use super::trouble::{exited, keeps_exiting, unhealthy};
use super::{Readiness, vanished};
use crate::{
    Decided, Event, HealthStatus, HealthTest, Instance, ProbeOutcome, Result, State, Target,
};

/// The shortest and the longest pause between two tests of one instance.
const SHORTEST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_millis(500);
/// How long a port that nobody need open is waited for, where nothing else says what ready means.
const PATIENCE: Duration = Duration::from_mins(1);
/// How often an instance may be started again by its policy before the wait ends.
const RESTARTS: u32 = 3;

/// One look at an instance.
enum Look {
    Decided(Decided),
    NotYet(ProbeOutcome),
}

/// Waits until an instance is ready; only its end, or a fresh verdict that it is unhealthy, ends
/// the wait early.
pub(super) async fn is_ready(readiness: Readiness<'_>, target: &Target) -> Result<Decided> {
    let started = Instant::now();
    let mut restarts_before = None;
    let mut last: Option<ProbeOutcome> = None;
    let mut pause = SHORTEST_PAUSE;
    loop {
        let instance = readiness.driver.inspect(readiness.project, target).await?;
        let Some(instance) = instance else {
            return Err(vanished(target));
        };
        match instance.state {
            State::Running => {}
            State::Exited | State::Dead => {
                if instance.exit_code == Some(0) && may_end(readiness, &instance) {
                    return Ok(Decided::Completed);
                }
                return Err(exited(readiness, &instance, last.as_ref()).await);
            }
            State::Created | State::Paused | State::Restarting | State::Removing => {
                if restarted_too_often(&instance, &mut restarts_before) {
                    return Err(keeps_exiting(readiness, &instance, last.as_ref()).await);
                }
                sleep(LONGEST_PAUSE).await;
                continue;
            }
        }
        if restarted_too_often(&instance, &mut restarts_before) {
            return Err(keeps_exiting(readiness, &instance, last.as_ref()).await);
        }
        if instance.has_fresh_health(HealthStatus::Healthy) {
            return Ok(Decided::EngineHealth);
        }
        if instance.has_fresh_health(HealthStatus::Unhealthy) {
            return Err(unhealthy(readiness, &instance).await);
        }
        let look = tokio::select! {
            look = look(readiness, &instance, started) => look?,
            _ = readiness.driver.wait_exit(target) => continue,
        };
        match look {
            Look::Decided(decided) => return Ok(decided),
            Look::NotYet(outcome) => {
                let rest = pause.max(outcome.elapsed * 2);
                last = Some(outcome.clone());
                readiness.events.send(Event::Probed {
                    service: target.service.clone(),
                    number: target.number,
                    outcome,
                });
                tokio::select! {
                    () = sleep(rest) => {}
                    _ = readiness.driver.wait_exit(target) => {}
                }
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
    }
}

/// Waits until an instance has ended with exit code 0.
pub(super) async fn is_completed(readiness: Readiness<'_>, target: &Target) -> Result<Decided> {
    let mut restarts_before = None;
    loop {
        readiness.driver.wait_exit(target).await?;
        let instance = readiness.driver.inspect(readiness.project, target).await?;
        let Some(instance) = instance else {
            return Err(vanished(target));
        };
        match (instance.state, instance.exit_code) {
            (State::Exited, Some(0)) => return Ok(Decided::Completed),
            (State::Exited | State::Dead, _) => {
                return Err(exited(readiness, &instance, None).await);
            }
            _ if restarted_too_often(&instance, &mut restarts_before) => {
                return Err(keeps_exiting(readiness, &instance, None).await);
            }
            _ => sleep(SHORTEST_PAUSE).await,
        }
    }
}

async fn look(readiness: Readiness<'_>, instance: &Instance, started: Instant) -> Result<Look> {
    match &instance.health_test {
        Some(test) => look_by_test(readiness, instance, test, started).await,
        None => look_by_port(readiness, instance, started).await,
    }
}

/// A known backing service is asked in its own protocol first: that costs next to nothing, where
/// a health test such as `RabbitMQ`'s takes a processor for a second while the server starts.
async fn look_by_test(
    readiness: Readiness<'_>,
    instance: &Instance,
    test: &HealthTest,
    started: Instant,
) -> Result<Look> {
    let before = Instant::now();
    let mut decided = Decided::HealthTest;
    if let Some(protocol) = instance.image_name.as_deref().and_then(Protocol::of_image)
        && let Some(address) = readiness.driver.endpoint(instance, protocol.port()).await?
    {
        match answers(protocol, address).await {
            Ok(()) => decided = Decided::Protocol,
            // One that was told to listen elsewhere never answers here; its own test must do.
            Err(_) if started.elapsed() > PATIENCE => {}
            Err(obstacle) => {
                return Ok(Look::NotYet(ProbeOutcome {
                    passed: false,
                    output: obstacle,
                    elapsed: before.elapsed(),
                }));
            }
        }
    }
    let outcome = readiness.driver.run_test(instance, test).await?;
    Ok(if outcome.passed {
        Look::Decided(decided)
    } else {
        Look::NotYet(outcome)
    })
}

async fn look_by_port(
    readiness: Readiness<'_>,
    instance: &Instance,
    started: Instant,
) -> Result<Look> {
    let before = Instant::now();
    let mut asked = None;
    for port in named_ports(readiness, instance) {
        let Some(address) = readiness.driver.endpoint(instance, port).await? else {
            continue;
        };
        if accepts_connections(address).await {
            return Ok(Look::Decided(Decided::Port(port)));
        }
        asked = Some(port);
    }
    let Some(port) = asked else {
        return Ok(Look::Decided(Decided::Running));
    };
    let obstacle = format!("port {port} does not accept connections");
    if started.elapsed() > PATIENCE {
        warn(readiness, &instance.service, &obstacle);
        return Ok(Look::Decided(Decided::Running));
    }
    Ok(Look::NotYet(ProbeOutcome {
        passed: false,
        output: obstacle,
        elapsed: before.elapsed(),
    }))
}

/// The TCP ports that the compose file names for the service.
fn named_ports(readiness: Readiness<'_>, instance: &Instance) -> Vec<u16> {
    let Some(service) = readiness.project.services.get(&instance.service) else {
        return Vec::new();
    };
    let published = service
        .ports
        .iter()
        .filter(|port| port.protocol != "udp")
        .map(|port| port.target);
    let exposed = service
        .expose
        .iter()
        .filter(|port| !port.ends_with("/udp"))
        .filter_map(|port| port.trim_end_matches("/tcp").parse().ok());
    published.chain(exposed).collect()
}

/// Whether an end with exit code 0 is as it should be: nothing would start it again.
fn may_end(readiness: Readiness<'_>, instance: &Instance) -> bool {
    readiness
        .project
        .services
        .get(&instance.service)
        .is_some_and(|service| {
            let policy = service.restart_policy();
            policy == "no" || policy.starts_with("on-failure")
        })
}

fn restarted_too_often(instance: &Instance, before: &mut Option<u32>) -> bool {
    let first = *before.get_or_insert(instance.restarts);
    instance.restarts >= first + RESTARTS
}

fn warn(readiness: Readiness<'_>, service: &str, obstacle: &str) {
    readiness
        .events
        .send(Event::Warning(Diagnostic::warning(format!(
            "Service {service} is taken for ready, though {obstacle}"
        ))));
}
