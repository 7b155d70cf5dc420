use super::drift::Edit::Replace;
use super::drift::{COMPOSE, DEVELOPMENT, DOCUMENT, Drift, drift};

pub(super) const DRIFTS: &[Drift] = &[
    drift(
        "database published in production",
        &[
            Replace(
                COMPOSE,
                "    image: postgres:17\n",
                "    image: postgres:17\n    ports:\n      - \"5432:5432\"\n",
            ),
            Replace(
                DEVELOPMENT,
                "    ports:\n      - \"127.0.0.1:${POSTGRES_PORT:-5432}:5432\"",
                "    ports: !override\n      - \"127.0.0.1:${POSTGRES_PORT:-5432}:5432\"",
            ),
        ],
        &[("DK401", COMPOSE, "- \"5432:5432\"")],
    ),
    drift(
        "cache published in production",
        &[
            Replace(
                COMPOSE,
                "    image: redis:8\n",
                "    image: redis:8\n    ports:\n      - \"6379:6379\"\n",
            ),
            Replace(
                DEVELOPMENT,
                "    ports:\n      - \"127.0.0.1:${REDIS_PORT:-6379}:6379\"",
                "    ports: !override\n      - \"127.0.0.1:${REDIS_PORT:-6379}:6379\"",
            ),
        ],
        &[("DK401", COMPOSE, "- \"6379:6379\"")],
    ),
    drift(
        "tool moved to production",
        &[
            Replace(
                COMPOSE,
                "  ##<</BACKING_SERVICES>>",
                "\n  pgadmin:\n    image: dpage/pgadmin4:9\n    ports:\n      - \"5050:80\"\n  ##<</BACKING_SERVICES>>",
            ),
            Replace(
                DEVELOPMENT,
                "    ports:\n      - \"127.0.0.1:${PGADMIN_PORT:-5050}:80\"",
                "    ports: !override\n      - \"127.0.0.1:${PGADMIN_PORT:-5050}:80\"",
            ),
        ],
        &[("DK402", COMPOSE, "- \"5050:80\"")],
    ),
    drift(
        "database open to the local network",
        &[Replace(
            DEVELOPMENT,
            "127.0.0.1:${POSTGRES_PORT",
            "${POSTGRES_PORT",
        )],
        &[("DK403", DEVELOPMENT, "\"${POSTGRES_PORT")],
    ),
    drift(
        "cache bound to every address",
        &[Replace(
            DEVELOPMENT,
            "127.0.0.1:${REDIS_PORT",
            "0.0.0.0:${REDIS_PORT",
        )],
        &[("DK403", DEVELOPMENT, "0.0.0.0:${REDIS_PORT")],
    ),
    drift(
        "queue bound to every address",
        &[Replace(
            DEVELOPMENT,
            "127.0.0.1:${RABBITMQ_PORT",
            "0.0.0.0:${RABBITMQ_PORT",
        )],
        &[("DK403", DEVELOPMENT, "0.0.0.0:${RABBITMQ_PORT")],
    ),
    drift(
        "queue's management bound to every address",
        &[Replace(
            DEVELOPMENT,
            "127.0.0.1:${RABBITMQ_MANAGEMENT_PORT",
            "${RABBITMQ_MANAGEMENT_PORT",
        )],
        &[("DK403", DEVELOPMENT, "\"${RABBITMQ_MANAGEMENT_PORT")],
    ),
    drift(
        "tool bound to every address",
        &[Replace(
            DEVELOPMENT,
            "127.0.0.1:${PGADMIN_PORT",
            "${PGADMIN_PORT",
        )],
        &[("DK403", DEVELOPMENT, "\"${PGADMIN_PORT")],
    ),
    drift(
        "secret in the compose file",
        &[Replace(
            COMPOSE,
            "      PORT: \"8000\"",
            "      PORT: \"8000\"\n      JWT_SECRET: s3cr3t-of-the-platform",
        )],
        &[("DK404", COMPOSE, "JWT_SECRET")],
    ),
    drift(
        "password in an address",
        &[Replace(
            COMPOSE,
            "      PORT: \"8000\"",
            "      PORT: \"8000\"\n      REDIS_URL: redis://:hunter22@redis:6379/0",
        )],
        &[("DK404", COMPOSE, "REDIS_URL")],
    ),
    drift(
        "engine's socket mounted",
        &[Replace(
            COMPOSE,
            "      - redis-data:/data",
            "      - redis-data:/data\n      - /var/run/docker.sock:/var/run/docker.sock:ro",
        )],
        &[("DK405", COMPOSE, "docker.sock")],
    ),
    drift(
        "privileged service",
        &[Replace(
            COMPOSE,
            "    stop_grace_period: 15s\n",
            "    stop_grace_period: 15s\n    privileged: true\n",
        )],
        &[("DK406", COMPOSE, "    privileged: true")],
    ),
    drift(
        "tier jumped in compose",
        &[Replace(
            COMPOSE,
            "    depends_on:\n      api:\n        condition: service_healthy\n",
            "    depends_on:\n      api:\n        condition: service_healthy\n      postgres:\n        condition: service_healthy\n",
        )],
        &[(
            "DK408",
            COMPOSE,
            "      postgres:\n        condition: service_healthy\n    cap_drop: [\"ALL\"]\n    security_opt: [\"no-new-privileges:true\"]\n    healthcheck:\n      test: [\"CMD\", \"curl\"",
        )],
    ),
    drift(
        "tier jumped in a flow",
        &[Replace(
            DOCUMENT,
            "│       API        │\n│   (Create Job)   │",
            "│     RabbitMQ     │\n│   (Create Job)   │",
        )],
        &[("DK408", DOCUMENT, "│ 1. POST /api/v1/export")],
    ),
    drift(
        "service drawn in two tiers",
        &[Replace(
            DOCUMENT,
            "          │        API              │  ← Authentication required",
            "          │      Frontend           │  ← Authentication required",
        )],
        &[("DK409", DOCUMENT, "    Application Tier")],
    ),
];
