use std::io::IsTerminal;

use devkit_runtime::{ExecOptions, ExecSession, OutputStream};
use futures::StreamExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::args::ExecArgs;
use crate::failure::{Exit, Failure, Outcome};
use crate::session::Session;
use crate::settings::Settings;

/// `devkit exec`: runs a command in a running instance and ends with its exit code.
pub(crate) fn run(settings: &Settings, args: &ExecArgs) -> Outcome {
    let session = Session::for_existing(settings)?;
    session.require_services(std::slice::from_ref(&args.service))?;
    let instance = session.running_instance(&args.service, args.index)?;
    let terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    let options = ExecOptions {
        command: args.command.clone(),
        tty: terminal && !args.no_tty,
        stdin: true,
        environment: args.env.clone(),
        user: args.user.clone(),
        working_dir: args.workdir.clone(),
        size: devkit_ui::terminal_size(),
        ..ExecOptions::default()
    };
    let code = session.block_on(async {
        let running = session.driver.exec(&instance, &options).await?;
        attend(settings, running, options.tty).await
    })?;
    exit_with(code)
}

/// Ends with the code of a command that ran inside.
pub(crate) fn exit_with(code: i32) -> Outcome {
    match u8::try_from(code) {
        Ok(0) => Ok(()),
        Ok(code) => Err(Failure::silent(Exit::Code(code))),
        Err(_) => Err(Failure::silent(Exit::Failed)),
    }
}

/// Connects a running command with this terminal until it ends, and gives its exit code.
pub(crate) async fn attend(
    settings: &Settings,
    mut running: ExecSession,
    tty: bool,
) -> devkit_runtime::Result<i32> {
    let _raw = tty.then(devkit_ui::RawTerminal::enter);
    let input = running.input.take();
    let feeding = tokio::spawn(async move {
        let Some(mut input) = input else { return };
        let mut stdin = tokio::io::stdin();
        let mut buffer = vec![0; 8192];
        while let Ok(length @ 1..) = stdin.read(&mut buffer).await {
            if input.write_all(&buffer[..length]).await.is_err() || input.flush().await.is_err() {
                return;
            }
        }
        // The command may have gone already; then there is nobody to tell that the input ended.
        let _ = input.shutdown().await;
    });
    while let Some(output) = running.output.next().await {
        let output = output?;
        match output.stream {
            OutputStream::Stdout => settings.ui.data_bytes(&output.bytes),
            OutputStream::Stderr => settings.ui.error_bytes(&output.bytes),
        }
    }
    feeding.abort();
    running.control.exit_code().await
}
