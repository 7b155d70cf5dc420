//! The components that can be added to a platform, and their templates.
