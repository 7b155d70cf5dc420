use std::env;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use devkit_testkit::{Binary, Platform};

/// The devkit that is under test.
pub(crate) fn binary() -> Binary {
    Binary::new(env!("CARGO_BIN_EXE_devkit"))
}

/// Whether the scenarios of a runtime are asked for; says so when they are not.
pub(crate) fn asked_for(runtime: &str) -> bool {
    let asked = env::var("DEVKIT_SCENARIOS").unwrap_or_default();
    let wanted = asked.split(',').any(|name| name == runtime);
    if !wanted {
        note(&format!(
            "skipped: DEVKIT_SCENARIOS does not name {runtime}"
        ));
    }
    wanted
}

/// The repository's root.
pub(crate) fn repository() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.canonicalize()
        .unwrap_or_else(|error| panic!("{}: {error}", root.display()))
}

/// Lets a native build of a service share what was compiled before, so that it takes seconds.
pub(crate) fn share_compiled(platform: &Platform, service: &str) {
    let shared = repository().join("target/services");
    std::fs::create_dir_all(&shared)
        .unwrap_or_else(|error| panic!("{}: {error}", shared.display()));
    let link = platform
        .root()
        .join("services")
        .join(service)
        .join("target");
    symlink(&shared, &link).unwrap_or_else(|error| panic!("{}: {error}", link.display()));
}

#[expect(
    clippy::print_stderr,
    reason = "a test that does not run says so where tests report"
)]
fn note(text: &str) {
    eprintln!("{text}");
}
