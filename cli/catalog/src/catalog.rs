use std::path::Path;

use devkit_diagnostic::{Diagnostic, Diagnostics};

use crate::component::{render_files, text};
use crate::manifest::parse;
use crate::{
    Blueprint, BlueprintComponent, Component, ComponentKind, Manifest, RenderedFile, TemplateTree,
    Variables,
};

/// Everything that can be added to a platform.
#[derive(Debug, Clone)]
pub struct Catalog {
    tree: TemplateTree,
}

impl Catalog {
    /// The catalog that is part of devkit.
    pub fn builtin() -> Self {
        Self::new(TemplateTree::builtin())
    }

    /// A catalog of the given templates, laid out as `kind/id/component.toml`.
    pub fn new(tree: TemplateTree) -> Self {
        Self { tree }
    }

    /// Lays a folder of the user's over the catalog: it can add components and replace files.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn with_folder(mut self, folder: &Path) -> Result<Self, Diagnostic> {
        let tree = TemplateTree::read(folder).map_err(|error| {
            Diagnostic::error(format!("The templates cannot be read: {error}")).in_file(folder)
        })?;
        self.tree.lay_over(tree);
        Ok(self)
    }

    /// The ids of a kind, in alphabetical order.
    pub fn ids(&self, kind: ComponentKind) -> Vec<String> {
        self.tree
            .folders(kind.as_str())
            .into_iter()
            .filter(|id| {
                self.tree
                    .get(&format!("{kind}/{id}/component.toml"))
                    .is_some()
            })
            .collect()
    }

    /// Every component, by kind and id.
    ///
    /// # Errors
    /// Everything that is wrong with any of them.
    pub fn components(&self) -> Result<Vec<Component>, Diagnostics> {
        let mut problems = Diagnostics::new();
        let mut components = Vec::new();
        for kind in ComponentKind::ALL {
            for id in self.ids(kind) {
                match self.component(kind, &id) {
                    Ok(component) => components.push(component),
                    Err(problem) => problems.push(problem),
                }
            }
        }
        problems.into_result(components)
    }

    /// The component with an id.
    ///
    /// # Errors
    /// If there is none, with those that there are; if its `component.toml` is wrong, where.
    pub fn component(&self, kind: ComponentKind, id: &str) -> Result<Component, Diagnostic> {
        let folder = format!("{kind}/{id}");
        let tree = self.tree.below(&folder);
        Self::load(kind, id, folder, tree).unwrap_or_else(|| Err(self.unknown(kind, id)))
    }

    /// A component of a blueprint, with its overlay.
    ///
    /// # Errors
    /// As [`component`](Self::component), or if there is no such overlay.
    pub fn blueprint_component(&self, entry: &BlueprintComponent) -> Result<Component, Diagnostic> {
        let Some(overlay) = &entry.overlay else {
            return self.component(entry.kind, &entry.id);
        };
        let folder = format!("{}/{}", entry.kind, entry.id);
        let over = self.tree.below(&format!("platform/overlay/{overlay}"));
        let mut tree = self.tree.below(&folder);
        if tree.is_empty() {
            return Err(self.unknown(entry.kind, &entry.id));
        }
        for (path, _) in over.iter() {
            // A file that the overlay renders replaces one that was copied, and the other way.
            match path.strip_suffix(".j2") {
                Some(plain) => tree.remove(plain),
                None => tree.remove(&format!("{path}.j2")),
            }
        }
        tree.lay_over(over);
        Self::load(entry.kind, &entry.id, folder, tree)
            .unwrap_or_else(|| Err(self.unknown(entry.kind, &entry.id)))
    }

    /// The blueprint with an id.
    ///
    /// # Errors
    /// If there is none, with those that there are.
    pub fn blueprint(&self, id: &str) -> Result<Blueprint, Diagnostic> {
        let path = "platform/blueprint.toml";
        let Some(content) = self.tree.get(path) else {
            return Err(Diagnostic::error("The catalog has no blueprint"));
        };
        let blueprint: Blueprint = parse(path, text(path, content)?)?;
        if blueprint.id == id {
            return Ok(blueprint);
        }
        Err(Diagnostic::error(format!("There is no blueprint `{id}`"))
            .with_help(format!("the known ones are: {}", blueprint.id)))
    }

    /// The skeleton of a platform.
    ///
    /// # Errors
    /// If a template is wrong.
    pub fn platform_files(&self, variables: &Variables) -> Result<Vec<RenderedFile>, Diagnostic> {
        let folder = "platform/files";
        render_files(&self.tree.below(folder), folder, variables)
    }

    fn load(
        kind: ComponentKind,
        id: &str,
        folder: String,
        tree: TemplateTree,
    ) -> Option<Result<Component, Diagnostic>> {
        let path = format!("{folder}/component.toml");
        let manifest = tree.get("component.toml")?;
        let manifest =
            text(&path, manifest).and_then(|manifest| Manifest::parse(&path, manifest, kind, id));
        Some(manifest.map(|manifest| Component {
            manifest,
            tree,
            folder,
        }))
    }

    fn unknown(&self, kind: ComponentKind, id: &str) -> Diagnostic {
        let known = self.ids(kind);
        let shown: String = id.chars().take(80).filter(|c| !c.is_control()).collect();
        let mut diagnostic = Diagnostic::error(format!("There is no {} `{shown}`", kind.noun()));
        if let Some(near) = nearest(id, &known) {
            diagnostic = diagnostic.with_help(format!("did you mean `{near}`?"));
        }
        let other = ComponentKind::ALL
            .into_iter()
            .find(|other| *other != kind && self.ids(*other).iter().any(|known| known == id));
        if let Some(other) = other {
            let command = match other {
                ComponentKind::Service => format!("devkit new service NAME --template {id}"),
                _ => format!("devkit new {other} {id}"),
            };
            diagnostic = diagnostic.with_help(format!("`{id}` is a {}: `{command}`", other.noun()));
        }
        diagnostic.with_help(format!("the known ones are: {}", known.join(", ")))
    }
}

/// The known word that is close enough to have been meant.
fn nearest<'a>(word: &str, known: &'a [String]) -> Option<&'a str> {
    let word = word.to_lowercase();
    known
        .iter()
        .map(|candidate| (distance(&word, candidate), candidate))
        .filter(|(distance, candidate)| {
            *distance <= 1 + candidate.len() / 4
                || (word.len() >= 3 && candidate.contains(word.as_str()))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate.as_str())
}

/// How many characters must be added, taken away or changed.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (index, from) in left.chars().take(80).enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (column, to) in right.iter().enumerate() {
            let change = diagonal + usize::from(from != *to);
            diagonal = row[column + 1];
            row[column + 1] = change.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}
