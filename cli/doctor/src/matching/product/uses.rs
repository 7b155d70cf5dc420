//! What well-known programs are for, as drawings call them that do not name the program.

/// Programs that are drawn by what they are for.
struct Use {
    /// Words one of which a name must have.
    said: &'static [&'static str],
    /// Words that may stand beside it and say no more.
    with: &'static [&'static str],
    /// The programs, by their identifiers.
    programs: &'static [&'static str],
}

/// Words that say no more than that something runs.
const ANY: [&str; 12] = [
    "server", "service", "engine", "system", "platform", "local", "layer", "cluster", "central",
    "shared", "internal", "provider",
];

const USES: &[Use] = &[
    Use {
        said: &["vector", "vectors", "vectordb", "vectorstore"],
        with: &[
            "store",
            "db",
            "database",
            "search",
            "index",
            "embedding",
            "embeddings",
            "storage",
        ],
        programs: &["qdrant", "weaviate", "milvus", "chroma"],
    },
    Use {
        said: &["graph"],
        with: &["db", "database", "store"],
        programs: &["neo4j", "arangodb", "memgraph"],
    },
    Use {
        said: &["object", "objects", "blob", "s3", "artifact", "artifacts"],
        with: &["storage", "store", "compatible", "bucket", "s3"],
        programs: &["minio", "seaweedfs", "garage", "localstack"],
    },
    Use {
        said: &["llm", "inference", "llms", "language"],
        with: &[
            "local", "runtime", "model", "models", "backend", "host", "large",
        ],
        programs: &["ollama", "vllm", "localai", "llamacpp", "triton"],
    },
    Use {
        said: &["identity", "iam", "sso", "oidc", "idp"],
        with: &[
            "auth",
            "access",
            "management",
            "oauth2",
            "oidc",
            "sso",
            "iam",
        ],
        programs: &["keycloak", "authentik", "zitadel"],
    },
    Use {
        said: &["tracing", "traces", "trace"],
        with: &["distributed", "store", "backend", "collector", "ui"],
        programs: &["jaeger", "zipkin", "tempo"],
    },
    Use {
        said: &["webrtc", "rtc", "sfu"],
        with: &[
            "web",
            "media",
            "signaling",
            "signalling",
            "video",
            "call",
            "conference",
        ],
        programs: &["livekit", "jitsi"],
    },
    Use {
        said: &["text", "ocr", "document", "documents"],
        with: &["extractor", "extraction", "recognition", "parser", "ocr"],
        programs: &["tika"],
    },
    Use {
        said: &["pdf", "html"],
        with: &[
            "pdf",
            "a",
            "renderer",
            "rendering",
            "converter",
            "conversion",
            "generator",
            "to",
        ],
        programs: &["gotenberg"],
    },
    Use {
        said: &["turn", "stun"],
        with: &["relay", "nat"],
        programs: &["coturn"],
    },
    Use {
        said: &["mqtt"],
        with: &["broker", "message", "bus"],
        programs: &["mosquitto", "emqx", "vernemq", "hivemq"],
    },
    Use {
        said: &["secrets", "secret"],
        with: &["store", "manager", "management", "vault"],
        programs: &["vault", "openbao", "infisical"],
    },
    Use {
        said: &["fulltext", "search"],
        with: &["full", "text", "index", "cluster"],
        programs: &[
            "elasticsearch",
            "opensearch",
            "meilisearch",
            "typesense",
            "solr",
        ],
    },
    Use {
        said: &["workflow", "workflows", "orchestrator", "orchestration"],
        with: &["engine", "automation", "dag", "pipeline"],
        programs: &[
            "airflow", "temporal", "n8n", "prefect", "dagster", "camunda",
        ],
    },
    Use {
        said: &["mail", "smtp", "email"],
        with: &["catcher", "trap", "dev", "test", "fake", "mock"],
        programs: &["mailhog", "mailpit", "mailcatcher"],
    },
];

/// Whether a program is known for a protocol, after which services are called that run it from an
/// image of one's own: `mqtt`.
pub(in crate::matching) fn is_known_for(program: &str, protocol: &str) -> bool {
    match protocol {
        "amqp" => program == "rabbitmq",
        "mqtt" | "smtp" | "s3" => programs_for(&[protocol.to_owned()]).contains(&program),
        _ => false,
    }
}

/// The programs, by their identifiers, that the words of a name say the use of; none where they say
/// more than that.
pub(in crate::matching) fn programs_for(words: &[String]) -> &'static [&'static str] {
    let fits = |one: &&Use| {
        let is = |list: &[&str], word: &String| list.contains(&word.as_str());
        words.iter().any(|word| is(one.said, word))
            && words
                .iter()
                .all(|word| is(one.said, word) || is(one.with, word) || is(&ANY, word))
    };
    USES.iter().find(fits).map_or(&[], |one| one.programs)
}

#[cfg(test)]
mod tests {
    use super::{is_known_for, programs_for};
    use crate::matching::{product_of_name, words};

    #[test]
    fn programs_are_known_for_protocols() {
        assert!(is_known_for("mosquitto", "mqtt"));
        assert!(is_known_for("mailpit", "smtp"));
        assert!(is_known_for("minio", "s3"));
        assert!(!is_known_for("redis", "mqtt"));
        assert!(!is_known_for("redis", "cache"));
    }

    #[test]
    fn names_that_say_what_a_program_is_for_are_known() {
        let first = |name: &str| programs_for(&words(name)).first().copied();
        assert_eq!(first("Vector Store"), Some("qdrant"));
        assert_eq!(first("Object Storage"), Some("minio"));
        assert_eq!(first("Identity Provider"), Some("keycloak"));
        assert_eq!(first("Local LLM"), Some("ollama"));
        assert_eq!(first("Search Service Node"), None);
        assert_eq!(first("Vector Search API"), None);
        assert_eq!(first("Storage"), None);
    }

    #[test]
    fn all_programs_are_known_by_their_identifiers() {
        for id in super::USES.iter().flat_map(|one| one.programs) {
            assert_eq!(product_of_name(id).map(|product| product.id), Some(*id));
        }
    }
}
