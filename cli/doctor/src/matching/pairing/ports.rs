//! Programs that are known by the ports on which they listen when nobody says otherwise.

use devkit_archdoc::{Component, Document};

use super::left::unknown;
use crate::matching::names::{Names, Resolution};
use crate::matching::{Identity, product_of_name, words};

/// A part that is written with what listens on a port of its own means the one service on that
/// port: `Streamlit Console` and 8501.
pub(super) fn by_usual_port<'d>(
    names: &Names,
    document: &'d Document,
) -> Vec<(&'d Component, Resolution)> {
    unknown(names, document)
        .filter_map(|component| {
            let port = words(&component.name)
                .iter()
                .find_map(|word| usual_port(word))?;
            let service = only(names, |identity| identity.listens.contains(&port))?;
            Some((component, Resolution::Services(vec![service])))
        })
        .collect()
}

/// A web server that no image runs may be in the pages that are built here and listen on the port
/// of the web.
pub(super) fn by_port_of_the_web<'d>(
    names: &Names,
    document: &'d Document,
) -> Vec<(&'d Component, Resolution)> {
    const WEB: [u16; 2] = [80, 443];
    let is_server = |component: &Component| {
        words(&component.name)
            .iter()
            .filter_map(|word| product_of_name(word))
            .any(|product| matches!(product.id, "nginx" | "apache" | "httpd" | "caddy"))
    };
    unknown(names, document)
        .filter(|component| is_server(component))
        .filter_map(|component| {
            let listens = |identity: &Identity| WEB.iter().any(|it| identity.listens.contains(it));
            let service = only(names, listens)?;
            Some((component, Resolution::Unsure(service)))
        })
        .collect()
}

/// The only program of one's own of which something is so.
fn only(names: &Names, is: impl Fn(&Identity) -> bool) -> Option<String> {
    let mut found = names
        .identities()
        .iter()
        .filter(|identity| identity.program().is_none() && is(identity));
    let one = found.next()?;
    found.next().is_none().then(|| one.service.clone())
}

/// The port on which what is written with something listens.
fn usual_port(word: &str) -> Option<u16> {
    Some(match word {
        "streamlit" => 8501,
        "gradio" => 7860,
        "dash" => 8050,
        "chainlit" => 8000,
        _ => return None,
    })
}
