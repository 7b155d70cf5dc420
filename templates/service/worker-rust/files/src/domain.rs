//! What this worker does with a message: an example, to be replaced by yours.

use serde::Deserialize;

use crate::consumer::Failure;
use crate::environment::{Environment, Noted};
use crate::state::State;

/// The queue that messages are taken from.
pub const QUEUE: &str = env!("CARGO_PKG_NAME");

/// Settings of the worker's own part.
#[derive(Debug, Clone)]
pub struct Settings {
    greeting: String,
}

impl Settings {
    pub(crate) fn read(
        environment: &mut Environment<impl Fn(&str) -> Option<String>>,
    ) -> Result<Self, Noted> {
        Ok(Self {
            greeting: environment.optional("GREETING", "a text", "Hello".to_owned())?,
        })
    }
}

/// The worker's own part.
pub struct Domain {
    /// The connections, for the work to use.
    pub state: State,
    settings: Settings,
}

/// A message.
#[derive(Debug, Deserialize)]
struct Greeting {
    name: String,
}

impl Domain {
    /// Prepares the part.
    pub fn new(settings: &Settings, state: State) -> Self {
        Self {
            state,
            settings: settings.clone(),
        }
    }

    /// Works on a message. It may arrive more than once: doing it again must do no harm.
    pub async fn handle(&self, message: &[u8]) -> Result<String, Failure> {
        let greeting: Greeting = serde_json::from_slice(message)
            .map_err(|error| Failure::Reject(format!("not a greeting: {error}")))?;
        // Real work waits for something here.
        std::future::ready(()).await;
        Ok(format!("{}, {}!", self.settings.greeting, greeting.name))
    }

    /// Goes on after the broker was told that the message is worked off.
    pub async fn acknowledged(&self, greeting: String) {
        std::future::ready(()).await;
        tracing::info!(greeting, "greeted");
    }

    /// Goes on after a message that will not be tried again; the broker keeps it as a dead letter.
    pub async fn given_up(&self, message: &[u8], _failure: &Failure) {
        std::future::ready(()).await;
        tracing::info!(bytes = message.len(), "kept as a dead letter");
    }
}
