//! The language of whole texts.

/// Words that sentences of a language cannot do without, English first.
const STOP_WORDS: [&[&str]; 2] = [
    &[
        "the", "and", "of", "to", "is", "for", "with", "are", "this", "from",
    ],
    &[
        "de", "la", "el", "los", "las", "del", "que", "para", "con", "por", "una", "cada", "su",
        "se", "como", "en", "der", "die", "und", "das", "mit", "für", "ist", "von", "zu", "den",
        "dem", "auf", "wird", "werden", "nicht", "eine", "sich", "bei", "oder", "über", "le",
        "les", "des", "et", "pour", "avec", "du", "une", "par", "sur", "dans", "est", "sont",
        "aux", "os", "da", "com", "uma", "não", "dos", "pelo", "seu", "di", "il", "per", "della",
        "che", "sono", "gli", "nel", "è", "są", "jest", "nie", "się", "dla", "przez", "oraz", "je",
        "jsou", "který", "která", "het", "een", "van", "voor", "met", "zijn", "wordt", "och",
        "för", "att", "som", "är", "av", "på", "ve", "bir", "ile", "için", "bu", "és", "az", "egy",
        "hogy", "și", "este", "pentru", "din", "cu", "yang", "dan", "untuk", "dengan", "dari",
        "pada", "và", "của", "cho", "các",
    ],
];

/// Whether a text is in another language than English, as far as its letters and its commonest
/// words tell.
pub(in crate::matching) fn is_foreign(text: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_languages_are_told_from_english() {
        assert!(is_foreign("Сервис принимает заказы и отправляет письма."));
        assert!(is_foreign(
            "La tienda de la empresa, con el pago por tarjeta y los pedidos para la casa."
        ));
        assert!(!is_foreign(
            "The service of the shop takes orders and is read from the queue."
        ));
        assert!(is_foreign(
            "Die Plattform erfasst Messwerte von Sensoren, wertet sie aus und meldet Fehler an die \
             Wartung. Alle Dienste laufen in Containern und nutzen eine Datenbank.",
        ));
        assert!(!is_foreign("flowchart TD\n  A[API] --> B[(PostgreSQL)]"));
    }
}
