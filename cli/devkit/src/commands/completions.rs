use clap_complete::Shell;

use crate::args;
use crate::failure::Outcome;
use crate::settings::Settings;

/// `devkit completions`: prints the completion script of a shell.
#[expect(clippy::unnecessary_wraps, reason = "the shape of every command")]
pub(crate) fn run(settings: &Settings, shell: Shell) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut args::command(), "devkit", &mut script);
    settings.ui.data_bytes(&script);
    Ok(())
}
