//! Each row changes what runs, and neither the document nor the compose file.

/// What is done to what runs.
#[derive(Debug)]
pub(super) enum Change {
    /// Commands, and those that take them back.
    Commands(&'static [&'static str], &'static [&'static str]),
    /// The container of a service is made anew, with one text of its command replaced.
    Remade(&'static str, &'static str, &'static str),
}

/// A drift of what runs: its name, the change, and the rules with a text on the compose file's line.
pub(super) struct Drift {
    pub(super) name: &'static str,
    pub(super) change: Change,
    /// What must tell of it; where one cause shows in several ways, each of them.
    pub(super) expected: &'static [(&'static str, Option<&'static str>)],
}

const fn commands(
    name: &'static str,
    make: &'static [&'static str],
    undo: &'static [&'static str],
    expected: &'static [(&'static str, Option<&'static str>)],
) -> Drift {
    Drift {
        name,
        change: Change::Commands(make, undo),
        expected,
    }
}

const fn remade(
    name: &'static str,
    service: &'static str,
    from: &'static str,
    to: &'static str,
    expected: &'static [(&'static str, Option<&'static str>)],
) -> Drift {
    Drift {
        name,
        change: Change::Remade(service, from, to),
        expected,
    }
}

const REDIS_PORTS: &str = "- \"127.0.0.1:REDIS_PORT:6379\"";
const REDIS_NETWORKS: &str = "networks:\n      - lan\n    deploy:\n      resources:\n        limits:\n          cpus: \"0.5\"\n          memory: 128m\n  worker:";
const REDIS_CPUS: &str = "cpus: \"0.5\"\n          memory: 128m\n  worker:";
const REDIS_MEMORY: &str = "memory: 128m\n  worker:";
const REDIS: &str = "\n  redis:";

