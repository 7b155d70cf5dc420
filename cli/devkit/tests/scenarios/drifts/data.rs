use super::drift::{COMPOSE, DOCUMENT, Drift, commands, edited};

const REDIS: &str = "\n  redis:";
const POSTGRES: &str = "\n  postgres:";
const RABBITMQ: &str = "\n  rabbitmq:";

pub(super) const DRIFTS: &[Drift] = &[
    commands(
        "Redis without persistence",
        &[
            "exec -e REDISCLI_AUTH=${REDIS_PASSWORD} PROJECT-redis-1 redis-cli config set appendonly no",
            "exec -e REDISCLI_AUTH=${REDIS_PASSWORD} PROJECT-redis-1 redis-cli config set save ",
        ],
        &[
            "exec -e REDISCLI_AUTH=${REDIS_PASSWORD} PROJECT-redis-1 redis-cli config set appendonly yes",
        ],
        &[("DK941", COMPOSE, REDIS)],
    ),
    commands(
        "Redis at its memory limit",
        &[
            "exec -e REDISCLI_AUTH=${REDIS_PASSWORD} PROJECT-redis-1 redis-cli config set maxmemory 100kb",
        ],
        &[
            "exec -e REDISCLI_AUTH=${REDIS_PASSWORD} PROJECT-redis-1 redis-cli config set maxmemory 0",
        ],
        &[("DK942", COMPOSE, REDIS)],
    ),
    commands(
        "Redis with a password that no file has",
        &[
            "exec -e REDISCLI_AUTH=${REDIS_PASSWORD} PROJECT-redis-1 redis-cli config set requirepass other",
        ],
        &[
            "exec -e REDISCLI_AUTH=other PROJECT-redis-1 redis-cli config set requirepass ${REDIS_PASSWORD}",
        ],
        &[("DK940", COMPOSE, REDIS)],
    ),
    commands(
        "PostgreSQL with a password that no file has",
        &[
            "exec PROJECT-postgres-1 sh -c | psql -U $POSTGRES_USER -d $POSTGRES_DB -c \"ALTER USER $POSTGRES_USER PASSWORD 'other'\"",
        ],
        &[
            "exec PROJECT-postgres-1 sh -c | psql -U $POSTGRES_USER -d $POSTGRES_DB -c \"ALTER USER $POSTGRES_USER PASSWORD '$POSTGRES_PASSWORD'\"",
        ],
        &[("DK930", COMPOSE, POSTGRES)],
    ),
    commands(
        "PostgreSQL with hardly any connections left",
        &[
            "exec PROJECT-postgres-1 sh -c | for each in $(seq $((92 - $(psql -U $POSTGRES_USER -d $POSTGRES_DB -tAc \"SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'\")))); do PGOPTIONS='-c client_connection_check_interval=200' psql -U $POSTGRES_USER -d $POSTGRES_DB -c 'SELECT pg_sleep(600)' >/dev/null 2>&1 & echo $! >> /tmp/waiting; done",
        ],
        // One of them may have been one connection too many, and be gone.
        &["exec PROJECT-postgres-1 sh -c | kill $(cat /tmp/waiting) 2>/dev/null; rm /tmp/waiting"],
        &[("DK933", COMPOSE, POSTGRES)],
    ),
    commands(
        "migration failed",
        &[
            "exec PROJECT-postgres-1 sh -c | psql -U $POSTGRES_USER -d $POSTGRES_DB -c 'UPDATE api._sqlx_migrations SET success = false'",
        ],
        &[
            "exec PROJECT-postgres-1 sh -c | psql -U $POSTGRES_USER -d $POSTGRES_DB -c 'UPDATE api._sqlx_migrations SET success = true'",
        ],
        &[("DK932", COMPOSE, POSTGRES)],
    ),
    commands(
        "migrations not applied",
        &[
            "exec PROJECT-postgres-1 sh -c | psql -U $POSTGRES_USER -d $POSTGRES_DB -c 'ALTER TABLE api._sqlx_migrations RENAME TO kept'",
        ],
        &[
            "exec PROJECT-postgres-1 sh -c | psql -U $POSTGRES_USER -d $POSTGRES_DB -c 'ALTER TABLE api.kept RENAME TO _sqlx_migrations'",
        ],
        &[("DK932", COMPOSE, POSTGRES)],
    ),
    commands(
        "table gone from the database",
        &[
            "exec PROJECT-postgres-1 sh -c | psql -U $POSTGRES_USER -d $POSTGRES_DB -c 'ALTER TABLE api.jobs RENAME TO kept'",
        ],
        &[
            "exec PROJECT-postgres-1 sh -c | psql -U $POSTGRES_USER -d $POSTGRES_DB -c 'ALTER TABLE api.kept RENAME TO jobs'",
        ],
        &[("DK934", DOCUMENT, "\n    jobs {")],
    ),
    commands(
        "column renamed in the database",
        &[
            "exec PROJECT-postgres-1 sh -c | psql -U $POSTGRES_USER -d $POSTGRES_DB -c 'ALTER TABLE api.jobs RENAME COLUMN kind TO sort'",
        ],
        &[
            "exec PROJECT-postgres-1 sh -c | psql -U $POSTGRES_USER -d $POSTGRES_DB -c 'ALTER TABLE api.jobs RENAME COLUMN sort TO kind'",
        ],
        &[("DK935", DOCUMENT, "text kind")],
    ),
    commands(
        "column of another type in the database",
        &[
            "exec PROJECT-postgres-1 sh -c | psql -U $POSTGRES_USER -d $POSTGRES_DB -c 'ALTER TABLE api.jobs ALTER COLUMN row_count TYPE text'",
        ],
        &[
            "exec PROJECT-postgres-1 sh -c | psql -U $POSTGRES_USER -d $POSTGRES_DB -c 'ALTER TABLE api.jobs ALTER COLUMN row_count TYPE bigint USING row_count::bigint'",
        ],
        &[("DK935", DOCUMENT, "bigint row_count")],
    ),
    commands(
        "RabbitMQ with a password that no file has",
        &[
            "exec PROJECT-rabbitmq-1 sh -c | rabbitmqctl -q change_password $RABBITMQ_DEFAULT_USER other",
        ],
        &[
            "exec PROJECT-rabbitmq-1 sh -c | rabbitmqctl -q change_password $RABBITMQ_DEFAULT_USER $RABBITMQ_DEFAULT_PASS",
        ],
        &[("DK950", COMPOSE, RABBITMQ)],
    ),
    commands(
        "idle queue deleted",
        &["exec PROJECT-rabbitmq-1 rabbitmqctl -q delete_queue exports.dead"],
        &["restart -t 5 PROJECT-worker-1"],
        &[("DK953", DOCUMENT, "| `exports.dead` |")],
    ),
    commands(
        "messages in a queue that nobody reads",
        &[
            "exec PROJECT-frontend-1 node -e | const ask = (method, path, body) => fetch('http://rabbitmq:15672/api/' + path, { method, body: JSON.stringify(body), headers: { authorization: 'Basic ' + Buffer.from(process.env.RABBITMQ_DEFAULT_USER + ':' + process.env.RABBITMQ_DEFAULT_PASS).toString('base64'), 'content-type': 'application/json' } }); ask('PUT', 'queues/%2F/forgotten', { durable: true }).then(() => ask('POST', 'exchanges/%2F/amq.default/publish', { properties: {}, routing_key: 'forgotten', payload: 'hello', payload_encoding: 'string' })).then(answer => process.exit(answer.ok ? 0 : 1))",
        ],
        &["exec PROJECT-rabbitmq-1 rabbitmqctl -q delete_queue forgotten"],
        &[("DK951", COMPOSE, RABBITMQ)],
    ),
    commands(
        "dead letter waiting",
        &[
            "exec PROJECT-frontend-1 node -e | fetch('http://rabbitmq:15672/api/exchanges/%2F/amq.default/publish', { method: 'POST', body: JSON.stringify({ properties: {}, routing_key: 'exports.dead', payload: 'hello', payload_encoding: 'string' }), headers: { authorization: 'Basic ' + Buffer.from(process.env.RABBITMQ_DEFAULT_USER + ':' + process.env.RABBITMQ_DEFAULT_PASS).toString('base64'), 'content-type': 'application/json' } }).then(answer => process.exit(answer.ok ? 0 : 1))",
        ],
        &["exec PROJECT-rabbitmq-1 rabbitmqctl -q purge_queue exports.dead"],
        &[("DK952", COMPOSE, RABBITMQ)],
    ),
    edited(
        "queue renamed in the document",
        DOCUMENT,
        "| `exports` | RabbitMQ |",
        "| `shipments` | RabbitMQ |",
        &[("DK953", DOCUMENT, "| `shipments` | RabbitMQ |")],
    ),
    edited(
        "column renamed in the document",
        DOCUMENT,
        "text password_hash",
        "text password_digest",
        &[("DK935", DOCUMENT, "text password_digest")],
    ),
];
