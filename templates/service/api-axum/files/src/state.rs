//! What the handlers share.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio_util::sync::CancellationToken;

use crate::domain;
use crate::settings::Settings;

/// What the handlers share. Cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// Whether this instance still takes requests.
    pub lifecycle: Lifecycle,
    /// PostgreSQL.
    #[cfg(feature = "postgres")]
    pub database: crate::database::Database,
    /// Redis.
    #[cfg(feature = "redis")]
    pub cache: crate::cache::Cache,
    /// RabbitMQ.
    #[cfg(feature = "rabbitmq")]
    pub queue: crate::queue::Queue,
    /// The service's own part.
    pub domain: Arc<domain::State>,
}

impl AppState {
    /// Prepares the connections. Nothing is connected yet: the service starts without the others.
    pub fn new(settings: &Settings) -> Self {
        Self {
            lifecycle: Lifecycle::default(),
            #[cfg(feature = "postgres")]
            database: crate::database::Database::new(&settings.database),
            #[cfg(feature = "redis")]
            cache: crate::cache::Cache::new(&settings.cache),
            #[cfg(feature = "rabbitmq")]
            queue: crate::queue::Queue::new(&settings.queue),
            domain: Arc::new(domain::State::new(&settings.domain)),
        }
    }

    /// Closes the connections.
    pub async fn close(&self) {
        #[cfg(feature = "rabbitmq")]
        self.queue.close().await;
        #[cfg(feature = "postgres")]
        self.database.close().await;
        std::future::ready(()).await;
    }
}

/// The end of an instance: first it is no longer ready, then it takes no more requests.
#[derive(Clone, Default)]
pub struct Lifecycle {
    stopping: Arc<AtomicBool>,
    /// Fires when no more requests are taken; streams end then.
    pub stopped: CancellationToken,
}

impl Lifecycle {
    /// From now on the instance is not ready.
    pub fn begin_stop(&self) {
        self.stopping.store(true, Ordering::SeqCst);
    }

    /// Whether the instance is about to stop.
    pub fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::SeqCst)
    }
}
