use std::time::SystemTime;

use ::time::OffsetDateTime;
use ::time::format_description::well_known::Rfc3339;

/// Reads the engine's time; the year 1 means never.
pub(crate) fn parse(text: &str) -> Option<SystemTime> {
    let time = OffsetDateTime::parse(text, &Rfc3339).ok()?;
    (time.year() > 1).then(|| time.into())
}

/// Seconds since 1970, for the engine's options that take whole seconds.
pub(crate) fn seconds(time: SystemTime) -> i32 {
    let seconds = OffsetDateTime::from(time).unix_timestamp();
    i32::try_from(seconds).unwrap_or(if seconds < 0 { 0 } else { i32::MAX })
}

/// Seconds since 1970 with nine decimals, for the engine's options that take text.
pub(crate) fn precise(time: SystemTime) -> String {
    let time = OffsetDateTime::from(time);
    format!("{}.{:09}", time.unix_timestamp(), time.nanosecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_one_is_never() {
        assert_eq!(parse("0001-01-01T00:00:00Z"), None);
        let time = parse("2026-01-02T03:04:05.123456789Z").expect("a time");
        assert_eq!(precise(time), "1767323045.123456789");
        assert_eq!(seconds(time), 1_767_323_045);
    }
}
