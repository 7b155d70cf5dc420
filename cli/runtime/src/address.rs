//! Finds where values name a service in a host's place, and says where it really listens.

/// Where a service of some name, asked for at some port, really listens.
type PlaceOf<'a> = dyn Fn(&str, Option<u16>) -> Option<(String, u16)> + 'a;

/// Rewrites every place where a value names a service as a host, as far as `place` knows it.
///
/// `place` gets a service's name and the port that follows it, if one does, and gives host and
/// port. A name counts only where a host can stand: after `://`, after the `@` of user
/// information, or before a colon and a port; so in `postgres://postgres:postgres@postgres:5432`
/// only the last one changes.
pub fn rewrite_addresses(value: &str, place: &PlaceOf<'_>) -> String {
    let mut result = String::with_capacity(value.len());
    let mut at = 0;
    while at < value.len() {
        let rest = &value[at..];
        let length = rest.find(|c: char| !is_name(c)).unwrap_or(rest.len());
        if length == 0 {
            let length = rest.chars().next().map_or(1, char::len_utf8);
            result.push_str(&rest[..length]);
            at += length;
            continue;
        }
        let name = &rest[..length];
        let (port, port_length) = port_after(&rest[length..]);
        let after = rest[length + port_length..].chars().next();
        let place = is_host(&value[..at], port, &rest[length..], after)
            .then(|| place(name, port.or_else(|| port_of_scheme(&value[..at]))))
            .flatten();
        if let Some((host, port)) = place {
            result.push_str(&host);
            result.push(':');
            result.push_str(&port.to_string());
            at += length + port_length;
        } else {
            result.push_str(name);
            at += length;
        }
    }
    result
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')
}

/// The port that follows a name, and how much of the text it takes.
fn port_after(text: &str) -> (Option<u16>, usize) {
    let Some(digits) = text.strip_prefix(':') else {
        return (None, 0);
    };
    let length = digits
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(digits.len());
    match digits[..length].parse() {
        Ok(port) => (Some(port), length + 1),
        Err(_) => (None, 0),
    }
}

fn is_host(before: &str, port: Option<u16>, after_name: &str, after: Option<char>) -> bool {
    // A name that an `@` follows is a user or a password.
    let authority_goes_on = |text: &str| {
        let end = text
            .find(['/', '?', '#', ' ', ',', '"', '\''])
            .unwrap_or(text.len());
        text[..end].contains('@')
    };
    if before.ends_with("://") || before.ends_with('@') {
        return !authority_goes_on(after_name);
    }
    // A list of hosts after the first one, as in `amqp://a:1,b:2`, or a bare `host:port`.
    let starts = before.is_empty() || before.ends_with([',', ' ', '=', '"', '\'', ';', '(']);
    let ends = after.is_none_or(|c| matches!(c, ',' | ' ' | '/' | '"' | '\'' | ';' | ')' | '?'));
    port.is_some() && starts && ends
}

fn port_of_scheme(before: &str) -> Option<u16> {
    let scheme_end = before.rfind("://")?;
    let scheme = before[..scheme_end]
        .rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '+')
        .next()?;
    // A driver may be named in the scheme, as in `postgresql+asyncpg://`.
    match scheme.split('+').next()? {
        "http" | "ws" => Some(80),
        "https" | "wss" => Some(443),
        "postgres" | "postgresql" => Some(5432),
        "redis" => Some(6379),
        "amqp" => Some(5672),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(value: &str) -> String {
        rewrite_addresses(value, &|name, port| {
            let known = ["postgres", "redis", "rabbitmq", "api"].contains(&name);
            known.then(|| ("127.0.0.1".to_owned(), port.unwrap_or(0) / 10 + 20_000))
        })
    }

    #[test]
    fn hosts_are_rewritten() {
        assert_eq!(rewritten("postgres:5432"), "127.0.0.1:20543");
        assert_eq!(rewritten("http://api:8000"), "http://127.0.0.1:20800");
        assert_eq!(
            rewritten("http://api:8000/v1?x=1"),
            "http://127.0.0.1:20800/v1?x=1"
        );
        assert_eq!(
            rewritten("redis://:secret@redis/0"),
            "redis://:secret@127.0.0.1:20637/0"
        );
        assert_eq!(
            rewritten("amqp://user:secret@rabbitmq:5672/%2f"),
            "amqp://user:secret@127.0.0.1:20567/%2f"
        );
        assert_eq!(
            rewritten("postgresql+asyncpg://u:p@postgres/x"),
            "postgresql+asyncpg://u:p@127.0.0.1:20543/x"
        );
        assert_eq!(rewritten("local:redis:6379"), "local:redis:6379");
        assert_eq!(
            rewritten("api:8000,redis:6379"),
            "127.0.0.1:20800,127.0.0.1:20637"
        );
    }

    #[test]
    fn users_passwords_and_databases_of_the_same_name_are_left() {
        assert_eq!(
            rewritten("postgres://postgres:postgres@postgres:5432/postgres"),
            "postgres://postgres:postgres@127.0.0.1:20543/postgres"
        );
        assert_eq!(rewritten("postgres"), "postgres");
        assert_eq!(rewritten("my-api:8000"), "my-api:8000");
        assert_eq!(rewritten("/data/api"), "/data/api");
        assert_eq!(
            rewritten("http://api.example.com:8000"),
            "http://api.example.com:8000"
        );
    }
}
