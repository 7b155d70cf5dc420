use std::sync::Arc;
use std::time::{Duration, SystemTime};

use devkit_compose::{LoadOptions, Project};
use devkit_diagnostic::Diagnostic;
use devkit_runtime::{
    DownOptions, LogOptions, LogSelection, RuntimeKind, SignalOptions, UpOptions,
};

use crate::args::UpArgs;
use crate::failure::{Exit, Failure, Outcome};
use crate::operation;
use crate::render::{LogPrinter, addresses, plan_text};
use crate::session::{RuntimeRecord, Session, require_services};
use crate::settings::{Settings, production_only};

/// `devkit up`: makes what runs equal to what the files say, and waits until it is ready.
pub(crate) fn run(settings: &Settings, args: &UpArgs) -> Outcome {
    let options = options(args)?;
    let project = load(settings, args)?;
    require_services(&project, &args.services)?;
    let mut session = Session::open(settings, project, args.runtime)?;
    if args.dry_run {
        return show_plan(&session, &options);
    }
    if super::environment::make_missing(&session)? {
        session.project = Arc::new(load(settings, args)?);
    }
    super::install::provide(&session, &args.services, args.yes)?;
    RuntimeRecord::of(&session.project).write(session.driver.kind())?;
    let up = operation::run(&session, async |driver, events, cancellation| {
        devkit_runtime::up(driver, &session.project, &options, events, cancellation).await
    })?;
    show_addresses(&session)?;
    operation::conclude(&session, &up.report, &args.services)?;
    settings
        .ui
        .status(&format!("Ready in {:.1} s", up.elapsed.as_secs_f64()));
    if args.detach {
        Ok(())
    } else {
        attend(&session, args)
    }
}

fn load(settings: &Settings, args: &UpArgs) -> Result<Project, Failure> {
    let adjust = |options: &mut LoadOptions| {
        options.profiles.extend(args.profiles.iter().cloned());
        options.services.clone_from(&args.services);
    };
    if !args.production {
        return settings.project_with(adjust);
    }
    let all = settings.project_with(adjust)?;
    settings.project_with(|options| {
        adjust(options);
        production_only(options, &all);
    })
}

fn options(args: &UpArgs) -> Result<UpOptions, Failure> {
    Ok(UpOptions {
        services: args.services.clone(),
        scale: args
            .scale
            .iter()
            .map(|text| scale(text))
            .collect::<Result<_, _>>()?,
        build: args.build,
        force_recreate: args.force_recreate,
        no_dependencies: args.no_deps,
        remove_orphans: args.remove_orphans,
        wait_timeout: args.wait_timeout.map(Duration::from_secs),
        ..UpOptions::default()
    })
}

fn scale(text: &str) -> Result<(String, u32), Failure> {
    let parsed = text
        .split_once('=')
        .and_then(|(service, number)| Some((service.to_owned(), number.parse().ok()?)));
    parsed.ok_or_else(|| {
        Failure::usage(
            Diagnostic::error(format!("`{text}` does not say how many instances of what"))
                .with_help("write SERVICE=N, such as --scale api=3"),
        )
    })
}

fn show_plan(session: &Session<'_>, options: &UpOptions) -> Outcome {
    let dry_run = devkit_runtime::dry_run(&*session.driver, &session.project, options);
    let (_, plan) = session.block_on(dry_run)?;
    session.settings.ui.data(&plan_text(&plan));
    Ok(())
}

fn show_addresses(session: &Session<'_>) -> Outcome {
    let observed = session.block_on(session.driver.observe(&session.project))?;
    session
        .settings
        .ui
        .table(&addresses(&session.project, &observed));
    Ok(())
}

/// Shows logs until Ctrl-C, then stops what was started.
fn attend(session: &Session<'_>, args: &UpArgs) -> Outcome {
    let ui = &session.settings.ui;
    let printer = LogPrinter::new(ui, session.project.services.keys().map(String::as_str));
    let selection = LogSelection {
        services: args.services.clone(),
        grep: None,
        lines: LogOptions {
            follow: true,
            since: Some(SystemTime::now()),
            ..LogOptions::default()
        },
    };
    ui.status("Showing logs; press Ctrl-C to stop");
    let shown = session.block_on_interruptible(super::logs::show(session, selection, |line| {
        printer.print(line);
    }));
    match shown {
        Err(failure) if failure.exit == Exit::Interrupted => {}
        other => return other,
    }
    ui.status("Stopping");
    match session.driver.kind() {
        RuntimeKind::Docker => super::signal::stop_services(session, &SignalOptions::default())?,
        RuntimeKind::Process => super::down::take_down(session, &DownOptions::default())?,
    }
    Err(Failure::silent(Exit::Interrupted))
}
