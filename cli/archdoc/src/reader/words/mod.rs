//! What names and labels mean: software, roles, protocols, environments.

mod client;
mod external;
mod kind;
mod name;
mod phrase;
mod place;
mod role;
mod software;
mod technology;

pub(super) use client::{among_services, listens};
pub(super) use kind::kind;
pub(super) use name::{canonical, is_plain_software};
pub(super) use phrase::{
    bytes, environment, is_camel_case, is_of_protocols, is_reservation, is_response, is_step,
    longest_of_list, protocol,
};
pub(super) use place::{is_instance, is_path, is_tier};
pub(super) use role::role;
pub(super) use software::names_software;
pub(super) use technology::is_technology;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{ComponentKind, Role};

    #[test]
    fn spellings_of_one_program_are_one_name() {
        assert_eq!(canonical("Postgres"), canonical("PostgreSQL"));
        assert_eq!(canonical("RabbitMQ Cluster"), canonical("rabbitmq"));
        assert_ne!(canonical("Redis Commander"), canonical("Redis"));
        assert_eq!(canonical("ProductService"), canonical("product-service"));
    }

    #[test]
    fn words_tell_roles() {
        assert_eq!(role("API", Some("FastAPI")), Some(Role::Api));
        assert_eq!(
            role("Redis Commander", Some("Redis GUI")),
            Some(Role::Admin)
        );
        assert_eq!(role("Frontend", Some("React/Vite")), Some(Role::Frontend));
        assert_eq!(kind("Load Balancer", None), Some(ComponentKind::Gateway));
        assert_eq!(kind("./tmp/ollama", None), Some(ComponentKind::Volume));
        assert_eq!(kind("config/.env", None), Some(ComponentKind::File));
        assert_eq!(kind("Browser", Some("User")), Some(ComponentKind::Client));
        assert_eq!(kind("MySQL Users", None), Some(ComponentKind::Database));
        assert_eq!(kind("MySQL Client", None), Some(ComponentKind::Client));
    }

    #[test]
    fn labels_name_protocols() {
        assert_eq!(protocol("1. HTTP GET /page").as_deref(), Some("HTTP"));
        assert_eq!(protocol("Publish message"), None);
        assert!(is_response("5. Return results"));
        assert!(!is_response("4. SQL Query"));
    }

    #[test]
    fn what_is_done_is_told_from_who_does_it() {
        for step in [
            "Query Database",
            "5. Start the server",
            "Scheduler triggers a scan",
            "Gateway queries Ledger",
        ] {
            assert!(is_step(step), "{step}");
        }
        for name in [
            "Query Service",
            "Load Balancer",
            "Postgres",
            "Orders",
            "Redis cache and limits",
        ] {
            assert!(!is_step(name), "{name}");
        }
    }

    #[test]
    fn sizes_are_read() {
        assert_eq!(bytes("512MB"), Some(512 * 1024 * 1024));
        assert_eq!(bytes("1Gi"), Some(1024 * 1024 * 1024));
        assert_eq!(bytes("N/A"), None);
    }
}
