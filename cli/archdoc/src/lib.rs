//! Reads architecture documents into facts, and draws facts into documents.
