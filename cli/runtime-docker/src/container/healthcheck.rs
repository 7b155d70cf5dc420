use bollard::models::HealthConfig;
use devkit_compose::model::{Healthcheck, Span};

use crate::Capabilities;

/// The engine's form of a health test; what the file does not say stays the image's.
pub(super) fn config(check: &Healthcheck, capabilities: &Capabilities) -> HealthConfig {
    if check.disable || check.test.first().is_some_and(|kind| kind == "NONE") {
        return HealthConfig {
            test: Some(vec!["NONE".to_owned()]),
            ..HealthConfig::default()
        };
    }
    HealthConfig {
        test: (!check.test.is_empty()).then(|| check.test.clone()),
        interval: nanoseconds(check.interval),
        timeout: nanoseconds(check.timeout),
        retries: check.retries.map(i64::from),
        start_period: nanoseconds(check.start_period),
        start_interval: nanoseconds(check.start_interval).filter(|_| capabilities.start_interval()),
    }
}

fn nanoseconds(span: Option<Span>) -> Option<i64> {
    i64::try_from(span?.0.as_nanos()).ok()
}
