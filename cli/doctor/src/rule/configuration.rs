//! Rules over the compose files and the env files alone.

use super::rules;

rules! {
    PUBLIC_BINDING = "DK403", Security, Warning, Static,
        "A backing service or a tool is published on every address",
        "A database, a cache, a queue, or a tool that shows what they hold is published without a host address, so everybody in the local network can reach it.",
        "Write `127.0.0.1:5432:5432` instead of `5432:5432`.";
    INLINE_SECRET = "DK404", Security, Warning, Static,
        "A secret stands in a compose file",
        "A variable that by its name holds a secret has a literal value in a compose file. The value is never shown.",
        "Move it to an env file that git ignores, or use `secrets:`.";
    ENGINE_SOCKET = "DK405", Security, Warning, Static,
        "A service holds the engine's socket",
        "Whoever controls the service controls the machine. Reading only does not change that.",
        "Do without it, or put a filtering proxy in between.";
    PRIVILEGED = "DK406", Security, Warning, Static,
        "A service is privileged",
        "`privileged: true` gives a service all rights over the host.",
        "Add the single capability that is needed by `cap_add`.";
    DOUBLE_PORT = "DK504", Ports, Error, Static,
        "Two services publish the same port",
        "Only one of them can start. Different host addresses and protocols are no conflict, nor are services of which never both run.",
        "Give one of them another host port.";
    VOLATILE_DATA = "DK604", Storage, Warning, Static,
        "A database keeps its data in no volume",
        "A known database image stores its data in a folder that no volume is mounted over, so a new container loses it.",
        "Mount a named volume at the image's data folder.";
    FIXED_NAME = "DK701", Scaling, Error, Static,
        "A fixed container name prevents scaling",
        "Several instances are asked for (`replicas`, `scale`) or the document promises horizontal scaling, and `container_name` allows one.",
        "Remove `container_name`.";
    FIXED_PORT = "DK702", Scaling, Error, Static,
        "A fixed host port prevents scaling",
        "Several instances are asked for by the compose file, and all of them would publish the same host port.",
        "Publish a range of ports, or put a proxy in front.";
    FIXED_ADDRESS = "DK703", Scaling, Error, Static,
        "A fixed address prevents scaling",
        "Several instances are asked for or the document promises horizontal scaling, and `ipv4_address` allows one.",
        "Remove the address; services find each other by name.";
    SHARED_MOUNT = "DK707", Scaling, Warning, Static,
        "Instances share a writable volume",
        "Several instances of a database are asked for, and all of them would write to one volume.",
        "Give each instance a volume of its own.";
    MISSING_ENV_FILE = "DK910", Machine, Warning, Static,
        "An env file is missing",
        "A file named by `env_file` does not exist. `devkit up` makes it from the example beside it.",
        "Run `devkit up`, or copy the example and fill in the values.";
    MISSING_KEY = "DK911", Machine, Warning, Static,
        "An env file lacks a key of its example",
        "The committed example names a variable that the env file does not set.",
        "Add the key to the env file.";
    EXTRA_KEY = "DK912", Machine, Info, Static,
        "An env file has a key that its example lacks",
        "Others who start from the example will not have it.",
        "Add the key, without its value, to the example.";
    DOUBLE_KEY = "DK913", Machine, Warning, Static,
        "An env file sets a key twice",
        "The last one wins, silently.",
        "Remove one of the lines.";
    EMPTY_SECRET = "DK914", Machine, Warning, Static,
        "A secret is empty",
        "A variable that by its name holds a secret has no value.",
        "Give it a value.";
    DEFAULT_SECRET = "DK915", Machine, Warning, Static,
        "A secret is a well-known default",
        "A variable that by its name holds a secret has a value that everybody tries first, or a placeholder. The value is never shown.",
        "Replace it by a random value.";
    LOOSE_PERMISSIONS = "DK916", Machine, Warning, Static,
        "An env file can be read by others",
        "A file with secrets is readable by group or world.",
        "Run `chmod 600` on it.";
    COMMITTED_SECRET = "DK917", Machine, Error, Static,
        "A file with secrets is committed to git",
        "An env file that sets secrets is tracked by git. Examples and the root `.env`, which holds no secrets, may be.",
        "Run `git rm --cached` on it, ignore it, and replace the secrets.";
    FLOATING_IMAGE = "DK920", Machine, Warning, Static,
        "An image of production is not pinned",
        "A service of production names an image by `latest` or without a tag, so that its next pull may be another program.",
        "Name a version.";
    MISSING_HEALTHCHECK = "DK921", Machine, Warning, Static,
        "A service that others wait for has no health check",
        "Another service waits for it to be healthy, and neither the compose file nor a Dockerfile of the project tests it.",
        "Add a `healthcheck`.";
    MISSING_BIND_SOURCE = "DK922", Machine, Warning, Static,
        "A mounted file or folder does not exist",
        "The engine would make an empty folder in its place. Folders under `tmp`, `data`, `logs` and the like are made on purpose.",
        "Create it, or correct the path.";
    COMPOSE_WARNING = "DK923", Machine, Warning, Static,
        "The compose files load with a warning",
        "Loading the compose files gave a warning, such as for a variable that is not set.",
        "Set the variable, or give a default by `${NAME:-default}`.";
    UNUSABLE_PART = "DK924", Machine, Error, Static,
        "A part of the compose files cannot be used",
        "A file that the compose files name is missing, a required variable is not set, or a value is not valid: Docker Compose refuses to start the project. Everything else is checked without that part.",
        "Create the file, set the variable, or correct the value.";
}
