//! Parts that a list of the document says to be programs.

use std::collections::BTreeMap;

use devkit_archdoc::{Component, Document, normalised};

use super::left::unknown;
use crate::matching::names::{Names, Resolution};

/// A part is the service that the document says it to be: `- **Invoice server**: Gotenberg, makes
/// PDF files`.
pub(super) fn by_its_definition<'d>(
    names: &Names,
    document: &'d Document,
) -> Vec<(&'d Component, Resolution)> {
    let text = document.source.text();
    let defined: BTreeMap<String, &str> = text
        .lines()
        .filter_map(definition)
        .map(|(name, said)| (normalised(name), said))
        .collect();
    unknown(names, document)
        .filter_map(|component| {
            let said = defined.get(&component.normalised())?;
            // The mark makes it an item, which is nothing but its name.
            match names.mentioned(&format!("- {said}")).as_slice() {
                [service] => Some((component, Resolution::Services(vec![service.clone()]))),
                _ => None,
            }
        })
        .collect()
}

/// The bold name of an item of a list, and the words behind it up to the first mark.
fn definition(line: &str) -> Option<(&str, &str)> {
    let item = line.trim_start().strip_prefix(['-', '*', '•'])?;
    let (name, said) = item.trim_start().strip_prefix("**")?.split_once("**")?;
    let said = said.trim_start_matches([':', '-', '–', '—', ' ']);
    let said = said.split([',', ';', '.', '(', '–', '—']).next()?;
    let said = said.split(" - ").next().unwrap_or(said);
    let is_said = |text: &&str| !text.is_empty();
    Some(name.trim_matches([':', '`', ' ']))
        .filter(is_said)
        .zip(Some(said.trim_matches(['`', '*', ' '])).filter(is_said))
}

#[cfg(test)]
mod tests {
    use super::definition;

    #[test]
    fn items_of_lists_say_what_names_are() {
        let said = Some(("Invoice server", "Gotenberg"));
        assert_eq!(
            definition("- **Invoice server**: Gotenberg, makes PDF"),
            said
        );
        assert_eq!(definition("* **Invoice server:** `Gotenberg` (PDF)"), said);
        assert_eq!(definition("Invoice server: Gotenberg"), None);
        assert_eq!(definition("- **Invoice server**"), None);
    }
}
