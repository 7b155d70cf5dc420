//! What a user sees of commands that need no engine.

mod doctor;
mod reference;
mod refusals;
