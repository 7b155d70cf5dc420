//! The template language of compose files: `$A`, `${A}`, `${A:-b}`, `${A-b}`, `${A:?b}`, `${A?b}`,
//! `${A:+b}`, `${A+b}`, nested to any depth that makes sense, and `$$`.

use std::fmt;

/// Deeper nesting of defaults than this is refused.
const MAXIMUM_DEPTH: usize = 50;

/// Where variables come from, and who hears of those that are not set.
pub(crate) trait Variables {
    /// The value of a variable, where it is set.
    fn get(&self, name: &str) -> Option<String>;
    /// Told of a variable that is not set and has no default.
    fn missing(&mut self, name: &str);
}

/// Why a template has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TemplateError {
    /// A `$` that starts nothing valid.
    Invalid,
    /// A variable that must be set is not.
    Required {
        /// Its name.
        name: String,
        /// What the file says about it.
        message: String,
    },
    /// Variables make the text longer than any real one is.
    TooLong,
}

/// A longer text with variables is an attack on memory, in bytes.
const MAXIMUM_LENGTH: usize = 8 << 20;

impl fmt::Display for TemplateError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => formatter.write_str("Variables make too much text of this"),
            Self::Invalid => formatter.write_str("Invalid use of `$`"),
            Self::Required { name, message } if message.is_empty() => {
                write!(formatter, "Required variable {name} is missing a value")
            }
            Self::Required { name, message } => {
                write!(
                    formatter,
                    "Required variable {name} is missing a value: {message}"
                )
            }
        }
    }
}

/// A variable in a template, and what stands behind its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reference<'a> {
    /// The variable's name.
    pub name: &'a str,
    /// What to do when it is not set (or set at all), with the text behind the operator.
    pub operator: Option<(Operator, &'a str)>,
}

/// What follows the name in braces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    /// `:-` and, without the colon, `-`.
    Default { empty_counts: bool },
    /// `:?` and `?`.
    Required { empty_counts: bool },
    /// `:+` and `+`.
    Alternative { empty_counts: bool },
}

enum Piece<'a> {
    Text(&'a str),
    Variable(Reference<'a>),
}

/// Replaces all variables of a text.
pub(crate) fn substitute(
    text: &str,
    variables: &mut dyn Variables,
) -> Result<String, TemplateError> {
    substitute_at(text, variables, 0)
}

/// All variables that a text names, nested ones included.
pub(crate) fn references(text: &str) -> Vec<Reference<'_>> {
    let mut found = Vec::new();
    collect(text, &mut found, 0);
    found
}

fn collect<'a>(text: &'a str, found: &mut Vec<Reference<'a>>, depth: usize) {
    let mut rest = text;
    while let Ok(Some((piece, behind))) = next_piece(rest) {
        if let Piece::Variable(reference) = piece {
            let nested = reference.operator.map(|(_, nested)| nested);
            found.push(reference);
            if let Some(nested) = nested
                && depth < MAXIMUM_DEPTH
            {
                collect(nested, found, depth + 1);
            }
        }
        rest = behind;
    }
}

fn substitute_at(
    text: &str,
    variables: &mut dyn Variables,
    depth: usize,
) -> Result<String, TemplateError> {
    if depth > MAXIMUM_DEPTH {
        return Err(TemplateError::Invalid);
    }
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((piece, behind)) = next_piece(rest)? {
        match piece {
            Piece::Text(text) => result.push_str(text),
            Piece::Variable(reference) => {
                result.push_str(&resolve(&reference, variables, depth)?);
            }
        }
        if result.len() > MAXIMUM_LENGTH {
            return Err(TemplateError::TooLong);
        }
        rest = behind;
    }
    Ok(result)
}

fn resolve(
    reference: &Reference<'_>,
    variables: &mut dyn Variables,
    depth: usize,
) -> Result<String, TemplateError> {
    let value = variables.get(reference.name);
    let given = |empty_counts: bool| match &value {
        Some(value) => empty_counts || !value.is_empty(),
        None => false,
    };
    let Some((operator, nested)) = reference.operator else {
        if value.is_none() {
            variables.missing(reference.name);
        }
        return Ok(value.unwrap_or_default());
    };
    // The reference replaces what is nested in any case, so that a variable which is required
    // there must be set.
    let nested = substitute_at(nested, variables, depth + 1)?;
    match operator {
        Operator::Default { empty_counts } | Operator::Required { empty_counts }
            if given(empty_counts) =>
        {
            Ok(value.unwrap_or_default())
        }
        Operator::Default { .. } => Ok(nested),
        Operator::Required { .. } => Err(TemplateError::Required {
            name: reference.name.into(),
            message: nested,
        }),
        Operator::Alternative { empty_counts } if given(empty_counts) => Ok(nested),
        Operator::Alternative { .. } => Ok(String::new()),
    }
}

