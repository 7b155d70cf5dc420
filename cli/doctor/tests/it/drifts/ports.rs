use super::drift::Edit::Replace;
use super::drift::{COMPOSE, DEVELOPMENT, DOCUMENT, Drift, drift};

pub(super) const DRIFTS: &[Drift] = &[
    drift(
        "external port changed in the table",
        &[Replace(
            DOCUMENT,
            "| API             | 8000          | 8000 ",
            "| API             | 8000          | 8080 ",
        )],
        &[("DK501", DOCUMENT, "| 8080 ")],
    ),
    drift(
        "internal port changed in the table",
        &[Replace(
            DOCUMENT,
            "| pgAdmin         | 80  ",
            "| pgAdmin         | 8080",
        )],
        &[("DK501", DOCUMENT, "| pgAdmin         | 8080")],
    ),
    drift(
        "both ports changed in the table",
        &[Replace(
            DOCUMENT,
            "| Frontend        | 3000          | 3000 ",
            "| Frontend        | 5173          | 5173 ",
        )],
        &[("DK501", DOCUMENT, "| 5173 ")],
    ),
    drift(
        "database's port changed in the table",
        &[Replace(
            DOCUMENT,
            "| PostgreSQL      | 5432          | 5432 ",
            "| PostgreSQL      | 5432          | 5433 ",
        )],
        &[("DK501", DOCUMENT, "| 5433 ")],
    ),
    drift(
        "port changed in the cache's box",
        &[Replace(
            DOCUMENT,
            "│     Port: 6379     │",
            "│     Port: 6380     │",
        )],
        &[("DK501", DOCUMENT, "Port: 6380")],
    ),
    drift(
        "port changed in the frontend's box",
        &[Replace(
            DOCUMENT,
            "│     Port: 3000     │",
            "│     Port: 3001     │",
        )],
        &[("DK501", DOCUMENT, "Port: 3001")],
    ),
    drift(
        "one of two ports changed in the queue's box",
        &[Replace(
            DOCUMENT,
            "│ Ports: 5672, 15672 │",
            "│ Ports: 5672, 15673 │",
        )],
        &[("DK501", DOCUMENT, "Ports: 5672, 15673")],
    ),
    drift(
        "port changed in an address",
        &[Replace(
            DOCUMENT,
            "http://localhost:5050  (pgAdmin)",
            "http://localhost:5051  (pgAdmin)",
        )],
        &[("DK501", DOCUMENT, "localhost:5051")],
    ),
    drift(
        "port changed in another address",
        &[Replace(
            DOCUMENT,
            "http://localhost:3000  (Frontend)",
            "http://localhost:3300  (Frontend)",
        )],
        &[("DK501", DOCUMENT, "localhost:3300")],
    ),
    drift(
        "published port changed in compose",
        &[Replace(COMPOSE, "${API_PORT:-8000}:8000", "8888:8000")],
        &[("DK501", COMPOSE, "8888:8000")],
    ),
    drift(
        "published port changed in .env",
        &[Replace(".env", "API_PORT=8000", "API_PORT=8100")],
        &[
            ("DK501", DOCUMENT, "| API             | 8000"),
            ("DK501", COMPOSE, "${API_PORT:-8000}:8000"),
            ("DK501", DOCUMENT, "http://localhost:8000  (API)"),
        ],
    ),
    drift(
        "database's published port changed in .env",
        &[Replace(".env", "POSTGRES_PORT=5432", "POSTGRES_PORT=15432")],
        &[
            ("DK501", DOCUMENT, "| PostgreSQL      | 5432"),
            ("DK501", DEVELOPMENT, "${POSTGRES_PORT:-5432}:5432"),
        ],
    ),
    drift(
        "tool's published port changed in .env",
        &[Replace(
            ".env",
            "REDIS_COMMANDER_PORT=8081",
            "REDIS_COMMANDER_PORT=8181",
        )],
        &[
            ("DK501", DOCUMENT, "| Redis Commander | 8081"),
            ("DK501", DOCUMENT, "http://localhost:8081"),
        ],
    ),
    drift(
        "tool's port changed in compose",
        &[Replace(DEVELOPMENT, "${PGADMIN_PORT:-5050}:80", "5055:80")],
        &[("DK501", DEVELOPMENT, "5055:80")],
    ),
    drift(
        "container's port changed in compose",
        &[Replace(
            COMPOSE,
            "${FRONTEND_PORT:-3000}:3000",
            "${FRONTEND_PORT:-3000}:80",
        )],
        &[("DK501", DOCUMENT, "| Frontend        | 3000")],
    ),
    drift(
        "port no longer published",
        &[Replace(
            DEVELOPMENT,
            "\n      - \"127.0.0.1:${RABBITMQ_MANAGEMENT_PORT:-15672}:15672\"",
            "",
        )],
        &[("DK501", DOCUMENT, "| RabbitMQ Mgmt")],
    ),
    drift(
        "only port of a service no longer published",
        &[Replace(
            DEVELOPMENT,
            "    ports:\n      - \"127.0.0.1:${REDIS_PORT:-6379}:6379\"\n",
            "",
        )],
        &[("DK501", DOCUMENT, "| Redis           | 6379")],
    ),
    drift(
        "port published at random",
        &[Replace(COMPOSE, "${API_PORT:-8000}:8000", "8000")],
        &[("DK501", DOCUMENT, "| API             | 8000")],
    ),
    drift(
        "port added in compose",
        &[Replace(
            COMPOSE,
            "      - \"${API_PORT:-8000}:8000\"",
            "      - \"${API_PORT:-8000}:8000\"\n      - \"9464:9464\"",
        )],
        &[("DK502", COMPOSE, "9464:9464")],
    ),
    drift(
        "row of a port removed",
        &[Replace(
            DOCUMENT,
            "| Redis Commander | 8081          | 8081          | HTTP     | Yes (dev only)  |\n",
            "",
        )],
        &[("DK502", DEVELOPMENT, "${REDIS_COMMANDER_PORT:-8081}")],
    ),
    drift(
        "row of one of two ports removed",
        &[Replace(
            DOCUMENT,
            "| RabbitMQ Mgmt   | 15672         | 15672         | HTTP     | Yes (dev only)  |\n",
            "",
        )],
        &[("DK502", DEVELOPMENT, "${RABBITMQ_MANAGEMENT_PORT:-15672}")],
    ),
    drift(
        "two services on one port in .env",
        &[
            Replace(".env", "PGADMIN_PORT=5050", "PGADMIN_PORT=8000"),
            Replace(
                DOCUMENT,
                "| pgAdmin         | 80            | 5050",
                "| pgAdmin         | 80            | 8000",
            ),
            Replace(
                DOCUMENT,
                "http://localhost:5050  (pgAdmin)",
                "http://localhost:8000  (pgAdmin)",
            ),
            Replace(DOCUMENT, "│     Port: 5050     │", "│     Port: 8000     │"),
        ],
        &[("DK504", DEVELOPMENT, "${PGADMIN_PORT:-5050}")],
    ),
    drift(
        "worker published",
        &[Replace(
            COMPOSE,
            "      PORT: \"8080\"\n",
            "      PORT: \"8080\"\n    ports:\n      - \"9100:8080\"\n",
        )],
        &[("DK505", COMPOSE, "9100:8080")],
    ),
    drift(
        "table says not published",
        &[Replace(
            DOCUMENT,
            "| Ollama          | 11434         | 11434         | HTTP     | Yes (dev only)  |",
            "| Ollama          | 11434         | 11434         | HTTP     | No              |",
        )],
        &[("DK505", DOCUMENT, "| Ollama  ")],
    ),
    drift(
        "protocol changed in the table",
        &[Replace(
            DOCUMENT,
            "| Redis           | 6379          | 6379          | TCP ",
            "| Redis           | 6379          | 6379          | UDP ",
        )],
        &[("DK506", DOCUMENT, "| UDP ")],
    ),
    drift(
        "protocol changed in compose",
        &[Replace(
            DEVELOPMENT,
            "${POSTGRES_PORT:-5432}:5432",
            "${POSTGRES_PORT:-5432}:5432/udp",
        )],
        &[("DK506", DEVELOPMENT, "5432/udp")],
    ),
];
