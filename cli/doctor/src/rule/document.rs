//! Rules that compare the document with the compose files.

use super::rules;

rules! {
    UNDOCUMENTED_SERVICE = "DK101", Services, Error, Static,
        "A service of the compose files is in no diagram",
        "A service that Docker Compose starts is drawn nowhere in the document. Fires only when a diagram of the document claims to show the services, that is when several of its nodes are services of the compose files. A one-shot service (migrations, initialisation), which many drawings leave out, is told as information only. A service that a diagram names in words from which no part was read, and one that a part which is asked about may be, is asked about as well (DK103).",
        "Draw the service, or give the name under which it is drawn with `<!-- devkit:alias Drawn Name = service -->`.";
    MISSING_SERVICE = "DK102", Services, Error, Static,
        "A drawn service does not exist in the compose files",
        "A diagram shows a running service that no compose file defines. Actors, modules inside a service, volumes, external systems, planned parts and parts drawn for production only are not services, and neither is a node that nothing says of that it runs: no word for a kind of program, no technology, no port, no row in a table of ports. A part is an error where no service can be it: a well-known program that no service has to do with, a name as keys are written, a part with a port, one called as the services beside it are, or any part where the compose files hardly run a program of one's own; the message ends with the reason. Others are asked about (DK103).",
        "Remove the node, add the service to the compose file, or say `<!-- devkit:ignore DK102 \"Drawn Name\" reason -->`.";
    UNSURE_NAME = "DK103", Services, Info, Static,
        "A drawn name may mean a service",
        "A name in the document resembles a service, and the resemblance is not enough to decide: what is left over on both sides and shares a word, an abbreviation, a program or what it is for, or has names in different languages; or a fork or an extension (TimescaleDB, PostGIS, Percona) is drawn and the image is that of the plain program; or pages are drawn (`React UI`), and nothing says which program serves them; or a part claims to run, in words that a service may have other words for. It is asked about, never reported as an error.",
        "Add `<!-- devkit:alias Drawn Name = service -->` to the document, or rename the node.";
    UNKNOWN_ROW = "DK104", Services, Warning, Static,
        "A table names a service that does not exist",
        "A row of a table of ports, resources or services names something that no compose file defines, while the other rows of the table are services.",
        "Remove the row, or correct its name.";
    DIFFERENT_TECHNOLOGY = "DK105", Services, Error, Static,
        "A service runs something else than the document says",
        "The document names a well-known product for a service and its image is another well-known product.",
        "Correct the document, or the image.";
    UNREADABLE_DIAGRAM = "DK106", Services, Info, Static,
        "A diagram could not be read reliably",
        "Too many lines of a drawing do not close for its boxes to be trusted; nothing is concluded from it.",
        "Straighten the drawing, or let `devkit docs` write it.";
    DAMAGED_ENCODING = "DK107", Services, Info, Static,
        "The document's encoding is damaged",
        "The file was decoded with a wrong character set once. It was repaired for reading only.",
        "Run `devkit doctor --fix` to write it clean.";
    UNUSED_DIRECTIVE = "DK108", Services, Info, Static,
        "A waiver or an alias has no effect",
        "A `devkit:ignore` silences nothing, or a `devkit:alias` names no service.",
        "Remove the comment, or correct it.";
    RENAMED_SERVICE = "DK109", Services, Warning, Static,
        "A service is drawn under another name",
        "A drawing names services as the compose files do, and a product (a database, a broker) has another name there. Asked only of drawings in which nearly all names are those of services; in those, a service of one's own under another name is DK101 and DK102.",
        "Rename the box, or say `<!-- devkit:alias drawn-name = service -->`.";
    DIFFERENT_VERSION = "DK110", Services, Warning, Static,
        "A documented version differs",
        "A box, a table, a list or the front matter names the version of a well-known program, or an image with its tag, and the image of the compose file has another one. Compared as far as both are given: `15` and `15.4` agree, and `latest` says nothing. Versions of languages and frameworks, lower bounds (`15+`) and those under headings about requirements and migrations are not looked at.",
        "Correct the document, or the image's tag.";
    FORBIDDEN_CONNECTION = "DK201", Networks, Error, Static,
        "A drawn connection is not possible",
        "Two connected services share no network in the compose files, so neither can reach the other. Responses, volumes and notes drawn as arrows are no connections, and a connection by way of a message broker needs the broker only.",
        "Put both services on one network, or remove the connection from the drawing.";
    UNKNOWN_NETWORK = "DK202", Networks, Error, Static,
        "A documented network does not exist",
        "The document names a Docker network that no compose file defines.",
        "Correct the name in the document, or define the network.";
    DIFFERENT_DRIVER = "DK203", Networks, Error, Static,
        "A network's driver differs",
        "The document and the compose files name different drivers for a network.",
        "Correct the document, or the network's `driver`.";
    DIFFERENT_SUBNET = "DK204", Networks, Error, Static,
        "A network's subnet differs",
        "The document and the compose files name different subnets for a network.",
        "Correct the document, or the network's `ipam`.";
    WRONG_NETWORK = "DK205", Networks, Error, Static,
        "A service is drawn inside a network that it does not join",
        "A box that is named after a network of the compose files holds a service that does not join it.",
        "Move the box, or add the network to the service.";
    UNDOCUMENTED_NETWORK = "DK206", Networks, Warning, Static,
        "A network is not documented",
        "The document describes networks, and one that services use is not among them.",
        "Add the network to the document.";
    DIFFERENT_ADDRESS = "DK207", Networks, Error, Static,
        "A service's fixed address differs",
        "The document gives a service an address, and the compose file fixes another one. Addresses that no compose file fixes are examples.",
        "Correct the document, or `ipv4_address`.";
    UNREACHABLE_PEER = "DK208", Networks, Error, Static,
        "A service is told to use a peer that it cannot reach",
        "A variable or command of a service holds the address of another service, and they share no network.",
        "Put both services on one network.";
    SEALED_PORT = "DK209", Networks, Error, Static,
        "A service publishes a port and joins internal networks only",
        "A network with `internal: true` has no way to the host: what a service on it alone publishes cannot be reached.",
        "Remove `internal: true`, or join the service to a second network.";
    UNKNOWN_PARTICIPANT = "DK301", Flows, Error, Static,
        "A flow's step names an unknown participant",
        "A step of a documented flow goes to something that is neither a service of the compose files nor drawn as a part of the world outside.",
        "Correct the step, or add an alias.";
    IMPOSSIBLE_STEP = "DK302", Flows, Error, Static,
        "A flow's step is not possible",
        "Two services that follow each other in a flow share no network.",
        "Correct the flow, or the services' networks.";
    EXPOSED_DATA_TIER = "DK401", Security, Error, Static,
        "A service without external access is published",
        "The document says that a service cannot be reached from outside, and the compose file of production publishes a port of it.",
        "Remove the published port from the compose file of production, or correct the document.";
    UNDOCUMENTED_EXPOSURE = "DK402", Security, Error, Static,
        "Production publishes a port that the document keeps closed",
        "The document limits what production exposes, and the compose file of production publishes more.",
        "Move the port to the development file, or correct the document.";
    SKIPPED_TIER = "DK408", Security, Warning, Static,
        "A connection jumps over a tier",
        "The document orders services in tiers, and a connection in a drawing or in the compose files goes past one (such as from the frontend to the database).",
        "Go through the tier between, or correct the tiers.";
    DOUBLE_TIER = "DK409", Security, Warning, Static,
        "A service stands in two tiers",
        "The tiers of the document overlap. A table of tiers counts where it stands under a heading about security or says who reaches them; layers of a stack may share their members.",
        "Draw the service in one tier.";
    DIFFERENT_PORT = "DK501", Ports, Error, Static,
        "A documented port differs",
        "A port in a table, a box or an address differs from what the compose files publish or the service listens on. A port beside a box may be the host's or the container's.",
        "Correct the port in the document, or in the compose file; `devkit doctor --fix` corrects tables.";
    UNDOCUMENTED_PORT = "DK502", Ports, Warning, Static,
        "A published port is not documented",
        "The document has a table of ports, and a port that a compose file publishes is in none of its rows.",
        "Add a row; `devkit doctor --fix` does.";
    DIFFERENT_EXPOSURE = "DK505", Ports, Error, Static,
        "The table says otherwise whether a port is published",
        "A row says that a service is published and it is not, or the other way round.",
        "Correct the row, or the compose file.";
    DIFFERENT_PROTOCOL = "DK506", Ports, Error, Static,
        "A documented protocol differs",
        "A row names UDP for a port that is published for TCP, or the other way round.",
        "Correct the row, or the compose file.";
    DIFFERENT_VOLUME = "DK601", Storage, Error, Static,
        "A documented volume or mount differs",
        "The document names a volume or a mounted folder that no service uses, or ties it to another service than the compose files do. A volume whose name is spelled with other separators (`pg_data` for `pgdata`) is a warning; with the project's name before it (`shop_pgdata`) it is the same.",
        "Correct the document, or the service's `volumes`.";
    UNDOCUMENTED_VOLUME = "DK602", Storage, Warning, Static,
        "A named volume is not documented",
        "The document describes where data is kept, and a named volume that a service mounts is not mentioned.",
        "Add the volume to the document.";
    UNDOCUMENTED_MOUNT = "DK603", Storage, Warning, Static,
        "A mounted folder is not documented",
        "The document lists mounted folders, and a writable folder that a service mounts is not covered by it.",
        "Add the folder to the document.";
    DIFFERENT_CPU = "DK704", Scaling, Error, Static,
        "A processor limit differs from the resource table",
        "The table of resources and the service's `deploy.resources.limits.cpus` disagree.",
        "Correct the table, or the limit.";
    DIFFERENT_MEMORY = "DK705", Scaling, Error, Static,
        "A memory limit differs from the resource table",
        "The table of resources and the service's `deploy.resources.limits.memory` disagree. Units are read both as powers of 1000 and of 1024.",
        "Correct the table, or the limit.";
    UNENFORCED_LIMIT = "DK706", Scaling, Warning, Static,
        "A documented limit is not set",
        "The table of resources promises a limit, and no compose file sets it.",
        "Set `deploy.resources.limits`, or correct the table.";
    UNDOCUMENTED_RESOURCES = "DK708", Scaling, Warning, Static,
        "A service is missing in the resource table",
        "The document has a table of resources, and a lasting service with limits has no row.",
        "Add a row; `devkit doctor --fix` does.";
    DIFFERENT_INSTANCES = "DK709", Scaling, Warning, Static,
        "A documented number of instances differs",
        "A drawing (`API x3`) or the table of resources names how many instances there are, and the compose file sets another number (`replicas`, `scale`).",
        "Correct the document, or the number in the compose file.";
    DEAD_LINK = "DK801", Links, Error, Static,
        "A link is dead",
        "The target of a relative link does not exist, or has no such heading. Case counts, as it does on the web and on Linux.",
        "Correct the link; `devkit doctor --fix` corrects its case.";
    REVIEW_OVERDUE = "DK803", Links, Warning, Static,
        "The document's review is overdue",
        "The date after `Next Review` has passed.",
        "Review the document and set new dates.";
    WRONG_DATE = "DK804", Links, Warning, Static,
        "A date of the document cannot be right",
        "A date does not exist, lies in the future where it tells of the past, or the next review comes before the last one.",
        "Correct the date.";
}