pub(super) const DRIFTS: &[Drift] = &[
    commands(
        "container stopped",
        &["stop -t 1 PROJECT-redis-1"],
        &["start PROJECT-redis-1"],
        &[("DK120", Some(REDIS))],
    ),
    commands(
        "container killed",
        &["kill PROJECT-redis-1"],
        &["start PROJECT-redis-1"],
        &[("DK120", Some(REDIS))],
    ),
    commands(
        "container paused",
        &["pause PROJECT-redis-1"],
        &["unpause PROJECT-redis-1"],
        &[("DK120", Some(REDIS))],
    ),
    remade(
        "container removed",
        "web",
        "",
        "",
        &[("DK120", Some("\n  web:"))],
    ),
    Drift {
        name: "container of an unknown service",
        change: Change::Commands(
            &[
                "run -d --init --name PROJECT-stray-1 --label com.docker.compose.project=PROJECT --label com.docker.compose.service=stray --label com.docker.compose.oneoff=False --label com.docker.compose.container-number=1 debian:trixie-slim sleep infinity",
            ],
            &["rm -f PROJECT-stray-1"],
        ),
        expected: &[("DK121", None)],
    },
    remade(
        "health test failing",
        "web",
        "-p 127",
        "--health-cmd false --health-interval 1s --health-retries 1 -p 127",
        &[("DK122", Some("\n  web:"))],
    ),
    commands(
        "one instance of two",
        &["stop -t 1 PROJECT-worker-2"],
        &["start PROJECT-worker-2"],
        &[("DK123", Some("\n  worker:"))],
    ),
    commands(
        "three instances of two",
        &[
            "run -d --init --name PROJECT-worker-3 --label com.docker.compose.project=PROJECT --label com.docker.compose.service=worker --label com.docker.compose.oneoff=False --label com.docker.compose.container-number=3 --network PROJECT_lan debian:trixie-slim sleep infinity",
        ],
        &["rm -f PROJECT-worker-3"],
        &[("DK123", Some("\n  worker:"))],
    ),
    remade(
        "other image",
        "worker",
        "debian:trixie-slim",
        "node:22-slim",
        &[("DK124", Some("image: debian"))],
    ),
    commands(
        "container cut off from its network",
        &["network disconnect PROJECT_lan PROJECT-worker-1"],
        &["network connect --alias worker PROJECT_lan PROJECT-worker-1"],
        &[("DK211", Some("networks:\n      - lan\n    scale"))],
    ),
    commands(
        "container on a second network",
        &[
            "network create PROJECT-other",
            "network connect PROJECT-other PROJECT-redis-1",
        ],
        &[
            "network disconnect PROJECT-other PROJECT-redis-1",
            "network rm PROJECT-other",
        ],
        &[("DK211", Some(REDIS_NETWORKS))],
    ),
    remade(
        "service that listens on loopback only",
        "redis",
        "--appendonly yes",
        "--appendonly yes --bind 127.0.0.1 --protected-mode no",
        &[
            ("DK221", None),
            ("DK520", Some(REDIS_PORTS)),
            ("DK940", Some(REDIS)),
        ],
    ),
    remade(
        "port bound to every address",
        "redis",
        "127.0.0.1:REDIS_PORT",
        "0.0.0.0:REDIS_PORT",
        &[("DK420", Some(REDIS_PORTS))],
    ),
    remade(
        "port published that no file has",
        "redis",
        "-p 127",
        "-p 127.0.0.1:SPARE_PORT:7000 -p 127",
        &[("DK420", Some(REDIS))],
    ),
    remade(
        "port no longer published",
        "redis",
        "-p 127.0.0.1:REDIS_PORT:6379 ",
        "",
        &[("DK510", Some(REDIS_PORTS))],
    ),
    remade(
        "other port published",
        "redis",
        "REDIS_PORT",
        "SPARE_PORT",
        &[("DK510", Some(REDIS_PORTS))],
    ),
    remade(
        "volume not mounted",
        "redis",
        "-v PROJECT_data:/data",
        "--tmpfs /data",
        &[("DK610", Some("- data:/data"))],
    ),
    remade(
        "other volume mounted",
        "redis",
        "PROJECT_data:",
        "PROJECT_else:",
        &[("DK610", Some("- data:/data"))],
    ),
    remade(
        "folder of the host mounted",
        "redis",
        "-v PROJECT_data",
        "-v /etc:/host-etc:ro -v PROJECT_data",
        &[("DK610", Some("volumes:\n      - data:/data"))],
    ),
    remade(
        "no memory limit",
        "redis",
        "--memory 128m ",
        "",
        &[("DK710", Some(REDIS_MEMORY))],
    ),
    commands(
        "other memory limit",
        &["update --memory 256m --memory-swap 512m PROJECT-redis-1"],
        &["update --memory 128m --memory-swap 256m PROJECT-redis-1"],
        &[("DK710", Some(REDIS_MEMORY))],
    ),
    commands(
        "other processor limit",
        &["update --cpus 0.25 PROJECT-redis-1"],
        &["update --cpus 0.5 PROJECT-redis-1"],
        &[("DK710", Some(REDIS_CPUS))],
    ),
    commands(
        "Redis without persistence",
        &[
            "exec PROJECT-redis-1 redis-cli config set appendonly no",
            "exec PROJECT-redis-1 redis-cli config set save ",
        ],
        &["exec PROJECT-redis-1 redis-cli config set appendonly yes"],
        &[("DK941", Some(REDIS))],
    ),
    commands(
        "Redis at its memory limit",
        &["exec PROJECT-redis-1 redis-cli config set maxmemory 100kb"],
        &["exec PROJECT-redis-1 redis-cli config set maxmemory 0"],
        &[("DK942", Some(REDIS))],
    ),
    commands(
        "Redis with a password that no file has",
        &["exec PROJECT-redis-1 redis-cli config set requirepass other"],
        &["exec PROJECT-redis-1 redis-cli -a other config set requirepass "],
        &[("DK940", Some(REDIS))],
    ),
];
