//! What the work on all messages shares.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio_util::sync::CancellationToken;

use crate::queue::Queue;
use crate::settings::Settings;

/// What the work on all messages shares. Cheap to clone.
#[derive(Clone)]
pub struct State {
    /// Whether this instance still takes messages.
    pub lifecycle: Lifecycle,
    /// RabbitMQ.
    pub queue: Queue,
    /// PostgreSQL.
    #[cfg(feature = "postgres")]
    pub database: crate::database::Database,
    /// Redis.
    #[cfg(feature = "redis")]
    pub cache: crate::cache::Cache,
}

impl State {
    /// Prepares the connections. Nothing is connected yet: the worker starts without the others.
    pub fn new(settings: &Settings) -> Self {
        Self {
            lifecycle: Lifecycle::default(),
            queue: Queue::new(&settings.queue),
            #[cfg(feature = "postgres")]
            database: crate::database::Database::new(&settings.database),
            #[cfg(feature = "redis")]
            cache: crate::cache::Cache::new(&settings.cache),
        }
    }

    /// Closes the connections.
    pub async fn close(&self) {
        self.queue.close().await;
        #[cfg(feature = "postgres")]
        self.database.close().await;
    }
}

/// The end of an instance: it takes no more messages, finishes those it has, then lets go.
#[derive(Clone, Default)]
pub struct Lifecycle {
    consuming: Arc<AtomicBool>,
    /// Fires when no more messages are taken.
    pub stopping: CancellationToken,
    /// Fires when the messages taken are finished: connections may close.
    pub finished: CancellationToken,
}

impl Lifecycle {
    /// Notes whether messages arrive here now.
    pub fn set_consuming(&self, consuming: bool) {
        self.consuming.store(consuming, Ordering::SeqCst);
    }

    /// Whether messages arrive here now.
    pub fn is_consuming(&self) -> bool {
        self.consuming.load(Ordering::SeqCst)
    }
}
