//! The endings that words of other languages take in names.

use std::sync::LazyLock;

use super::dictionary::{Dictionary, Entry, Languages};
use super::english::is_english;

/// An ending of some languages, and what dictionaries write instead.
struct Ending {
    written: &'static str,
    instead: &'static [&'static str],
    languages: Languages,
}

const fn of(
    languages: Languages,
    written: &'static str,
    instead: &'static [&'static str],
) -> Ending {
    Ending {
        written,
        instead,
        languages,
    }
}

const IBERIAN: Languages = Languages::SPANISH.and(Languages::PORTUGUESE);
const ROMANCE: Languages = IBERIAN.and(Languages::FRENCH);
const GERMANIC: Languages = Languages::GERMAN.and(Languages::DUTCH);
const WEST_SLAVIC: Languages = Languages::POLISH.and(Languages::CZECH);
const EAST_SLAVIC: Languages = Languages::RUSSIAN.and(Languages::UKRAINIAN);
const UKRAINIAN: Languages = Languages::UKRAINIAN;

const LATIN: &[Ending] = &[
    of(ROMANCE.and(GERMANIC).and(Languages::SWEDISH), "s", &[""]),
    of(IBERIAN, "es", &[""]),
    of(Languages::SPANISH, "ces", &["z"]),
    of(IBERIAN, "as", &["o"]),
    of(IBERIAN, "a", &["o"]),
    of(Languages::PORTUGUESE, "oes", &["ao"]),
    of(Languages::PORTUGUESE, "aes", &["ao"]),
    of(Languages::PORTUGUESE, "ais", &["al"]),
    of(Languages::PORTUGUESE, "eis", &["el"]),
    of(Languages::PORTUGUESE, "ns", &["m"]),
    of(Languages::FRENCH, "x", &[""]),
    of(Languages::FRENCH, "aux", &["al"]),
    of(Languages::FRENCH, "es", &[""]),
    of(Languages::FRENCH, "e", &[""]),
    of(Languages::ITALIAN, "i", &["o", "e", "a"]),
    of(Languages::ITALIAN, "e", &["a"]),
    of(Languages::ITALIAN, "he", &["a"]),
    of(Languages::ITALIAN, "hi", &["o"]),
    of(GERMANIC.and(Languages::SWEDISH), "en", &["", "e"]),
    of(GERMANIC, "n", &[""]),
    of(GERMANIC.and(Languages::SWEDISH), "er", &["", "e"]),
    of(GERMANIC, "e", &[""]),
    of(Languages::GERMAN, "es", &[""]),
    of(Languages::GERMAN, "ern", &["", "er"]),
    of(Languages::SWEDISH, "ar", &["", "e"]),
    of(Languages::SWEDISH, "or", &["a"]),
    of(Languages::SWEDISH, "n", &[""]),
    of(Languages::SWEDISH, "et", &["", "e"]),
    of(Languages::SWEDISH, "ns", &[""]),
    of(WEST_SLAVIC, "y", &["", "a"]),
    of(WEST_SLAVIC, "i", &["", "a", "e", "o", "ia"]),
    of(WEST_SLAVIC, "u", &["", "o"]),
    of(WEST_SLAVIC, "a", &["", "e", "o"]),
    of(WEST_SLAVIC, "e", &["", "a"]),
    of(WEST_SLAVIC, "ami", &["", "a", "o", "e"]),
    of(WEST_SLAVIC, "ach", &["", "a", "o", "e"]),
    of(WEST_SLAVIC, "em", &["", "o"]),
    of(WEST_SLAVIC, "a", &["y"]),
    of(Languages::CZECH, "e", &["y"]),
    of(Languages::POLISH, "e", &["y"]),
    of(Languages::CZECH, "ky", &["ek"]),
    of(Languages::CZECH, "ku", &["ek"]),
    of(Languages::CZECH, "ich", &["", "e"]),
    of(Languages::POLISH, "ow", &["", "a"]),
    of(Languages::POLISH, "cy", &["k"]),
    of(Languages::POLISH, "en", &["enie"]),
    of(Languages::POLISH, "an", &["anie"]),
    of(Languages::POLISH, "om", &[""]),
    of(Languages::POLISH, "ek", &["ka"]),
    of(Languages::POLISH, "ji", &["ja"]),
    of(Languages::CZECH, "ek", &["ka"]),
    of(Languages::CZECH, "ci", &["ce", "k"]),
    of(Languages::CZECH, "em", &["", "e"]),
    of(Languages::TURKISH, "i", &[""]),
    of(Languages::TURKISH, "u", &[""]),
    of(Languages::TURKISH, "si", &[""]),
    of(Languages::TURKISH, "su", &[""]),
    of(Languages::TURKISH, "gi", &["k"]),
    of(Languages::TURKISH, "gu", &["k"]),
    of(Languages::TURKISH, "di", &["t"]),
    of(Languages::TURKISH, "bi", &["p"]),
    of(Languages::TURKISH, "ler", &[""]),
    of(Languages::TURKISH, "lar", &[""]),
    of(Languages::TURKISH, "leri", &[""]),
    of(Languages::TURKISH, "lari", &[""]),
    of(Languages::TURKISH, "lerin", &[""]),
    of(Languages::TURKISH, "larin", &[""]),
    of(Languages::TURKISH, "in", &[""]),
    of(Languages::TURKISH, "un", &[""]),
    of(Languages::TURKISH, "nin", &[""]),
    of(Languages::ROMANIAN, "ul", &[""]),
    of(Languages::ROMANIAN, "lui", &["", "l"]),
    of(Languages::ROMANIAN, "lor", &[""]),
    of(Languages::ROMANIAN, "i", &[""]),
    of(Languages::ROMANIAN, "e", &[""]),
    of(Languages::HUNGARIAN, "k", &[""]),
    of(Languages::HUNGARIAN, "ek", &[""]),
    of(Languages::HUNGARIAN, "ok", &[""]),
    of(Languages::HUNGARIAN, "ak", &[""]),
    of(Languages::HUNGARIAN, "i", &[""]),
    of(Languages::INDONESIAN, "nya", &[""]),
];

