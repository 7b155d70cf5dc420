//! The dialect of `.env` files and `env_file`: `export`, quotes, escapes, several lines in quotes,
//! comments, variables in values, `KEY: value`, and keys without a value that are inherited.

use crate::interpolate::{TemplateError, Variables, substitute};
use crate::session::Environment;

/// What the values with variables of one file may come to, in bytes.
const MAXIMUM_UNFOLDED: usize = 16 << 20;

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DotenvError {
    /// The byte at which it stands.
    pub at: usize,
    /// What is wrong.
    pub message: String,
}

struct Scope<'a> {
    read: &'a Environment,
    outside: &'a dyn Fn(&str) -> Option<String>,
    missing: Vec<String>,
}

impl Variables for Scope<'_> {
    fn get(&self, name: &str) -> Option<String> {
        // What the outside sets wins over what the file says, also inside of the file.
        (self.outside)(name).or_else(|| self.read.get(name).cloned())
    }

    fn missing(&mut self, name: &str) {
        self.missing.push(name.into());
    }
}

/// Reads a file; `outside` gives the variables that are set already.
///
/// # Errors
/// The first line that cannot be read.
pub(crate) fn parse(
    text: &str,
    outside: &dyn Fn(&str) -> Option<String>,
) -> Result<(Environment, Vec<String>), DotenvError> {
    let start = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
    let mut reader = Reader { text, at: start };
    let mut read = Environment::new();
    let mut missing = Vec::new();
    let mut unfolded = 0;
    while reader.skip_to_statement() {
        let start = reader.at;
        let Some(key) = reader.key()? else {
            // A key alone is inherited from the outside, where it is set.
            let name = text[start..reader.at].trim().to_owned();
            let name = name
                .strip_prefix("export ")
                .map_or(name.as_str(), str::trim)
                .to_owned();
            if let Some(value) = outside(&name) {
                read.insert(name, value);
            }
            continue;
        };
        let (raw, expand) = reader.value()?;
        let value = if expand && raw.contains('$') {
            let mut scope = Scope {
                read: &read,
                outside,
                missing: Vec::new(),
            };
            let value = substitute(&raw, &mut scope).map_err(|error| DotenvError {
                at: start,
                message: format!("{key}: {error}"),
            })?;
            missing.extend(scope.missing);
            unfolded += value.len();
            if unfolded > MAXIMUM_UNFOLDED {
                return Err(DotenvError {
                    at: start,
                    message: format!("{key}: {}", TemplateError::TooLong),
                });
            }
            value
        } else {
            raw
        };
        read.insert(key, value);
    }
    Ok((read, missing))
}

