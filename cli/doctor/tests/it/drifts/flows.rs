use super::drift::Edit::Replace;
use super::drift::{DOCUMENT, Drift, drift};

pub(super) const DRIFTS: &[Drift] = &[
    drift(
        "flow goes through a service that there is not",
        &[Replace(
            DOCUMENT,
            "│     RabbitMQ     │\n│     (Queue)      │",
            "│  Audit Service   │\n│     (Kafka)      │",
        )],
        &[("DK301", DOCUMENT, "Audit Service")],
    ),
    drift(
        "flow stores in another database",
        &[Replace(
            DOCUMENT,
            "│    PostgreSQL    │\n│    (Database)    │",
            "│     MongoDB      │\n│    (Database)    │",
        )],
        &[("DK301", DOCUMENT, "│     MongoDB      │")],
    ),
    drift(
        "flow caches elsewhere",
        &[Replace(
            DOCUMENT,
            "│      Redis       │  ─── Cache hit? Return cached data\n│     (Cache)      │",
            "│    Memcached     │  ─── Cache hit? Return cached data\n│     (Cache)      │",
        )],
        &[("DK301", DOCUMENT, "│    Memcached     │")],
    ),
];
