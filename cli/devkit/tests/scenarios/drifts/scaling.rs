use super::drift::{COMPOSE, Drift, brought_up, commands};

const CPUS: &str = "cpus: \"0.5\"\n          memory: 512m\n\n  # Message queue";
const MEMORY: &str = "memory: 512m\n\n  # Message queue";

pub(super) const DRIFTS: &[Drift] = &[
    brought_up(
        "no limits",
        "redis",
        "services:\n  redis:\n    deploy: !reset null\n",
        &[("DK710", COMPOSE, CPUS), ("DK710", COMPOSE, MEMORY)],
    ),
    commands(
        "other memory limit",
        &["update --memory 768m --memory-swap 1536m PROJECT-redis-1"],
        &["update --memory 512m --memory-swap 1g PROJECT-redis-1"],
        &[("DK710", COMPOSE, MEMORY)],
    ),
    commands(
        "other processor limit",
        &["update --cpus 0.25 PROJECT-redis-1"],
        &["update --cpus 0.5 PROJECT-redis-1"],
        &[("DK710", COMPOSE, CPUS)],
    ),
];
