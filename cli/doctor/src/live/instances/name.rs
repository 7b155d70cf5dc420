//! The name of a running container.

use super::Running;
use crate::report::{Finding, Outcome};
use crate::rule;

pub(super) fn check(running: &Running<'_>, outcome: &mut Outcome) {
    let (context, key, instance) = (running.context, running.key, running.instance);
    outcome.decided(&rule::LIVE_NAME);
    let fixed = running.service.container_name.clone();
    let place = fixed
        .as_ref()
        .and_then(|_| context.place(&format!("services.{key}.container_name")));
    let wanted =
        fixed.unwrap_or_else(|| format!("{}-{key}-{}", context.project().name, instance.number));
    if is_same(&instance.name, &wanted) {
        return;
    }
    let place = place.or_else(|| context.place(&format!("services.{key}")));
    let message = format!("`{}` is the container that `{wanted}` was", instance.name);
    outcome.report(Finding::new(&rule::LIVE_NAME, key, message).in_compose(place));
}

/// Whether two names are one: the first Docker Compose wrote underscores, and puts the beginning
/// of an identity before the name of a container that it is about to replace.
fn is_same(found: &str, wanted: &str) -> bool {
    let plain = |name: &str| name.replace('_', "-");
    let (found, wanted) = (plain(found), plain(wanted));
    found == wanted
        || found.strip_suffix(&wanted).is_some_and(|before| {
            before.strip_suffix('-').is_some_and(|identity| {
                identity.len() == 12 && identity.chars().all(|digit| digit.is_ascii_hexdigit())
            })
        })
}

#[cfg(test)]
mod tests {
    use super::is_same;

    #[test]
    fn names_of_every_docker_compose_are_known() {
        assert!(is_same("shop-api-1", "shop-api-1"));
        assert!(is_same("shop_api_1", "shop-api-1"));
        assert!(is_same("0123456789ab_shop-api-1", "shop-api-1"));
        assert!(!is_same("other-shop-api-1", "shop-api-1"));
        assert!(!is_same("api", "shop-api-1"));
    }
}
