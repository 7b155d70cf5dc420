//! The health of one running instance.

use std::time::{Duration, SystemTime};

use devkit_compose::model::Service;
use devkit_runtime::{HealthStatus, HealthTest, Instance, RuntimeKind};

use super::definition;
use crate::context::Context;
use crate::report::{Finding, Outcome};
use crate::rule;

/// The longest that doctor waits for a service that has just been started.
const PATIENCE: Duration = Duration::from_secs(5);
/// The pause between two tests of a starting service.
const PAUSE: Duration = Duration::from_millis(250);

/// What the runtime says of an instance's health; where it says nothing or it is too early to
/// tell, the health test itself is run.
///
/// The engine runs a test for the first time after a whole interval, and `devkit up` does not wait
/// for that: just after it, every service is `starting` and yet ready.
pub(super) async fn of(context: &Context<'_>, instance: &Instance) -> Outcome {
    let mut outcome = Outcome::default();
    let status = instance.health.as_ref().map(|health| health.status);
    match status {
        Some(HealthStatus::Healthy) => outcome.decided(&rule::UNHEALTHY),
        Some(HealthStatus::Unhealthy) => outcome.report(unhealthy(context, instance)),
        Some(HealthStatus::Starting) => match test(context, instance).await {
            Some(Test::Passed) => outcome.decided(&rule::UNHEALTHY),
            _ => outcome.undecided(
                &rule::UNHEALTHY,
                format!("`{}` is still starting", instance.name),
            ),
        },
        // Processes have no engine that tests them.
        None if instance.runtime == RuntimeKind::Process => match test(context, instance).await {
            Some(Test::Passed) => outcome.decided(&rule::UNHEALTHY),
            Some(Test::Failed) => outcome.report(unhealthy(context, instance)),
            None => {}
        },
        None => {}
    }
    outcome
}

fn unhealthy(context: &Context<'_>, instance: &Instance) -> Finding {
    let other = if definition::has_other_health_check(context, instance) {
        ", which is another one than the compose files say"
    } else {
        ""
    };
    Finding::new(
        &rule::UNHEALTHY,
        instance.service.as_str(),
        format!("`{}` fails its health check{other}", instance.name),
    )
}

/// What a health test came to.
enum Test {
    Passed,
    Failed,
}

/// Runs the health test until it passes or the time of a starting service is over; nothing where
/// the instance has no test that can be run.
async fn test(context: &Context<'_>, instance: &Instance) -> Option<Test> {
    let (driver, test) = (context.inputs.driver?, instance.health_test.as_ref()?);
    let until = tokio::time::Instant::now() + patience(context, instance);
    // A test that hangs must not hold doctor longer than a starting service may.
    let test = HealthTest {
        timeout: test.timeout.min(PATIENCE),
        ..test.clone()
    };
    loop {
        let answer = driver.run_test(instance, &test).await.ok()?;
        if answer.passed {
            return Some(Test::Passed);
        }
        // Tests are written for images; what they call need not be on this machine.
        if instance.runtime == RuntimeKind::Process && answer.output.contains("os error 2") {
            return None;
        }
        if tokio::time::Instant::now() + PAUSE >= until {
            return Some(Test::Failed);
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// What is left of the start period, and not more than doctor's own patience.
fn patience(context: &Context<'_>, instance: &Instance) -> Duration {
    let period = context
        .service(&instance.service)
        .and_then(start_period)
        .unwrap_or(PATIENCE);
    let running = instance
        .started_at
        .and_then(|start| SystemTime::now().duration_since(start).ok())
        .unwrap_or_default();
    period.saturating_sub(running).min(PATIENCE)
}

fn start_period(service: &Service) -> Option<Duration> {
    Some(service.healthcheck.as_ref()?.start_period?.0)
}
