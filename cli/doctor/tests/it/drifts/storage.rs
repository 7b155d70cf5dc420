use super::drift::Edit::{Everywhere, Replace};
use super::drift::{COMPOSE, DEVELOPMENT, DOCUMENT, Drift, drift};

pub(super) const DRIFTS: &[Drift] = &[
    drift(
        "volume renamed in the document",
        &[Replace(
            DOCUMENT,
            "│  redis-data     → Redis persistence",
            "│  redis-store    → Redis persistence",
        )],
        &[("DK601", DOCUMENT, "redis-store")],
    ),
    drift(
        "volume renamed in the drawing",
        &[Replace(
            DOCUMENT,
            "│   postgres-data    │",
            "│   database-data    │",
        )],
        &[("DK601", DOCUMENT, "database-data")],
    ),
    drift(
        "volume spelled with another sign in the document",
        &[Replace(
            DOCUMENT,
            "│  redis-data     → Redis persistence",
            "│  redis_data     → Redis persistence",
        )],
        &[("DK601", DOCUMENT, "│  redis_data     →")],
    ),
    drift(
        "volume renamed in compose",
        &[Everywhere(COMPOSE, "redis-data", "cache-data")],
        &[("DK601", DOCUMENT, "│     redis-data     │")],
    ),
    drift(
        "volume of two services renamed in compose",
        &[
            Replace(
                COMPOSE,
                "- exports:/srv/tmp/exports:ro",
                "- results:/srv/tmp/exports:ro",
            ),
            Replace(
                COMPOSE,
                "- exports:/srv/tmp/exports\n",
                "- results:/srv/tmp/exports\n",
            ),
            Replace(COMPOSE, "\n  exports:", "\n  results:"),
        ],
        &[("DK601", DOCUMENT, "│      exports       │")],
    ),
    drift(
        "volume tied to another service in the document",
        &[Replace(
            DOCUMENT,
            "│  rabbitmq-data  → RabbitMQ queue persistence             │",
            "│  rabbitmq-data  → PostgreSQL database files              │",
        )],
        &[("DK601", DOCUMENT, "│  rabbitmq-data  →")],
    ),
    drift(
        "volume mounted by another service in compose",
        &[
            Replace(
                COMPOSE,
                "      - redis-data:/data\n",
                "      - exports:/data\n",
            ),
            Replace(
                COMPOSE,
                "      - rabbitmq-data:/var/lib/rabbitmq",
                "      - rabbitmq-data:/var/lib/rabbitmq\n      - redis-data:/data",
            ),
        ],
        &[("DK601", DOCUMENT, "│     redis-data     │")],
    ),
    drift(
        "volume no longer mounted",
        &[Replace(
            COMPOSE,
            "    volumes:\n      - redis-data:/data\n",
            "",
        )],
        &[("DK601", DOCUMENT, "│     redis-data     │")],
    ),
    drift(
        "folder renamed in the document",
        &[Replace(
            DOCUMENT,
            "│  ./tmp/ollama   → Ollama models",
            "│  ./tmp/models   → Ollama models",
        )],
        &[("DK601", DOCUMENT, "./tmp/models")],
    ),
    drift(
        "folder renamed in the drawing",
        &[Replace(
            DOCUMENT,
            "│    ./tmp/ollama    │",
            "│    ./tmp/models    │",
        )],
        &[("DK601", DOCUMENT, "./tmp/models")],
    ),
    drift(
        "folder renamed in compose",
        &[Replace(
            DEVELOPMENT,
            "./tmp/ollama:/root/.ollama",
            "./tmp/llm:/root/.ollama",
        )],
        &[("DK601", DOCUMENT, "│    ./tmp/ollama    │")],
    ),
    drift(
        "volume added to compose",
        &[
            Replace(
                COMPOSE,
                "  rabbitmq-data:\n",
                "  rabbitmq-data:\n  uploads:\n",
            ),
            Replace(
                COMPOSE,
                "      - redis-data:/data",
                "      - redis-data:/data\n      - uploads:/uploads",
            ),
        ],
        &[("DK602", COMPOSE, "  uploads:")],
    ),
    drift(
        "volume removed from the document",
        &[
            Replace(
                DOCUMENT,
                "│  │  exports        → Exports as CSV files                   │  │\n",
                "",
            ),
            Replace(DOCUMENT, "│      exports       │", "│                    │"),
            Replace(DOCUMENT, "volume `exports`", "shared volume"),
        ],
        &[("DK602", COMPOSE, "\n  exports:")],
    ),
    drift(
        "folder mounted in compose",
        &[Replace(
            DEVELOPMENT,
            "      - ./services/frontend/src:/app/src:ro",
            "      - ./services/frontend/src:/app/src:ro\n      - ./shared/data:/shared",
        )],
        &[("DK603", DEVELOPMENT, "./shared/data")],
    ),
    drift(
        "database without a volume over its data",
        &[Replace(
            COMPOSE,
            "postgres-data:/var/lib/postgresql/data",
            "postgres-data:/data",
        )],
        &[("DK604", COMPOSE, "    volumes:\n      - postgres-data")],
    ),
];
