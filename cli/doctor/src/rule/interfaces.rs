//! Rules over what services offer and read: endpoints, variables, queues and tables.

use super::rules;

rules! {
    MISSING_ENDPOINT = "DK330", Flows, Error, Live,
        "A documented endpoint is not served",
        "The document names an endpoint of a service, and the running service's own description of its interface (OpenAPI) has no such path, or not with that method. Health, metrics and documentation pages, which such descriptions leave out, are asked for. When most endpoints of a service are missing, the document is about another system, and that is said once.",
        "Correct the document, or the service.";
    UNDOCUMENTED_ENDPOINT = "DK331", Flows, Warning, Live,
        "An endpoint is not documented",
        "A table of the document lists nearly all endpoints of a service, and one that the running service describes is not among them.",
        "Add a row to the table of endpoints.";
    UNREAD_VARIABLE = "DK918", Machine, Warning, Static,
        "A documented variable is set nowhere",
        "The document names an environment variable, and no compose file sets or uses it, no env file has it, and the source code of the service does not mention it.",
        "Remove the variable from the document, or add it to the env file and its example.";
    DIFFERENT_VALUE = "DK919", Machine, Warning, Static,
        "A documented variable has another value",
        "The value in the document is neither the value that compose files and env files set, nor the one in the example, nor a default. Secrets, addresses and values for one's own machine are not compared.",
        "Correct the value in the document, or where it is set.";
    MISSING_TABLE = "DK934", Machine, Error, Live,
        "A documented table does not exist",
        "The document names a table, and no database of the running PostgreSQL has it, in singular or plural. When most tables are missing, the document is about another database, and that is said once.",
        "Correct the document, or run the migrations.";
    MISSING_COLUMN = "DK935", Machine, Error, Live,
        "A documented column differs",
        "The document names a column of a table that the running database does not have, or has with a type of another kind.",
        "Correct the document, or the table.";
    MISSING_TOPIC = "DK953", Machine, Error, Live,
        "A documented queue does not exist",
        "The document names a queue, an exchange or a routing key of RabbitMQ, and the running broker knows none of that name.",
        "Correct the document, or look whether the services that declare it are running.";
}
