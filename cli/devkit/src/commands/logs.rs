use std::sync::Arc;
use std::time::SystemTime;

use devkit_diagnostic::Diagnostic;
use devkit_runtime::{LogLine, LogOptions, LogSelection};
use futures::StreamExt;
use regex::Regex;

use crate::args::LogsArgs;
use crate::failure::{Failure, Outcome};
use crate::render::{LogPrinter, time};
use crate::session::Session;
use crate::settings::Settings;

/// `devkit logs`: shows what services wrote, in the order of time.
pub(crate) fn run(settings: &Settings, args: &LogsArgs) -> Outcome {
    let grep = args.grep.as_deref().map(compile).transpose()?;
    let now = SystemTime::now();
    let since = args
        .since
        .as_deref()
        .map(|text| time::parse_since(text, now))
        .transpose()?;
    let session = Session::for_existing(settings)?;
    let selection = LogSelection {
        services: args.services.clone(),
        grep,
        lines: LogOptions {
            follow: args.follow,
            since,
            until: None,
            tail: args.tail,
        },
    };
    let printer = printer(&session, args);
    session.block_on_interruptible(show(&session, selection, |line| printer.print(line)))
}

fn printer(session: &Session<'_>, args: &LogsArgs) -> LogPrinter {
    let names = session.project.all_services().map(|(name, _)| name);
    let mut printer = LogPrinter::new(&session.settings.ui, names);
    if args.no_log_prefix {
        printer = printer.without_prefix();
    }
    if args.timestamps {
        printer = printer.with_timestamps();
    }
    printer
}

fn compile(pattern: &str) -> Result<Regex, Failure> {
    Regex::new(pattern).map_err(|error| {
        Failure::usage(
            Diagnostic::error(format!("`{pattern}` is no regular expression"))
                .with_note(error.to_string())
                .with_help("escape characters that have a meaning of their own, such as `\\[`"),
        )
    })
}

/// Shows the chosen lines until there are no more.
pub(crate) async fn show(
    session: &Session<'_>,
    selection: LogSelection,
    print: impl Fn(&LogLine),
) -> Outcome {
    let driver = Arc::clone(&session.driver);
    let project = Arc::clone(&session.project);
    let mut lines = devkit_runtime::logs(driver, project, selection).await?;
    while let Some(line) = lines.next().await {
        print(&line?);
    }
    Ok(())
}
