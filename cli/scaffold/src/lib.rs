//! Adds platforms, services, backing services and tools, all or nothing.
