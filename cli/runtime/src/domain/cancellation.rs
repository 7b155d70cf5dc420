use std::sync::Arc;

use tokio::sync::watch;

/// A wish to end early, which can be shared, cloned and waited for.
#[derive(Debug, Clone)]
pub struct Cancellation {
    sender: Arc<watch::Sender<bool>>,
}

impl Cancellation {
    /// One that nobody has asked for yet.
    pub fn new() -> Self {
        Self {
            sender: Arc::new(watch::Sender::new(false)),
        }
    }

    /// Asks for the end; a second time changes nothing.
    pub fn cancel(&self) {
        self.sender.send_replace(true);
    }

    /// Whether the end has been asked for.
    pub fn is_cancelled(&self) -> bool {
        *self.sender.borrow()
    }

    /// Returns as soon as the end has been asked for.
    pub async fn cancelled(&self) {
        let mut receiver = self.sender.subscribe();
        // The sender lives in `self`, so the channel cannot close before the value changes.
        let _ = receiver.wait_for(|cancelled| *cancelled).await;
    }
}

impl Default for Cancellation {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_clone_hears_of_it() {
        let cancellation = Cancellation::new();
        let clone = cancellation.clone();
        assert!(!clone.is_cancelled());
        cancellation.cancel();
        clone.cancelled().await;
        assert!(clone.is_cancelled());
    }
}
