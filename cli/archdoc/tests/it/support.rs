//! What several of the tests ask of a document.

use std::collections::BTreeSet;

use devkit_archdoc::Document;

/// The names of the programs of the platform, as they come.
pub(crate) fn runnable(document: &Document) -> Vec<&str> {
    let components = document.facts.components.iter();
    let runnable = components.filter(|it| it.runnable);
    runnable.map(|it| it.name.as_str()).collect()
}

/// The ends of the connections that need a network.
pub(crate) fn connections(document: &Document) -> BTreeSet<(&str, &str)> {
    let connections = document.facts.connections.iter();
    connections
        .filter(|it| it.kind.needs_network())
        .map(|it| (it.from.as_str(), it.to.as_str()))
        .collect()
}

/// Shows UTF-8 as Windows-1254 does, without the bytes that it leaves undefined.
pub(crate) fn damaged(text: &str) -> String {
    const UPPER: &str = "€\0‚ƒ„…†‡ˆ‰Š‹Œ\0\0\0\0‘’“”•–—˜™š›œ\0\0Ÿ";
    text.bytes()
        .filter_map(|byte| match byte {
            0x80..=0x9F => UPPER
                .chars()
                .nth(usize::from(byte) - 0x80)
                .filter(|it| *it != '\0'),
            0xD0 => Some('Ğ'),
            0xDD => Some('İ'),
            0xDE => Some('Ş'),
            0xF0 => Some('ğ'),
            0xFD => Some('ı'),
            0xFE => Some('ş'),
            _ => Some(char::from(byte)),
        })
        .collect()
}
