//! Which rule merges which part of the model.

use crate::session::Path;

/// How two values of the same path become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// Mappings by key, lists by appending, scalars by replacing.
    Default,
    /// The later one alone.
    Override,
    /// Mappings by key, where a list of `name=value` is a mapping.
    Pairs,
    /// Lists by appending, where a scalar is a list.
    Append,
    /// Mappings by key, where a list of names is a mapping.
    Names,
    /// Like names, with the default condition.
    Dependencies,
    /// Mappings by key, where text is the build's context.
    Build,
    /// Mappings by key where the driver is the same, else the later one alone.
    Logging,
    /// Mappings by key where both are mappings, else the later one alone.
    Limit,
    /// Lists by appending, where pools of the same subnet are merged.
    Pools,
    /// Lists by appending what is not there yet.
    Hosts,
}

const RULES: &[(&[&str], Rule)] = &[
    (&["networks", "*", "ipam", "config"], Rule::Pools),
    (&["networks", "*", "labels"], Rule::Pairs),
    (&["volumes", "*", "labels"], Rule::Pairs),
    (&["services", "*", "annotations"], Rule::Pairs),
    (&["services", "*", "build"], Rule::Build),
    (
        &["services", "*", "build", "additional_contexts"],
        Rule::Pairs,
    ),
    (&["services", "*", "build", "args"], Rule::Pairs),
    (&["services", "*", "build", "extra_hosts"], Rule::Hosts),
    (&["services", "*", "build", "labels"], Rule::Pairs),
    (&["services", "*", "command"], Rule::Override),
    (&["services", "*", "depends_on"], Rule::Dependencies),
    (&["services", "*", "deploy", "labels"], Rule::Pairs),
    (&["services", "*", "dns"], Rule::Append),
    (&["services", "*", "dns_opt"], Rule::Append),
    (&["services", "*", "dns_search"], Rule::Append),
    (&["services", "*", "entrypoint"], Rule::Override),
    (&["services", "*", "env_file"], Rule::Append),
    (&["services", "*", "environment"], Rule::Pairs),
    (&["services", "*", "extra_hosts"], Rule::Hosts),
    (&["services", "*", "healthcheck", "test"], Rule::Override),
    (&["services", "*", "label_file"], Rule::Append),
    (&["services", "*", "labels"], Rule::Pairs),
    (&["services", "*", "logging"], Rule::Logging),
    (&["services", "*", "models"], Rule::Names),
    (&["services", "*", "networks"], Rule::Names),
    (&["services", "*", "sysctls"], Rule::Pairs),
    (&["services", "*", "tmpfs"], Rule::Append),
    (&["services", "*", "ulimits", "*"], Rule::Limit),
    (
        &["services", "*", "volumes", "*", "volume", "labels"],
        Rule::Pairs,
    ),
];

/// The rule of a path.
pub(super) fn rule(path: &Path) -> Rule {
    RULES
        .iter()
        .find(|(pattern, _)| path.matches(pattern))
        .map_or(Rule::Default, |(_, rule)| *rule)
}
