use devkit_runtime::PortQuestion;

use crate::args::PortArgs;
use crate::failure::Outcome;
use crate::session::Session;
use crate::settings::Settings;

/// `devkit port`: prints the host's address of a service's port.
pub(crate) fn run(settings: &Settings, args: &PortArgs) -> Outcome {
    let session = Session::for_existing(settings)?;
    let question = PortQuestion {
        service: args.service.clone(),
        number: Some(args.index),
        target: args.private_port,
        protocol: args.protocol.clone(),
    };
    let port = session.block_on(devkit_runtime::port(
        &*session.driver,
        &session.project,
        &question,
    ))?;
    let address = port
        .host_address
        .as_deref()
        .filter(|address| !address.is_empty());
    let published = port.host_port.unwrap_or_default();
    settings
        .ui
        .data(&format!("{}:{published}\n", address.unwrap_or("0.0.0.0")));
    Ok(())
}
