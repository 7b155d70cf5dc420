//! The restart policy of a running container.

use devkit_compose::model::Service;

use super::Running;
use crate::report::{Finding, Outcome};
use crate::rule;

pub(super) fn check(running: &Running<'_>, outcome: &mut Outcome) {
    let Running {
        context,
        key,
        service,
        instance,
    } = *running;
    let (Some(wanted), Some(found)) = (wanted(service), &instance.restart_policy) else {
        return;
    };
    outcome.decided(&rule::LIVE_RESTART);
    if wanted == *found {
        return;
    }
    let path = match service.restart {
        Some(_) => format!("services.{key}.restart"),
        None => format!("services.{key}"),
    };
    outcome.report(
        Finding::new(
            &rule::LIVE_RESTART,
            key,
            format!(
                "`{}` has the restart policy `{found}`, and the compose files say `{wanted}`",
                instance.name
            ),
        )
        .in_compose(context.place(&path)),
    );
}

/// The policy that a service asks for; nothing where only its deployment names one, which engines
/// read in several ways.
fn wanted(service: &Service) -> Option<String> {
    let Some(restart) = service.restart.as_deref() else {
        let deploy = serde_json::to_value(&service.deploy).unwrap_or_default();
        let says = deploy.get("restart_policy").is_some_and(|it| !it.is_null());
        return (!says).then(|| "no".to_owned());
    };
    let (name, count) = restart.split_once(':').unwrap_or((restart, "0"));
    Some(match count.parse::<u32>() {
        Ok(0) | Err(_) => name.to_owned(),
        Ok(count) => format!("{name}:{count}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(definition: serde_json::Value) -> Option<String> {
        wanted(&serde_json::from_value(definition).unwrap())
    }

    #[test]
    fn a_service_that_says_nothing_is_not_started_again() {
        assert_eq!(of(serde_json::json!({})).as_deref(), Some("no"));
        let always = serde_json::json!({"restart": "always"});
        assert_eq!(of(always).as_deref(), Some("always"));
        let counted = serde_json::json!({"restart": "on-failure:3"});
        assert_eq!(of(counted).as_deref(), Some("on-failure:3"));
        let uncounted = serde_json::json!({"restart": "on-failure:0"});
        assert_eq!(of(uncounted).as_deref(), Some("on-failure"));
    }

    #[test]
    fn what_only_a_deployment_says_is_not_compared() {
        let deployed = serde_json::json!({"deploy": {"restart_policy": {"condition": "any"}}});
        assert_eq!(of(deployed), None);
    }
}
