//! What the machine and its engine are, against what the services may use.

use std::time::Duration;

use devkit_diagnostic::Diagnostics;
use devkit_doctor::facts::{Engine, Space};
use devkit_doctor::{Depth, Inputs, Machine, Options, Repository};

use crate::support::{Platform, TODAY, load};

const GIGABYTE: u64 = 1 << 30;

const COMPOSE: &str = "
services:
  api:
    build: { context: ., dockerfile_inline: \"FROM scratch\\nRUN --mount=type=cache,target=/x true\\n\" }
    deploy: { resources: { limits: { cpus: '3', memory: 3g } } }
";

fn good() -> Machine {
    Machine {
        memory: Some(16 * GIGABYTE),
        processors: Some(8),
        spaces: vec![Space {
            path: "/".into(),
            free: 50 * GIGABYTE,
        }],
        watches: Some(524_288),
        watchers: Some(512),
        localhost: Some(true),
        engine: Some(Engine {
            version: "27.3.1".to_owned(),
            api: "1.47".to_owned(),
            buildx: true,
            storage_driver: Some("overlay2".to_owned()),
            memory: Some(8 * GIGABYTE),
            processors: Some(4),
            clock_difference: Some(Duration::from_millis(20)),
        }),
    }
}

fn found(change: impl FnOnce(&mut Machine)) -> Vec<&'static str> {
    let platform = Platform::of(COMPOSE, "# Nothing\n");
    let root = platform.root();
    let project = load(&root, &[]);
    let repository = Repository::collect(&root, &[&project]);
    let mut machine = good();
    change(&mut machine);
    let omitted = Diagnostics::new();
    let inputs = Inputs {
        root: &root,
        project: &project,
        production: None,
        omitted: &omitted,
        documents: &[],
        repository: &repository,
        machine: Some(&machine),
        driver: None,
        today: TODAY,
    };
    let options = Options {
        depth: Depth::Live,
        ..Options::default()
    };
    let report = tokio::runtime::Runtime::new()
        .unwrap()
        .block_on(devkit_doctor::run(&inputs, &options));
    report
        .findings
        .iter()
        .map(|finding| finding.rule.id)
        .collect()
}

fn engine(machine: &mut Machine) -> &mut Engine {
    machine.engine.as_mut().unwrap()
}

#[test]
fn a_machine_with_enough_of_everything_has_no_finding() {
    assert_eq!(found(|_| {}), Vec::<&str>::new());
}

#[test]
fn each_lack_is_told_by_its_rule() {
    assert_eq!(
        found(|machine| engine(machine).api = "1.40".to_owned()),
        ["DK902"]
    );
    assert_eq!(
        found(|machine| engine(machine).memory = Some(2 * GIGABYTE)),
        ["DK903"]
    );
    assert_eq!(
        found(|machine| engine(machine).processors = Some(2)),
        ["DK904"]
    );
    assert_eq!(
        found(|machine| machine.spaces[0].free = GIGABYTE),
        ["DK905"]
    );
    assert_eq!(found(|machine| machine.watches = Some(1024)), ["DK906"]);
    assert_eq!(found(|machine| engine(machine).buildx = false), ["DK908"]);
    let driver = |name: &'static str| {
        found(move |machine| engine(machine).storage_driver = Some(name.to_owned()))
    };
    assert_eq!(driver("vfs"), ["DK909"]);
    assert_eq!(driver("btrfs"), Vec::<&str>::new());
    let late = Duration::from_secs(90);
    assert_eq!(
        found(|machine| engine(machine).clock_difference = Some(late)),
        ["DK926"]
    );
    assert_eq!(found(|machine| machine.localhost = Some(false)), ["DK927"]);
    assert_eq!(found(|machine| machine.engine = None), ["DK901"]);
}
