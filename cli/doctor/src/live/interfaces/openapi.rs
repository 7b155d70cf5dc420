//! A service's own description of its interface.

use std::collections::BTreeSet;
use std::net::SocketAddr;

use serde_json::Value;

use super::paths::Path;
use crate::live::connect::in_time;
use crate::live::http;

/// Where frameworks serve it.
const USUAL: &[&str] = &[
    "/openapi.json",
    "/api/openapi.json",
    "/v3/api-docs",
    "/swagger.json",
    "/docs/openapi.json",
    "/api-docs",
    "/swagger/v1/swagger.json",
    "/api/v1/openapi.json",
    "/api-json",
];

/// The operations that a running service describes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Interface {
    pub(super) operations: Vec<Operation>,
}

/// A path with what can be done there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Operation {
    pub(super) written: String,
    pub(super) path: Path,
    pub(super) methods: BTreeSet<String>,
}

/// Asks a service for its description at the usual places.
pub(super) async fn ask(address: SocketAddr) -> Option<Interface> {
    let (first, others) = USUAL.split_first()?;
    if let Some(found) = at(address, first).await {
        return Some(found);
    }
    let asked = others.iter().map(|path| at(address, path));
    futures::future::join_all(asked)
        .await
        .into_iter()
        .flatten()
        .next()
}

async fn at(address: SocketAddr, path: &str) -> Option<Interface> {
    let answer = in_time(http::get(address, path, None)).await.ok()?;
    read(&answer.body).filter(|_| answer.status == 200)
}

fn read(text: &str) -> Option<Interface> {
    const METHODS: &[&str] = &["get", "post", "put", "patch", "delete", "head", "options"];
    let document: Value = serde_json::from_str(text).ok()?;
    document
        .get("openapi")
        .or_else(|| document.get("swagger"))?;
    let base = Path::read(&base(&document));
    let operations = document.get("paths")?.as_object()?.iter();
    Some(Interface {
        operations: operations
            .map(|(path, item)| Operation {
                written: path.clone(),
                path: Path::read(path).below(&base),
                methods: item
                    .as_object()
                    .into_iter()
                    .flatten()
                    .map(|(method, _)| method.to_lowercase())
                    .filter(|method| METHODS.contains(&method.as_str()))
                    .map(|method| method.to_uppercase())
                    .collect(),
            })
            .collect(),
    })
}

/// What every path stands below: the path of the first server, or `basePath`.
fn base(document: &Value) -> String {
    let server = document.pointer("/servers/0/url").and_then(Value::as_str);
    let base = server.or_else(|| document.get("basePath")?.as_str());
    let base = base.unwrap_or_default();
    match base.split_once("://") {
        Some((_, rest)) => rest
            .find('/')
            .map_or_else(String::new, |at| rest[at..].to_owned()),
        None => base.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_stand_below_the_server_that_is_named() {
        let text = r#"{"openapi":"3.1.0","servers":[{"url":"https://x.example/api/v1"}],
            "paths":{"/users/{id}":{"get":{},"parameters":[]}}}"#;
        let interface = read(text).unwrap();
        let [operation] = interface.operations.as_slice() else {
            panic!("{interface:?}");
        };
        assert_eq!(operation.path, Path::read("/api/v1/users/{id}"));
        assert_eq!(operation.methods, BTreeSet::from(["GET".to_owned()]));
        assert_eq!(read(r#"{"paths":{}}"#), None);
    }
}
