//! Statements that look like calls: `Container(api, "API", "Go")`.

/// A name and its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Call<'a> {
    pub(super) name: &'a str,
    arguments: Vec<&'a str>,
}

impl<'a> Call<'a> {
    /// The argument at a position, without its quotes.
    pub(super) fn argument(&self, position: usize) -> Option<&'a str> {
        self.arguments.get(position).copied()
    }
}

/// Reads a call; arguments by name, such as `$tags="v1"`, are left out.
pub(super) fn call(text: &str) -> Option<Call<'_>> {
    let (name, rest) = text.split_once('(')?;
    let name = name.trim();
    if name.is_empty() || !name.chars().all(|it| it.is_alphanumeric() || it == '_') {
        return None;
    }
    let mut arguments = Vec::new();
    let mut start = 0;
    let mut quoted = false;
    let mut depth = 0_usize;
    for (at, character) in rest.char_indices() {
        match character {
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ',' | ')' if !quoted && depth == 0 => {
                arguments.push(rest[start..at].trim());
                start = at + 1;
                if character == ')' {
                    break;
                }
            }
            ')' if !quoted => depth -= 1,
            _ => {}
        }
    }
    arguments.retain(|it| !it.starts_with('$'));
    let arguments = arguments
        .into_iter()
        .map(|it| it.trim_matches('"').trim())
        .collect();
    Some(Call { name, arguments })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_stand_in_quotes_or_not() {
        let read = call("Container(api, \"API (v2), REST\", \"Go\", $tags=\"v1\", \"does it\") {")
            .unwrap();
        assert_eq!(read.name, "Container");
        assert_eq!(read.argument(0), Some("api"));
        assert_eq!(read.argument(1), Some("API (v2), REST"));
        assert_eq!(read.argument(3), Some("does it"));
        assert!(call("title a b").is_none());
    }
}
