use std::path::{Component, Path, PathBuf};

use devkit_archdoc::Document;
use devkit_compose::{Project, Survey};
use devkit_diagnostic::Diagnostic;
use devkit_doctor::rule::Rule;
use devkit_doctor::{Depth, FailOn, Inputs, Options, Report, Repository, Selection};
use time::OffsetDateTime;

use crate::args::{DoctorArgs, FailOn as FailOnArg, ReportFormat};
use crate::failure::{Exit, Failure, Outcome};
use crate::render::{facts_text, report_text, rules_text};
use crate::session::Session;
use crate::settings::{Settings, production_only};

/// Where an architecture document is looked for when none is named.
const USUAL_DOCUMENTS: [&str; 6] = [
    "docs/architecture/overview.md",
    "docs/architecture/README.md",
    "docs/ARCHITECTURE.md",
    "docs/architecture.md",
    "ARCHITECTURE.md",
    "architecture.md",
];

/// `devkit doctor`: checks machine, configuration, document and running platform.
pub(crate) fn run(settings: &Settings, args: &DoctorArgs) -> Outcome {
    if args.list {
        return list(settings, args);
    }
    if args.facts {
        return show_facts(settings, args);
    }
    let options = options(args)?;
    let Survey { project, omitted } =
        settings.survey_with(|load| load.profiles.push("*".to_owned()))?;
    let production = production(settings, &project);
    let root = project.working_dir.clone();
    let documents = documents(settings, &root, args)?;
    let projects: Vec<&Project> = std::iter::once(&project).chain(&production).collect();
    let repository = Repository::collect(&root, &projects);
    // Files are looked at without a word to any engine.
    let session = match options.depth {
        Depth::Static => None,
        _ => Some(Session::open(settings, project.clone(), None)?),
    };
    let mut machine = devkit_doctor::collect_machine(&root);
    if let Some(session) = &session {
        let known = session.containers.as_deref();
        machine.engine = session.block_on(crate::drivers::engine(settings, known));
    }
    let inputs = Inputs {
        root: &root,
        project: &project,
        production: production.as_ref(),
        omitted: &omitted,
        documents: &documents,
        repository: &repository,
        machine: Some(&machine),
        driver: session.as_ref().map(|session| &*session.driver),
        today: OffsetDateTime::now_utc().date(),
    };
    if args.dry_run {
        let planned = devkit_doctor::planned(&inputs, &options);
        settings.ui.data(&(planned.join("\n") + "\n"));
        return Ok(());
    }
    let examining = devkit_doctor::run(&inputs, &options);
    let mut report = match &session {
        // Ctrl-C drops what is under way, which takes along what probes have made.
        Some(session) => session.block_on_interruptible(async { Ok(examining.await) })?,
        None => block_on(examining)?,
    };
    report.name_files(|file| settings.shown(&root.join(file)));
    show(settings, args, &report);
    if args.fix {
        fix(settings, &report, &documents, &root)?;
    }
    if report.fails(fail_on(args.fail_on)) {
        Err(Failure::silent(Exit::Failed))
    } else {
        Ok(())
    }
}

/// Explains the rules that are asked for.
fn list(settings: &Settings, args: &DoctorArgs) -> Outcome {
    let options = options(args)?;
    let rules: Vec<&Rule> = devkit_doctor::rule::all()
        .into_iter()
        .filter(|rule| options.selection.includes(rule))
        .collect();
    match args.format {
        ReportFormat::Json => settings.ui.data(&devkit_doctor::output::rules_json(&rules)),
        _ => settings
            .ui
            .text(&rules_text(&rules, settings.ui.output_palette()), 0),
    }
    Ok(())
}

/// Runs what needs no engine to the end.
fn block_on<F: Future>(future: F) -> Result<F::Output, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .map_err(|error| {
            let message = format!("Nothing can be run: {error}");
            Failure::new(Exit::Environment, Diagnostic::error(message))
        })?;
    Ok(runtime.block_on(future))
}

fn options(args: &DoctorArgs) -> Result<Options, Failure> {
    let selection = Selection::new(&args.only, &args.skip).map_err(|unknown| {
        Failure::usage(
            Diagnostic::error(format!("No rule is named `{}`", unknown.0))
                .with_help("see the rules: devkit doctor --list"),
        )
    })?;
    let depth = match (args.r#static, args.probe) {
        (true, _) => Depth::Static,
        (_, true) => Depth::Probe,
        _ => Depth::Live,
    };
    Ok(Options {
        depth,
        selection,
        allow_writes: args.allow_writes,
    })
}

fn fail_on(choice: FailOnArg) -> FailOn {
    match choice {
        FailOnArg::Error => FailOn::Error,
        FailOnArg::Warning => FailOn::Warning,
        FailOnArg::Unknown => FailOn::Unknown,
        FailOnArg::Never => FailOn::Never,
    }
}

