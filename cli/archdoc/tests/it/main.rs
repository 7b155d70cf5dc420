//! What the crate does for its users: documents in, facts out, and back.

mod documents;
mod hostile;
mod roundtrip;
