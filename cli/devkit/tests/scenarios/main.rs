//! The main job from end to end, with real servers, on both runtimes.
//!
//! Run by `tests/run docker` and `tests/run process`: `DEVKIT_SCENARIOS` names the runtimes whose
//! scenarios must run. Without it they say that they are skipped.

mod docker;
mod drifts;
mod flows;
mod process;
mod setup;
