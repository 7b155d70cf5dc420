//! The generated regions of `docs/architecture/overview.md`.

use devkit_archdoc::draw;
use devkit_archdoc::edit::{regions, replace_region};
use devkit_changeset::FileMode;
use devkit_diagnostic::{Diagnostic, SourceFile};

use crate::add::page_path;
use crate::compose::ComposePair;
use crate::drawing::describe;
use crate::new::platform_name;
use crate::plan::{Plan, Summary};
use crate::platform::Platform;
use crate::workspace::Workspace;

/// The document.
pub(crate) const DOCUMENT: &str = "docs/architecture/overview.md";

/// Plans the generated regions of the document as they should be now (`devkit docs`).
///
/// # Errors
/// If there is no document, or a region's markers are not in order.
pub fn refresh_document(platform: &Platform<'_>) -> Result<Plan, Diagnostic> {
    let mut workspace = Workspace::new(&platform.root);
    let compose = ComposePair::read(&mut workspace)?;
    let name = platform_name(&mut workspace, platform)?;
    let mut summary = Summary {
        platform: name.clone(),
        name,
        ..Summary::default()
    };
    if !workspace.exists(DOCUMENT) {
        return Err(Diagnostic::error("There is no architecture document")
            .in_file(DOCUMENT)
            .with_help("make one with regions such as `<!-- devkit:begin ports -->` and `<!-- devkit:end ports -->`"));
    }
    write_regions(&mut workspace, &compose, &mut summary)?;
    Ok(Plan {
        changes: workspace.into_changes()?,
        summary,
    })
}

/// Writes the regions that the document has; a platform without a document has none.
pub(crate) fn write_regions(
    workspace: &mut Workspace,
    compose: &ComposePair,
    summary: &mut Summary,
) -> Result<(), Diagnostic> {
    let Some(mut text) = workspace.text(DOCUMENT)? else {
        return Ok(());
    };
    let platform = describe(workspace, compose)?;
    let services = related_services(workspace, &platform);
    let mut written = 0;
    for name in region_names(&text)? {
        let body = match name.as_str() {
            "diagram" => draw::diagram(&platform),
            "external-access" => draw::external_access(&platform),
            "topology" => draw::topology(&platform),
            "ports" => draw::ports(&platform),
            "storage" => draw::storage(&platform),
            "resources" => draw::resources(&platform),
            "related-services" => services.clone(),
            _ => continue,
        };
        text = replace_region(&text, &name, &body)
            .map_err(|error| Diagnostic::error(error.to_string()).in_file(DOCUMENT))?;
        written += 1;
    }
    if written == 0 {
        summary.notes.push(format!(
            "{DOCUMENT} has no generated regions, and was left as it is"
        ));
    }
    workspace.write(DOCUMENT, text, FileMode::Regular)
}

fn region_names(text: &str) -> Result<Vec<String>, Diagnostic> {
    let source = SourceFile::new(DOCUMENT, text);
    regions(text)
        .into_iter()
        .map(|region| match region {
            Ok(region) => Ok(region.name),
            Err(error) => Err(Diagnostic::error(error.to_string()).in_file(source.path())),
        })
        .collect()
}

/// Links to the pages of the platform's services.
fn related_services(workspace: &mut Workspace, platform: &draw::Platform) -> String {
    let mut list = String::new();
    for node in platform.nodes() {
        let page = page_path(&node.service);
        if workspace.exists(&page) {
            let target = page.trim_start_matches("docs/");
            list.extend(["- [", &node.name, "](../", target, ")\n"]);
        }
    }
    list
}
