use super::drift::Edit::{Everywhere, Replace};
use super::drift::{COMPOSE, DOCUMENT, Drift, drift};

pub(super) const DRIFTS: &[Drift] = &[
    drift(
        "service moved to another network",
        &[
            Replace(
                COMPOSE,
                "    volumes:\n      - exports:/srv/tmp/exports\n    networks:\n      - app-network",
                "    volumes:\n      - exports:/srv/tmp/exports\n    networks:\n      - backstage",
            ),
            Replace(
                COMPOSE,
                "\nvolumes:\n  postgres",
                "  backstage: {}\n\nvolumes:\n  postgres",
            ),
            Replace(
                DOCUMENT,
                "The subnet is set",
                "The network `backstage` is for later. The subnet is set",
            ),
        ],
        &[("DK201", COMPOSE, "    networks:\n      - backstage")],
    ),
    drift(
        "cache moved to another network",
        &[
            Replace(
                COMPOSE,
                "      - redis-data:/data\n    networks:\n      - app-network",
                "      - redis-data:/data\n    networks:\n      - backstage",
            ),
            Replace(
                COMPOSE,
                "\nvolumes:\n  postgres",
                "  backstage: {}\n\nvolumes:\n  postgres",
            ),
            Replace(
                DOCUMENT,
                "The subnet is set",
                "The network `backstage` is for later. The subnet is set",
            ),
        ],
        &[(
            "DK201",
            COMPOSE,
            "    networks:\n      - app-network\n    depends_on:\n      api-migrate:\n        condition: service_completed_successfully\n      postgres:\n        condition: service_healthy\n      redis:",
        )],
    ),
    drift(
        "service without a network",
        &[Replace(
            COMPOSE,
            "    networks:\n      - app-network\n    depends_on:\n      api:",
            "    network_mode: none\n    depends_on:\n      api:",
        )],
        &[("DK201", DOCUMENT, "│      Frontend      │───────→")],
    ),
    drift(
        "network renamed in the document",
        &[Everywhere(DOCUMENT, "app-network", "lan-network")],
        &[("DK202", DOCUMENT, "Docker Compose Network: lan-network")],
    ),
    drift(
        "network renamed in one drawing",
        &[Replace(
            DOCUMENT,
            " app-network (bridge) ",
            " lan-network (bridge) ",
        )],
        &[("DK202", DOCUMENT, "lan-network (bridge)")],
    ),
    drift(
        "network renamed in compose",
        &[
            Everywhere(COMPOSE, "app-network", "lan-network"),
            Everywhere(
                "docker-compose.development.yml",
                "app-network",
                "lan-network",
            ),
        ],
        &[("DK202", DOCUMENT, "Docker Compose Network: app-network")],
    ),
    drift(
        "driver changed in the document",
        &[Replace(
            DOCUMENT,
            " app-network (bridge) ",
            " app-network (overlay)",
        )],
        &[("DK203", DOCUMENT, "app-network (overlay)")],
    ),
    drift(
        "driver changed in compose",
        &[Replace(COMPOSE, "driver: bridge", "driver: macvlan")],
        &[("DK203", COMPOSE, "driver: macvlan")],
    ),
    drift(
        "subnet changed in the document",
        &[Replace(
            DOCUMENT,
            "Subnet: 172.20.0.0/16",
            "Subnet: 172.30.0.0/16",
        )],
        &[("DK204", DOCUMENT, "172.30.0.0/16")],
    ),
    drift(
        "prefix of the subnet changed in the document",
        &[Replace(
            DOCUMENT,
            "Subnet: 172.20.0.0/16",
            "Subnet: 172.20.0.0/24",
        )],
        &[("DK204", DOCUMENT, "172.20.0.0/24")],
    ),
    drift(
        "subnet changed in compose",
        &[Replace(
            COMPOSE,
            "${APP_SUBNET:-172.20.0.0/16}",
            "10.9.0.0/16",
        )],
        &[("DK204", COMPOSE, "10.9.0.0/16")],
    ),
    drift(
        "subnet changed in .env",
        &[Replace(
            ".env",
            "APP_SUBNET=172.20.0.0/16",
            "APP_SUBNET=10.9.0.0/16",
        )],
        &[("DK204", DOCUMENT, "Subnet: 172.20.0.0/16")],
    ),
    drift(
        "subnet removed from compose",
        &[Replace(
            COMPOSE,
            "    ipam:\n      config:\n        - subnet: ${APP_SUBNET:-172.20.0.0/16}\n",
            "",
        )],
        &[("DK204", DOCUMENT, "Subnet: 172.20.0.0/16")],
    ),
    drift(
        "network cut off from the world in compose",
        &[Replace(
            COMPOSE,
            "    driver: bridge\n",
            "    driver: bridge\n    internal: true\n",
        )],
        &[("DK209", COMPOSE, "    internal: true")],
    ),
    drift(
        "network added to compose",
        &[
            Replace(
                COMPOSE,
                "\nvolumes:\n  postgres",
                "  backstage: {}\n\nvolumes:\n  postgres",
            ),
            Replace(
                COMPOSE,
                "      - rabbitmq-data:/var/lib/rabbitmq\n    networks:\n",
                "      - rabbitmq-data:/var/lib/rabbitmq\n    networks:\n      - backstage\n",
            ),
        ],
        &[("DK206", COMPOSE, "  backstage: {}")],
    ),
    drift(
        "service told to use a peer on another network",
        &[
            Replace(
                COMPOSE,
                "  ##<</SERVICES>>",
                "\n  edge-worker:\n    image: debian:trixie-slim\n    environment:\n      TARGET: http://api:8000\n    networks: [backstage]\n  ##<</SERVICES>>",
            ),
            Replace(
                COMPOSE,
                "\nvolumes:\n  postgres",
                "  backstage: {}\n\nvolumes:\n  postgres",
            ),
            Replace(
                DOCUMENT,
                "The subnet is set",
                "The network `backstage` is for later. The subnet is set",
            ),
            Replace(
                DOCUMENT,
                "│  ┌─────────────────┐                                            │\n│  │ redis-commander │                                            │\n│  └─────────────────┘                                            │\n│                                                                 │\n└─────────────────────────────────────────────────────────────────┘\n",
                "│  ┌─────────────────┐                                            │\n│  │ redis-commander │                                            │\n│  └─────────────────┘                                            │\n│                                                                 │\n└─────────────────────────────────────────────────────────────────┘\n┌─────────────────┐\n│   edge-worker   │\n└─────────────────┘\n",
            ),
        ],
        &[("DK208", COMPOSE, "    networks: [backstage]")],
    ),
    drift(
        "fixed address that differs from the drawn one",
        &[
            Replace(
                COMPOSE,
                "      - postgres-data:/var/lib/postgresql/data\n      - ./config/postgres-init:/docker-entrypoint-initdb.d:ro\n    networks:\n      - app-network",
                "      - postgres-data:/var/lib/postgresql/data\n      - ./config/postgres-init:/docker-entrypoint-initdb.d:ro\n    networks:\n      app-network:\n        ipv4_address: 172.20.0.9",
            ),
            Replace(
                DOCUMENT,
                "│   api-migrate   │  │    postgres     │  │      redis      │  │\n",
                "│   api-migrate   │  │    postgres     │  │      redis      │  │\n│  │                 │  │   172.20.0.5    │  │                 │  │\n",
            ),
        ],
        &[("DK207", DOCUMENT, "172.20.0.5")],
    ),
];
