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
    if file.text().trim().is_empty() {
        return;
    }
    // Where nothing stands behind `services`, braces are written, for Docker Compose wants them.
    let filled = !file.service_names().is_empty();
    for section in sections.iter().filter(|_| filled) {
        let Ok(added) = file.insert_services(&section.name, BLOCK) else {
            continue;
        };
        assert!(added.service_names().contains(&"fresh"));
        let removed = added
            .remove_service("fresh")
            .expect("what was added can be removed");
        assert_eq!(
            removed.text(),
            file.text(),
            "after adding:\n{}",
            added.text()
        );
    }
    for (top, key) in [
        (TopLevel::Volumes, "volumes"),
        (TopLevel::Networks, "networks"),
    ] {
        // A key with nothing behind it goes away with the last one that it held.
        if file.top_level_names(top).is_empty() && file.text().contains(key) {
            continue;
        }
        let Ok(added) = file.insert_top_level(top, "fresh-data") else {
            continue;
        };
        let removed = added
            .remove_top_level(top, "fresh-data")
            .expect("what was added can be removed");
        assert_eq!(
            removed.text(),
            file.text(),
            "after adding:\n{}",
            added.text()
        );
    }
});
