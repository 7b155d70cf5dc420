//! The one output layer: terminal, plain, JSON and quiet.
