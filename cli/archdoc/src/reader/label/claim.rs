//! What kind of thing a box says that it is, in the words of the C4 model: `[Container: FastAPI]`.

use crate::facts::ComponentKind;

/// The kind that a line of a box says, and what it is made with; the source is the notation of the
/// C4 model, <https://c4model.com/diagrams/notation>.
pub(super) fn claim(line: &str) -> Option<(ComponentKind, Option<&str>)> {
    let inner = line
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .or_else(|| line.strip_prefix('(')?.strip_suffix(')'))?;
    let (what, technology) = match inner.split_once(':') {
        Some((what, technology)) => (what, Some(technology.trim())),
        None => (inner, None),
    };
    let what = what.trim().to_lowercase();
    let kind = match what.as_str() {
        "person" | "external person" => ComponentKind::Client,
        "container" | "web application" => ComponentKind::Service,
        "component" if technology.is_some() => ComponentKind::Module,
        "external" | "external system" | "external software system" | "external container" => {
            ComponentKind::External
        }
        _ => return None,
    };
    Some((kind, technology.filter(|it| !it.is_empty())))
}

#[cfg(test)]
mod tests {
    use super::claim;
    use crate::facts::ComponentKind;

    #[test]
    fn words_of_the_model_tell_kinds() {
        assert_eq!(
            claim("[Container: FastAPI + Uvicorn]"),
            Some((ComponentKind::Service, Some("FastAPI + Uvicorn")))
        );
        assert_eq!(claim("[Person]"), Some((ComponentKind::Client, None)));
        assert_eq!(
            claim("[External Container]"),
            Some((ComponentKind::External, None))
        );
        assert_eq!(claim("[System Overview]"), None);
        assert_eq!(claim("Container"), None);
    }
}
