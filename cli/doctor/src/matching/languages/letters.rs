//! Letters of other alphabets, as keys are written.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A word without the accents of its Latin letters; letters of other scripts are others with and
/// without.
pub(super) fn without_accents(word: &str) -> String {
    let mut plain = String::with_capacity(word.len());
    for letter in word.chars() {
        push_without_accents(letter, &mut plain);
    }
    plain
}

fn push_without_accents(letter: char, plain: &mut String) {
    if letter.is_ascii() {
        plain.push(letter);
        return;
    }
    if let Some(base) = base(letter) {
        plain.push(base);
        return;
    }
    match letter {
        'ß' => plain.push_str("ss"),
        'æ' => plain.push_str("ae"),
        'œ' => plain.push_str("oe"),
        'ё' => plain.push('е'),
        // What is left of a capital `İ`.
        '\u{307}' => {}
        _ if is_latin(letter) || is_greek(letter) => {
            let letters = std::iter::once(letter).nfkd();
            plain.extend(letters.filter(|it| !is_combining_mark(*it)));
        }
        _ => plain.push(letter),
    }
}

/// The letter below the accents of a small one of Europe or of Vietnam.
fn base(letter: char) -> Option<char> {
    /// The bases of `à` to `ſ`, and of `Ạ` to `ỹ`; a dot where it takes more than one letter.
    const BASES: [(u32, &str); 2] = [
        (
            0xE0,
            "aaaaaa.ceeeeiiii.nooooo.ouuuuy.yaaaaaaccccccccdd.deeeeeeeeee\
             gggggggghh..iiiiiiiiii..jjkk.llllll...lnnnnnn...oooooo..rrrr\
             rrsssssssstttt..uuuuuuuuuuuuwwyyyzzzzzzs",
        ),
        (
            0x1EA0,
            "aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiio\
             ooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy",
        ),
    ];
    BASES.iter().find_map(|(first, bases)| {
        let at = usize::try_from(u32::from(letter).checked_sub(*first)?).ok()?;
        let base = char::from(*bases.as_bytes().get(at)?);
        base.is_ascii_lowercase().then_some(base)
    })
}

/// Whether a letter is Latin, with whatever accents.
pub(super) fn is_latin(letter: char) -> bool {
    u32::from(letter) < 0x250 || (0x1E00..0x1F00).contains(&u32::from(letter))
}

fn is_greek(letter: char) -> bool {
    (0x370..0x400).contains(&u32::from(letter))
}

/// Whether a letter is of a script that sets no spaces between words, or may leave them out.
pub(super) fn is_without_spaces(letter: char) -> bool {
    u32::from(letter) >= 0x1100 && !is_latin(letter)
}

/// A word with the two letters that keys have for German ones with two points: `empfaenger`.
pub(super) fn with_umlauts_spelled_out(word: &str) -> String {
    word.replace('ä', "ae")
        .replace('ö', "oe")
        .replace('ü', "ue")
}

/// A Cyrillic word in Latin letters, as keys are written.
pub(super) fn in_latin(word: &str) -> String {
    word.chars()
        .map(|letter| latin_of(letter).map_or_else(|| letter.to_string(), str::to_owned))
        .collect()
}

fn latin_of(letter: char) -> Option<&'static str> {
    Some(match letter {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' => "g",
        'д' => "d",
        'е' | 'э' => "e",
        'є' => "ye",
        'ж' => "zh",
        'з' => "z",
        'и' | 'і' => "i",
        'ї' => "yi",
        'й' | 'ы' => "y",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "h",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "sch",
        'ъ' | 'ь' => "",
        'ю' => "yu",
        'я' => "ya",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_written_as_in_keys() {
        assert_eq!(in_latin("генератор"), "generator");
        assert_eq!(without_accents("catálogo"), "catalogo");
        assert_eq!(without_accents("płatność"), "platnosc");
        assert_eq!(without_accents("υπηρεσία"), "υπηρεσια");
        assert_eq!(without_accents("đơn hàng"), "don hang");
        assert_eq!(without_accents("i̇statistik"), "istatistik");
        assert_eq!(with_umlauts_spelled_out("empfänger"), "empfaenger");
    }
}
