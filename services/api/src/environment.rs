//! Reads typed values out of the environment and remembers everything that is wrong with it.

use std::fmt;
use std::str::FromStr;

/// A variable that is missing or has a value that does not fit. Values are never shown: some are
/// secrets.
#[derive(Debug, PartialEq, Eq)]
pub struct Problem {
    /// The variable.
    pub key: &'static str,
    /// What it must be.
    pub expected: &'static str,
    /// Whether it is not set at all.
    pub missing: bool,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            key,
            expected,
            missing,
        } = self;
        let state = if *missing {
            "is not set"
        } else {
            "has a wrong value"
        };
        write!(formatter, "{key} {state}, it must be {expected}")
    }
}

/// All that is wrong with the environment.
pub type Problems = Vec<Problem>;

/// Stands for a value that could not be read; its problem has been noted.
#[derive(Debug, Clone, Copy)]
pub struct Noted;

/// The environment being read.
pub struct Environment<L> {
    lookup: L,
    problems: Problems,
}

impl<L: Fn(&str) -> Option<String>> Environment<L> {
    /// Begins to read from `lookup`.
    pub fn new(lookup: L) -> Self {
        Self {
            lookup,
            problems: Vec::new(),
        }
    }

    /// Reads a variable that must be set, through `parse`.
    pub fn required<T>(
        &mut self,
        key: &'static str,
        expected: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, Noted> {
        match self.value(key) {
            Some(value) => {
                let parsed = parse(&value);
                parsed.ok_or_else(|| self.note(key, expected, false))
            }
            None => Err(self.note(key, expected, true)),
        }
    }

    /// Reads a variable that has a default.
    pub fn optional<T: FromStr>(
        &mut self,
        key: &'static str,
        expected: &'static str,
        default: T,
    ) -> Result<T, Noted> {
        match self.value(key) {
            Some(value) => value.parse().map_err(|_| self.note(key, expected, false)),
            None => Ok(default),
        }
    }

    /// Ends the reading: what was read if nothing was wrong, everything that was wrong otherwise.
    pub fn finish<T>(self, read: Result<T, Noted>) -> Result<T, Problems> {
        match read {
            Ok(value) if self.problems.is_empty() => Ok(value),
            _ => Err(self.problems),
        }
    }

    /// An empty value counts as not set: that is what `KEY=` in an env file means.
    fn value(&self, key: &str) -> Option<String> {
        (self.lookup)(key).filter(|value| !value.is_empty())
    }

    fn note(&mut self, key: &'static str, expected: &'static str, missing: bool) -> Noted {
        self.problems.push(Problem {
            key,
            expected,
            missing,
        });
        Noted
    }
}

/// A value that is never shown.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Hides a value.
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The value, for the library that needs it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[secret]")
    }
}
