use devkit_testkit::{Platform, docker};

use super::drift::{COMPOSE, DEVELOPMENT, Drift, brought_up, commands};

/// Makes another image of the cache, which does the same.
pub(super) fn prepare(platform: &Platform) {
    let container = format!("{}-redis-1", platform.name());
    let image = format!("{}-cache:other", platform.name());
    assert!(docker(&["commit", &container, &image]).is_some(), "{image}");
}

pub(super) const DRIFTS: &[Drift] = &[
    commands(
        "container stopped",
        &["stop -t 2 PROJECT-redis-1"],
        &["start PROJECT-redis-1"],
        &[("DK120", COMPOSE, "\n  redis:")],
    ),
    commands(
        "container killed",
        &["kill PROJECT-worker-1"],
        &["start PROJECT-worker-1"],
        &[("DK120", COMPOSE, "\n  worker:")],
    ),
    commands(
        "container paused",
        &["pause PROJECT-postgres-1"],
        &["unpause PROJECT-postgres-1"],
        &[("DK120", COMPOSE, "\n  postgres:")],
    ),
    commands(
        "container removed",
        &["rm -f PROJECT-frontend-1"],
        &[],
        &[("DK120", COMPOSE, "\n  frontend:")],
    ),
    commands(
        "container renamed",
        &["rename PROJECT-worker-1 PROJECT-courier"],
        &["rename PROJECT-courier PROJECT-worker-1"],
        &[("DK128", COMPOSE, "\n  worker:")],
    ),
    commands(
        "container of another service in a service's place",
        &[
            "rm -f PROJECT-worker-1",
            "run -d --init --name PROJECT-courier-1 --label com.docker.compose.project=PROJECT --label com.docker.compose.service=courier --label com.docker.compose.oneoff=False --label com.docker.compose.container-number=1 --network PROJECT_app-network debian:trixie-slim sleep infinity",
        ],
        &[],
        &[("DK120", COMPOSE, "\n  worker:"), ("DK121", "", "")],
    ),
    brought_up(
        "service that no file has any more",
        "mailer",
        "services:\n  mailer:\n    image: debian:trixie-slim\n    init: true\n    command: [sleep, infinity]\n    networks: [app-network]\n",
        &[("DK121", "", "")],
    ),
    brought_up(
        "health test failing",
        "worker",
        "services:\n  worker:\n    healthcheck: { test: [CMD, \"false\"], interval: 1s, start_period: 1s, retries: 1 }\n",
        &[("DK122", COMPOSE, "\n  worker:")],
    ),
    brought_up(
        "health test switched off",
        "worker",
        "services:\n  worker:\n    healthcheck: { disable: true }\n",
        &[(
            "DK127",
            DEVELOPMENT,
            "healthcheck:\n      interval: 2s\n      retries: 30\n    develop:\n      watch:\n        - action: rebuild\n          path: ./services/worker",
        )],
    ),
    brought_up(
        "other restart policy",
        "worker",
        "services:\n  worker:\n    restart: \"no\"\n",
        &[(
            "DK129",
            COMPOSE,
            "restart: unless-stopped\n    stop_grace_period: 30s\n    environment:\n      PORT: \"8080\"",
        )],
    ),
    commands(
        "restart policy changed by hand",
        &["update --restart always PROJECT-worker-1"],
        &["update --restart unless-stopped PROJECT-worker-1"],
        &[(
            "DK129",
            COMPOSE,
            "restart: unless-stopped\n    stop_grace_period: 30s\n    environment:\n      PORT: \"8080\"",
        )],
    ),
    commands(
        "restart policy taken away by hand",
        &["update --restart no PROJECT-redis-1"],
        &["update --restart unless-stopped PROJECT-redis-1"],
        &[("DK129", COMPOSE, "restart: unless-stopped\n    volumes:")],
    ),
    brought_up(
        "hostname that no file has",
        "worker",
        "services:\n  worker:\n    hostname: courier\n",
        &[("DK127", COMPOSE, "\n  worker:")],
    ),
    brought_up(
        "other image",
        "redis",
        "services:\n  redis:\n    image: ${COMPOSE_PROJECT_NAME}-cache:other\n",
        &[("DK124", COMPOSE, "image: redis:8")],
    ),
    commands(
        "image built anew, container not",
        &[
            "tag PROJECT-worker:latest PROJECT-worker:kept",
            "commit PROJECT-worker-1 PROJECT-worker:latest",
        ],
        &[
            "rmi PROJECT-worker:latest",
            "tag PROJECT-worker:kept PROJECT-worker:latest",
            "rmi PROJECT-worker:kept",
        ],
        &[("DK124", COMPOSE, "context: ./services/worker")],
    ),
    brought_up(
        "other command",
        "redis",
        "services:\n  redis:\n    command: [sh, -c, 'exec docker-entrypoint.sh redis-server --appendonly yes --maxclients 500 --requirepass \"$$REDIS_PASSWORD\"']\n",
        &[(
            "DK126",
            COMPOSE,
            "command: [\"sh\", \"-c\", \"exec docker-entrypoint.sh redis-server",
        )],
    ),
];
