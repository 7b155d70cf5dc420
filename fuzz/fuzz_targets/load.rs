//! The loader: no text makes it panic, and what it prints of a project reads as the same project
//! where it can be read.
#![no_main]

use std::collections::BTreeMap;

use devkit_compose::config::{self, Dollars};
use devkit_compose::{LoadOptions, Project, load};
use libfuzzer_sys::fuzz_target;

fn read(text: &str) -> Option<Project> {
    let environment = [("A", "1"), ("EMPTY", ""), ("HOME", "/home/user")];
    load(&LoadOptions {
        working_dir: "/nowhere".into(),
        files: vec!["-".into()],
        standard_input: Some(text.to_owned()),
        project_name: Some("fuzz".into()),
        profiles: vec!["*".into()],
        environment: BTreeMap::from(environment.map(|(key, value)| (key.into(), value.into()))),
        ..LoadOptions::default()
    })
    .ok()
}

fuzz_target!(|text: &str| {
    let Some(project) = read(text) else {
        return;
    };
    let Ok(printed) = config::json(&project, Dollars::Doubled) else {
        return;
    };
    let _ = config::yaml(&project, Dollars::Doubled);
    let _ = config::hashes(&project);
    // Dollar signs are doubled in keys as well, as Docker Compose does, and read in values only.
    if text.contains('$') {
        return;
    }
    // Docker Compose too refuses some of what it prints, such as a limit of zero.
    // It leaves out what is zero too, which may have another default; a second time nothing changes.
    let again = |text: &str| config::json(&read(text)?, Dollars::Doubled).ok();
    if let Some(second) = again(&printed) {
        assert_eq!(Some(&second), again(&second).as_ref());
    }
});
