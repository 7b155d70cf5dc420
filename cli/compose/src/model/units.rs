use std::fmt;
use std::time::Duration;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A length of time as compose files write it (`1m30s`, `500ms`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span(pub Duration);

/// A number of bytes as compose files write it (`512m`, `1.5gb`, `1048576`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ByteSize(pub u64);

impl Span {
    /// Reads a duration: decimal numbers, each with a unit of `ns us ms s m h d w`, or a bare `0`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let mut rest = text.strip_prefix(['+', '-']).unwrap_or(text);
        if rest == "0" {
            return Some(Self::default());
        }
        if rest.is_empty() || text.starts_with('-') {
            return None;
        }
        let mut seconds = 0.0_f64;
        while !rest.is_empty() {
            let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
            let number: f64 = rest[..digits].parse().ok()?;
            rest = &rest[digits..];
            let unit = rest
                .find(|c: char| c.is_ascii_digit() || c == '.')
                .unwrap_or(rest.len());
            seconds += number
                * match &rest[..unit] {
                    "ns" => 1e-9,
                    "us" | "µs" | "μs" => 1e-6,
                    "ms" => 1e-3,
                    "s" => 1.0,
                    "m" => 60.0,
                    "h" => 3600.0,
                    "d" => 86_400.0,
                    "w" => 604_800.0,
                    _ => return None,
                };
            rest = &rest[unit..];
        }
        // The reference counts nanoseconds with 63 bits.
        let span = Duration::try_from_secs_f64(seconds).ok()?;
        i64::try_from(span.as_nanos()).ok().map(|_| Self(span))
    }
}

impl Span {
    /// The duration as Go prints it, such as `1m30s`, `1.5s` or `500ms`.
    pub fn go_text(self) -> String {
        let nanoseconds = self.0.as_nanos();
        let fraction = |value: u128, unit: u128| {
            let rest = value % unit;
            let digits = unit.ilog10() as usize;
            let text = format!("{rest:0digits$}");
            let text = text.trim_end_matches('0');
            let dot = if text.is_empty() { "" } else { "." };
            format!("{}{dot}{text}", value / unit)
        };
        match nanoseconds {
            0 => "0s".into(),
            1..1_000 => format!("{nanoseconds}ns"),
            1_000..1_000_000 => format!("{}µs", fraction(nanoseconds, 1_000)),
            1_000_000..1_000_000_000 => format!("{}ms", fraction(nanoseconds, 1_000_000)),
            _ => {
                let minutes = nanoseconds / 60_000_000_000;
                let seconds = fraction(nanoseconds % 60_000_000_000, 1_000_000_000);
                match (minutes / 60, minutes % 60) {
                    (0, 0) => format!("{seconds}s"),
                    (0, minutes) => format!("{minutes}m{seconds}s"),
                    (hours, minutes) => format!("{hours}h{minutes}m{seconds}s"),
                }
            }
        }
    }
}

impl ByteSize {
    /// Reads a size: a decimal number and an optional unit of `b k kb m mb g gb t tb p pb`
    /// (also `kib`), powers of 1024, in any case, with one space between them at most.
    pub fn parse(text: &str) -> Option<Self> {
        let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ' ');
        let end = text.rfind(is_number)?;
        let (number, unit) = match text.as_bytes()[end] {
            b' ' => (&text[..end], &text[end + 1..]),
            _ => text.split_at(end + 1),
        };
        let exponent = match unit.to_ascii_lowercase().as_str() {
            "" | "b" => 0,
            "k" | "kb" | "kib" => 1,
            "m" | "mb" | "mib" => 2,
            "g" | "gb" | "gib" => 3,
            "t" | "tb" | "tib" => 4,
            "p" | "pb" | "pib" => 5,
            _ => return None,
        };
        if let Ok(whole) = number.parse::<u64>() {
            return whole.checked_mul(1024_u64.checked_pow(exponent)?).map(Self);
        }
        let bytes = go_float(number)? * 1024_f64.powi(exponent.cast_signed());
        if bytes < 0.0 || !bytes.is_finite() {
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to be positive"
        )]
        Some(Self(bytes as u64))
    }
}

/// A number as Go reads it from text, where `_` may stand between digits.
pub(crate) fn go_float(text: &str) -> Option<f64> {
    let bytes = text.as_bytes();
    let digit = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at))
            .is_some_and(u8::is_ascii_digit)
    };
    let between = |(at, byte): (usize, &u8)| {
        *byte != b'_' || (digit(at.checked_sub(1)) && digit(Some(at + 1)))
    };
    bytes
        .iter()
        .enumerate()
        .all(between)
        .then(|| text.replace('_', "").parse().ok())?
}

impl fmt::Display for Span {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}", self.0)
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format!("{}ns", self.0.as_nanos()))
    }
}

impl Serialize for ByteSize {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.to_string())
    }
}

struct TextOrNumber<T>(fn(&str) -> Option<T>, &'static str);

impl<T> Visitor<'_> for TextOrNumber<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.1)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        (self.0)(text).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<T, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<T, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<T, E> {
        self.visit_str(&number.to_string())
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextOrNumber(Span::parse, "a duration such as 1m30s"))
    }
}

impl<'de> Deserialize<'de> for ByteSize {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // A negative size means that there is no limit, as zero does.
        let parse = |text: &str| match text.strip_prefix('-') {
            Some(rest) => ByteSize::parse(rest).map(|_| Self::default()),
            None => ByteSize::parse(text),
        };
        deserializer.deserialize_any(TextOrNumber(parse, "a size such as 512m"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_add_up() {
        assert_eq!(Span::parse("1m30s"), Some(Span(Duration::from_secs(90))));
        assert_eq!(Span::parse("1.5h"), Some(Span(Duration::from_mins(90))));
        assert_eq!(Span::parse("10"), None);
        assert_eq!(Span::parse("10x"), None);
    }

    #[test]
    fn sizes_are_powers_of_1024() {
        assert_eq!(ByteSize::parse("512m"), Some(ByteSize(512 << 20)));
        assert_eq!(ByteSize::parse("1.5GB"), Some(ByteSize(1536 << 20)));
        assert_eq!(ByteSize::parse("1 g"), Some(ByteSize(1 << 30)));
        assert_eq!(ByteSize::parse("1_000"), Some(ByteSize(1000)));
        assert_eq!(ByteSize::parse("1e3"), Some(ByteSize(1000)));
        assert_eq!(ByteSize::parse("7 apples"), None);
        assert_eq!(ByteSize::parse(" 1g"), None);
        assert_eq!(ByteSize::parse("-3"), None);
    }
}
