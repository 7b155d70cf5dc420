use super::drift::Edit::Replace;
use super::drift::{COMPOSE, DEVELOPMENT, DOCUMENT, Drift, drift};

pub(super) const DRIFTS: &[Drift] = &[
    drift(
        "fixed container name",
        &[Replace(
            COMPOSE,
            "    stop_grace_period: 15s\n",
            "    stop_grace_period: 15s\n    container_name: the-api\n",
        )],
        &[("DK701", COMPOSE, "container_name")],
    ),
    drift(
        "instances on one port",
        &[Replace(
            COMPOSE,
            "    stop_grace_period: 15s\n",
            "    stop_grace_period: 15s\n    scale: 3\n",
        )],
        &[("DK702", COMPOSE, "${API_PORT:-8000}")],
    ),
    drift(
        "fixed address",
        &[Replace(
            COMPOSE,
            "      - exports:/srv/tmp/exports\n    networks:\n      - app-network",
            "      - exports:/srv/tmp/exports\n    networks:\n      app-network:\n        ipv4_address: 172.20.0.9",
        )],
        &[("DK703", COMPOSE, "ipv4_address")],
    ),
    drift(
        "processors changed in the table",
        &[Replace(
            DOCUMENT,
            "| Worker     | 1.0 ",
            "| Worker     | 4.0 ",
        )],
        &[("DK704", DOCUMENT, "| Worker     | 4.0")],
    ),
    drift(
        "processors changed in compose",
        &[Replace(COMPOSE, "cpus: \"2.0\"", "cpus: \"3.0\"")],
        &[("DK704", COMPOSE, "cpus: \"3.0\"")],
    ),
    drift(
        "memory changed in the table",
        &[Replace(
            DOCUMENT,
            "| API        | 1.0 | 1GB ",
            "| API        | 1.0 | 4GB ",
        )],
        &[("DK705", DOCUMENT, "| 4GB ")],
    ),
    drift(
        "memory changed in compose",
        &[Replace(COMPOSE, "memory: 2g", "memory: 3g")],
        &[("DK705", COMPOSE, "memory: 3g")],
    ),
    drift(
        "memory changed in compose for development",
        &[Replace(
            DEVELOPMENT,
            "    <<: *default-env\n    ports:\n      - \"127.0.0.1:${REDIS_PORT",
            "    <<: *default-env\n    deploy:\n      resources:\n        limits:\n          memory: 64m\n    ports:\n      - \"127.0.0.1:${REDIS_PORT",
        )],
        &[("DK705", DEVELOPMENT, "memory: 64m")],
    ),
    drift(
        "limits removed from compose",
        &[Replace(
            COMPOSE,
            "    deploy:\n      resources:\n        limits:\n          cpus: \"2.0\"\n          memory: 2g\n",
            "",
        )],
        &[("DK706", DOCUMENT, "| PostgreSQL | 2.0")],
    ),
    drift(
        "one limit removed from compose",
        &[Replace(COMPOSE, "          memory: 2g\n", "")],
        &[("DK706", DOCUMENT, "| PostgreSQL | 2.0")],
    ),
    drift(
        "database with several instances",
        &[
            Replace(
                COMPOSE,
                "    shm_size: 256mb\n",
                "    shm_size: 256mb\n    scale: 2\n",
            ),
            Replace(
                DEVELOPMENT,
                "    ports:\n      - \"127.0.0.1:${POSTGRES_PORT:-5432}:5432\"\n",
                "    ports:\n      - \"127.0.0.1:5432-5433:5432\"\n",
            ),
        ],
        &[("DK707", COMPOSE, "- postgres-data:/var/lib/postgresql/data")],
    ),
    drift(
        "row of the resources removed",
        &[Replace(
            DOCUMENT,
            "| Worker     | 1.0 | 1GB    | Horizontal (queue-based)  |\n",
            "",
        )],
        &[(
            "DK708",
            COMPOSE,
            "    deploy:\n      resources:\n        limits:\n          cpus: \"1.0\"\n          memory: 1g\n    x-devkit:\n      process:\n        directory: ./services/worker",
        )],
    ),
];
