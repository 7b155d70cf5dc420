//! Single drifts of the clean platform: each is found by one rule, at one line, and nothing else.

use crate::support::{Platform, lines};

const DOCUMENT: &str = "docs/architecture/overview.md";
const COMPOSE: &str = "docker-compose.yml";
const DEVELOPMENT: &str = "docker-compose.development.yml";

/// One drift: what is replaced where, and the rule and the line that must tell of it.
struct Drift {
    name: &'static str,
    rule: &'static str,
    edits: &'static [(&'static str, &'static str, &'static str)],
    /// The file, and a text on the line; the line counts from 1 in the changed file.
    at: (&'static str, &'static str),
}

const fn drift(
    name: &'static str,
    rule: &'static str,
    edits: &'static [(&'static str, &'static str, &'static str)],
    at: (&'static str, &'static str),
) -> Drift {
    Drift {
        name,
        rule,
        edits,
        at,
    }
}

const NEW_SERVICE: &str = "  ##<</SERVICES>>\n\n  ##<<BACKING";

static DRIFTS: &[Drift] = &[
    // Services.
    drift(
        "service added",
        "DK101",
        &[(
            COMPOSE,
            NEW_SERVICE,
            "\n  billing:\n    build: ./services/api\n    networks: [app-network]\n  ##<</SERVICES>>\n\n  ##<<BACKING",
        )],
        (COMPOSE, "  billing:"),
    ),
    drift(
        "second cache added",
        "DK101",
        &[(
            COMPOSE,
            NEW_SERVICE,
            "\n  sessions:\n    image: redis:8\n    networks: [app-network]\n  ##<</SERVICES>>\n\n  ##<<BACKING",
        )],
        (COMPOSE, "  sessions:"),
    ),
    drift(
        "proxy added",
        "DK101",
        &[(
            COMPOSE,
            NEW_SERVICE,
            "\n  edge:\n    image: nginx:1.28\n    networks: [app-network]\n  ##<</SERVICES>>\n\n  ##<<BACKING",
        )],
        (COMPOSE, "  edge:"),
    ),
    drift(
        "development tool added",
        "DK101",
        &[(
            DEVELOPMENT,
            "  ollama:\n",
            "  mailpit:\n    image: axllent/mailpit:v1\n    networks: [app-network]\n\n  ollama:\n",
        )],
        (DEVELOPMENT, "  mailpit:"),
    ),
    drift(
        "service with a longer name added",
        "DK101",
        &[(
            COMPOSE,
            NEW_SERVICE,
            "\n  postgres-exporter:\n    image: quay.io/prometheuscommunity/postgres-exporter:v1\n    networks: [app-network]\n  ##<</SERVICES>>\n\n  ##<<BACKING",
        )],
        (COMPOSE, "  postgres-exporter:"),
    ),
    drift(
        "box of a new service drawn",
        "DK102",
        &[(
            DOCUMENT,
            "│  │  ┌─────────────────┐        ┌─────────────────┐        ┌─────────────────┐    │ │\n│  │  │    Frontend     │───────→│      API        │───────→│     Worker      │    │ │\n│  │  │  (React/Vite)   │  HTTP  │   (Rust)        │  AMQP  │   (Rust)        │    │ │\n│  │  │  Port: 3000     │        │  Port: 8000     │        │  (Background)   │    │ │",
            "│  │  ┌─────────────────┐        ┌─────────────────┐        ┌─────────────────┐    │ │\n│  │  │    Frontend     │───────→│      API        │───────→│     Worker      │    │ │\n│  │  │  (React/Vite)   │  HTTP  │   (Rust)        │  AMQP  │   (Rust)        │    │ │\n│  │  │  Port: 3000     │        │  Port: 8000     │        │  (Background)   │    │ │\n│  │  └─────────────────┘        └─────────────────┘        └─────────────────┘    │ │\n│  │  ┌─────────────────┐        ┌─────────────────┐        ┌─────────────────┐    │ │\n│  │  │ Billing Service │        │      API        │        │     Worker      │    │ │\n│  │  │     (Rust)      │        │   (Rust)        │        │   (Rust)        │    │ │\n│  │  │  Port: 8002     │        │  Port: 8000     │        │  (Background)   │    │ │",
        )],
        (DOCUMENT, "Billing Service"),
    ),
    drift(
        "database renamed in the drawing",
        "DK102",
        &[(
            DOCUMENT,
            "│  frontend  │  │    api     │  │   worker   │",
            "│  frontend  │  │    api     │  │  mongodb   │",
        )],
        (DOCUMENT, "│  mongodb   │"),
    ),
    drift(
        "search engine drawn",
        "DK102",
        &[(
            DOCUMENT,
            "│ postgres   │  │   redis    │  │  rabbitmq  │",
            "│ postgres   │  │   redis    │  │ opensearch │",
        )],
        (DOCUMENT, "│ opensearch │"),
    ),
    drift(
        "row of a new service in the ports",
        "DK104",
        &[(
            DOCUMENT,
            "| RabbitMQ Mgmt ",
            "| Billing           | 8002          | 8002          | HTTP     | Yes             |\n| RabbitMQ Mgmt ",
        )],
        (DOCUMENT, "| Billing  "),
    ),
    drift(
        "row of a new service in the resources",
        "DK104",
        &[(
            DOCUMENT,
            "| PostgreSQL | 2.0 ",
            "| Mailer     | 0.5 | 256MB  | Horizontal (stateless)    |\n| PostgreSQL | 2.0 ",
        )],
        (DOCUMENT, "| Mailer  "),
    ),
    drift(
        "other database behind the name",
        "DK105",
        &[
            (COMPOSE, "image: postgres:17", "image: mariadb:11"),
            (
                COMPOSE,
                "postgres-data:/var/lib/postgresql/data",
                "postgres-data:/var/lib/mysql",
            ),
        ],
        (COMPOSE, "image: mariadb:11"),
    ),
    drift(
        "other cache behind the name",
        "DK105",
        &[(COMPOSE, "image: redis:8", "image: memcached:1.6")],
        (COMPOSE, "image: memcached"),
    ),
    drift(
        "alias of nothing",
        "DK108",
        &[(
            DOCUMENT,
            "## Purpose",
            "<!-- devkit:alias Ledger = ledger -->\n\n## Purpose",
        )],
        (DOCUMENT, "devkit:alias Ledger"),
    ),
    // Networks.
    drift(
        "service moved to another network",
        "DK201",
        &[
            (
                COMPOSE,
                "      CACHE_URL: redis://redis:6379/0\n    depends_on:\n      api-migrate:\n        condition: service_completed_successfully\n      redis:\n        condition: service_healthy\n    networks:\n      - app-network",
                "      CACHE_URL: redis://redis:6379/0\n    depends_on:\n      api-migrate:\n        condition: service_completed_successfully\n      redis:\n        condition: service_healthy\n    networks:\n      - other",
            ),
            (COMPOSE, "\nvolumes:\n", "  other: {}\n\nvolumes:\n"),
            (
                DOCUMENT,
                "The subnet is set",
                "There is the network `other` too. The subnet is set",
            ),
        ],
        (DOCUMENT, "│    Frontend     │───────→│      API        │"),
    ),
    drift(
        "network renamed in the document",
        "DK202",
        &[(DOCUMENT, "app-network (bridge)  ", "data-network (bridge) ")],
        (DOCUMENT, "data-network (bridge)"),
    ),
    drift(
        "driver changed in the document",
        "DK203",
        &[(DOCUMENT, "app-network (bridge) ", "app-network (overlay)")],
        (DOCUMENT, "app-network (overlay)"),
    ),
    drift(
        "driver changed in compose",
        "DK203",
        &[(COMPOSE, "driver: bridge", "driver: macvlan")],
        (COMPOSE, "driver: macvlan"),
    ),
    drift(
        "subnet changed in the document",
        "DK204",
        &[(DOCUMENT, "Subnet: 172.20.0.0/16", "Subnet: 172.30.0.0/16")],
        (DOCUMENT, "172.30.0.0/16"),
    ),
    drift(
        "subnet changed in compose",
        "DK204",
        &[(COMPOSE, "${APP_SUBNET:-172.20.0.0/16}", "10.9.0.0/16")],
        (COMPOSE, "10.9.0.0/16"),
    ),
    drift(
        "network added",
        "DK206",
        &[
            (COMPOSE, "\nvolumes:\n", "  backstage: {}\n\nvolumes:\n"),
            (
                COMPOSE,
                "    networks:\n      - app-network\n    healthcheck:\n      test: [\"CMD\", \"rabbitmq-",
                "    networks:\n      - app-network\n      - backstage\n    healthcheck:\n      test: [\"CMD\", \"rabbitmq-",
            ),
        ],
        (COMPOSE, "  backstage: {}"),
    ),
    // Flows.
    drift(
        "flow goes through a new service",
        "DK301",
        &[(
            DOCUMENT,
            "│    RabbitMQ      │\n│   (Queue)        │",
            "│  Audit Service   │\n│   (Kafka)        │",
        )],
        (DOCUMENT, "Audit Service"),
    ),
    // Security.
    drift(
        "database published in production",
        "DK401",
        &[
            (
                COMPOSE,
                "    image: postgres:17\n",
                "    image: postgres:17\n    ports:\n      - \"5432:5432\"\n",
            ),
            (
                DEVELOPMENT,
                "    ports:\n      - \"127.0.0.1:${POSTGRES_PORT:-5432}:5432\"",
                "    ports: !override\n      - \"127.0.0.1:${POSTGRES_PORT:-5432}:5432\"",
            ),
        ],
        (COMPOSE, "- \"5432:5432\""),
    ),
    drift(
        "cache published in production",
        "DK401",
        &[
            (
                COMPOSE,
                "    image: redis:8\n",
                "    image: redis:8\n    ports:\n      - \"6379:6379\"\n",
            ),
            (
                DEVELOPMENT,
                "    ports:\n      - \"127.0.0.1:${REDIS_PORT:-6379}:6379\"",
                "    ports: !override\n      - \"127.0.0.1:${REDIS_PORT:-6379}:6379\"",
            ),
        ],
        (COMPOSE, "- \"6379:6379\""),
    ),
    drift(
        "database open to the local network",
        "DK403",
        &[(DEVELOPMENT, "127.0.0.1:${POSTGRES_PORT", "${POSTGRES_PORT")],
        (DEVELOPMENT, "${POSTGRES_PORT"),
    ),
    drift(
        "queue open to the local network",
        "DK403",
        &[(
            DEVELOPMENT,
            "127.0.0.1:${RABBITMQ_PORT",
            "0.0.0.0:${RABBITMQ_PORT",
        )],
        (DEVELOPMENT, "${RABBITMQ_PORT"),
    ),
    drift(
        "secret in the compose file",
        "DK404",
        &[(
            COMPOSE,
            "      CACHE_URL: redis://redis:6379/0",
            "      CACHE_URL: redis://redis:6379/0\n      JWT_SECRET: s3cr3t-of-the-platform",
        )],
        (COMPOSE, "JWT_SECRET"),
    ),
    drift(
        "password in an address",
        "DK404",
        &[(
            COMPOSE,
            "redis://redis:6379/0",
            "redis://:hunter22@redis:6379/0",
        )],
        (COMPOSE, "CACHE_URL"),
    ),
    drift(
        "engine's socket mounted",
        "DK405",
        &[(
            COMPOSE,
            "    volumes:\n      - redis-data:/data",
            "    volumes:\n      - redis-data:/data\n      - /var/run/docker.sock:/var/run/docker.sock:ro",
        )],
        (COMPOSE, "docker.sock"),
    ),
    drift(
        "privileged service",
        "DK406",
        &[(
            COMPOSE,
            "    command: [\"serve\"]",
            "    command: [\"serve\"]\n    privileged: true",
        )],
        (COMPOSE, "privileged"),
    ),
    drift(
        "tier jumped",
        "DK408",
        &[(
            COMPOSE,
            "    depends_on:\n      api:\n        condition: service_healthy",
            "    depends_on:\n      api:\n        condition: service_healthy\n      postgres:\n        condition: service_healthy",
        )],
        (
            COMPOSE,
            "      postgres:\n        condition: service_healthy\n    networks:\n      - app-network\n    deploy:\n      resources:\n        limits:\n          cpus: \"0.5\"",
        ),
    ),
    // Ports.
    drift(
        "external port changed in the table",
        "DK501",
        &[(
            DOCUMENT,
            "| API               | 8000          | 8000 ",
            "| API               | 8000          | 8080 ",
        )],
        (DOCUMENT, "| 8080 "),
    ),
    drift(
        "internal port changed in the table",
        "DK501",
        &[(
            DOCUMENT,
            "| pgAdmin           | 80  ",
            "| pgAdmin           | 8080",
        )],
        (DOCUMENT, "| pgAdmin           | 8080"),
    ),
    drift(
        "database port changed in the table",
        "DK501",
        &[(
            DOCUMENT,
            "| PostgreSQL        | 5432          | 5432 ",
            "| PostgreSQL        | 5432          | 5433 ",
        )],
        (DOCUMENT, "| 5433 "),
    ),
    drift(
        "port changed in the box",
        "DK501",
        &[(DOCUMENT, "│   Port: 6379    │", "│   Port: 6380    │")],
        (DOCUMENT, "Port: 6380"),
    ),
    drift(
        "frontend's port changed in the box",
        "DK501",
        &[(DOCUMENT, "│  Port: 3000     │", "│  Port: 3001     │")],
        (DOCUMENT, "Port: 3001"),
    ),
    drift(
        "port changed in an address",
        "DK501",
        &[(
            DOCUMENT,
            "http://localhost:5050  (pgAdmin)",
            "http://localhost:5051  (pgAdmin)",
        )],
        (DOCUMENT, "localhost:5051"),
    ),
    drift(
        "port changed in another address",
        "DK501",
        &[(
            DOCUMENT,
            "http://localhost:3000  (Frontend)",
            "http://localhost:3300  (Frontend)",
        )],
        (DOCUMENT, "localhost:3300"),
    ),
    drift(
        "published port changed in compose",
        "DK501",
        &[(COMPOSE, "${API_PORT:-8000}:8000", "8888:8000")],
        (COMPOSE, "8888:8000"),
    ),
    drift(
        "tool's port changed in compose",
        "DK501",
        &[(DEVELOPMENT, "${PGADMIN_PORT:-5050}:80", "5055:80")],
        (DEVELOPMENT, "5055:80"),
    ),
    drift(
        "port no longer published",
        "DK501",
        &[(
            DEVELOPMENT,
            "\n      - \"127.0.0.1:${RABBITMQ_MANAGEMENT_PORT:-15672}:15672\"",
            "",
        )],
        (DOCUMENT, "| RabbitMQ Mgmt"),
    ),
    drift(
        "container's port changed in compose",
        "DK501",
        &[(
            COMPOSE,
            "${FRONTEND_PORT:-3000}:3000",
            "${FRONTEND_PORT:-3000}:80",
        )],
        (DOCUMENT, "| Frontend          | 3000"),
    ),
    drift(
        "port added in compose",
        "DK502",
        &[(
            COMPOSE,
            "      - \"${API_PORT:-8000}:8000\"",
            "      - \"${API_PORT:-8000}:8000\"\n      - \"9464:9464\"",
        )],
        (COMPOSE, "9464:9464"),
    ),
    drift(
        "row of a port removed",
        "DK502",
        &[(
            DOCUMENT,
            "| RabbitMQ Mgmt     | 15672         | 15672         | HTTP     | Yes (dev only)  |\n",
            "",
        )],
        (DEVELOPMENT, "RABBITMQ_MANAGEMENT_PORT"),
    ),
    drift(
        "two services on one port",
        "DK504",
        &[
            (
                COMPOSE,
                NEW_SERVICE,
                "    ports:\n      - \"8000:9000\"\n  ##<</SERVICES>>\n\n  ##<<BACKING",
            ),
            (
                DOCUMENT,
                "| Worker            | N/A           | N/A           | N/A      | No              |",
                "| Worker            | 9000          | 8000          | HTTP     | Yes             |",
            ),
        ],
        (COMPOSE, "8000:9000"),
    ),
    drift(
        "worker published",
        "DK505",
        &[(
            COMPOSE,
            NEW_SERVICE,
            "    ports:\n      - \"9100:9100\"\n  ##<</SERVICES>>\n\n  ##<<BACKING",
        )],
        (COMPOSE, "9100:9100"),
    ),
    drift(
        "table says not published",
        "DK505",
        &[(
            DOCUMENT,
            "| Ollama            | 11434         | 11434         | HTTP     | Yes (dev only)  |",
            "| Ollama            | 11434         | 11434         | HTTP     | No              |",
        )],
        (DOCUMENT, "| Ollama  "),
    ),
    drift(
        "protocol changed in the table",
        "DK506",
        &[(
            DOCUMENT,
            "| Redis             | 6379          | 6379          | TCP ",
            "| Redis             | 6379          | 6379          | UDP ",
        )],
        (DOCUMENT, "| UDP "),
    ),
    drift(
        "protocol changed in compose",
        "DK506",
        &[(
            DEVELOPMENT,
            "${POSTGRES_PORT:-5432}:5432",
            "${POSTGRES_PORT:-5432}:5432/udp",
        )],
        (DEVELOPMENT, "5432/udp"),
    ),
    // Storage.
    drift(
        "volume renamed in the document",
        "DK601",
        &[(
            DOCUMENT,
            "│  redis-data     → Redis persistence",
            "│  redis-store    → Redis persistence",
        )],
        (DOCUMENT, "redis-store"),
    ),
    drift(
        "volume renamed in the drawing",
        "DK601",
        &[(DOCUMENT, "│  postgres-data  │", "│  database-data  │")],
        (DOCUMENT, "database-data"),
    ),
    drift(
        "folder renamed in the document",
        "DK601",
        &[(
            DOCUMENT,
            "│  ./tmp/ollama   → Ollama models",
            "│  ./tmp/models   → Ollama models",
        )],
        (DOCUMENT, "./tmp/models"),
    ),
    drift(
        "folder renamed in compose",
        "DK601",
        &[(
            DEVELOPMENT,
            "./tmp/ollama:/root/.ollama",
            "./tmp/llm:/root/.ollama",
        )],
        (DOCUMENT, "│  ./tmp/ollama   │"),
    ),
    drift(
        "volume added",
        "DK602",
        &[
            (
                COMPOSE,
                "  rabbitmq-data:\n",
                "  rabbitmq-data:\n  uploads:\n",
            ),
            (
                COMPOSE,
                "      - redis-data:/data",
                "      - redis-data:/data\n      - uploads:/uploads",
            ),
        ],
        (COMPOSE, "  uploads:"),
    ),
    drift(
        "folder mounted",
        "DK603",
        &[(
            DEVELOPMENT,
            "      - ./services/frontend:/app",
            "      - ./services/frontend:/app\n      - ./shared/data:/shared",
        )],
        (DEVELOPMENT, "./shared/data"),
    ),
    drift(
        "database without a volume over its data",
        "DK604",
        &[(
            COMPOSE,
            "postgres-data:/var/lib/postgresql/data",
            "postgres-data:/data",
        )],
        (COMPOSE, "    volumes:\n      - postgres-data"),
    ),
    // Scaling.
    drift(
        "fixed container name",
        "DK701",
        &[(
            COMPOSE,
            "    command: [\"serve\"]",
            "    command: [\"serve\"]\n    container_name: the-api",
        )],
        (COMPOSE, "container_name"),
    ),
    drift(
        "instances on one port",
        "DK702",
        &[(
            COMPOSE,
            "    command: [\"serve\"]",
            "    command: [\"serve\"]\n    scale: 3",
        )],
        (COMPOSE, "${API_PORT:-8000}"),
    ),
    drift(
        "fixed address",
        "DK703",
        &[(
            COMPOSE,
            "    networks:\n      - app-network\n    deploy:\n      resources:\n        limits:\n          cpus: \"1.0\"\n          memory: 1g\n  ##",
            "    networks:\n      app-network:\n        ipv4_address: 172.20.0.9\n    deploy:\n      resources:\n        limits:\n          cpus: \"1.0\"\n          memory: 1g\n  ##",
        )],
        (COMPOSE, "ipv4_address"),
    ),
    drift(
        "processors changed in the table",
        "DK704",
        &[(DOCUMENT, "| Worker     | 1.0 ", "| Worker     | 4.0 ")],
        (DOCUMENT, "| Worker     | 4.0"),
    ),
    drift(
        "processors changed in compose",
        "DK704",
        &[(COMPOSE, "cpus: \"2.0\"", "cpus: \"3.0\"")],
        (COMPOSE, "cpus: \"3.0\""),
    ),
    drift(
        "memory changed in the table",
        "DK705",
        &[(
            DOCUMENT,
            "| API        | 1.0 | 1GB ",
            "| API        | 1.0 | 4GB ",
        )],
        (DOCUMENT, "| 4GB "),
    ),
    drift(
        "memory changed in compose",
        "DK705",
        &[(COMPOSE, "memory: 2g", "memory: 3g")],
        (COMPOSE, "memory: 3g"),
    ),
    drift(
        "limits removed",
        "DK706",
        &[(
            COMPOSE,
            "    deploy:\n      resources:\n        limits:\n          cpus: \"2.0\"\n          memory: 2g\n",
            "",
        )],
        (DOCUMENT, "| PostgreSQL | 2.0"),
    ),
    drift(
        "row of the resources removed",
        "DK708",
        &[(
            DOCUMENT,
            "| Worker     | 1.0 | 1GB    | Horizontal (queue-based)  |\n",
            "",
        )],
        (
            COMPOSE,
            "    deploy:\n      resources:\n        limits:\n          cpus: \"1.0\"\n          memory: 1g\n  ##",
        ),
    ),
    // Links and dates.
    drift(
        "link to nothing",
        "DK801",
        &[(
            DOCUMENT,
            "../operations/monitoring.md",
            "../operations/metrics.md",
        )],
        (DOCUMENT, "metrics.md"),
    ),
    drift(
        "link with other capitals",
        "DK801",
        &[(
            DOCUMENT,
            "../services/api-service.md",
            "../services/API-service.md",
        )],
        (DOCUMENT, "API-service.md"),
    ),
    drift(
        "link to no heading",
        "DK801",
        &[(
            DOCUMENT,
            "worker-service.md#details",
            "worker-service.md#queues",
        )],
        (DOCUMENT, "#queues"),
    ),
    drift(
        "link to no folder",
        "DK801",
        &[(DOCUMENT, "../adr/README.md", "../decisions/")],
        (DOCUMENT, "../decisions/"),
    ),
    drift(
        "review overdue",
        "DK803",
        &[(
            DOCUMENT,
            "**Next Review:** 2026-04-15",
            "**Next Review:** 2026-01-31",
        )],
        (DOCUMENT, "2026-01-31"),
    ),
    drift(
        "validated in the future",
        "DK804",
        &[(
            DOCUMENT,
            "**Last Validated:** 2026-01-15",
            "**Last Validated:** 2026-03-15",
        )],
        (DOCUMENT, "**Last Validated:** 2026-03-15"),
    ),
    drift(
        "no such date",
        "DK804",
        &[(
            DOCUMENT,
            "**Next Review:** 2026-04-15",
            "**Next Review:** 2026-04-31",
        )],
        (DOCUMENT, "2026-04-31"),
    ),
    // Configuration.
    drift(
        "key of the example missing",
        "DK911",
        &[("config/.env", "POSTGRES_USER=app\n", "")],
        ("config/.env.example", "POSTGRES_USER"),
    ),
    drift(
        "key that the example lacks",
        "DK912",
        &[(
            "config/.env",
            "POSTGRES_USER=app\n",
            "POSTGRES_USER=app\nEXTRA=1\n",
        )],
        ("config/.env", "EXTRA"),
    ),
    drift(
        "key set twice",
        "DK913",
        &[(
            "config/.env",
            "POSTGRES_USER=app\n",
            "POSTGRES_USER=app\nLOG_LEVEL=debug\n",
        )],
        ("config/.env", "LOG_LEVEL=debug"),
    ),
    drift(
        "secret empty",
        "DK914",
        &[(
            "config/.env",
            "POSTGRES_PASSWORD=Zk3mPq9vXw",
            "POSTGRES_PASSWORD=",
        )],
        ("config/.env", "POSTGRES_PASSWORD"),
    ),
    drift(
        "default secret",
        "DK915",
        &[(
            "config/.env",
            "POSTGRES_PASSWORD=Zk3mPq9vXw",
            "POSTGRES_PASSWORD=changeme",
        )],
        ("config/.env", "POSTGRES_PASSWORD"),
    ),
    drift(
        "image not pinned",
        "DK920",
        &[(COMPOSE, "image: redis:8", "image: redis:latest")],
        (COMPOSE, "image: redis:latest"),
    ),
    drift(
        "health check removed",
        "DK921",
        &[(
            COMPOSE,
            "    healthcheck:\n      test: [\"CMD\", \"redis-cli\", \"ping\"]\n",
            "",
        )],
        (DEVELOPMENT, "  redis:\n    ports"),
    ),
    drift(
        "mounted folder missing",
        "DK922",
        &[(
            COMPOSE,
            "./config/postgres-init:",
            "./config/postgres-start:",
        )],
        (COMPOSE, "./config/postgres-start:"),
    ),
];

