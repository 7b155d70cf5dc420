//! The driver on plain processes, and its supervisor.
