//! The checks: each asks the document, the compose files and the repository, and reports.

mod bindings;
mod claims;
mod coverage;
mod documents;
mod environment;
pub(crate) mod exposure;
mod flows;
mod habits;
mod hygiene;
mod links;
pub(crate) mod machine;
mod networks;
mod peers;
pub(crate) mod ports;
mod renames;
pub(crate) mod resources;
mod scaling;
mod secrets;
mod services;
mod storage;
mod tiers;
mod unlisted_ports;
mod usual_ports;
mod variables;
mod variants;
mod versions;
mod vocabulary;

pub(crate) use flows::is_about_services;

use crate::context::Context;
use crate::report::Outcome;

/// Runs every check that needs files only.
pub(crate) fn static_checks(context: &Context<'_>, outcome: &mut Outcome) {
    documents::check(context, outcome);
    renames::check(context, outcome);
    services::check(context, outcome);
    variants::check(context, outcome);
    versions::check(context, outcome);
    networks::check(context, outcome);
    peers::check(context, outcome);
    flows::check(context, outcome);
    exposure::check(context, outcome);
    tiers::check(context, outcome);
    bindings::check(context, outcome);
    secrets::check(context, outcome);
    ports::check(context, outcome);
    storage::check(context, outcome);
    resources::check(context, outcome);
    scaling::check(context, outcome);
    links::check(context, outcome);
    environment::check(context, outcome);
    variables::check(context, outcome);
    hygiene::check(context, outcome);
}
