//! Rules over the running platform: what it says of itself, and what probes show.

use super::rules;

rules! {
    SERVICE_DOWN = "DK120", Services, Warning, Live,
        "A service is not running",
        "The platform is up, and a service of it has no running instance. One-shot services that ended well are done.",
        "Run `devkit up`, and `devkit logs SERVICE` when it stops again.";
    ORPHAN = "DK121", Services, Warning, Live,
        "A container of the project belongs to no service",
        "A container carries the project's label and a service that the compose files do not define.",
        "Run `devkit up --remove-orphans`, or `docker rm` it.";
    UNHEALTHY = "DK122", Services, Error, Live,
        "A service is not healthy",
        "The health check of a running instance fails.",
        "Read `devkit logs SERVICE`.";
    FEWER_INSTANCES = "DK123", Services, Warning, Live,
        "A service runs with another number of instances",
        "The compose files ask for more or fewer instances than are running.",
        "Run `devkit up`.";
    LIVE_IMAGE = "DK124", Services, Error, Live,
        "A running instance runs another image",
        "A container was made from another image than the compose files name, or from an older one of that name than is here now.",
        "Run `devkit up` to recreate the container.";
    LIVE_ENVIRONMENT = "DK125", Services, Error, Live,
        "A running instance has another environment",
        "A variable has another value in the running container than compose files and env files give it, is missing there, or is there and comes neither from them nor from the image. Values are never shown.",
        "Run `devkit up` to recreate the container.";
    LIVE_COMMAND = "DK126", Services, Error, Live,
        "A running instance runs another command",
        "The command or entrypoint of a running container is neither that of the compose files nor that of the image.",
        "Run `devkit up` to recreate the container.";
    LIVE_DEFINITION = "DK127", Services, Error, Live,
        "A running instance was made from another definition",
        "devkit keeps with each container which keys of the compose files it was made from. One that no other rule compares, such as the health check, labels or the hostname, is another one now.",
        "Run `devkit up` to recreate the container.";
    LIVE_NAME = "DK128", Services, Warning, Live,
        "A running instance has another name",
        "A container of the project was renamed, so that what names it, such as scripts, does not find it.",
        "Run `docker rename`, or remove it and run `devkit up`.";
    LIVE_RESTART = "DK129", Services, Error, Live,
        "A running instance has another restart policy",
        "The engine starts a container again by another policy than the compose files say, as after `docker update --restart`, so that it stays down, or comes back, where nobody expects it.",
        "Run `devkit up --force-recreate SERVICE`, or `docker update --restart` with the policy of the compose file.";
    LIVE_NETWORK = "DK210", Networks, Error, Live,
        "A running network differs",
        "A network of the project has another driver or subnet than the compose files say, has a way out or none against them, or does not exist while its services run.",
        "Run `devkit down` and `devkit up`.";
    LIVE_ATTACHMENT = "DK211", Networks, Error, Live,
        "A running instance is on other networks",
        "A container joins fewer or more networks than the compose files say.",
        "Run `devkit up` to recreate it, or `docker network connect` by hand.";
    STRANGER = "DK212", Networks, Warning, Live,
        "A stranger is on the platform's network",
        "A running container that belongs to no project, as by `docker run --network`, is on a network of the platform, reaches all of its services and can take the names of some.",
        "Remove it, or add it to the compose files.";
    UNRESOLVED_PEER = "DK220", Networks, Error, Probe,
        "A drawn peer's name does not resolve",
        "From inside a service the name of a service that it is connected to has no address.",
        "Look at the networks of both, and whether the peer is running.";
    REFUSED_PEER = "DK221", Networks, Error, Probe,
        "A drawn connection is refused",
        "From inside a service no connection to the peer's port could be made.",
        "Look whether the peer listens on that port and on all addresses.";
    SKIPPED_STEP = "DK310", Flows, Error, Probe,
        "A documented step is not done",
        "A flow was replayed with a trace of its own, and the log lines of that trace do not show a step that the document draws. Ways that only some requests take (alternatives, a cache's miss) are asked for where they were taken; steps in parallel in any order. It is unknown, not passed, where a service's log does not tell, where no replay took a way, or where no request opens the flow. Flows that write are replayed with `--allow-writes` only.",
        "Do the step in the service, or correct the document.";
    REORDERED_STEP = "DK311", Flows, Error, Probe,
        "Documented steps happen in another order",
        "A flow was replayed, and a service did a step only after, or already before, the steps that the document puts it between.",
        "Correct the order in the document, or in the service.";
    UNDOCUMENTED_CALL = "DK312", Flows, Warning, Probe,
        "A flow goes through a service that it does not show",
        "A flow was replayed, and the log lines of its trace name a service that no step of the flow has.",
        "Add the step to the flow, or remove the call.";
    FAILED_REQUEST = "DK313", Flows, Error, Probe,
        "A documented request is not served",
        "A request that a flow names is answered as unknown (404, 405), or the service fails at it (5xx).",
        "Correct the request in the document, or read `devkit logs SERVICE`.";
    LIVE_BINDING = "DK420", Security, Error, Live,
        "A running port is open to more than the files say",
        "The engine publishes a port on every address, and the compose files bind it to loopback or do not publish it.",
        "Run `devkit up` to recreate the container.";
    LIVE_RIGHTS = "DK421", Security, Error, Live,
        "A running instance has other rights than the files say",
        "A container is privileged, runs as another user, has or keeps capabilities, may gain new privileges, writes to its root file system or sees the host's processes, and the compose files (or, for the user, its image) say otherwise.",
        "Run `devkit up` to recreate the container.";
    LIVE_PORT = "DK510", Ports, Error, Live,
        "A running instance publishes other ports",
        "A port of the compose files is not published by the running container.",
        "Run `devkit up` to recreate the container.";
    SILENT_PORT = "DK520", Ports, Error, Probe,
        "A published port does not answer",
        "No connection to a published port could be made from the host.",
        "Read the service's log; it may listen on loopback only.";
    OPEN_PORT = "DK521", Ports, Error, Probe,
        "An unpublished port is open on the host",
        "A port that a service has for its peers alone answers on the host, through the engine or because the service listens on all of the host's addresses, and no compose file publishes it. What another program serves on that port does not count.",
        "Run `devkit up` to recreate the instance, or publish the port.";
    DIFFERENT_SPEAKER = "DK522", Ports, Error, Probe,
        "Something else answers on a port",
        "The first bytes on a published port are not of the protocol that the document names.",
        "Look what listens there.";
    LIVE_MOUNT = "DK610", Storage, Error, Live,
        "A running instance has other mounts",
        "A volume or folder of the compose files is not mounted in the running container, or another one is.",
        "Run `devkit up` to recreate the container.";
    LIVE_LIMIT = "DK710", Scaling, Error, Live,
        "A running instance has other limits",
        "The engine limits memory or processors otherwise than the compose files say.",
        "Run `devkit up` to recreate the container.";
}
