//! Temporary platforms, command snapshots and engine access for tests.
