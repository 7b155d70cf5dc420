use super::drift::{COMPOSE, DEVELOPMENT, Drift, brought_up};

const WORKER: &str = "\n  worker:";

pub(super) const DRIFTS: &[Drift] = &[
    brought_up(
        "port bound to every address",
        "redis",
        "services:\n  redis:\n    ports: !override [\"0.0.0.0:${REDIS_PORT}:6379\"]\n",
        &[(
            "DK420",
            DEVELOPMENT,
            "- \"127.0.0.1:${REDIS_PORT:-6379}:6379\"",
        )],
    ),
    brought_up(
        "port published that no file has",
        "worker",
        "services:\n  worker:\n    ports: [\"127.0.0.1::8080\"]\n",
        &[("DK420", COMPOSE, WORKER)],
    ),
    brought_up(
        "privileged container",
        "worker",
        "services:\n  worker:\n    privileged: true\n",
        &[("DK421", COMPOSE, WORKER)],
    ),
    brought_up(
        "container that runs as root",
        "worker",
        "services:\n  worker:\n    user: \"0:0\"\n",
        &[("DK421", COMPOSE, WORKER)],
    ),
    brought_up(
        "capability added",
        "worker",
        "services:\n  worker:\n    cap_add: [NET_ADMIN]\n",
        &[("DK421", COMPOSE, WORKER)],
    ),
    brought_up(
        "capabilities kept",
        "worker",
        "services:\n  worker:\n    cap_drop: !reset []\n",
        &[(
            "DK421",
            COMPOSE,
            "cap_drop: [\"ALL\"]\n    security_opt: [\"no-new-privileges:true\"]\n    # Its health server",
        )],
    ),
    brought_up(
        "new privileges allowed",
        "worker",
        "services:\n  worker:\n    security_opt: !reset []\n",
        &[(
            "DK421",
            COMPOSE,
            "security_opt: [\"no-new-privileges:true\"]\n    # Its health server",
        )],
    ),
    brought_up(
        "processes of the host visible",
        "worker",
        "services:\n  worker:\n    pid: host\n",
        &[("DK421", COMPOSE, WORKER)],
    ),
];
