//! Names in other languages than English, said in the words that the keys of services are made of.

mod list;

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use self::list::{PHRASES, STOP_WORDS, WORDS};

/// A name in which what is not English is said in English, as far as it is known.
pub(super) fn in_english(name: &str) -> String {
    if name.is_ascii() {
        return name.to_owned();
    }
    let mut text: String = name.chars().flat_map(without_accents).collect();
    for (english, other) in PHRASES {
        let lower = text.to_lowercase();
        if lower.contains(other) {
            text = lower.replace(other, english);
        }
    }
    for (english, others) in WORDS {
        for other in others.iter().filter(|it| is_without_spaces(it)) {
            if text.contains(other) {
                text = text.replace(other, &format!(" {english} "));
            }
        }
    }
    text
}

/// A Latin letter without its accents; letters of other scripts are others with and without.
fn without_accents(letter: char) -> impl Iterator<Item = char> {
    let is_latin = u32::from(letter) < 0x250 || (0x1E00..0x1F00).contains(&u32::from(letter));
    std::iter::once(letter)
        .nfkd()
        .filter(move |it| !is_latin || !is_combining_mark(*it))
        .nfc()
        .collect::<Vec<char>>()
        .into_iter()
}

/// A word in small letters, in English.
pub(super) fn word_in_english(word: &str) -> Option<&'static str> {
    static ENGLISH: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
        let pairs = WORDS.iter();
        pairs
            .flat_map(|(english, others)| others.iter().map(|other| (*other, *english)))
            .collect()
    });
    ENGLISH.get(word).copied()
}

/// A Cyrillic word in Latin letters, as keys are written.
pub(super) fn in_latin(word: &str) -> String {
    const LETTERS: [(char, &str); 32] = [
        ('а', "a"),
        ('б', "b"),
        ('в', "v"),
        ('г', "g"),
        ('д', "d"),
        ('е', "e"),
        ('ж', "zh"),
        ('з', "z"),
        ('и', "i"),
        ('й', "y"),
        ('к', "k"),
        ('л', "l"),
        ('м', "m"),
        ('н', "n"),
        ('о', "o"),
        ('п', "p"),
        ('р', "r"),
        ('с', "s"),
        ('т', "t"),
        ('у', "u"),
        ('ф', "f"),
        ('х', "h"),
        ('ц', "ts"),
        ('ч', "ch"),
        ('ш', "sh"),
        ('щ', "sch"),
        ('ъ', ""),
        ('ы', "y"),
        ('ь', ""),
        ('э', "e"),
        ('ю', "yu"),
        ('я', "ya"),
    ];
    word.chars()
        .map(|letter| {
            LETTERS
                .iter()
                .find(|(cyrillic, _)| *cyrillic == letter)
                .map_or_else(|| letter.to_string(), |(_, latin)| (*latin).to_owned())
        })
        .collect()
}

/// Whether a text is in another language than English, as far as its letters and its commonest
/// words tell.
pub(super) fn is_foreign(text: &str) -> bool {
    let letters = text.chars().filter(|it| it.is_alphabetic()).count();
    let far = text
        .chars()
        .filter(|it| it.is_alphabetic() && !it.is_ascii());
    let words = || {
        text.split(|it: char| !it.is_alphabetic())
            .map(str::to_lowercase)
    };
    let count = |list: &[&str]| words().filter(|word| list.contains(&word.as_str())).count();
    let [english, others] = STOP_WORDS.map(count);
    far.count() * 100 > letters || others > 5 && others > english * 2
}

/// Whether a word is of a script that sets no spaces between words.
fn is_without_spaces(word: &str) -> bool {
    word.chars().any(|it| u32::from(it) >= 0x1100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_programs_are_said_in_english() {
        assert_eq!(in_english("API 网关").trim(), "API  gateway");
        assert_eq!(in_english("Catálogo"), "Catalogo");
        assert_eq!(in_english("フロントエンド").trim(), "frontend");
        assert_eq!(in_english("대시보드").trim(), "dashboard");
        assert_eq!(in_english("Dịch vụ thanh toán"), "service thanh toan");
        assert_eq!(word_in_english("шлюз"), Some("gateway"));
        assert_eq!(in_latin("генератор"), "generator");
    }

    #[test]
    fn other_languages_are_told_from_english() {
        assert!(is_foreign("Сервис принимает заказы и отправляет письма."));
        assert!(is_foreign(
            "La tienda de la empresa, con el pago por tarjeta y los pedidos para la casa."
        ));
        assert!(!is_foreign(
            "The service of the shop takes orders and is read from the queue."
        ));
        assert!(!is_foreign("flowchart TD\n  A[API] --> B[(PostgreSQL)]"));
    }
}
