//! What a user sees of commands that need no engine.

mod reference;
mod refusals;
