//! What a service's own description of its interface says of requests: their bodies, and where one
//! registers and logs in.

use serde_json::{Map, Value};

use super::request::{Request, same_path};

/// Where services usually describe their interface.
pub(super) const USUAL_PATHS: [&str; 7] = [
    "/openapi.json",
    "/api/openapi.json",
    "/api-docs/openapi.json",
    "/v3/api-docs",
    "/swagger/v1/swagger.json",
    "/swagger.json",
    "/docs/openapi.json",
];

const REGISTERING: [&str; 4] = ["register", "signup", "registration", "registrations"];
const LOGGING_IN: [&str; 6] = [
    "login",
    "signin",
    "token",
    "session",
    "sessions",
    "authenticate",
];

/// An OpenAPI document.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Description(Value);

/// The body that a request needs.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct BodyForm {
    /// Whether it is a form, not JSON.
    pub(super) is_form: bool,
    /// The fields with their schemas.
    pub(super) fields: Map<String, Value>,
}

impl Description {
    /// Takes a document that looks like one.
    pub(super) fn new(document: Value) -> Option<Self> {
        let known = document.get("openapi").or_else(|| document.get("swagger"));
        (known.is_some() && document.get("paths").is_some_and(Value::is_object))
            .then_some(Self(document))
    }

    /// Whether it describes a request.
    pub(super) fn has(&self, request: &Request) -> bool {
        self.operation(request).is_some()
    }

    /// The body that a request needs; nothing where it needs none, or is not described.
    pub(super) fn body(&self, request: &Request) -> Option<BodyForm> {
        let content = self
            .resolved(self.operation(request)?.get("requestBody")?)
            .get("content")?
            .as_object()?;
        let (kind, media) = content
            .iter()
            .find(|(kind, _)| kind.contains("json"))
            .or_else(|| content.iter().find(|(kind, _)| kind.contains("urlencoded")))?;
        let schema = self.resolved(media.get("schema")?);
        Some(BodyForm {
            is_form: kind.contains("urlencoded"),
            fields: self.required(schema),
        })
    }

    /// The request with which a user registers.
    pub(super) fn registration(&self) -> Option<Request> {
        self.post_to(&REGISTERING)
    }

    /// The request with which a user logs in.
    pub(super) fn login(&self) -> Option<Request> {
        self.post_to(&LOGGING_IN)
    }

    fn post_to(&self, words: &[&str]) -> Option<Request> {
        let paths = self.0.get("paths")?.as_object()?;
        let posts = || paths.iter().filter(|(_, item)| item.get("post").is_some());
        // The words stand in the order of how sure they are.
        words.iter().find_map(|word| {
            posts()
                .find(|(path, _)| last_word(path) == *word)
                .map(|(path, _)| Request {
                    method: "POST".to_owned(),
                    path: path.clone(),
                })
        })
    }

    fn operation(&self, request: &Request) -> Option<&Value> {
        let paths = self.0.get("paths")?.as_object()?;
        let exact = paths.get(&request.path);
        let item = exact.or_else(|| {
            paths
                .iter()
                .find(|(path, _)| same_path(path, &request.path))
                .map(|(_, item)| item)
        })?;
        item.get(request.method.to_lowercase())
    }

    /// The fields that a body must have; all of them where none is said to be required.
    fn required(&self, schema: &Value) -> Map<String, Value> {
        let mut fields = Map::new();
        for part in schema
            .get("allOf")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            fields.extend(self.required(self.resolved(part)));
        }
        let names: Option<Vec<&str>> = schema
            .get("required")
            .and_then(Value::as_array)
            .map(|names| names.iter().filter_map(Value::as_str).collect());
        let properties = schema.get("properties").and_then(Value::as_object);
        for (name, schema) in properties.into_iter().flatten() {
            if names
                .as_ref()
                .is_none_or(|names| names.contains(&name.as_str()))
            {
                fields.insert(name.clone(), self.resolved(schema).clone());
            }
        }
        fields
    }

    fn resolved<'a>(&'a self, value: &'a Value) -> &'a Value {
        value
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|name| self.0.pointer(name.strip_prefix('#')?))
            .unwrap_or(value)
    }
}

/// The last part of a path in small letters, without hyphens: `/auth/sign-up` is `signup`.
fn last_word(path: &str) -> String {
    let last = path.trim_end_matches('/').rsplit('/').next();
    last.unwrap_or_default()
        .chars()
        .filter(|character| character.is_alphanumeric())
        .collect::<String>()
        .to_lowercase()
}

#[cfg(test)]
pub(super) mod tests {
    use serde_json::json;

    use super::*;

    /// A service with accounts, as the reference platform's API describes itself.
    pub(in super::super) fn description() -> Description {
        let body = |name: &str| {
            json!({ "content": { "application/json": {
                "schema": { "$ref": format!("#/components/schemas/{name}") } } } })
        };
        Description::new(json!({
            "openapi": "3.1.0",
            "paths": {
                "/api/v1/auth/register": { "post": { "requestBody": body("Registration") } },
                "/api/v1/auth/login": { "post": { "requestBody": body("Login") } },
                "/api/v1/export": { "post": {} },
                "/api/v1/users/{id}": { "get": {} },
            },
            "components": { "schemas": {
                "Registration": { "type": "object", "required": ["email", "name", "password"],
                    "properties": { "email": { "type": "string" }, "name": { "type": "string" },
                        "password": { "type": "string" }, "nickname": { "type": "string" } } },
                "Login": { "type": "object", "properties": {
                    "email": { "type": "string" }, "password": { "type": "string" } } },
            } },
        }))
        .unwrap()
    }

    #[test]
    fn accounts_are_found_by_their_paths() {
        let description = description();
        let shown = |request: Option<Request>| request.map(|request| request.to_string());
        assert_eq!(
            shown(description.registration()).as_deref(),
            Some("POST /api/v1/auth/register")
        );
        assert_eq!(
            shown(description.login()).as_deref(),
            Some("POST /api/v1/auth/login")
        );
        assert_eq!(last_word("/auth/sign-up/"), "signup");
    }

    #[test]
    fn a_body_has_the_fields_that_are_required() {
        let request = |text| Request::named(text).unwrap();
        let registration = description()
            .body(&request("POST /api/v1/auth/register"))
            .unwrap();
        let names: Vec<&str> = registration.fields.keys().map(String::as_str).collect();
        assert_eq!(names, ["email", "name", "password"]);
        assert_eq!(description().body(&request("POST /api/v1/export")), None);
        assert!(description().has(&request("GET /api/v1/users/7")));
        assert!(!description().has(&request("GET /api/v2/users")));
    }
}
