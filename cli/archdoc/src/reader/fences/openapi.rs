//! The paths of an OpenAPI document.

use super::yaml::Tree;
use crate::facts::Endpoint;
use crate::reader::collector::Collector;
use crate::reader::endpoint::is_method;

/// Reads the operations under `paths`.
pub(super) fn read(tree: &Tree, to: &mut Collector<'_>) {
    for path in tree.below(0, "paths") {
        let path = &tree.nodes[*path];
        if !path.key.starts_with('/') {
            continue;
        }
        for operation in &path.children {
            let method = tree.nodes[*operation].key.to_uppercase();
            if !is_method(&method) {
                continue;
            }
            let line = tree.nodes[*operation].line;
            let service = to.service_at(line);
            let origin = to.line_origin(line);
            to.endpoint(Endpoint {
                service,
                method,
                path: path.key.clone(),
                description: tree.text(*operation, "summary").map(str::to_owned),
                origin,
            });
        }
    }
}
