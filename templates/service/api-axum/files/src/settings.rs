//! The service's configuration, read once at start.

use tracing::Level;

use crate::domain;
use crate::environment::{Environment, Problems};

/// What the environment says, checked.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The address to listen on.
    pub host: String,
    /// The port to listen on.
    pub port: u16,
    /// The least severe level that is logged.
    pub log_level: Level,
    /// How to reach PostgreSQL.
    #[cfg(feature = "postgres")]
    pub database: crate::database::Settings,
    /// How to reach Redis.
    #[cfg(feature = "redis")]
    pub cache: crate::cache::Settings,
    /// How to reach RabbitMQ.
    #[cfg(feature = "rabbitmq")]
    pub queue: crate::queue::Settings,
    /// What the service's own part needs.
    pub domain: domain::Settings,
}

impl Settings {
    /// Reads the settings, or lists every variable that is wrong.
    pub fn read(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, Problems> {
        let mut environment = Environment::new(lookup);
        // Beyond this machine only where it is meant: the image says 0.0.0.0.
        let host = environment.optional("HOST", "a host's name", "127.0.0.1".to_owned());
        let port = environment.optional("PORT", "a port number", crate::http::PORT);
        let log_level = environment.optional(
            "LOG_LEVEL",
            "one of error, warn, info, debug, trace",
            Level::INFO,
        );
        #[cfg(feature = "postgres")]
        let database = crate::database::Settings::read(&mut environment);
        #[cfg(feature = "redis")]
        let cache = crate::cache::Settings::read(&mut environment);
        #[cfg(feature = "rabbitmq")]
        let queue = crate::queue::Settings::read(&mut environment);
        let domain = domain::Settings::read(&mut environment);
        // Gathered only here, so that one wrong variable does not hide the others.
        let settings = (|| {
            Ok(Self {
                host: host?,
                port: port?,
                log_level: log_level?,
                #[cfg(feature = "postgres")]
                database: database?,
                #[cfg(feature = "redis")]
                cache: cache?,
                #[cfg(feature = "rabbitmq")]
                queue: queue?,
                domain: domain?,
            })
        })();
        environment.finish(settings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_variable_is_listed_and_no_value_is_shown() {
        let problems = Settings::read(|key| match key {
            "PORT" => Some("eighty".into()),
            "LOG_LEVEL" => Some("loud".into()),
            "DATABASE_URL" => Some("mysql://user:hunter2@host/db".into()),
            _ => None,
        })
        .expect_err("the environment is wrong");
        let keys: Vec<_> = problems.iter().map(|problem| problem.key).collect();
        assert!(keys.starts_with(&["PORT", "LOG_LEVEL"]), "{keys:?}");
        #[cfg(feature = "postgres")]
        assert!(keys.contains(&"DATABASE_URL"), "{keys:?}");
        #[cfg(feature = "redis")]
        assert!(keys.contains(&"REDIS_URL"), "{keys:?}");
        #[cfg(feature = "rabbitmq")]
        assert!(keys.contains(&"RABBITMQ_URL"), "{keys:?}");
        let shown: String = problems.iter().map(ToString::to_string).collect();
        assert!(
            !shown.contains("hunter2") && !shown.contains("eighty"),
            "{shown}"
        );
    }
}
