use super::drift::Edit::{Cut, Everywhere, Replace};
use super::drift::{COMPOSE, DEVELOPMENT, DOCUMENT, Drift, drift};

const END: &str = "  ##<</SERVICES>>";

pub(super) const DRIFTS: &[Drift] = &[
    drift(
        "service added to compose",
        &[Replace(
            COMPOSE,
            END,
            "\n  billing:\n    build: ./services/api\n    networks: [app-network]\n  ##<</SERVICES>>",
        )],
        &[("DK101", COMPOSE, "  billing:")],
    ),
    drift(
        "second cache added to compose",
        &[Replace(
            COMPOSE,
            END,
            "\n  sessions:\n    image: redis:8\n    networks: [app-network]\n  ##<</SERVICES>>",
        )],
        &[("DK101", COMPOSE, "  sessions:")],
    ),
    drift(
        "second database added to compose",
        &[Replace(
            COMPOSE,
            END,
            "\n  reporting-db:\n    image: postgres:17\n    networks: [app-network]\n    volumes: [\"postgres-data:/var/lib/postgresql/data\"]\n  ##<</SERVICES>>",
        )],
        &[("DK101", COMPOSE, "  reporting-db:")],
    ),
    drift(
        "proxy added to compose",
        &[Replace(
            COMPOSE,
            END,
            "\n  edge:\n    image: nginx:1.28\n    networks: [app-network]\n  ##<</SERVICES>>",
        )],
        &[("DK101", COMPOSE, "  edge:")],
    ),
    drift(
        "second worker added to compose",
        &[Replace(
            COMPOSE,
            END,
            "\n  mail-worker:\n    build: ./services/worker\n    networks: [app-network]\n  ##<</SERVICES>>",
        )],
        &[("DK101", COMPOSE, "  mail-worker:")],
    ),
    drift(
        "service whose name begins like another added to compose",
        &[Replace(
            COMPOSE,
            END,
            "\n  postgres-exporter:\n    image: quay.io/prometheuscommunity/postgres-exporter:v1\n    networks: [app-network]\n  ##<</SERVICES>>",
        )],
        &[("DK101", COMPOSE, "  postgres-exporter:")],
    ),
    drift(
        "tool added to compose for development",
        &[Replace(
            DEVELOPMENT,
            "  ##<</DEVELOPMENT_SERVICES>>",
            "\n  mailpit:\n    image: axllent/mailpit:v1\n    networks: [app-network]\n  ##<</DEVELOPMENT_SERVICES>>",
        )],
        &[("DK101", DEVELOPMENT, "  mailpit:")],
    ),
    drift(
        "service removed from compose",
        &[
            Cut(COMPOSE, "  # Background worker", END),
            Cut(DEVELOPMENT, "  worker:\n", END),
        ],
        &[("DK102", DOCUMENT, "│       Worker       │")],
    ),
    drift(
        "tool removed from compose",
        &[Cut(
            DEVELOPMENT,
            "  # Web interface of Redis",
            "  ##<</DEVELOPMENT_SERVICES>>",
        )],
        &[("DK102", DOCUMENT, "│  Redis Commander   │")],
    ),
    drift(
        "language models removed from compose",
        &[Cut(
            DEVELOPMENT,
            "  # Language models",
            "  # Web interface of PostgreSQL",
        )],
        &[("DK102", DOCUMENT, "│       Ollama       │")],
    ),
    drift(
        "service renamed in compose",
        &[
            Replace(COMPOSE, "\n  worker:\n", "\n  courier:\n"),
            Replace(DEVELOPMENT, "\n  worker:\n", "\n  courier:\n"),
        ],
        &[
            ("DK101", COMPOSE, "  courier:"),
            ("DK102", DOCUMENT, "│     worker      │"),
        ],
    ),
    drift(
        "database renamed in compose",
        &[
            Everywhere(COMPOSE, "  postgres:\n", "  db:\n"),
            Everywhere(DEVELOPMENT, "  postgres:\n", "  db:\n"),
        ],
        &[
            ("DK109", COMPOSE, "\n  db:"),
            ("DK109", DOCUMENT, "│    postgres     │"),
        ],
    ),
    drift(
        "tool renamed in compose",
        &[Replace(DEVELOPMENT, "\n  ollama:\n", "\n  models:\n")],
        &[
            ("DK109", DEVELOPMENT, "  models:"),
            ("DK109", DOCUMENT, "│     ollama      │"),
        ],
    ),
    drift(
        "service renamed in the document",
        &[
            Everywhere(DOCUMENT, "Worker", "Mailer"),
            Everywhere(DOCUMENT, "worker  ", "mailer  "),
        ],
        &[
            ("DK101", COMPOSE, "\n  worker:"),
            ("DK102", DOCUMENT, "│       Mailer       │"),
        ],
    ),
    drift(
        "tool left out of the drawings",
        &[
            Replace(
                DOCUMENT,
                "┌─┴──────────────────┐        ┌─┴──────────────────┐             │  │\n│  │     │       Ollama       │        │      pgAdmin       │        │  Redis Commander   │             │  │\n│  │     │    (LLM Models)    │        │      (DB GUI)      │        │    (Redis GUI)     │             │  │\n│  │     │    Port: 11434     │        │     Port: 5050     │        │     Port: 8081     │             │  │\n│  │     └────────────────────┘        └────────────────────┘        └────────────────────┘             │  │",
                "┌─┴──────────────────┐          │                                  │  │\n│  │     │       Ollama       │        │      pgAdmin       │          │                                  │  │\n│  │     │    (LLM Models)    │        │      (DB GUI)      │          │                                  │  │\n│  │     │    Port: 11434     │        │     Port: 5050     │          │                                  │  │\n│  │     └────────────────────┘        └────────────────────┘                                           │  │",
            ),
            Replace(
                DOCUMENT,
                "│  ┌─────────────────┐                                            │\n│  │ redis-commander │                                            │\n│  └─────────────────┘                                            │\n│                                                                 │\n",
                "",
            ),
        ],
        &[("DK101", DEVELOPMENT, "  redis-commander:")],
    ),
    drift(
        "box of a new service drawn",
        &[Replace(
            DOCUMENT,
            "│  ┌─────────────────┐                                            │\n│  │ redis-commander │                                            │\n│  └─────────────────┘                                            │",
            "│  ┌─────────────────┐  ┌─────────────────┐                       │\n│  │ redis-commander │  │     billing     │                       │\n│  └─────────────────┘  └─────────────────┘                       │",
        )],
        &[("DK102", DOCUMENT, "│     billing     │")],
    ),
    drift(
        "service drawn in another's place",
        &[Replace(
            DOCUMENT,
            "│       Ollama       │",
            "│      Weaviate      │",
        )],
        &[("DK102", DOCUMENT, "│      Weaviate      │")],
    ),
    drift(
        "database renamed in the drawing of the network",
        &[Replace(
            DOCUMENT,
            "│    postgres     │",
            "│     mongodb     │",
        )],
        &[("DK102", DOCUMENT, "│     mongodb     │")],
    ),
    drift(
        "queue renamed in the drawing",
        &[Replace(
            DOCUMENT,
            "│      RabbitMQ      │",
            "│       Kafka        │",
        )],
        &[("DK102", DOCUMENT, "│       Kafka        │")],
    ),
    drift(
        "row of a new service in the table of ports",
        &[Replace(
            DOCUMENT,
            "| RabbitMQ Mgmt ",
            "| Billing         | 8002          | 8002          | HTTP     | Yes             |\n| RabbitMQ Mgmt ",
        )],
        &[("DK104", DOCUMENT, "| Billing  ")],
    ),
    drift(
        "row of a new service in the table of resources",
        &[Replace(
            DOCUMENT,
            "| PostgreSQL | 2.0 ",
            "| Mailer     | 0.5 | 256MB  | Horizontal (stateless)    |\n| PostgreSQL | 2.0 ",
        )],
        &[("DK104", DOCUMENT, "| Mailer  ")],
    ),
    drift(
        "other database behind the name",
        &[
            Replace(COMPOSE, "image: postgres:17", "image: mariadb:11"),
            Replace(
                COMPOSE,
                "postgres-data:/var/lib/postgresql/data",
                "postgres-data:/var/lib/mysql",
            ),
        ],
        &[("DK105", COMPOSE, "    image: mariadb:11")],
    ),
    drift(
        "other cache behind the name",
        &[Replace(COMPOSE, "image: redis:8", "image: memcached:1.6")],
        &[("DK105", COMPOSE, "image: memcached")],
    ),
    drift(
        "other queue behind the name",
        &[Replace(
            COMPOSE,
            "image: rabbitmq:4-management",
            "image: apache/kafka:4.0.0",
        )],
        &[("DK105", COMPOSE, "image: apache/kafka")],
    ),
    drift(
        "older version in the drawing",
        &[Replace(
            DOCUMENT,
            "│     (Database)     │ │",
            "│  (PostgreSQL 15)   │ │",
        )],
        &[("DK110", DOCUMENT, "│  (PostgreSQL 15)   │")],
    ),
    drift(
        "older version in a list",
        &[Replace(
            DOCUMENT,
            "## 🔗 Network Topology",
            "### Technologies\n\n- **Cache**: Redis 7.4\n- **Queue**: RabbitMQ 4\n\n## 🔗 Network Topology",
        )],
        &[("DK110", DOCUMENT, "- **Cache**: Redis 7.4")],
    ),
    drift(
        "older image in a table",
        &[Replace(
            DOCUMENT,
            "## 🔗 Network Topology",
            "| Service | Image |\n|---|---|\n| `postgres` | `postgres:16-alpine` |\n| `redis` | `redis:8` |\n\n## 🔗 Network Topology",
        )],
        &[("DK110", DOCUMENT, "| `postgres` | `postgres:16-alpine` |")],
    ),
    drift(
        "image renewed in compose, version left in the drawing",
        &[
            Replace(DOCUMENT, "│      (Queue)       │", "│    (RabbitMQ 4)    │"),
            Replace(COMPOSE, "rabbitmq:4-management", "rabbitmq:5-management"),
        ],
        &[("DK110", COMPOSE, "    image: rabbitmq:5-management")],
    ),
    drift(
        "alias of nothing",
        &[Replace(
            DOCUMENT,
            "## Purpose",
            "<!-- devkit:alias Ledger = ledger -->\n\n## Purpose",
        )],
        &[("DK108", DOCUMENT, "<!-- devkit:alias Ledger")],
    ),
    drift(
        "waiver of nothing",
        &[Replace(
            DOCUMENT,
            "## Purpose",
            "<!-- devkit:ignore DK102 \"Ledger\" later -->\n\n## Purpose",
        )],
        &[("DK108", DOCUMENT, "<!-- devkit:ignore DK102")],
    ),
];
