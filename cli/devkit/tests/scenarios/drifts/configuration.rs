use super::drift::{COMPOSE, DOCUMENT, Drift, ENVIRONMENT, brought_up, edited};

pub(super) const DRIFTS: &[Drift] = &[
    brought_up(
        "variable of the env file with another value",
        "worker",
        "services:\n  worker:\n    environment: { LOG_LEVEL: trace }\n",
        &[("DK125", ENVIRONMENT, "LOG_LEVEL=")],
    ),
    brought_up(
        "variable of the compose file with another value",
        "worker",
        "services:\n  worker:\n    environment: { PORT: \"8081\" }\n",
        &[("DK125", COMPOSE, "PORT: \"8080\"")],
    ),
    brought_up(
        "variable that no file sets",
        "api",
        "services:\n  api:\n    environment: { MAIL_HOST: mail.example }\n",
        &[("DK125", COMPOSE, "\n  api:")],
    ),
    edited(
        "variable renamed in the document",
        DOCUMENT,
        "| `JWT_SECRET` | API |",
        "| `JWT_SIGNING_KEY` | API |",
        &[("DK918", DOCUMENT, "| `JWT_SIGNING_KEY` | API |")],
    ),
    edited(
        "other value of a variable in the document",
        DOCUMENT,
        "| `POSTGRES_DB` | PostgreSQL | `app` |",
        "| `POSTGRES_DB` | PostgreSQL | `shop` |",
        &[("DK919", DOCUMENT, "| `POSTGRES_DB` | PostgreSQL | `shop` |")],
    ),
    edited(
        "endpoint that the running service does not serve",
        DOCUMENT,
        "| API | GET | `/api/v1/exports/{id}` |",
        "| API | GET | `/api/v1/downloads/{id}` |",
        &[(
            "DK330",
            DOCUMENT,
            "| API | GET | `/api/v1/downloads/{id}` |",
        )],
    ),
    edited(
        "other method of an endpoint in the document",
        DOCUMENT,
        "| API | POST | `/api/v1/export` |",
        "| API | PUT | `/api/v1/export` |",
        &[("DK330", DOCUMENT, "| API | PUT | `/api/v1/export` |")],
    ),
    edited(
        "endpoint removed from the document",
        DOCUMENT,
        "| API | GET | `/api/v1/exports/{id}` | Hands out a completed export |\n",
        "",
        &[("DK331", DOCUMENT, "| API | GET | `/health/ready` |")],
    ),
];