#[test]
fn every_drift_is_found_at_its_line_and_nothing_else() {
    let mut failures = Vec::new();
    for drift in DRIFTS {
        let platform = Platform::clean();
        for (file, from, to) in drift.edits {
            platform.replace(file, from, to);
        }
        let report = platform.doctor();
        let (file, text) = drift.at;
        let changed = platform.read(file);
        let offset = changed
            .find(text)
            .unwrap_or_else(|| panic!("{}: no {text:?}", drift.name));
        let line = changed[..offset].matches('\n').count() + 1;
        let found = report.findings.iter().any(|finding| {
            finding.rule.id == drift.rule
                && [&finding.document, &finding.compose]
                    .into_iter()
                    .flatten()
                    .any(|place| place.file.to_string_lossy() == file && place.line == line)
        });
        let else_found = report
            .findings
            .iter()
            .any(|finding| finding.rule.id != drift.rule);
        if !found || else_found {
            failures.push(format!(
                "{} (expected {} at {file}:{line})\n    {}",
                drift.name,
                drift.rule,
                lines(&report).join("\n    ")
            ));
        }
    }
    assert!(
        failures.is_empty(),
        "{} of {} drifts:\n{}",
        failures.len(),
        DRIFTS.len(),
        failures.join("\n")
    );
}
