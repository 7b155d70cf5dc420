//! Both sides of a published port in one text: `9002 (host, container 9000)`, `8080 → 80`.

use super::arrows;

/// Where a port is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Host,
    Container,
}

impl Side {
    fn of(word: &str) -> Option<Self> {
        match word {
            "host" | "external" | "externally" | "published" | "outside" | "public"
            | "localhost" => Some(Self::Host),
            "container" | "internal" | "internally" | "inside" | "target" => Some(Self::Container),
            _ => None,
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Host => Self::Container,
            Self::Container => Self::Host,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Number(u16),
    Side(Side),
    Arrow,
    /// What parts two things.
    Break,
    Open,
    Close,
    /// A number that is no port, or a part of an address or a version.
    Other,
}

/// The port outside and inside that a text with two numbers tells apart.
pub(super) fn of(text: &str) -> Option<(u16, u16)> {
    let tokens = tokens(text);
    if tokens.contains(&Token::Other) {
        return None;
    }
    let places: Vec<usize> = (0..tokens.len())
        .filter(|at| matches!(tokens[*at], Token::Number(_)))
        .collect();
    let &[first, second] = places.as_slice() else {
        return None;
    };
    let (Token::Number(one), Token::Number(two)) = (tokens[first], tokens[second]) else {
        return None;
    };
    let between = &tokens[first + 1..second];
    let arrow = between.contains(&Token::Arrow);
    // `8080 (internal 80)`: the second number is an aside to the first.
    let brackets = between.iter().rev();
    let mut brackets = brackets.filter(|it| matches!(it, Token::Open | Token::Close));
    let aside = arrow || brackets.next() == Some(&Token::Open);
    let sides = sides(&tokens, first, second);
    let outer_first = match sides {
        (Some(one), Some(two)) if one != two => one == Side::Host,
        (Some(one), None) if aside => one == Side::Host,
        (None, Some(two)) if aside => two.other() == Side::Host,
        (None, None) if between == [Token::Arrow] => true,
        _ => return None,
    };
    Some(if outer_first { (one, two) } else { (two, one) })
}

/// The sides that words give to two numbers.
fn sides(tokens: &[Token], first: usize, second: usize) -> (Option<Side>, Option<Side>) {
    let side = |at: usize| match tokens.get(at) {
        Some(Token::Side(side)) => Some(*side),
        _ => None,
    };
    // A word right behind a number, or behind the bracket that opens there.
    let behind = |at: usize| match tokens.get(at + 1) {
        Some(Token::Open) => side(at + 2).map(|side| (at + 2, side)),
        _ => side(at + 1).map(|side| (at + 1, side)),
    };
    let before = |at: usize| Some((at.checked_sub(1)?, side(at.checked_sub(1)?)?));
    let two = match (before(second), behind(second)) {
        // `9002 host, 9000 container` and `9002 host 9000 container` say the same.
        (Some((at, _)), Some(behind)) if at == first + 1 => Some(behind),
        (found, behind) => found.or(behind),
    };
    let taken = two.map(|(at, _)| at);
    let one = before(first).or_else(|| behind(first).filter(|(at, _)| Some(*at) != taken));
    (one.map(|it| it.1), two.map(|it| it.1))
}

/// What tells of ports in a text.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let length = if character.is_alphanumeric() {
            let end = rest.find(|it: char| !it.is_alphanumeric());
            let word = &rest[..end.unwrap_or(rest.len())];
            tokens.extend(of_word(word));
            word.len()
        } else if let Some(length) = arrows::leading(rest) {
            tokens.push(Token::Arrow);
            length
        } else {
            let length = character.len_utf8();
            let behind_number = matches!(tokens.last(), Some(Token::Number(_)));
            let joins = behind_number && rest[length..].starts_with(|it: char| it.is_ascii_digit());
            tokens.extend(of_mark(character, joins));
            length
        };
        rest = &rest[length..];
    }
    tokens
}

/// A number or a side, where a word is one.
fn of_word(word: &str) -> Option<Token> {
    if !word.starts_with(|it: char| it.is_ascii_digit()) {
        return Side::of(&word.to_lowercase()).map(Token::Side);
    }
    let port = word.parse().ok().filter(|it: &u16| *it > 0);
    Some(port.map_or(Token::Other, Token::Number))
}

/// What a mark means, which may stand right between two numbers: `8080:80`.
fn of_mark(mark: char, joins_numbers: bool) -> Option<Token> {
    match mark {
        ':' if joins_numbers => Some(Token::Arrow),
        '.' if joins_numbers => Some(Token::Other),
        ',' | '/' | ';' | '|' | '+' | '&' => Some(Token::Break),
        '(' => Some(Token::Open),
        ')' => Some(Token::Close),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn two_numbers_without_a_word_or_arrow_are_two_ports() {
        assert_eq!(of("80, 443"), None);
        assert_eq!(of("80/443 (internal)"), None);
        assert_eq!(of("127.0.0.1:6379:6379"), None);
        assert_eq!(of("5672 (AMQP), 15672 (UI)"), None);
        assert_eq!(of("9000 → 9001 → 9002"), None);
        assert_eq!(of("3000 (dev), 8080 (container)"), None);
        assert_eq!(of("8000-8010 (internal)"), None);
    }

    #[test]
    fn words_and_arrows_tell_the_sides() {
        assert_eq!(of("9002 (host, container 9000)"), Some((9002, 9000)));
        assert_eq!(of("9002 host / 9000 container"), Some((9002, 9000)));
        assert_eq!(of("container 9000 → host 9002"), Some((9002, 9000)));
        assert_eq!(of("9000 (published as 9002)"), Some((9002, 9000)));
        assert_eq!(of("8080 → 80"), Some((8080, 80)));
    }
}
