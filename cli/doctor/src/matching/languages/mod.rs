//! Names in other languages than English, said in the words that the keys of services are made of.
//!
//! The words of a language stand in a file of their own below `words/`, each line with a word of
//! `words/en.txt` and what the language has for it, as a dictionary writes it. A question mark
//! stands behind what is another word in English: it counts beside words of its language alone.

mod compounds;
mod dictionary;
mod english;
mod inflection;
mod letters;
mod lookup;
mod sentences;

use std::borrow::Cow;

use self::dictionary::{Dictionary, Entry, LATIN, OTHER_LETTERS, UNSPACED};
use self::english::is_english;
use self::inflection::inflected;
use self::letters::{
    in_latin, is_latin, is_without_spaces, with_umlauts_spelled_out, without_accents,
};

pub(super) use self::english::{fields, meanings};
pub(super) use self::sentences::is_foreign;

/// The words of a name, in small letters, in English as far as they are known, and in the letters
/// of keys where they are not.
pub(super) fn in_english(words: &[String]) -> Vec<String> {
    let has_other_letters = words.iter().any(|word| !word.is_ascii());
    let said = Name::of(words, has_other_letters).in_english();
    if has_other_letters || said == words {
        return said;
    }
    // One word of another language makes others beside it more than likely.
    Name::of(words, true).in_english()
}

/// The words of a name in a document that is in another language than English.
pub(super) fn in_english_from_a_foreign_document(words: &[String]) -> Vec<String> {
    Name::of(words, true).in_english()
}

/// A name in the letters of keys, in the ways in which keys write it; nothing where it is in them.
pub(super) fn in_letters_of_keys(name: &str) -> Vec<String> {
    if name.is_ascii() {
        return Vec::new();
    }
    let name = name.to_lowercase();
    [with_umlauts_spelled_out(&name), name]
        .iter()
        .map(|name| in_latin(&without_accents(name)))
        .collect()
}

/// A name to be said in English.
struct Name<'w> {
    words: &'w [String],
    /// The words without accents.
    plain: Vec<Cow<'w, str>>,
    /// Whether it is in another language, so that its words mean what they mean there.
    is_foreign: bool,
}

impl<'w> Name<'w> {
    fn of(words: &'w [String], is_foreign: bool) -> Self {
        let plain = |word: &'w String| {
            if word.is_ascii() {
                Cow::Borrowed(word.as_str())
            } else {
                without_accents(word).into()
            }
        };
        Self {
            plain: words.iter().map(plain).collect(),
            words,
            is_foreign,
        }
    }

    fn in_english(&self) -> Vec<String> {
        let mut said = Vec::with_capacity(self.words.len());
        let mut at = 0;
        while at < self.words.len() {
            if let Some((entry, length)) = self.phrase(at) {
                said.push(entry.english.to_owned());
                at += length;
                continue;
            }
            if !(self.is_foreign && is_particle(&self.words[at])) {
                self.say_word(at, &mut said);
            }
            at += 1;
        }
        if said.is_empty() {
            return self.words.to_vec();
        }
        said
    }

    /// The longest phrase of several words that begins at one.
    fn phrase(&self, at: usize) -> Option<(Entry, usize)> {
        const LONGEST: usize = 5;
        let most = (self.words.len() - at).min(LONGEST);
        if most < 2 {
            return None;
        }
        let dictionary = dictionary_of(&self.plain[at]);
        if !dictionary.begins_with(&self.plain[at]) {
            return None;
        }
        (2..=most).rev().find_map(|length| {
            let entry = dictionary.get(&self.plain[at..at + length].join(" "))?;
            Some((entry, length))
        })
    }

    fn say_word(&self, at: usize, said: &mut Vec<String>) {
        let word = self.plain[at].as_ref();
        if word.contains(is_without_spaces) {
            said.extend(compounds::segments(word));
            return;
        }
        let is_accented = !self.words[at].is_ascii();
        let is_plain = !is_accented && (word.len() < 2 || is_english(word) || is_number(word));
        if is_plain {
            said.push(word.to_owned());
            return;
        }
        let dictionary = dictionary_of(word);
        let is_sure = |entry: &Entry| entry.is_sure || is_accented || self.is_foreign;
        let known = dictionary
            .get(word)
            .or_else(|| dictionary.get(without_article(word)?))
            .or_else(|| inflected(dictionary, word))
            .filter(is_sure);
        if let Some(entry) = known {
            said.push(entry.english.to_owned());
        } else if let Some(parts) = compounds::parts(word, is_accented || self.is_foreign) {
            said.extend(parts);
        } else {
            said.push(in_latin(word));
        }
    }
}