/// Reads a file of `format: raw`: lines of `KEY=value` taken as they stand.
///
/// # Errors
/// The first line whose name is empty or holds a space.
pub(crate) fn parse_raw(
    text: &str,
    outside: &dyn Fn(&str) -> Option<String>,
) -> Result<Environment, DotenvError> {
    let mut read = Environment::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.strip_suffix('\n').unwrap_or(line);
        let line = line.strip_suffix('\r').unwrap_or(line);
        let line = line.strip_prefix('\u{feff}').unwrap_or(line).trim_start();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (name, value) = match line.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (line, outside(line)),
        };
        let problem = if name.is_empty() {
            "A variable has a name before `=`"
        } else if name.contains(char::is_whitespace) {
            "A variable's name holds no spaces"
        } else {
            if let Some(value) = value {
                read.insert(name.to_owned(), value);
            }
            continue;
        };
        return Err(DotenvError {
            at: start,
            message: problem.into(),
        });
    }
    Ok(read)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn error(&self, message: impl Into<String>) -> DotenvError {
        DotenvError {
            at: self.at.min(self.text.len()),
            message: message.into(),
        }
    }

    fn skip_line(&mut self) {
        self.at += self
            .rest()
            .find('\n')
            .map_or(self.rest().len(), |end| end + 1);
    }

    /// Moves to the next line that says something.
    fn skip_to_statement(&mut self) -> bool {
        loop {
            let trimmed = self.rest().trim_start();
            self.at = self.text.len() - trimmed.len();
            if trimmed.is_empty() {
                return false;
            }
            if !trimmed.starts_with('#') {
                return true;
            }
            self.skip_line();
        }
    }

    /// Reads a key with its `=` or `:`; nothing where the line ends before.
    fn key(&mut self) -> Result<Option<String>, DotenvError> {
        let start = self.at;
        let line = self.rest();
        let line_end = line.find('\n').unwrap_or(line.len());
        let mut key_start = start;
        if let Some(behind) = line[..line_end].strip_prefix("export")
            && behind.starts_with(char::is_whitespace)
        {
            key_start = start + line_end - behind.trim_start().len();
        }
        for (index, character) in self.text[key_start..start + line_end].char_indices() {
            match character {
                '=' | ':' => {
                    let key = self.text[key_start..key_start + index].trim().to_owned();
                    self.at = key_start + index + 1;
                    if key.contains(char::is_whitespace) {
                        self.at = key_start;
                        return Err(self.error("A variable's name holds no spaces"));
                    }
                    return Ok(Some(key));
                }
                '_' | '.' | '-' | '[' | ']' | ' ' | '\t' | '\r' => {}
                character if character.is_alphanumeric() => {}
                other => {
                    self.at = key_start + index;
                    let message = format!("Unexpected `{other}` in a variable's name");
                    return Err(self.error(message));
                }
            }
        }
        self.at = start + line_end;
        let name = self.text[key_start..self.at].trim();
        if name.contains(char::is_whitespace) {
            self.at = key_start;
            return Err(self.error("A variable's name holds no spaces"));
        }
        Ok(None)
    }

    /// Reads a value; the flag says whether its variables are replaced.
    fn value(&mut self) -> Result<(String, bool), DotenvError> {
        let rest = self.rest();
        let behind = rest.trim_start_matches([' ', '\t']);
        self.at += rest.len() - behind.len();
        match behind.chars().next() {
            Some(quote @ ('"' | '\'')) => self.quoted(quote),
            _ => Ok((self.plain(), true)),
        }
    }

    fn plain(&mut self) -> String {
        let rest = self.rest();
        let end = rest.find('\n').unwrap_or(rest.len());
        let line = &rest[..end];
        let value = line.split_once(" #").map_or(line, |(value, _)| value);
        self.skip_line();
        value.trim_end().to_owned()
    }

    fn quoted(&mut self, quote: char) -> Result<(String, bool), DotenvError> {
        let rest = &self.text[self.at + 1..];
        let mut escaped = false;
        for (index, character) in rest.char_indices() {
            if character == '\\' && !escaped {
                escaped = true;
                continue;
            }
            if character == quote && !escaped {
                let inside = &rest[..index];
                // What stands behind the quote is the next statement.
                self.at += index + 2;
                return Ok(if quote == '"' {
                    (unescape(inside), true)
                } else {
                    (inside.replace("\\'", "'"), false)
                });
            }
            escaped = false;
        }
        Err(self.error("This quote is not closed"))
    }
}

/// The escapes of text in double quotes; `\$` keeps a dollar sign from being a variable.
fn unescape(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            result.push(character);
            continue;
        }
        match characters.next() {
            Some('n') => result.push('\n'),
            Some('r') => result.push('\r'),
            Some('t') => result.push('\t'),
            Some('a') => result.push('\u{7}'),
            Some('b') => result.push('\u{8}'),
            Some('f') => result.push('\u{c}'),
            Some('v') => result.push('\u{b}'),
            Some('$') => result.push_str("$$"),
            Some(other @ ('"' | '\\')) => result.push(other),
            Some('0') => octal(&mut characters, &mut result),
            Some(other) => {
                result.push('\\');
                result.push(other);
            }
            None => result.push('\\'),
        }
    }
    result
}

/// The digits behind `\0`, of which three in base eight are a character.
fn octal(characters: &mut std::str::Chars<'_>, result: &mut String) {
    let rest = characters.as_str();
    let length = rest.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let digits = &rest[..length];
    *characters = rest[length..].chars();
    match u8::from_str_radix(digits, 8) {
        Ok(code) if length == 3 => result.push(char::from(code)),
        _ => {
            result.push('\\');
            result.push_str(digits);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Environment {
        let outside = |name: &str| (name == "HOST").then(|| String::from("outside"));
        parse(text, &outside).expect("valid").0
    }

    #[test]
    fn the_dialect() {
        let read = read(
            "# comment\nexport A=1\nB: two # comment\nC='$A #'\nD=\"x\\n${A}\"\nE=a#b\nF=\"l1\nl2\"\n\
             HOST\nUNKNOWN\nG=${HOST}\nH=\nI = spaced \r\n",
        );
        let expected = [
            ("A", "1"),
            ("B", "two"),
            ("C", "$A #"),
            ("D", "x\n1"),
            ("E", "a#b"),
            ("F", "l1\nl2"),
            ("G", "outside"),
            ("H", ""),
            ("HOST", "outside"),
            ("I", "spaced"),
        ];
        let expected: Environment = expected
            .map(|(key, value)| (key.into(), value.into()))
            .into();
        assert_eq!(read, expected);
    }

    #[test]
    fn an_open_quote_is_refused() {
        assert_eq!(parse("A=\"x\n", &|_| None).expect_err("open").at, 2);
        assert!(parse("A B=x", &|_| None).is_err());
    }
}
