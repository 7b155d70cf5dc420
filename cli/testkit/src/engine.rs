use std::env;
use std::process::Command;

/// Whether a test that needs a Docker Engine can run; says so when it cannot.
///
/// # Panics
/// When none answers though `DEVKIT_REQUIRE_ENGINE` says that one must.
pub fn engine_for_test(test: &str) -> bool {
    let answers = docker(&["version", "--format", "{{.Server.Version}}"]).is_some();
    let required = env::var_os("DEVKIT_REQUIRE_ENGINE").is_some();
    assert!(answers || !required, "{test}: no Docker Engine answers");
    if !answers {
        note(&format!("skipped: no engine for {test}"));
    }
    answers
}

/// Runs the docker command line, where it is there, and gives what it wrote when it went well.
pub fn docker(arguments: &[&str]) -> Option<String> {
    let output = Command::new("docker").args(arguments).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[expect(
    clippy::print_stderr,
    reason = "a test that does not run says so where tests report"
)]
fn note(text: &str) {
    eprintln!("{text}");
}
