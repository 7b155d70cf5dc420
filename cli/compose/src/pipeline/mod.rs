//! From files to one canonical tree: the stages in their order.

mod environment;
mod extend;
mod include;
mod reset;

use std::path::{Path as FilePath, PathBuf};

use devkit_diagnostic::{Diagnostic, SourceFile};

use crate::canonical::{canonical, set_defaults};
use crate::interpolate::interpolate;
use crate::merge::{enforce_unique, merge};
use crate::paths::resolve_paths;
use crate::session::{Environment, Failed, Session};
use crate::tree::{self, Node};
use crate::validate::validate;

pub(crate) use environment::{inherit, read_env_file, resolve_environment};
pub(crate) use reset::Resets;

/// A larger file is no compose file, in bytes.
pub const MAXIMUM_SIZE: u64 = 8 << 20;
/// More includes and extends inside of each other than this are refused.
const MAXIMUM_NESTING: usize = 50;

/// A file to read, or its text where it came by standard input.
#[derive(Debug, Clone)]
pub(crate) struct Input {
    /// The absolute path, or the name of standard input.
    pub path: PathBuf,
    /// The text, where it was read already.
    pub text: Option<String>,
}

/// What decides how files are read.
#[derive(Debug, Clone)]
pub(crate) struct Context<'a> {
    /// The folder that relative paths are resolved against.
    pub folder: PathBuf,
    /// The variables.
    pub environment: &'a Environment,
    /// Whether variables are replaced.
    pub interpolate: bool,
    /// The files that are being included, outermost first.
    pub including: Vec<PathBuf>,
}

impl Context<'_> {
    fn home(&self) -> Option<&str> {
        self.environment.get("HOME").map(String::as_str)
    }
}

/// Reads files into one canonical tree with defaults and absolute paths.
pub(crate) fn load_model(
    inputs: &[Input],
    context: &Context<'_>,
    session: &mut Session,
) -> Result<Node, Failed> {
    let mut model = Node::default();
    for input in inputs {
        for document in read(input, session)? {
            model = add_document(model, document, input, context, session)?;
        }
    }
    set_defaults(&mut model);
    resolve_paths(&mut model, &context.folder, context.home());
    session.check()?;
    Ok(model)
}

fn add_document(
    model: Node,
    document: Node,
    input: &Input,
    context: &Context<'_>,
    session: &mut Session,
) -> Result<Node, Failed> {
    let mut document = document;
    let place = document.place;
    if document.as_map().is_none() {
        session.error("A compose file must be a mapping", place);
        return Err(Failed);
    }
    let resets = Resets::take(&mut document);
    if context.interpolate {
        interpolate(&mut document, context.environment, session);
        environment::inherit_listed(&mut document, context.environment);
    }
    session.check()?;
    extend::extend(&mut document, &input.path, context, &resets, session)?;
    let mut model = model;
    resets.apply(&mut model);
    include::include(&mut document, &input.path, context, session)?;
    let mut model = merge(model, document, session);
    session.check()?;
    enforce_unique(&mut model);
    validate(&model, session);
    session.check()?;
    if let Some(version) = model.as_map_mut().and_then(|map| map.remove("version")) {
        session.warning(
            "The key `version` is obsolete and has no effect",
            version.key,
        );
    }
    canonical(&mut model, session);
    session.check()?;
    enforce_unique(&mut model);
    Ok(model)
}

/// Reads the documents of a file.
fn read(input: &Input, session: &mut Session) -> Result<Vec<Node>, Failed> {
    let text = match &input.text {
        Some(text) if text.len() as u64 > MAXIMUM_SIZE => {
            let message = format!("The compose file is larger than {} MiB", MAXIMUM_SIZE >> 20);
            session.errors([Diagnostic::error(message).in_file(&input.path)]);
            return Err(Failed);
        }
        Some(text) => text.clone(),
        None => match read_text(&input.path) {
            Ok(text) => text,
            Err(reason) => {
                session.errors([Diagnostic::error(reason).in_file(&input.path)]);
                return Err(Failed);
            }
        },
    };
    let source = SourceFile::new(&input.path, text);
    let number = session.add(source.clone())?;
    let parsed =
        tree::parse_with_repeated_keys(&source, number).and_then(|(documents, repeated)| {
            if repeated.is_empty() || session.overlook(&repeated) {
                Ok(documents)
            } else {
                Err(repeated)
            }
        });
    match parsed {
        Ok(mut documents) => {
            for document in &mut documents {
                session.omit(document, &source);
            }
            Ok(documents)
        }
        Err(errors) => {
            session.errors(errors);
            Err(Failed)
        }
    }
}

/// Reads a text file of reasonable size.
pub(crate) fn read_text(path: &FilePath) -> Result<String, String> {
    let name = path
        .file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned();
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => format!("There is no file {}", path.display()),
        _ => format!("{name} cannot be read: {error}"),
    };
    let metadata = std::fs::metadata(path).map_err(failed)?;
    if metadata.is_dir() {
        return Err(format!("{} is a folder, not a file", path.display()));
    }
    if metadata.len() > MAXIMUM_SIZE {
        return Err(format!("{name} is larger than {} MiB", MAXIMUM_SIZE >> 20));
    }
    let bytes = std::fs::read(path).map_err(failed)?;
    String::from_utf8(bytes).map_err(|error| {
        let valid = String::from_utf8_lossy(&error.as_bytes()[..error.utf8_error().valid_up_to()])
            .lines()
            .count();
        let line = valid.max(1);
        format!("{name} is not valid UTF-8 (line {line})")
    })
}

/// A path made absolute against a folder.
fn join(folder: &FilePath, path: &str) -> PathBuf {
    PathBuf::from(crate::canonical::clean_path(
        &folder.join(path).to_string_lossy(),
    ))
}

fn parent(path: &FilePath) -> PathBuf {
    path.parent().map(FilePath::to_path_buf).unwrap_or_default()
}
