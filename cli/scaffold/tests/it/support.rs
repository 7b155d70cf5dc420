use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use devkit_catalog::{Catalog, ComponentKind};
use devkit_diagnostic::Diagnostic;
use devkit_scaffold::{
    ComponentRequest, Plan, Platform, PlatformRequest, new_component, new_platform,
};
use tempfile::TempDir;

/// Every file below a folder by its path.
pub(crate) fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let key = path
                    .strip_prefix(root)
                    .unwrap()
                    .to_string_lossy()
                    .into_owned();
                files.insert(key, fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// The files of the starter platform, planned once for all tests.
static STARTER: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let plan = new_platform(&Catalog::builtin(), &request(folder.path())).unwrap();
    let _applied = plan.changes.apply().unwrap();
    tree(folder.path())
});

/// A platform of the starter blueprint in a temporary folder.
pub(crate) fn starter() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, content) in STARTER.iter() {
        let target = folder.path().join(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, content).unwrap();
    }
    folder
}

pub(crate) fn request(folder: &Path) -> PlatformRequest {
    PlatformRequest {
        folder: folder.to_owned(),
        name: "demo".parse().unwrap(),
        blueprint: "starter".to_owned(),
    }
}

pub(crate) fn component(
    kind: ComponentKind,
    template: &str,
    name: Option<&str>,
) -> ComponentRequest {
    ComponentRequest {
        kind,
        template: template.to_owned(),
        name: name.map(|name| name.parse().unwrap()),
        port: None,
    }
}

/// Plans and applies a component.
pub(crate) fn add(root: &Path, request: &ComponentRequest) -> Result<Plan, Diagnostic> {
    let catalog = Catalog::builtin();
    let plan = new_component(&Platform::new(root, &catalog), request)?;
    let _applied = plan.changes.apply().unwrap();
    Ok(plan)
}

/// Plans and applies a removal.
pub(crate) fn take_away(root: &Path, kind: ComponentKind, name: &str) -> Result<Plan, Diagnostic> {
    let catalog = Catalog::builtin();
    let name = name.parse().unwrap();
    let plan = devkit_scaffold::remove(&Platform::new(root, &catalog), kind, &name)?;
    let _applied = plan.changes.apply().unwrap();
    Ok(plan)
}

pub(crate) fn read(root: &Path, path: &str) -> String {
    fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Loads the platform as every command does, with all profiles.
pub(crate) fn load(root: &Path) -> devkit_compose::Project {
    let options = devkit_compose::LoadOptions {
        working_dir: root.to_owned(),
        profiles: vec!["*".to_owned()],
        ..devkit_compose::LoadOptions::default()
    };
    devkit_compose::load(&options).unwrap_or_else(|errors| panic!("{errors}"))
}
