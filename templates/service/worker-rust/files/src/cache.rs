//! Redis: one connection that is shared and made again when it is lost.

use std::time::Duration;

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{AsyncCommands, Client, RedisResult};

use crate::environment::{Environment, Noted};
use crate::telemetry::call;

/// The name of the cache in log lines and health answers.
pub const PEER: &str = "redis";
const TIMEOUT: Duration = Duration::from_secs(2);

/// How to reach the cache.
#[derive(Debug, Clone)]
pub struct Settings {
    client: Client,
}

impl Settings {
    pub(crate) fn read(
        environment: &mut Environment<impl Fn(&str) -> Option<String>>,
    ) -> Result<Self, Noted> {
        let expected = "a URL like redis://:password@host:6379/0";
        let client = environment.required("REDIS_URL", expected, |url| Client::open(url).ok())?;
        Ok(Self { client })
    }
}

/// The cache.
#[derive(Clone)]
pub struct Cache {
    settings: Settings,
    connection: std::sync::Arc<tokio::sync::OnceCell<ConnectionManager>>,
}

impl Cache {
    /// Prepares the connection; it is made when it is first needed.
    pub fn new(settings: &Settings) -> Self {
        Self {
            settings: settings.clone(),
            connection: std::sync::Arc::default(),
        }
    }

    /// The connection, to run other commands on.
    pub async fn connection(&self) -> RedisResult<ConnectionManager> {
        let connect = || async {
            let config = ConnectionManagerConfig::new()
                .set_connection_timeout(Some(TIMEOUT))
                .set_response_timeout(Some(TIMEOUT))
                .set_number_of_retries(1);
            self.settings.client.get_connection_manager_lazy(config)
        };
        self.connection.get_or_try_init(connect).await.cloned()
    }

    /// Succeeds if the cache answers.
    pub async fn ping(&self) -> RedisResult<()> {
        self.connection().await?.ping::<String>().await.map(drop)
    }

    /// The value of `key`, if there is one.
    pub async fn get(&self, key: &str) -> RedisResult<Option<String>> {
        let operation = format!("GET {key}");
        call(PEER, &operation, async {
            self.connection().await?.get(key).await
        })
        .await
    }

    /// Stores a value for a while.
    pub async fn set(&self, key: &str, value: &str, lifetime: Duration) -> RedisResult<()> {
        let operation = format!("SET {key}");
        let seconds = lifetime.as_secs();
        call(PEER, &operation, async {
            self.connection().await?.set_ex(key, value, seconds).await
        })
        .await
    }

    /// Forgets a value.
    pub async fn delete(&self, key: &str) -> RedisResult<()> {
        let operation = format!("DEL {key}");
        call(PEER, &operation, async {
            self.connection().await?.del(key).await
        })
        .await
    }
}