const CYRILLIC: &[Ending] = &[
    of(EAST_SLAVIC, "", &["а", "о"]),
    of(EAST_SLAVIC, "ы", &["", "а"]),
    of(EAST_SLAVIC, "и", &["", "а", "ь", "я", "й"]),
    of(EAST_SLAVIC, "а", &["", "о", "е", "й"]),
    of(EAST_SLAVIC, "я", &["е", "ь", "й", "ие"]),
    of(EAST_SLAVIC, "у", &["", "а"]),
    of(EAST_SLAVIC, "ю", &["я", "е", "ь", "й"]),
    of(EAST_SLAVIC, "е", &["", "а", "я"]),
    of(EAST_SLAVIC, "ой", &["а", "ая"]),
    of(EAST_SLAVIC, "ом", &[""]),
    of(EAST_SLAVIC, "ем", &["ь", "й", "е"]),
    of(EAST_SLAVIC, "ами", &["", "а"]),
    of(EAST_SLAVIC, "ями", &["ь", "я", "е"]),
    of(EAST_SLAVIC, "ам", &["", "а"]),
    of(EAST_SLAVIC, "ям", &["ь", "я", "е"]),
    of(EAST_SLAVIC, "ах", &["", "а"]),
    of(EAST_SLAVIC, "ов", &[""]),
    of(EAST_SLAVIC, "ев", &["", "й"]),
    of(EAST_SLAVIC, "ей", &["", "ь", "я", "е"]),
    of(EAST_SLAVIC, "ий", &["ие", "ия"]),
    of(EAST_SLAVIC, "ок", &["ка"]),
    of(EAST_SLAVIC, "ек", &["ка"]),
    of(EAST_SLAVIC, "ого", &["ый", "ий", "ой"]),
    of(EAST_SLAVIC, "ая", &["ый", "ий", "ой"]),
    of(EAST_SLAVIC, "ое", &["ый", "ий", "ой"]),
    of(EAST_SLAVIC, "ые", &["ый", "ой"]),
    of(EAST_SLAVIC, "ие", &["ий"]),
    of(EAST_SLAVIC, "ых", &["ый", "ой"]),
    of(EAST_SLAVIC, "к", &["ка"]),
    of(EAST_SLAVIC, "ки", &["ок"]),
    of(EAST_SLAVIC, "ков", &["ок"]),
    of(UKRAINIAN, "а", &["ий"]),
    of(UKRAINIAN, "е", &["ий"]),
    of(UKRAINIAN, "ів", &["", "а", "і"]),
    of(UKRAINIAN, "ків", &["ок"]),
    of(UKRAINIAN, "ості", &["ість"]),
    of(UKRAINIAN, "їв", &["й"]),
    of(UKRAINIAN, "ень", &["ення"]),
    of(UKRAINIAN, "ань", &["ання"]),
    of(UKRAINIAN, "ї", &["я", "й"]),
    of(UKRAINIAN, "і", &["", "а", "ь", "я"]),
    of(UKRAINIAN, "й", &["я"]),
    of(UKRAINIAN, "ця", &["ець"]),
    of(UKRAINIAN, "ців", &["ець"]),
];

