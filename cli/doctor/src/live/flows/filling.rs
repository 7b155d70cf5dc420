//! Values for requests that a replay makes up: unmistakable ones, or what earlier answers gave.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::hash::{BuildHasher as _, RandomState};

use serde_json::{Map, Value, json};

use super::openapi::BodyForm;
use super::request::{Request, parameter_name};

/// The name in everything that a replay leaves behind.
const MARK: &str = "devkit-doctor";

/// A throw-away user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Account {
    /// The address, which no mail reaches.
    pub(super) email: String,
    /// The name to log in with, where that is not the address.
    pub(super) user: String,
    /// The password: random, and forgotten with the run.
    pub(super) password: String,
}

impl Account {
    /// An account that nobody has.
    pub(super) fn new() -> Self {
        let user = format!("{MARK}-{}", hexadecimal(8));
        Self {
            email: format!("{user}@example.invalid"),
            password: format!("Aa1-{}", hexadecimal(24)),
            user,
        }
    }
}

/// Values that answers gave, by their names, the last ones.
#[derive(Debug, Clone, Default)]
pub(super) struct Known(BTreeMap<String, Value>);

impl Known {
    /// Keeps what an answer holds: its own fields, or those of the first of a list.
    pub(super) fn learn(&mut self, answer: &Value) {
        let record = match answer {
            Value::Array(list) => list.first(),
            other => Some(
                other
                    .get("data")
                    .filter(|data| data.is_object())
                    .unwrap_or(other),
            ),
        };
        for (name, value) in record.and_then(Value::as_object).into_iter().flatten() {
            if value.is_string() || value.is_number() {
                self.0.insert(name.to_lowercase(), value.clone());
            }
        }
    }

    /// A value by its name, also where the name says whose it is: `user_id` for `id`.
    fn get(&self, name: &str) -> Option<&Value> {
        let name = name.to_lowercase();
        self.0.get(&name).or_else(|| {
            let is_id = name.ends_with("id") || name == "uuid";
            self.0.get("id").filter(|_| is_id)
        })
    }

    /// The path of a request with its parameters filled in, or the one that nothing is known of.
    pub(super) fn path(&self, request: &Request) -> Result<String, String> {
        let mut path = request.path.clone();
        for parameter in request.parameters() {
            let value = self
                .get(parameter_name(parameter))
                .ok_or_else(|| parameter.to_owned())?;
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            path = path.replacen(parameter, &text, 1);
        }
        Ok(path)
    }

    /// A body with a value for each field, with its media type.
    pub(super) fn body(&self, form: &BodyForm, account: &Account) -> (&'static str, String) {
        let fields: Map<String, Value> = form
            .fields
            .iter()
            .map(|(name, schema)| (name.clone(), self.value(name, schema, account)))
            .collect();
        if form.is_form {
            let pairs: Vec<String> = fields
                .iter()
                .map(|(name, value)| {
                    let text = value
                        .as_str()
                        .map_or_else(|| value.to_string(), str::to_owned);
                    format!("{name}={}", super::super::http::encoded(&text))
                })
                .collect();
            return ("application/x-www-form-urlencoded", pairs.join("&"));
        }
        ("application/json", Value::Object(fields).to_string())
    }

    fn value(&self, name: &str, schema: &Value, account: &Account) -> Value {
        let lower = name.to_lowercase();
        let is = |part: &str| lower.contains(part);
        if is("mail") {
            return json!(account.email);
        }
        if is("password") || is("passphrase") {
            return json!(account.password);
        }
        if matches!(
            lower.as_str(),
            "username" | "user" | "login" | "handle" | "nickname"
        ) {
            return json!(account.user);
        }
        if let Some(value) = self.get(name) {
            return value.clone();
        }
        made_up(schema)
    }
}

/// A value that a schema allows.
fn made_up(schema: &Value) -> Value {
    if let Some(first) = schema.pointer("/enum/0").or_else(|| schema.get("const")) {
        return first.clone();
    }
    let kind = match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.first().and_then(Value::as_str),
        kind => kind.and_then(Value::as_str),
    };
    match kind {
        Some("integer" | "number") => schema.get("minimum").cloned().unwrap_or_else(|| json!(1)),
        Some("boolean") => json!(false),
        Some("array") => json!([]),
        Some("object") => json!({}),
        _ => match schema.get("format").and_then(Value::as_str) {
            Some("date-time") => json!("2000-01-01T00:00:00Z"),
            Some("date") => json!("2000-01-01"),
            Some("uuid") => json!("00000000-0000-4000-8000-000000000000"),
            _ => json!(MARK),
        },
    }
}

/// The fields that a document names in braces: `{email, password}`.
pub(super) fn named_fields(text: &str) -> Option<BodyForm> {
    let inside = text.split_once('{')?.1.split_once('}')?.0;
    let names: Vec<&str> = inside
        .split(',')
        .map(|name| name.split(':').next().unwrap_or(name))
        .map(|name| name.trim_matches(|it: char| it.is_whitespace() || "\"'`".contains(it)))
        .collect();
    let plain =
        |name: &&str| !name.is_empty() && name.chars().all(|it| it.is_alphanumeric() || it == '_');
    // A single name is a parameter of the path.
    (names.len() > 1 && names.iter().all(plain)).then(|| BodyForm {
        is_form: false,
        fields: names
            .into_iter()
            .map(|name| (name.to_owned(), Value::Null))
            .collect(),
    })
}

/// Random hexadecimal digits.
pub(super) fn hexadecimal(digits: usize) -> String {
    let mut text = String::new();
    while text.len() < digits {
        // Each state has random keys of its own.
        let random = RandomState::new().hash_one(text.len());
        // Writing to a String cannot fail.
        let _ = write!(text, "{random:016x}");
    }
    text.truncate(digits);
    text
}

#[cfg(test)]
mod tests {
    use super::super::openapi::tests::description;
    use super::*;

    #[test]
    fn a_registration_is_filled_with_the_throw_away_user() {
        let account = Account::new();
        let request = Request::named("POST /api/v1/auth/register").unwrap();
        let form = description().body(&request).unwrap();
        let (kind, body) = Known::default().body(&form, &account);
        let body: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(kind, "application/json");
        assert_eq!(body["email"], account.email);
        assert_eq!(body["password"], account.password);
        assert_eq!(body["name"], MARK);
        assert!(account.email.starts_with(MARK) && account.email.ends_with(".invalid"));
        assert_ne!(Account::new(), account);
    }

    #[test]
    fn parameters_come_from_earlier_answers() {
        let mut known = Known::default();
        let request = Request::named("GET /jobs/{job_id}").unwrap();
        assert_eq!(known.path(&request), Err("{job_id}".to_owned()));
        known.learn(&json!({ "id": "7f", "status": "queued" }));
        assert_eq!(known.path(&request).as_deref(), Ok("/jobs/7f"));
        known.learn(&json!([{ "id": 3 }]));
        assert_eq!(known.path(&request).as_deref(), Ok("/jobs/3"));
    }

    #[test]
    fn fields_in_braces_make_a_body() {
        let form = named_fields("POST /login\n{email, password}").unwrap();
        assert_eq!(
            form.fields.keys().collect::<Vec<_>>(),
            ["email", "password"]
        );
        assert_eq!(named_fields("GET /users/{id}"), None);
        assert_eq!(named_fields("no body"), None);
    }
}
