//! Services that run by a command of their own.

use super::specification::{Request, environment, grace};
use super::{NativeSettings, Places};
use crate::guard::Program;
use crate::protocol::{Folder, PrivatePort, Specification};

/// Completes the specification of a service that runs by a command of its own.
pub(super) fn specify(
    request: Request<'_>,
    settings: &NativeSettings,
    places: &Places,
    mut base: Specification,
) -> Specification {
    let service = request.service;
    let given = environment(request);
    let target = given
        .get("PORT")
        .and_then(|port| port.parse().ok())
        .or_else(|| service.ports.first().map(|port| port.target))
        .or_else(|| {
            service
                .expose
                .first()
                .and_then(|port| port.split('/').next()?.parse().ok())
        });
    let mut variables = request.inherited.clone();
    variables.insert("HOST".to_owned(), "127.0.0.1".to_owned());
    variables.extend(places.rewrite_all(request.project, &given));
    base.ports = vec![PrivatePort {
        target,
        variables: vec!["PORT".to_owned()],
        private: 0,
    }];
    base.folders = base
        .mounts
        .iter()
        .filter(|mount| mount.kind == "volume")
        .map(|mount| Folder {
            path: mount.source.clone().into(),
            mode: 0o755,
            owner: None,
        })
        .collect();
    base.program = Program {
        command: settings
            .command
            .iter()
            .map(|word| places.rewrite(request.project, word))
            .collect(),
        directory: settings.directory.clone().unwrap_or_default(),
        environment: variables,
        user: None,
        stop_signal: service
            .stop_signal
            .clone()
            .unwrap_or_else(|| "SIGTERM".to_owned()),
        grace: grace(service),
    };
    if let Some(test) = &settings.healthcheck
        && let Some(known) = &mut base.health_test
    {
        known.command = std::iter::once("CMD".to_owned())
            .chain(test.iter().cloned())
            .collect();
    }
    if let Some(known) = &mut base.health_test {
        native_program(&mut known.command, &settings.command);
    }
    let can_run = base.health_test.as_ref().is_some_and(|test| {
        let program = test.command.get(1).filter(|_| test.command[0] == "CMD");
        program.is_none_or(|program| request.finder.is_there(program, &base.program.directory))
    });
    if !can_run {
        base.health_test = None;
    }
    base
}

/// A test by the image's own program is run by the native one of the same name.
fn native_program(test: &mut [String], command: &[String]) {
    let file = |path: &str| path.rsplit('/').next().map(ToOwned::to_owned);
    if let ([kind, program, ..], Some(native)) = (test, command.first())
        && kind == "CMD"
        && (program.starts_with('/') || !program.contains('/'))
        && file(program) == file(native)
    {
        program.clone_from(native);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_images_program_is_the_native_one_of_the_same_name() {
        let native = ["./target/debug/api".to_owned(), "serve".to_owned()];
        for written in ["api", "/usr/local/bin/api"] {
            let mut test = ["CMD", written, "healthcheck"].map(ToOwned::to_owned);
            native_program(&mut test, &native);
            assert_eq!(test[1], "./target/debug/api", "{written}");
        }
        let mut other = ["CMD", "curl", "localhost"].map(ToOwned::to_owned);
        native_program(&mut other, &native);
        assert_eq!(other[1], "curl");
    }
}
