//! A set of file changes: shown as a diff, written all or none, undone.