/// The endings of Latin words, by their last letters.
static LATIN_BY_LETTER: LazyLock<[Vec<&'static Ending>; 128]> = LazyLock::new(|| {
    let mut endings = [const { Vec::new() }; 128];
    for ending in LATIN {
        let last = ending.written.bytes().next_back();
        if let Some(of_letter) = last.and_then(|it| endings.get_mut(usize::from(it))) {
            of_letter.push(ending);
        }
    }
    endings
});

/// What a word with an ending means.
pub(super) fn inflected(dictionary: &Dictionary, word: &str) -> Option<Entry> {
    if word.is_ascii() {
        const LEAST: usize = 4;
        let last = usize::from(word.bytes().next_back()?);
        let endings = LATIN_BY_LETTER.get(last)?;
        without_endings(dictionary, word, endings.iter().copied(), LEAST)
    } else {
        const LEAST: usize = 3;
        without_endings(dictionary, word, CYRILLIC.iter(), LEAST)
    }
}

/// What a word means without one of some endings, where enough is left of it.
fn without_endings(
    dictionary: &Dictionary,
    word: &str,
    endings: impl Iterator<Item = &'static Ending>,
    least: usize,
) -> Option<Entry> {
    let mut base = String::new();
    for ending in endings {
        let Some(stem) = word.strip_suffix(ending.written) else {
            continue;
        };
        if stem.chars().count() < least {
            continue;
        }
        for instead in ending.instead {
            base.clear();
            base.push_str(stem);
            base.push_str(instead);
            let found = dictionary.get(&base);
            if let Some(entry) = found.filter(|it| it.languages.intersects(ending.languages)) {
                return Some(Entry {
                    is_sure: entry.is_sure && !is_english(&base),
                    ..entry
                });
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::languages::dictionary;

    #[test]
    fn words_are_known_with_their_endings() {
        let latin = |word: &str| inflected(&dictionary::LATIN, word).map(|it| it.english);
        assert_eq!(latin("pedidos"), Some("order"));
        assert_eq!(latin("notificaciones"), Some("notification"));
        assert_eq!(latin("notificacoes"), Some("notification"));
        assert_eq!(latin("prenotazioni"), Some("booking"));
        assert_eq!(latin("zahlungen"), Some("payment"));
        assert_eq!(latin("zamowien"), Some("order"));
        assert_eq!(latin("platnosci"), Some("payment"));
        assert_eq!(latin("uzytkownikow"), Some("user"));
        assert_eq!(latin("objednavek"), Some("order"));
        assert_eq!(latin("servisi"), Some("service"));
        assert_eq!(latin("siparisleri"), Some("order"));
        assert_eq!(latin("kuyrugu"), Some("queue"));
        let cyrillic =
            |word: &str| inflected(&dictionary::OTHER_LETTERS, word).map(|it| it.english);
        assert_eq!(cyrillic("заказов"), Some("order"));
        assert_eq!(cyrillic("уведомлений"), Some("notification"));
        assert_eq!(cyrillic("платежей"), Some("payment"));
        assert_eq!(cyrillic("пользователей"), Some("user"));
        assert_eq!(cyrillic("доставки"), Some("delivery"));
        assert_eq!(cyrillic("сповіщень"), Some("notification"));
        assert_eq!(cyrillic("замовлень"), Some("order"));
        assert_eq!(cyrillic("задач"), Some("task"));
        assert_eq!(latin("orders"), None);
    }
}
