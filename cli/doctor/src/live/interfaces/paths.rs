//! Paths of endpoints, compared whatever their parameters are called.

/// A part of a path between slashes.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Parameter,
    /// Anything that follows.
    Rest,
}

/// A path in the form in which paths are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Path(Vec<Part>);

impl Path {
    /// Reads `/users/{id}`, `/users/:id`, `/users/<int:id>`, `/users/*` and `/users?page=1`.
    pub(super) fn read(text: &str) -> Self {
        let path = text.trim().trim_matches('`');
        let path = path.split(['?', '#', ' ']).next().unwrap_or_default();
        let parts = path.split('/').filter(|part| !part.is_empty());
        Self(parts.map(Part::read).collect())
    }

    /// A path below another one.
    pub(super) fn below(mut self, base: &Self) -> Self {
        let mut parts = base.0.clone();
        parts.append(&mut self.0);
        Self(parts)
    }

    /// Whether a documented path means this served one; documents may leave out a prefix.
    pub(super) fn is_meant_by(&self, documented: &Self) -> bool {
        let (served, wanted) = (&self.0, &documented.0);
        if wanted.is_empty() {
            return served.is_empty();
        }
        let fixed = wanted
            .iter()
            .take_while(|part| **part != Part::Rest)
            .count();
        let open = fixed < wanted.len();
        let starts = 0..=served.len().saturating_sub(fixed);
        starts.into_iter().any(|start| {
            let part = &served[start..];
            let same = part.len() >= fixed
                && part
                    .iter()
                    .zip(&wanted[..fixed])
                    .all(|(one, other)| one.same(other));
            same && (open || part.len() == fixed)
                // What is left out must be a prefix such as `api/v1`, never a resource's own parts,
                // and a parameter alone would be anything.
                && served[..start].iter().all(Part::is_text)
                && (start == 0 || part.first().is_some_and(Part::is_text))
        })
    }

    /// Whether it has no parameter, so that it can be asked for as it stands.
    pub(super) fn is_plain(&self) -> bool {
        self.0.iter().all(Part::is_text)
    }

    /// Whether interface descriptions leave it out as a rule: health, metrics, documentation.
    pub(super) fn is_operational(&self) -> bool {
        const WORDS: &[&str] = &[
            "health",
            "healthz",
            "healthcheck",
            "ready",
            "readyz",
            "live",
            "livez",
            "liveness",
            "readiness",
            "metrics",
            "status",
            "ping",
            "version",
            "info",
            "docs",
            "redoc",
            "swagger",
            "swaggerui",
            "openapi",
            "openapijson",
            "swaggerjson",
            "apidocs",
            "actuator",
            "graphql",
            "faviconico",
            "ws",
            "socketio",
        ];
        self.0.is_empty()
            || self.0.iter().any(|part| match part {
                Part::Text(text) => WORDS.contains(&devkit_archdoc::normalised(text).as_str()),
                _ => false,
            })
    }

    /// The path as it is asked for.
    pub(super) fn to_text(&self) -> String {
        self.0
            .iter()
            .map(|part| match part {
                Part::Text(text) => format!("/{text}"),
                _ => "/*".to_owned(),
            })
            .collect::<String>()
    }
}

impl Part {
    fn read(text: &str) -> Self {
        if matches!(text, "*" | "**" | "...") {
            return Self::Rest;
        }
        let parameter = text.starts_with([':', '{', '<', '[', '$'])
            || text.bytes().all(|byte| byte.is_ascii_digit());
        if parameter {
            Self::Parameter
        } else {
            Self::Text(text.to_owned())
        }
    }

    fn is_text(&self) -> bool {
        matches!(self, Self::Text(_))
    }

    fn same(&self, documented: &Self) -> bool {
        match (self, documented) {
            (Self::Text(one), Self::Text(other)) => one == other,
            // A document may show a value where the service has a parameter.
            (Self::Parameter | Self::Rest, _) => true,
            (Self::Text(_), _) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn means(documented: &str, served: &str) -> bool {
        Path::read(served).is_meant_by(&Path::read(documented))
    }

    #[test]
    fn parameters_have_any_name() {
        assert!(means("/users/:id", "/users/{user_id}"));
        assert!(means("/users/<int:id>/", "/users/{id}"));
        assert!(means("/users?page=1", "/users"));
        assert!(means("/users/42", "/users/{id}"));
        assert!(!means("/users/{id}", "/users/me"));
        assert!(!means("/users", "/users/{id}"));
    }

    #[test]
    fn a_prefix_may_be_left_out_and_a_star_stands_for_the_rest() {
        assert!(means("/users", "/api/v1/users"));
        assert!(means("/api/products/*", "/api/products/{id}/stock"));
        assert!(!means("/healthz", "/api/v1/users/{id}"));
        assert!(!means("/items", "/users/{id}/items"));
        assert!(!means("/api/v2/users", "/api/v1/users"));
        assert!(!means("/user", "/api/v1/users"));
        assert!(!means("/", "/users"));
    }
}
