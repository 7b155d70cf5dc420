//! Writes the repository root from the templates: the platform `devkit` of the blueprint `starter`.
//!
//! Run it after a change of `templates/`: `cargo run -p devkit-scaffold --example render_root`.

use std::error::Error;
use std::fs;
use std::path::Path;

use devkit_catalog::Catalog;
use devkit_changeset::FileMode;
use devkit_scaffold::{PlatformRequest, new_platform};

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let request = PlatformRequest {
        // Planned for a folder that does not exist, so that all files count as new.
        folder: root.join("target/render-root"),
        name: "devkit".parse()?,
        blueprint: "starter".to_owned(),
    };
    let plan = new_platform(&Catalog::builtin(), &request)?;
    let own = ["README.md", ".gitignore"];
    for (path, change) in plan.changes.iter() {
        let devkit_changeset::Change::Create { content, mode } = change else {
            continue;
        };
        if *mode == FileMode::Private || own.iter().any(|own| path == Path::new(own)) {
            continue;
        }
        let target = root.join(path);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        if fs::read(&target).ok().as_deref() != Some(content) {
            fs::write(&target, content)?;
        }
    }
    for entry in fs::read_dir(root.join(".devkit/base"))? {
        let entry = entry?;
        if plan
            .changes
            .get(Path::new(".devkit/base").join(entry.file_name()))
            .is_none()
        {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
