//! Rules over the machine and the answers of backing services.

use super::rules;

rules! {
    NO_ENGINE = "DK901", Machine, Info, Live,
        "No Docker Engine answers",
        "devkit runs the platform as plain processes then.",
        "Start Docker, or set `DOCKER_HOST`, to run containers.";
    OLD_ENGINE = "DK902", Machine, Error, Live,
        "The Docker Engine is too old",
        "devkit needs API 1.41 (Docker Engine 20.10) or newer.",
        "Update Docker.";
    LITTLE_MEMORY = "DK903", Machine, Warning, Live,
        "The machine has less memory than the services may use",
        "The limits of the enabled services add up to more than the machine's memory.",
        "Lower the limits, or start fewer services.";
    FEW_PROCESSORS = "DK904", Machine, Warning, Live,
        "A service may use more processors than there are",
        "The engine refuses a limit above the number of processors.",
        "Lower the limit.";
    LITTLE_DISK = "DK905", Machine, Warning, Live,
        "The disk is nearly full",
        "Less than 2 GB are free where the platform or the engine keeps its data.",
        "Free some space; `docker system df` shows what the engine uses.";
    FEW_WATCHES = "DK906", Machine, Warning, Live,
        "The limit of watched files is low",
        "Hot reload needs one inotify watch a folder; fewer than 8192 are allowed to a user, or 128 instances.",
        "Run `sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512`.";
    TAKEN_PORT = "DK907", Machine, Error, Live,
        "A port is taken by another program",
        "A port that the platform publishes is in use, and not by the platform.",
        "Stop the other program, or set the port's variable in `.env`.";
    NO_BUILDX = "DK908", Machine, Info, Live,
        "BuildKit is not available",
        "A Dockerfile of the platform uses what only BuildKit understands, and `docker buildx` is not installed.",
        "Install the buildx plugin, or do without `--mount` and heredocs.";
    SLOW_STORAGE = "DK909", Machine, Warning, Live,
        "The engine stores images in a slow or outdated way",
        "The storage driver `vfs` copies every layer of every container; `devicemapper`, `aufs` and `overlay` are no longer maintained.",
        "Configure `overlay2` in `/etc/docker/daemon.json`.";
    WRONG_CLOCK = "DK926", Machine, Warning, Live,
        "A clock is wrong",
        "The engine's clock differs from this machine's by more than two seconds, or this machine's clock is before the day on which a compose file was changed. Tokens, certificates and caches go by the clock.",
        "Switch on time synchronisation; restart a desktop engine that slept.";
    UNKNOWN_NAMES = "DK927", Machine, Warning, Live,
        "Names do not resolve",
        "`localhost` is not this machine, or the registry of an image that is not here yet has no address.",
        "Look at `/etc/hosts` and at the name servers of this machine.";
    POSTGRES_SILENT = "DK930", Machine, Error, Live,
        "PostgreSQL does not let the platform in",
        "No session could be opened with the user, password and database of the configuration.",
        "Compare `config/.env` with the values that the data folder was initialised with.";
    POSTGRES_VERSION = "DK931", Machine, Warning, Live,
        "PostgreSQL runs another major version",
        "The server's version is not that of the image's tag. On the process runtime, where the machine's own PostgreSQL stands in for the image, that is only told.",
        "Recreate the container, or correct the tag.";
    POSTGRES_MIGRATIONS = "DK932", Machine, Error, Live,
        "A migration failed or is not applied",
        "The table of migrations has failed rows, or fewer rows than there are migration files.",
        "Run the migrations and read their log.";
    POSTGRES_CONNECTIONS = "DK933", Machine, Warning, Live,
        "PostgreSQL has few connections left",
        "Less than a tenth of `max_connections` is free.",
        "Use smaller pools, or raise `max_connections`.";
    REDIS_SILENT = "DK940", Machine, Error, Live,
        "Redis does not answer",
        "PING was not answered with PONG with the password of the configuration.",
        "Compare `REDIS_PASSWORD` with the one that Redis was started with.";
    REDIS_VOLATILE = "DK941", Machine, Warning, Live,
        "Redis does not persist",
        "Redis has a volume, and neither the append-only file nor snapshots are on, or the last save failed.",
        "Start it with `--appendonly yes`.";
    REDIS_MEMORY = "DK942", Machine, Warning, Live,
        "Redis is at its memory limit",
        "Redis uses more than nine tenths of `maxmemory` and evicts nothing, so that writes will fail.",
        "Raise `maxmemory`, or set a `maxmemory-policy`.";
    RABBITMQ_SILENT = "DK950", Machine, Error, Live,
        "RabbitMQ does not let the platform in",
        "No AMQP connection could be opened with the credentials of the configuration.",
        "Compare `RABBITMQ_DEFAULT_USER` and `RABBITMQ_DEFAULT_PASS` with the broker's users.";
    RABBITMQ_CONSUMERS = "DK951", Machine, Warning, Live,
        "A queue has no consumer",
        "Messages wait in a queue that nobody reads.",
        "Look whether the worker is running.";
    RABBITMQ_DEAD_LETTERS = "DK952", Machine, Warning, Live,
        "Dead letters are waiting",
        "A queue for messages that could not be handled is not empty.",
        "Look at the messages in the management page, and remove or requeue them.";
    OLLAMA_MODELS = "DK960", Machine, Info, Live,
        "Ollama has no models",
        "Ollama is running, and no model is there.",
        "Run `devkit exec ollama ollama pull MODEL`.";
}
