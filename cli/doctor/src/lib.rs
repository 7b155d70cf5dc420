//! Checks the machine, the configuration, the document and the running platform against each other.
