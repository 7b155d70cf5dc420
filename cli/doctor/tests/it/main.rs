//! Doctor over whole platforms: a clean one, single drifts of it, and foreign documents.
#![allow(clippy::unwrap_used)]

mod asked;
mod certainty;
mod claims;
mod clean;
mod doubts;
mod drifts;
mod engine;
mod fixes;
mod foreign;
mod frames;
mod interfaces;
mod languages;
mod large;
mod left;
mod likeness;
mod machine;
mod meant;
mod others;
mod output;
mod pairings;
mod people;
mod programs;
mod refused;
mod running;
mod shapes;
mod signs;
mod stacks;
mod support;
mod tables;
mod told;
mod uses;
mod variables;
mod versions;
mod volumes;
