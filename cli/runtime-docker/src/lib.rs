//! The driver on the Docker Engine API.