/// An Arabic word without its article, or without what it is joined to another by.
fn without_article(word: &str) -> Option<&str> {
    ["ال", "لل", "وال", "بال"]
        .iter()
        .find_map(|article| word.strip_prefix(article))
}

fn dictionary_of(word: &str) -> &'static Dictionary {
    let is_of = |is: fn(char) -> bool| word.chars().any(is);
    if is_of(is_without_spaces) {
        &UNSPACED
    } else if is_of(|letter| letter.is_alphabetic() && !is_latin(letter)) {
        &OTHER_LETTERS
    } else {
        &LATIN
    }
}

fn is_number(word: &str) -> bool {
    word.chars().all(|it| it.is_ascii_digit())
}

/// Whether a word only joins others.
fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "de" | "del"
            | "da"
            | "do"
            | "das"
            | "dos"
            | "la"
            | "las"
            | "los"
            | "el"
            | "le"
            | "les"
            | "du"
            | "des"
            | "d"
            | "l"
            | "di"
            | "della"
            | "dei"
            | "degli"
            | "delle"
            | "y"
            | "e"
            | "et"
            | "en"
            | "für"
            | "fuer"
            | "der"
            | "die"
            | "und"
            | "von"
            | "zur"
            | "para"
            | "por"
            | "pour"
            | "per"
            | "con"
            | "com"
            | "voor"
            | "van"
            | "och"
            | "för"
            | "для"
            | "и"
            | "на"
            | "по"
            | "с"
            | "та"
            | "і"
            | "з"
            | "ve"
            | "için"
            | "và"
            | "của"
            | "cho"
            | "dan"
            | "untuk"
    )
}

#[cfg(test)]
mod tests {
    use crate::matching::words;

    fn said(name: &str) -> String {
        words(name).join(" ")
    }

    #[test]
    fn names_of_many_languages_are_said_in_english() {
        for (name, english) in [
            ("Servicio de pedidos", "service order"),
            ("Carrito de compras", "cart"),
            ("Serviço de Notificações", "service notification"),
            ("File d'attente", "queue"),
            ("Service d'authentification", "service auth"),
            ("Bestelldienst", "order service"),
            ("Benutzerverwaltung", "user management"),
            ("Servizio prenotazioni", "service booking"),
            ("Winkelwagenservice", "cart service"),
            ("Usługa płatności", "service payment"),
            ("Služba objednávek", "service order"),
            ("Сервис уведомлений", "service notification"),
            ("База данных", "database"),
            ("Служба замовлень", "service order"),
            ("Bildirim Servisi", "notification service"),
            ("İstatistik servisi", "statistic service"),
            ("Dịch vụ giỏ hàng", "service cart"),
            ("Layanan keranjang belanja", "service cart"),
            ("Beställningstjänst", "order service"),
            ("Serviciul de notificări", "service notification"),
            ("订单服务", "order service"),
            ("訂單服務", "order service"),
            ("注文サービス", "order service"),
            ("주문 서비스", "order service"),
            ("결제서비스", "payment service"),
            ("API 网关", "api gateway"),
            ("генератор", "generator"),
            ("Rendelés szolgáltatás", "order service"),
            ("Υπηρεσία παραγγελιών", "service order"),
            ("خدمة الطلبات", "service order"),
        ] {
            assert_eq!(said(name), english, "{name}");
        }
    }

    #[test]
    fn what_is_english_stays_as_it_is() {
        for name in [
            "user service",
            "cola",
            "tempo",
            "data die chat menu",
            "post office",
            "pgadmin",
            "observability stack",
            "orders de luxe",
            "level",
            "the personal assistant",
        ] {
            assert_eq!(said(name), name, "{name}");
        }
    }

    #[test]
    fn keys_are_said_in_the_same_words_as_names() {
        assert_eq!(said("catalogo"), said("Catálogo"));
        assert_eq!(said("servico-pedidos"), "service order");
        assert_eq!(said("empfaenger"), said("Empfänger"));
        assert_eq!(said("cola-mensajes"), "queue message");
    }

    #[test]
    fn what_nobody_knows_is_written_as_keys_are() {
        assert_eq!(said("Сервис жгутов"), "service zhgutov");
        assert_eq!(said("Drohnendienst"), "drohnen service");
    }
}
