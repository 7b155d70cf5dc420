//! As whom a container runs, and what it may do to its host.

use std::collections::BTreeSet;

use super::Running;
use crate::report::{Finding, Outcome};
use crate::rule;

pub(super) fn check(running: &Running<'_>, outcome: &mut Outcome) {
    outcome.decided(&rule::LIVE_RIGHTS);
    let (service, rights) = (running.service, &running.instance.rights);
    let mut tell = |path: Option<&str>, what: &str| {
        let key = running.key;
        let path = match path {
            Some(path) => format!("services.{key}.{path}"),
            None => format!("services.{key}"),
        };
        let place = running.context.place(&path);
        let message = format!(
            "`{}` {what}, and the compose files say otherwise",
            running.instance.name
        );
        outcome.report(Finding::new(&rule::LIVE_RIGHTS, key, message).in_compose(place));
    };
    if rights.privileged && !service.privileged {
        tell(None, "is privileged");
    }
    let asked = service.user.as_deref();
    let wanted = asked.or_else(|| running.image().map(|image| image.user.as_str()));
    if let Some(wanted) = wanted.filter(|wanted| !same_user(wanted, &rights.user)) {
        let what = format!("runs as {}, not as {}", shown(&rights.user), shown(wanted));
        tell(asked.map(|_| "user"), &what);
    }
    let additional = lacking(&rights.added, &service.cap_add);
    if !additional.is_empty() {
        let path = Some("cap_add").filter(|_| !service.cap_add.is_empty());
        tell(path, &format!("may also do {}", listed(&additional)));
    }
    // Privileged containers keep every capability, whatever was taken from them.
    let kept = lacking(&service.cap_drop, &rights.dropped);
    if !kept.is_empty() && !rights.dropped.iter().any(|name| bare(name) == "ALL") {
        tell(Some("cap_drop"), &format!("keeps {}", listed(&kept)));
    }
    if service.read_only && !rights.read_only {
        tell(Some("read_only"), "may write to its root file system");
    }
    if no_new_privileges(&service.security_opt) && !no_new_privileges(&rights.options) {
        tell(Some("security_opt"), "may gain new privileges");
    }
    let host = |mode: &str| mode == "host";
    let asked = service.other.get("pid").and_then(|mode| mode.as_str());
    if host(&rights.processes) && !asked.is_some_and(host) {
        tell(asked.map(|_| "pid"), "sees the processes of the host");
    }
}

/// The capabilities of the first list that the second does not have.
fn lacking(wanted: &[String], found: &[String]) -> BTreeSet<String> {
    let found: BTreeSet<String> = found.iter().map(|name| bare(name)).collect();
    let wanted: BTreeSet<String> = wanted.iter().map(|name| bare(name)).collect();
    if found.contains("ALL") {
        return BTreeSet::new();
    }
    wanted.difference(&found).cloned().collect()
}

fn bare(capability: &str) -> String {
    let name = capability.to_uppercase();
    name.strip_prefix("CAP_").unwrap_or(&name).to_owned()
}

fn listed(names: &BTreeSet<String>) -> String {
    names.iter().cloned().collect::<Vec<_>>().join(", ")
}

fn no_new_privileges(options: &[String]) -> bool {
    options
        .iter()
        .any(|option| option.starts_with("no-new-privileges") && !option.ends_with("false"))
}

/// Whether two users are one: nobody asked for means root.
fn same_user(one: &str, other: &str) -> bool {
    let known = |user: &str| match user {
        "" | "0" | "0:0" | "root" | "root:root" => "root".to_owned(),
        _ => user.to_owned(),
    };
    known(one) == known(other)
}

fn shown(user: &str) -> String {
    let name = if user.is_empty() { "root" } else { user };
    format!("`{name}`")
}

#[cfg(test)]
mod tests {
    use super::{lacking, no_new_privileges, same_user};

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn capabilities_are_the_same_with_and_without_their_prefix() {
        assert!(lacking(&names(&["net_admin"]), &names(&["CAP_NET_ADMIN"])).is_empty());
        assert!(lacking(&names(&["CHOWN"]), &names(&["ALL"])).is_empty());
        let more = lacking(&names(&["SYS_ADMIN", "CHOWN"]), &names(&["CAP_CHOWN"]));
        assert_eq!(more.into_iter().collect::<Vec<_>>(), ["SYS_ADMIN"]);
    }

    #[test]
    fn nobody_asked_for_is_root() {
        assert!(same_user("", "0:0"));
        assert!(same_user("root", ""));
        assert!(!same_user("1000", "1000:1000"));
    }

    #[test]
    fn an_option_may_say_no() {
        assert!(no_new_privileges(&names(&["no-new-privileges:true"])));
        assert!(no_new_privileges(&names(&["no-new-privileges"])));
        assert!(!no_new_privileges(&names(&["no-new-privileges:false"])));
    }
}