fn next_piece(text: &str) -> Result<Option<(Piece<'_>, &str)>, TemplateError> {
    if text.is_empty() {
        return Ok(None);
    }
    let Some(dollar) = text.find('$') else {
        return Ok(Some((Piece::Text(text), "")));
    };
    if dollar > 0 {
        return Ok(Some((Piece::Text(&text[..dollar]), &text[dollar..])));
    }
    let behind = &text[1..];
    if let Some(rest) = behind.strip_prefix('$') {
        return Ok(Some((Piece::Text("$"), rest)));
    }
    if let Some(inside) = behind.strip_prefix('{') {
        let end = closing_brace(inside).ok_or(TemplateError::Invalid)?;
        let reference = Some(&inside[..end])
            .filter(|inside| !inside.contains('\n'))
            .and_then(braced)
            .ok_or(TemplateError::Invalid)?;
        return Ok(Some((Piece::Variable(reference), &inside[end + 1..])));
    }
    let length = name_length(behind);
    if length == 0 {
        // A dollar sign that starts nothing stands for itself.
        return Ok(Some((Piece::Text("$"), behind)));
    }
    let reference = Reference {
        name: &behind[..length],
        operator: None,
    };
    Ok(Some((Piece::Variable(reference), &behind[length..])))
}

/// Where the brace that closes an open one stands, skipping nested variables.
fn closing_brace(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut open = 0_usize;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'$' if bytes.get(at + 1) == Some(&b'{') => {
                open += 1;
                at += 1;
            }
            b'}' if open == 0 => return Some(at),
            b'}' => open -= 1,
            _ => {}
        }
        at += 1;
    }
    None
}

fn braced(inside: &str) -> Option<Reference<'_>> {
    let length = name_length(inside);
    let (name, rest) = inside.split_at(length);
    if name.is_empty() {
        return None;
    }
    if rest.is_empty() {
        return Some(Reference {
            name,
            operator: None,
        });
    }
    let (empty_counts, rest) = match rest.strip_prefix(':') {
        Some(rest) => (false, rest),
        None => (true, rest),
    };
    let operator = match rest.as_bytes().first()? {
        b'-' => Operator::Default { empty_counts },
        b'?' => Operator::Required { empty_counts },
        b'+' => Operator::Alternative { empty_counts },
        _ => return None,
    };
    Some(Reference {
        name,
        operator: Some((operator, &rest[1..])),
    })
}

fn name_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    if !bytes
        .first()
        .is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_')
    {
        return 0;
    }
    bytes
        .iter()
        .position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_')
        .unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[derive(Default)]
    struct Given {
        set: BTreeMap<&'static str, &'static str>,
        missing: Vec<String>,
    }

    impl Variables for Given {
        fn get(&self, name: &str) -> Option<String> {
            self.set.get(name).map(ToString::to_string)
        }
        fn missing(&mut self, name: &str) {
            self.missing.push(name.into());
        }
    }

    fn value(text: &str) -> Result<String, TemplateError> {
        let set = BTreeMap::from([("A", "a"), ("EMPTY", "")]);
        let mut given = Given {
            set,
            ..Given::default()
        };
        substitute(text, &mut given)
    }

    #[test]
    fn every_form_has_its_value() {
        for (text, expected) in [
            ("x$A-${A}y", "xa-ay"),
            ("$$A $${A}", "$A ${A}"),
            ("${EMPTY:-b}${EMPTY-b}${U-b}", "bb"),
            ("${A:+b}${EMPTY:+b}${EMPTY+b}${U+b}", "bb"),
            ("${U:-${V:-${A}}}", "a"),
            ("${U:-}", ""),
            ("${A?m}${EMPTY?m}", "a"),
            ("${U:-a:-b}", "a:-b"),
            ("a $ $1 $(x) $", "a $ $1 $(x) $"),
        ] {
            assert_eq!(value(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_variable_is_refused() {
        for text in ["${", "${}", "${A.b}", "${1A}", "${A:}", "${ A }"] {
            assert_eq!(value(text), Err(TemplateError::Invalid), "{text}");
        }
    }

    #[test]
    fn a_required_variable_says_why() {
        let Err(TemplateError::Required { name, message }) = value("${U:?set ${A} first}") else {
            panic!("an error");
        };
        assert_eq!((name.as_str(), message.as_str()), ("U", "set a first"));
    }
}
