use super::drift::{COMPOSE, Change, DEVELOPMENT, DOCUMENT, Drift, commands};

pub(super) const MADE_ANEW: &[Drift] = &[Drift {
    name: "network with another subnet",
    change: Change::Anew(
        "networks:\n  app-network:\n    ipam: { config: !override [{ subnet: 10.251.7.0/24 }] }\n",
    ),
    expected: &[("DK210", COMPOSE, "\n  app-network:")],
}];

const FRONTEND_TO_API: &str = "│───────→│";
const API_TO_REDIS: &str = "Port: ${API_PORT} ↓↓";

pub(super) const DRIFTS: &[Drift] = &[
    commands(
        "container cut off from its network",
        &["network disconnect PROJECT_app-network PROJECT-worker-1"],
        &["network connect --alias worker PROJECT_app-network PROJECT-worker-1"],
        &[(
            "DK211",
            COMPOSE,
            "networks:\n      - app-network\n    depends_on:\n      # The tables",
        )],
    ),
    commands(
        "published container cut off from its network",
        &["network disconnect PROJECT_app-network PROJECT-api-1"],
        &["network connect --alias api PROJECT_app-network PROJECT-api-1"],
        &[(
            "DK211",
            COMPOSE,
            "networks:\n      - app-network\n    depends_on:\n      api-migrate",
        )],
    ),
    commands(
        "database cut off from its network",
        &["network disconnect PROJECT_app-network PROJECT-postgres-1"],
        &["network connect --alias postgres PROJECT_app-network PROJECT-postgres-1"],
        &[(
            "DK211",
            COMPOSE,
            "networks:\n      - app-network\n    # Over TCP",
        )],
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
        &[(
            "DK211",
            COMPOSE,
            "networks:\n      - app-network\n    # redis-cli ends",
        )],
    ),
    commands(
        "stranger on the network",
        &[
            "run -d --init --name PROJECT-stranger --network PROJECT_app-network debian:trixie-slim sleep infinity",
        ],
        &["rm -f PROJECT-stranger"],
        &[("DK212", COMPOSE, "\n  app-network:")],
    ),
    commands(
        "container without its name on the network",
        &[
            "network disconnect PROJECT_app-network PROJECT-api-1",
            "network connect PROJECT_app-network PROJECT-api-1",
        ],
        &[
            "network disconnect PROJECT_app-network PROJECT-api-1",
            "network connect --alias api PROJECT_app-network PROJECT-api-1",
        ],
        &[("DK220", DOCUMENT, FRONTEND_TO_API)],
    ),
    commands(
        "service that listens on loopback only",
        &[
            "exec -e REDISCLI_AUTH=${REDIS_PASSWORD} PROJECT-redis-1 redis-cli config set bind 127.0.0.1",
        ],
        &["restart -t 2 PROJECT-redis-1"],
        &[
            ("DK221", DOCUMENT, API_TO_REDIS),
            (
                "DK520",
                DEVELOPMENT,
                "- \"127.0.0.1:${REDIS_PORT:-6379}:6379\"",
            ),
            ("DK940", COMPOSE, "\n  redis:"),
        ],
    ),
];
