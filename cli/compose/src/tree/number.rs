//! Numbers written as Go writes them, for that is what the reference prints.

/// A float in the shortest form, with an exponent where it is below -4 or from 6 on.
pub(crate) fn float_text(value: f64) -> String {
    if value.is_nan() {
        return "NaN".into();
    }
    if value.is_infinite() {
        return if value > 0.0 { "+Inf" } else { "-Inf" }.into();
    }
    let scientific = format!("{value:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if value != 0.0 && !(-4..6).contains(&exponent) {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{mantissa}e{sign}{:02}", exponent.abs());
    }
    format!("{value}")
}

#[cfg(test)]
mod tests {
    use super::float_text;

    #[test]
    fn floats_are_written_as_go_writes_them() {
        assert_eq!(float_text(3.10), "3.1");
        assert_eq!(float_text(1e3), "1000");
        assert_eq!(float_text(123_456.5), "123456.5");
        assert_eq!(float_text(1e6), "1e+06");
        assert_eq!(float_text(-12_345_678.0), "-1.2345678e+07");
        assert_eq!(float_text(1e30), "1e+30");
        assert_eq!(float_text(0.000_01), "1e-05");
        assert_eq!(float_text(f64::INFINITY), "+Inf");
    }
}
