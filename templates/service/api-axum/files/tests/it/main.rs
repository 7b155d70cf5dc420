//! The service as its callers see it, without any other service: what it needs cannot be reached.

mod common;
mod domain;
mod health;
