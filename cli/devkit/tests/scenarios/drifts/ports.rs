use super::drift::{COMPOSE, DEVELOPMENT, Drift, brought_up, commands};

const REDIS: &str = "- \"127.0.0.1:${REDIS_PORT:-6379}:6379\"";

pub(super) const DRIFTS: &[Drift] = &[
    brought_up(
        "port no longer published",
        "redis",
        "services:\n  redis:\n    ports: !reset []\n",
        &[("DK510", DEVELOPMENT, REDIS)],
    ),
    brought_up(
        "other port published",
        "redis",
        "services:\n  redis:\n    ports: !override [\"127.0.0.1::6379\"]\n",
        &[("DK510", DEVELOPMENT, REDIS)],
    ),
    brought_up(
        "other port published to everybody",
        "api",
        "services:\n  api:\n    ports: !override [\"8000\"]\n",
        &[("DK510", COMPOSE, "- \"${API_PORT:-8000}:8000\"")],
    ),
    brought_up(
        "public port bound to loopback",
        "api",
        "services:\n  api:\n    ports: !override [\"127.0.0.1:${API_PORT}:8000\"]\n",
        &[("DK510", COMPOSE, "- \"${API_PORT:-8000}:8000\"")],
    ),
    commands(
        "another server in the service's place",
        &[
            "exec PROJECT-frontend-1 sh -c | cp node_modules/vite/bin/vite.js /tmp/vite.js && echo \"import net from 'node:net'; net.createServer(client => client.end('SSH-2.0-other')).listen(3000)\" > node_modules/vite/bin/vite.js",
            "restart -t 0 PROJECT-frontend-1",
        ],
        &[
            "exec PROJECT-frontend-1 cp /tmp/vite.js node_modules/vite/bin/vite.js",
            "restart -t 0 PROJECT-frontend-1",
        ],
        &[("DK522", COMPOSE, "- \"${FRONTEND_PORT:-3000}:3000\"")],
    ),
    commands(
        "service stopped and its port taken by another server",
        &[
            "stop -t 2 PROJECT-redis-1",
            "run -d --init --name PROJECT-thief -p 127.0.0.1:${REDIS_PORT}:80 python:3.13-slim python3 -m http.server 80",
        ],
        &["rm -f PROJECT-thief", "start PROJECT-redis-1"],
        &[
            ("DK120", COMPOSE, "\n  redis:"),
            ("DK907", DEVELOPMENT, REDIS),
        ],
    ),
];
