use devkit_catalog::{Catalog, Component};
use devkit_ui::{Table, Tone};
use serde_json::json;

use crate::args::{CatalogArgs, ListFormat};
use crate::failure::Outcome;
use crate::settings::Settings;

/// `devkit catalog`: lists what can be added.
pub(crate) fn run(settings: &Settings, args: &CatalogArgs) -> Outcome {
    let components = Catalog::builtin().components()?;
    match args.format {
        ListFormat::Json => settings.ui.data(&as_json(&components)),
        ListFormat::Table => settings.ui.table(&table(&components)),
    }
    Ok(())
}

fn table(components: &[Component]) -> Table {
    let mut table = Table::new(["KIND", "ID", "DESCRIPTION", "ADD IT WITH"]);
    for component in components {
        let manifest = component.manifest();
        table.toned_row(vec![
            (manifest.kind.as_str().to_owned(), Some(Tone::Faint)),
            (manifest.id.clone(), Some(Tone::Strong)),
            (manifest.description.clone(), None),
            (how_to_add(component), Some(Tone::Name)),
        ]);
    }
    table
}

fn how_to_add(component: &Component) -> String {
    let manifest = component.manifest();
    match manifest.kind {
        devkit_catalog::ComponentKind::Service => {
            format!("devkit new service NAME --template {}", manifest.id)
        }
        kind => format!("devkit new {} {}", kind.as_str(), manifest.id),
    }
}

fn as_json(components: &[Component]) -> String {
    let list: Vec<_> = components
        .iter()
        .map(|component| {
            let manifest = component.manifest();
            json!({
                "kind": manifest.kind.as_str(),
                "id": manifest.id,
                "title": manifest.title,
                "description": manifest.description,
                "technology": manifest.technology,
                "requires": manifest.requires,
                "add": how_to_add(component),
            })
        })
        .collect();
    format!("{:#}\n", json!({ "components": list }))
}