/// The project as production runs it, where its files are fewer than development's.
fn production(settings: &Settings, project: &Project) -> Option<Project> {
    if project.files.len() < 2 {
        return None;
    }
    let mut options = settings.load.clone();
    options.profiles.push("*".to_owned());
    production_only(&mut options, project);
    // A base file that cannot stand alone has no production of its own.
    devkit_compose::survey(&options)
        .ok()
        .map(|survey| survey.project)
}

fn documents(
    settings: &Settings,
    root: &Path,
    args: &DoctorArgs,
) -> Result<Vec<Document>, Failure> {
    document_files(settings, root, args)
        .iter()
        .map(|file| Ok(devkit_archdoc::read(file, &bytes_of(settings, file)?)))
        .collect()
}

/// The documents that are asked for, or the first usual one that is there.
fn document_files(settings: &Settings, root: &Path, args: &DoctorArgs) -> Vec<PathBuf> {
    if args.documents.is_empty() {
        // Compose files may stand in a folder of their own, and the user above it.
        let found = [root, &settings.directory]
            .iter()
            .flat_map(|folder| USUAL_DOCUMENTS.map(|file| folder.join(file)))
            .find(|file| file.is_file());
        return found.iter().map(|file| without_parents(file)).collect();
    }
    args.documents
        .iter()
        .map(|file| without_parents(&settings.directory.join(file)))
        .collect()
}

fn bytes_of(settings: &Settings, file: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(file).map_err(|error| {
        Failure::usage(
            Diagnostic::error(format!("The document cannot be read: {error}"))
                .in_file(settings.shown(file))
                .with_help("name another one: devkit doctor --document FILE"),
        )
    })
}

fn show_facts(settings: &Settings, args: &DoctorArgs) -> Outcome {
    let files = document_files(settings, &settings.directory, args);
    if files.is_empty() {
        return Err(Failure::usage(
            Diagnostic::error("There is no architecture document here")
                .with_help("name one: devkit doctor --facts --document FILE"),
        ));
    }
    for file in &files {
        let shown = settings.shown(file);
        let document = devkit_archdoc::read(&shown, &bytes_of(settings, file)?);
        settings.ui.diagnostics(&document.diagnostics);
        settings.ui.data(&facts_text(
            &document,
            &shown.to_string_lossy(),
            args.format,
            settings.ui.output_palette(),
            settings.ui.output_columns(),
        ));
    }
    Ok(())
}

fn show(settings: &Settings, args: &DoctorArgs, report: &Report) {
    let text = match args.format {
        ReportFormat::Human => {
            let palette = settings.ui.output_palette();
            let text = report_text(report, palette, settings.verbose);
            settings.ui.text(&text, 6);
            return;
        }
        ReportFormat::Json => devkit_doctor::output::json(report),
        ReportFormat::Github => devkit_doctor::output::github(report),
        ReportFormat::Sarif => devkit_doctor::output::sarif(report),
    };
    settings.ui.data(&text);
}

fn fix(settings: &Settings, report: &Report, documents: &[Document], root: &Path) -> Outcome {
    let today = OffsetDateTime::now_utc().date();
    let failed = |message: String| Failure::new(Exit::Failed, Diagnostic::error(message));
    let folder = folder_of_all(root, documents);
    let changes = devkit_doctor::fix::plan(report, documents, &folder, today)
        .map_err(|error| failed(format!("Nothing was mended: {error}")))?;
    if changes.is_empty() {
        settings.ui.status("Nothing can be mended with certainty");
        return Ok(());
    }
    settings.ui.status(changes.diff().trim_end());
    let _applied = changes
        .apply()
        .map_err(|error| failed(format!("Nothing was mended: {error}")))?;
    settings
        .ui
        .status("Mended; run devkit doctor again to see what is left");
    Ok(())
}

/// The folder that holds the project and the documents, which may stand beside each other.
fn folder_of_all(root: &Path, documents: &[Document]) -> PathBuf {
    documents
        .iter()
        .fold(root.to_path_buf(), |folder, document| {
            let path = document.source.path();
            let holds = |folder: &&Path| path.starts_with(folder);
            folder
                .ancestors()
                .find(holds)
                .map_or_else(|| folder.clone(), Path::to_path_buf)
        })
}

/// The path without steps up to parent folders, where it has some.
fn without_parents(file: &Path) -> PathBuf {
    let steps_up = file.components().any(|part| part == Component::ParentDir);
    let folder = file.parent().filter(|_| steps_up);
    let real = folder.and_then(|folder| folder.canonicalize().ok());
    match (real, file.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => file.to_path_buf(),
    }
}
