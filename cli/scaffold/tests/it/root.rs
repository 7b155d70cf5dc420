use std::fs;
use std::path::Path;

use devkit_catalog::Catalog;
use devkit_changeset::{Change, FileMode};
use devkit_scaffold::{PlatformRequest, new_platform};

/// Files of the root that are about devkit itself and not about the platform.
const OWN: [&str; 2] = ["README.md", ".gitignore"];

#[test]
fn the_repository_root_is_what_new_platform_writes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = tempfile::tempdir().unwrap();
    let request = PlatformRequest {
        folder: folder.path().to_owned(),
        name: "devkit".parse().unwrap(),
        blueprint: "starter".to_owned(),
    };
    let plan = new_platform(&Catalog::builtin(), &request).unwrap();
    let mut compared = 0;
    let mut different = Vec::new();
    for (path, change) in plan.changes.iter() {
        let Change::Create { content, mode } = change else {
            panic!("{} is no new file", path.display());
        };
        if *mode == FileMode::Private || OWN.iter().any(|own| path == Path::new(own)) {
            continue;
        }
        compared += 1;
        if fs::read(root.join(path)).ok().as_ref() != Some(content) {
            different.push(path.display().to_string());
        }
    }
    assert!(compared > 100, "only {compared} files were compared");
    assert!(
        different.is_empty(),
        "run `cargo run -p devkit-scaffold --example render_root`; these differ:\n{}",
        different.join("\n")
    );
}
