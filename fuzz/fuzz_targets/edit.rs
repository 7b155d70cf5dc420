//! The editor: no text makes it panic, and adding and removing gives the first bytes back.
#![no_main]

use devkit_compose::edit::{ComposeFile, TopLevel};
use libfuzzer_sys::fuzz_target;

const BLOCK: &str = "  # A service.\n  fresh:\n    image: example/fresh\n";

fuzz_target!(|bytes: &[u8]| {
    let Ok(file) = ComposeFile::from_bytes("compose.yaml", bytes) else {
        return;
    };
    let Ok(sections) = file.sections() else {
        return;
    };
    for section in sections {
        let Ok(added) = file.insert_services(&section.name, BLOCK) else {
            continue;
        };
        assert!(added.service_names().contains(&"fresh"));
        let removed = added.remove_service("fresh").expect("what was added can be removed");
        assert_eq!(removed.text(), file.text(), "after adding:\n{}", added.text());
    }
    for top in [TopLevel::Volumes, TopLevel::Networks] {
        let Ok(added) = file.insert_top_level(top, "fresh-data") else {
            continue;
        };
        let removed = added
            .remove_top_level(top, "fresh-data")
            .expect("what was added can be removed");
        assert_eq!(removed.text(), file.text(), "after adding:\n{}", added.text());
    }
});
