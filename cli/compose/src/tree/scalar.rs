//! What a plain scalar means: the rules of the reference's YAML reader (core schema, with the
//! octal numbers of YAML 1.1 and without its `yes` and `no`).

use super::Value;

/// Resolves a plain scalar without a tag.
pub(super) fn resolve(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        ".nan" | ".NaN" | ".NAN" => return Value::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => {
            return Value::Float(f64::INFINITY);
        }
        "-.inf" | "-.Inf" | "-.INF" => return Value::Float(f64::NEG_INFINITY),
        _ => {}
    }
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.')) {
        return Value::Text(text.into());
    }
    if is_date(text) {
        return Value::Date(text.into());
    }
    let digits = text.replace('_', "");
    if let Some(number) = integer(&digits) {
        return Value::Integer(number);
    }
    if is_float(&digits)
        && let Ok(number) = digits.parse()
    {
        return Value::Float(number);
    }
    Value::Text(text.into())
}

/// Resolves a scalar with one of the tags of YAML itself; the error says what it should have been.
pub(super) fn tagged(kind: &str, text: &str) -> Result<Value, &'static str> {
    Ok(match (kind, resolve(text)) {
        ("float", Value::Integer(number)) =>
        {
            #[expect(clippy::cast_precision_loss, reason = "a fraction is asked for")]
            Value::Float(number as f64)
        }
        ("float", value @ Value::Float(_))
        | ("int", value @ Value::Integer(_))
        | ("bool", value @ Value::Bool(_))
        | ("null", value @ Value::Null) => value,
        ("float", _) => return Err("number"),
        ("int", _) => return Err("integer"),
        ("bool", _) => return Err("boolean"),
        ("null", _) => return Err("null"),
        ("binary", _) => Value::Text(base64(text).ok_or("text in base64")?),
        _ => Value::Text(text.into()),
    })
}

/// What a text in base64 says; bytes that are no text are replaced.
fn base64(text: &str) -> Option<String> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let text: String = text.split(['\n', '\r']).collect();
    let digits = text.trim_end_matches('=');
    if !text.len().is_multiple_of(4) || text.len() - digits.len() > 2 {
        return None;
    }
    let mut bytes = Vec::with_capacity(digits.len());
    let (mut bits, mut count) = (0_u32, 0);
    for digit in digits.bytes() {
        let value = ALPHABET.iter().position(|known| *known == digit)?;
        bits = (bits << 6) | u32::try_from(value).ok()?;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from((bits >> count) & 0xFF).ok()?);
        }
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

fn integer(text: &str) -> Option<i128> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (radix, digits) = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, &digits[2..]),
        [b'0', b'o' | b'O', ..] => (8, &digits[2..]),
        [b'0', b'b' | b'B', ..] => (2, &digits[2..]),
        [b'0', _, ..] => (8, &digits[1..]),
        _ => (10, digits),
    };
    if !digits.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let number = i128::from(u64::from_str_radix(digits, radix).ok()?);
    let number = if negative { -number } else { number };
    (number >= i128::from(i64::MIN)).then_some(number)
}

fn is_float(text: &str) -> bool {
    let rest = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match rest.find(['e', 'E']) {
        Some(at) => (&rest[..at], Some(&rest[at + 1..])),
        None => (rest, None),
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty()) && exponent
}

/// Whether the text is a date as YAML 1.1 knows them: `2001-01-31`, perhaps with a time behind.
fn is_date(text: &str) -> bool {
    let (date, time) = match text.find(['T', 't', ' ']) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let parts: Vec<&str> = date.split('-').collect();
    let [year, month, day] = parts[..] else {
        return false;
    };
    let within = |part: &str, range: std::ops::RangeInclusive<u8>| {
        (1..=2).contains(&part.len())
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && part.parse().is_ok_and(|number| range.contains(&number))
    };
    year.len() == 4
        && year.bytes().all(|byte| byte.is_ascii_digit())
        && within(month, 1..=12)
        && within(day, 1..=31)
        && time.is_none_or(|time| {
            let mut parts = time.splitn(3, ':');
            let hour = parts.next().is_some_and(|part| within(part, 0..=23));
            let minute = parts.next().is_some_and(|part| within(part, 0..=59));
            hour && minute && parts.next().is_some_and(|part| !part.is_empty())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_say_what_a_scalar_must_be() {
        assert_eq!(tagged("float", "5"), Ok(Value::Float(5.0)));
        assert_eq!(tagged("int", "5"), Ok(Value::Integer(5)));
        assert_eq!(tagged("int", "x"), Err("integer"));
        assert_eq!(tagged("str", "5"), Ok(Value::Text("5".into())));
        assert_eq!(
            tagged("binary", "aGVsbG8="),
            Ok(Value::Text("hello".into()))
        );
        assert_eq!(tagged("binary", "aGV"), Err("text in base64"));
    }

    #[test]
    fn plain_scalars_mean_what_they_mean_to_the_reference() {
        assert_eq!(resolve("010"), Value::Integer(8));
        assert_eq!(resolve("0o17"), Value::Integer(15));
        assert_eq!(resolve("1_000"), Value::Integer(1000));
        assert_eq!(resolve("08"), Value::Float(8.0));
        assert_eq!(resolve("yes"), Value::Text("yes".into()));
        assert_eq!(resolve("22:22"), Value::Text("22:22".into()));
        assert_eq!(resolve("1.2.3"), Value::Text("1.2.3".into()));
        assert_eq!(resolve("2001-01-01"), Value::Date("2001-01-01".into()));
        assert_eq!(resolve("-"), Value::Text("-".into()));
        assert_eq!(resolve("0xFF"), Value::Integer(255));
    }
}
