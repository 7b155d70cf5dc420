use super::drift::Edit::{Commit, Delete, Open, Replace};
use super::drift::{COMPOSE, DEVELOPMENT, Drift, drift};

const SET: &str = "config/.env";
const EXAMPLE: &str = "config/.env.example";

pub(super) const DRIFTS: &[Drift] = &[
    drift(
        "key of the example missing",
        &[Replace(SET, "LOG_LEVEL=info\n", "")],
        &[("DK911", EXAMPLE, "LOG_LEVEL")],
    ),
    drift(
        "key added to the example",
        &[Replace(
            EXAMPLE,
            "LOG_LEVEL=info\n",
            "LOG_LEVEL=info\nMAIL_HOST=mail.example.com\n",
        )],
        &[("DK911", EXAMPLE, "MAIL_HOST")],
    ),
    drift(
        "key that the example lacks",
        &[Replace(
            SET,
            "LOG_LEVEL=info\n",
            "LOG_LEVEL=info\nEXTRA=1\n",
        )],
        &[("DK912", SET, "EXTRA")],
    ),
    drift(
        "key set twice",
        &[Replace(
            SET,
            "POSTGRES_USER=app\n",
            "POSTGRES_USER=app\nLOG_LEVEL=debug\n",
        )],
        &[("DK913", SET, "LOG_LEVEL=debug")],
    ),
    drift(
        "secret empty",
        &[Replace(SET, "JWT_SECRET=Zk3mPq9vXwT7", "JWT_SECRET=")],
        &[("DK914", SET, "JWT_SECRET")],
    ),
    drift(
        "default secret",
        &[Replace(
            SET,
            "POSTGRES_PASSWORD=Zk3mPq9vXwT7",
            "POSTGRES_PASSWORD=changeme",
        )],
        &[("DK915", SET, "POSTGRES_PASSWORD")],
    ),
    drift(
        "placeholder of the example kept as a secret",
        &[Replace(
            SET,
            "JWT_SECRET=Zk3mPq9vXwT7",
            "JWT_SECRET=__generate__",
        )],
        &[("DK915", SET, "JWT_SECRET")],
    ),
    drift(
        "env file readable by everybody",
        &[Open(SET)],
        &[("DK916", SET, "")],
    ),
    drift(
        "env file committed",
        &[Commit(SET)],
        &[("DK917", SET, "POSTGRES_PASSWORD")],
    ),
    drift(
        "env file demanded and deleted",
        &[
            Delete(SET),
            Replace(COMPOSE, "required: false", "required: true"),
            Replace(DEVELOPMENT, "required: false", "required: true"),
        ],
        &[("DK924", DEVELOPMENT, "    - path: ./config/.env")],
    ),
    drift(
        "image not pinned",
        &[Replace(COMPOSE, "image: redis:8", "image: redis:latest")],
        &[("DK920", COMPOSE, "image: redis:latest")],
    ),
    drift(
        "image without a tag",
        &[Replace(COMPOSE, "image: postgres:17", "image: postgres")],
        &[("DK920", COMPOSE, "image: postgres\n")],
    ),
    drift(
        "health test removed",
        &[
            Replace(
                COMPOSE,
                "    healthcheck:\n      test: [\"CMD-SHELL\", \"REDISCLI_AUTH=\\\"$$REDIS_PASSWORD\\\" redis-cli -h 127.0.0.1 ping | grep -q PONG\"]\n      interval: 10s\n      timeout: 5s\n      retries: 5\n      start_period: 30s\n",
                "",
            ),
            Replace(
                DEVELOPMENT,
                "      - \"127.0.0.1:${REDIS_PORT:-6379}:6379\"\n    healthcheck:\n      interval: 2s\n      retries: 30\n",
                "      - \"127.0.0.1:${REDIS_PORT:-6379}:6379\"\n",
            ),
        ],
        &[("DK921", COMPOSE, "\n  redis:")],
    ),
    drift(
        "mounted folder missing",
        &[Replace(
            COMPOSE,
            "./config/postgres-init:",
            "./config/postgres-start:",
        )],
        &[("DK922", COMPOSE, "./config/postgres-start:")],
    ),
    drift(
        "variable without a value or default",
        &[Replace(
            COMPOSE,
            "${API_PORT:-8000}:8000\"",
            "${API_PORT:-8000}:8000\"\n    hostname: ${API_HOSTNAME}",
        )],
        &[("DK923", COMPOSE, "    hostname: ${API_HOSTNAME}")],
    ),
    drift(
        "required variable not set",
        &[Replace(
            COMPOSE,
            "      PORT: \"8000\"",
            "      PORT: \"8000\"\n      REGION: ${REGION:?must be set}",
        )],
        &[("DK924", COMPOSE, "      REGION:")],
    ),
];
