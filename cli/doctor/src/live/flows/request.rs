//! HTTP requests as documents and log lines name them.

use std::fmt;

const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// A method and a path: `GET /api/v1/users/{id}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Request {
    /// The method, in capital letters.
    pub(super) method: String,
    /// The path, with its parameters and its query as they are written.
    pub(super) path: String,
}

impl Request {
    /// The first request that a text names.
    pub(super) fn named(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split_whitespace().collect();
        words.windows(2).find_map(|pair| {
            let path = pair[1].trim_end_matches([',', ';', '.', '"', '`']);
            let method = pair[0].trim_start_matches(['(', '"', '`']);
            (METHODS.contains(&method) && path.starts_with('/')).then(|| Self {
                method: method.to_owned(),
                path: path.to_owned(),
            })
        })
    }

    /// Whether it changes nothing, by the meaning that HTTP gives to its method.
    pub(super) fn is_safe(&self) -> bool {
        matches!(self.method.as_str(), "GET" | "HEAD" | "OPTIONS")
    }

    /// Whether both may be the same, a parameter standing for anything.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        self.method == other.method && same_path(&self.path, &other.path)
    }

    /// The parameters of the path: `{id}`, `:id` or `<id>`, as they are written.
    pub(super) fn parameters(&self) -> Vec<&str> {
        segments(&self.path)
            .filter(|part| is_parameter(part))
            .collect()
    }
}

impl fmt::Display for Request {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.method, self.path)
    }
}

/// Whether two paths may be the same, a parameter standing for anything.
pub(super) fn same_path(left: &str, right: &str) -> bool {
    let (left, right): (Vec<_>, Vec<_>) = (segments(left).collect(), segments(right).collect());
    left.len() == right.len()
        && left
            .iter()
            .zip(&right)
            .all(|(left, right)| left == right || is_parameter(left) || is_parameter(right))
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    let end = path.find(['?', '#']).unwrap_or(path.len());
    path[..end].split('/').filter(|part| !part.is_empty())
}

fn is_parameter(segment: &str) -> bool {
    segment.starts_with(':')
        || segment.starts_with('{') && segment.ends_with('}')
        || segment.starts_with('<') && segment.ends_with('>')
}

/// The name of a parameter without its signs.
pub(super) fn parameter_name(parameter: &str) -> &str {
    parameter.trim_matches(|character| matches!(character, ':' | '{' | '}' | '<' | '>' | '*'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_found_among_words() {
        let named = |text| Request::named(text).map(|request| request.to_string());
        assert_eq!(
            named("Fetch data\nHTTP GET /api/v1/users").as_deref(),
            Some("GET /api/v1/users")
        );
        assert_eq!(
            named("POST /orders, {items}").as_deref(),
            Some("POST /orders")
        );
        assert_eq!(named("GET idempotency_key"), None);
        assert_eq!(named("Log in"), None);
    }

    #[test]
    fn parameters_stand_for_anything() {
        let request = |text| Request::named(text).unwrap();
        let documented = request("GET /users/:id");
        assert!(documented.agrees(&request("GET /users/{user_id}")));
        assert!(documented.agrees(&request("GET /users/7?full=1")));
        assert!(!documented.agrees(&request("GET /users")));
        assert!(!documented.agrees(&request("PUT /users/7")));
        assert_eq!(documented.parameters(), [":id"]);
        assert_eq!(parameter_name("{id}"), "id");
    }
}
