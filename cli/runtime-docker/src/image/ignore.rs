use regex::Regex;

/// The rules of a `.dockerignore` file: the last one that fits a path decides.
#[derive(Debug, Default)]
pub(super) struct Ignore {
    rules: Vec<(bool, Regex)>,
}

impl Ignore {
    /// Reads the rules; lines that are no patterns are left out, as Docker does with comments.
    pub(super) fn parse(text: &str) -> Self {
        let rules = text
            .trim_start_matches('\u{feff}')
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| {
                let line = line.trim();
                let (include, pattern) = match line.strip_prefix('!') {
                    Some(rest) => (true, rest.trim()),
                    None => (false, line),
                };
                let pattern = clean(pattern);
                if pattern.is_empty() || pattern == "." {
                    return None;
                }
                let regex = Regex::new(&expression(&pattern)).ok()?;
                Some((include, regex))
            })
            .collect();
        Self { rules }
    }

    /// Whether a path, relative to the context and with `/`, stays out.
    ///
    /// A rule that fits a folder fits everything in it.
    pub(super) fn excludes(&self, path: &str) -> bool {
        let mut excluded = false;
        for (include, regex) in &self.rules {
            if excluded == *include && fits(regex, path) {
                excluded = !include;
            }
        }
        excluded
    }

    /// Whether a folder that stays out may still hold something that is let in again.
    pub(super) fn may_let_in(&self) -> bool {
        self.rules.iter().any(|(include, _)| *include)
    }
}

fn fits(regex: &Regex, path: &str) -> bool {
    regex.is_match(path)
        || path
            .match_indices('/')
            .any(|(at, _)| regex.is_match(&path[..at]))
}

/// Takes `./`, `//`, `..` and slashes at both ends out of a pattern.
fn clean(pattern: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in pattern.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The expression of a pattern: `*` and `?` stay within a part, `**` crosses them.
fn expression(pattern: &str) -> String {
    let mut expression = String::from("^");
    let mut characters = pattern.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '*' if characters.peek() == Some(&'*') => {
                characters.next();
                if characters.peek() == Some(&'/') {
                    characters.next();
                    expression.push_str("(.*/)?");
                } else {
                    expression.push_str(".*");
                }
            }
            '*' => expression.push_str("[^/]*"),
            '?' => expression.push_str("[^/]"),
            '[' => {
                let class: String = characters
                    .by_ref()
                    .take_while(|next| *next != ']')
                    .collect();
                let class = class
                    .strip_prefix('!')
                    .map_or(class.clone(), |rest| format!("^{rest}"));
                expression.push('[');
                expression.push_str(&class);
                expression.push(']');
            }
            '\\' => {
                let next = characters.next().unwrap_or('\\');
                expression.push_str(&regex::escape(&next.to_string()));
            }
            other => expression.push_str(&regex::escape(&other.to_string())),
        }
    }
    expression.push('$');
    expression
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_rule_decides() {
        let ignore = Ignore::parse("*.md\n!README.md\nREADME-secret.md\n");
        assert!(ignore.excludes("notes.md"));
        assert!(!ignore.excludes("README.md"));
        assert!(ignore.excludes("README-secret.md"));
        assert!(!ignore.excludes("docs/notes.md"));
        let reversed = Ignore::parse("!README.md\n*.md");
        assert!(reversed.excludes("README.md"));
    }

    #[test]
    fn folders_take_everything_in_them_along() {
        let ignore = Ignore::parse("# comment\n/target/\n**/node_modules\n!target/keep/me\n");
        assert!(ignore.excludes("target"));
        assert!(ignore.excludes("target/debug/api"));
        assert!(!ignore.excludes("target/keep/me"));
        assert!(ignore.excludes("node_modules/a"));
        assert!(ignore.excludes("web/node_modules/a/b.js"));
        assert!(!ignore.excludes("src/target"));
        assert!(ignore.may_let_in());
    }

    #[test]
    fn an_allow_list_works() {
        let ignore = Ignore::parse("*\n!src\n!Cargo.toml\n");
        assert!(ignore.excludes("README.md"));
        assert!(!ignore.excludes("src/main.rs"));
        assert!(!ignore.excludes("Cargo.toml"));
    }
}
