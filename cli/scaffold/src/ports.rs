use std::collections::BTreeSet;

use devkit_diagnostic::Diagnostic;

use crate::env_file;

/// The first port that a new service may get.
const FIRST: u16 = 8001;

/// Gives out host ports that nothing else has.
pub(crate) struct Ports<'a> {
    used: BTreeSet<u16>,
    is_taken: &'a dyn Fn(u16) -> bool,
}

impl<'a> Ports<'a> {
    /// Knows the ports of the compose model and those that `.env` lists.
    pub(crate) fn new(
        published: &BTreeSet<u16>,
        env: &str,
        is_taken: &'a dyn Fn(u16) -> bool,
    ) -> Self {
        let listed = env_file::assignments(env)
            .filter(|(key, _)| key.ends_with("_PORT"))
            .filter_map(|(_, value)| value.parse().ok());
        Self {
            used: published.iter().copied().chain(listed).collect(),
            is_taken,
        }
    }

    /// Exactly the port that somebody asked for.
    pub(crate) fn exactly(&mut self, port: u16) -> Result<u16, Diagnostic> {
        let problem = if port == 0 {
            "is no port"
        } else if self.used.contains(&port) {
            "belongs to another service of the platform"
        } else if (self.is_taken)(port) {
            "is in use on this machine"
        } else {
            self.used.insert(port);
            return Ok(port);
        };
        let diagnostic = Diagnostic::error(format!("Port {port} {problem}"));
        Err(match self.free_from(FIRST.max(port)) {
            Some(free) => diagnostic.with_help(format!("port {free} is free: `--port {free}`")),
            None => diagnostic,
        })
    }

    /// The wanted port, else the first free one after it.
    pub(crate) fn from(&mut self, wanted: Option<u16>) -> Result<u16, Diagnostic> {
        let Some(port) = self.free_from(wanted.unwrap_or(FIRST)) else {
            return Err(Diagnostic::error("No port is free on this machine"));
        };
        self.used.insert(port);
        Ok(port)
    }

    fn free_from(&self, first: u16) -> Option<u16> {
        (first..=u16::MAX).find(|port| !self.used.contains(port) && !(self.is_taken)(*port))
    }
}
