use super::drift::{COMPOSE, DEVELOPMENT, Drift, brought_up};

pub(super) const DRIFTS: &[Drift] = &[
    brought_up(
        "volume not mounted",
        "worker",
        "services:\n  worker:\n    volumes: !reset []\n",
        &[("DK610", COMPOSE, "- exports:/srv/tmp/exports\n")],
    ),
    brought_up(
        "data kept in memory instead of the volume",
        "redis",
        "services:\n  redis:\n    volumes: !override [{ type: tmpfs, target: /data }]\n",
        &[("DK610", COMPOSE, "- redis-data:/data")],
    ),
    brought_up(
        "other volume mounted",
        "worker",
        "services:\n  worker:\n    volumes: !override [\"redis-data:/srv/tmp/exports\"]\n",
        &[("DK610", COMPOSE, "- exports:/srv/tmp/exports\n")],
    ),
    brought_up(
        "volume mounted read only",
        "worker",
        "services:\n  worker:\n    volumes: !override [\"exports:/srv/tmp/exports:ro\"]\n",
        &[("DK610", COMPOSE, "- exports:/srv/tmp/exports\n")],
    ),
    brought_up(
        "read-only volume mounted writable",
        "api",
        "services:\n  api:\n    volumes: !override [\"exports:/srv/tmp/exports\"]\n",
        &[("DK610", COMPOSE, "- exports:/srv/tmp/exports:ro")],
    ),
    brought_up(
        "folder of the host mounted",
        "worker",
        "services:\n  worker:\n    volumes: [\"/etc:/host-etc:ro\"]\n",
        &[(
            "DK610",
            COMPOSE,
            "volumes:\n      - exports:/srv/tmp/exports\n",
        )],
    ),
    brought_up(
        "other folder of the code mounted",
        "frontend",
        "services:\n  frontend:\n    volumes: !override [\"./services/frontend/nginx:/app/src:ro\"]\n",
        &[(
            "DK610",
            DEVELOPMENT,
            "- ./services/frontend/src:/app/src:ro",
        )],
    ),
];
