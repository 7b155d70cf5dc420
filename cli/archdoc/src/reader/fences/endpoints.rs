//! Endpoints listed in a block, one a line.

use crate::facts::Endpoint;
use crate::reader::collector::Collector;
use crate::reader::endpoint;

/// Reads lines such as `GET /plans   list plans`.
pub(super) fn read(first: usize, end: usize, to: &mut Collector<'_>) {
    for line in first..end {
        let text = to.lines[line].text.trim_start();
        let Some((method, path, rest)) = endpoint::written(text) else {
            continue;
        };
        let description = rest.trim_matches(|it: char| {
            it.is_whitespace() || matches!(it, '#' | '-' | '–' | '—' | ':' | '→' | '/')
        });
        let said = !description.is_empty()
            && !description.starts_with(['?', '&'])
            && !description.starts_with("HTTP/");
        let service = to.service_at(line);
        let origin = to.line_origin(line);
        to.endpoint(Endpoint {
            service,
            method: method.to_owned(),
            path: path.to_owned(),
            description: said.then(|| description.to_owned()),
            origin,
        });
    }
}
