use std::time::{Duration, SystemTime};

use devkit_diagnostic::Diagnostic;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;

/// A moment in the form in which logs show it, in UTC.
pub(crate) fn timestamp(at: SystemTime) -> String {
    let format =
        format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
    OffsetDateTime::from(at).format(&format).unwrap_or_default()
}

/// How long ago a moment was, in the largest unit that says enough.
pub(crate) fn ago(at: SystemTime, now: SystemTime) -> String {
    let seconds = now.duration_since(at).unwrap_or_default().as_secs();
    let (number, unit) = match seconds {
        0..60 => (seconds, "second"),
        60..3600 => (seconds / 60, "minute"),
        3600..86_400 => (seconds / 3600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

/// Reads `--since`: a time (RFC 3339) or an age such as `10m`.
pub(crate) fn parse_since(text: &str, now: SystemTime) -> Result<SystemTime, Diagnostic> {
    if let Some(age) = devkit_compose::model::Span::parse(text) {
        return Ok(now.checked_sub(age.0).unwrap_or(SystemTime::UNIX_EPOCH));
    }
    if let Ok(seconds) = text.parse::<u64>() {
        return Ok(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
    }
    OffsetDateTime::parse(text, &Rfc3339)
        .map(SystemTime::from)
        .map_err(|_| {
            Diagnostic::error(format!("`{text}` is neither a time nor an age"))
                .with_help("give a time such as 2026-11-21T08:00:00Z, or an age such as 10m")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_and_times_are_understood() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
        assert_eq!(parse_since("10m", now), Ok(now - Duration::from_mins(10)));
        assert_eq!(
            parse_since("1970-01-01T00:01:00Z", now),
            Ok(SystemTime::UNIX_EPOCH + Duration::from_mins(1))
        );
        assert!(parse_since("yesterday", now).is_err());
    }

    #[test]
    fn moments_read_well() {
        let at = SystemTime::UNIX_EPOCH + Duration::from_millis(1500);
        assert_eq!(timestamp(at), "1970-01-01T00:00:01.500Z");
        assert_eq!(ago(at, at + Duration::from_secs(61)), "1 minute");
    }
}
