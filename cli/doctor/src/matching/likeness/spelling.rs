//! Words that are spelled alike, or one for short of another.

/// Whether two words begin alike and differ in their ends alone: `geofencing` and `geofence`.
pub(super) fn are_of_one_stem(one: &str, other: &str) -> bool {
    const STEM: usize = 6;
    const END: usize = 3;
    let common = one
        .chars()
        .zip(other.chars())
        .take_while(|(left, right)| left == right);
    let common = common.count();
    let differ_little =
        one.chars().count() <= common + END && other.chars().count() <= common + END;
    common >= STEM && differ_little || root(one).is_some_and(|it| Some(it) == root(other))
}

/// What is left of a word for who does something, or for that it is done: `train` of `trainer`
/// and `training`.
fn root(word: &str) -> Option<&str> {
    const LEAST: usize = 4;
    const ENDINGS: [&str; 13] = [
        "ification",
        "ifying",
        "ifiers",
        "ifier",
        "ify",
        "ation",
        "ing",
        "ion",
        "ers",
        "ors",
        "er",
        "or",
        "ed",
    ];
    // `notif` of `notify`, `notifier` and `notification`.
    const LEAST_OF_IFY: usize = 3;
    let (ending, root) = ENDINGS
        .iter()
        .find_map(|ending| Some((ending, word.strip_suffix(ending)?)))?;
    let least = if ending.starts_with("if") {
        LEAST_OF_IFY
    } else {
        LEAST
    };
    (root.len() >= least).then_some(root)
}

/// Whether a server is called as a key ends: `WEBSERVER` and `pdshopweb`.
pub(super) fn ends_like(word: &str, key: &str) -> bool {
    let stem = word.strip_suffix("server").unwrap_or_default();
    stem.len() > 2 && key.len() > stem.len() && key.to_lowercase().ends_with(stem)
}

/// Whether a word of a key is made of the beginnings of a name's words, or stands in the name once
/// its signs are left out: `certgen` and `Certificate Generation`, `opcua` and `OPC-UA Server`.
pub(super) fn abbreviates(word: &str, parts: &[String]) -> bool {
    const LEAST: usize = 4;
    let word = word.replace("gateway", "gw");
    let word = word.as_str();
    // Languages differ in whether a kind stands before or behind what it is of: `Bot Telegram`.
    let is_turned = || {
        parts
            .windows(2)
            .any(|two| is_made_of_beginnings(word, &[two[1].clone(), two[0].clone()]))
    };
    // What stands between may be left out: `labelgw` and `Label Printer Gateway`.
    let is_of_its_ends = || {
        let [first, _, last] = parts else {
            return false;
        };
        word.starts_with(first.as_str())
            && is_made_of_beginnings(word, &[first.clone(), last.clone()])
    };
    word.chars().count() >= LEAST
        && (is_of_its_ends()
            || (0..parts.len()).any(|first| is_made_of_beginnings(word, &parts[first..]))
            || is_turned())
}

/// The parts of a name between its signs, in small letters.
pub(super) fn parts(name: &str) -> Vec<String> {
    name.split(|it: char| !it.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .map(str::to_lowercase)
        .map(|part| {
            if part == "gateway" {
                "gw".to_owned()
            } else {
                part
            }
        })
        .collect()
}

/// Whether a word is put together from beginnings of at least two characters of parts that follow
/// each other, or from the whole of shorter ones.
fn is_made_of_beginnings(word: &str, parts: &[String]) -> bool {
    if word.is_empty() {
        return true;
    }
    let Some((part, rest)) = parts.split_first() else {
        return false;
    };
    let common = word
        .char_indices()
        .zip(part.chars())
        .take_while(|((_, one), other)| one == other)
        .map(|((at, one), _)| at + one.len_utf8());
    common
        .enumerate()
        .filter(|(index, end)| index + 1 >= 2 || *end == part.len())
        .any(|(_, end)| is_made_of_beginnings(&word[end..], rest))
}

#[cfg(test)]
mod tests {
    use super::{are_of_one_stem, ends_like, parts};

    fn abbreviates(word: &str, name: &str) -> bool {
        super::abbreviates(word, &parts(name))
    }

    #[test]
    fn words_of_keys_abbreviate_names() {
        assert!(abbreviates("certgen", "Certificate Generation API"));
        assert!(abbreviates("opcua", "OPC-UA Demo Server"));
        assert!(abbreviates("technology", "Technology"));
        assert!(abbreviates("telebot", "Bot Telegram"));
        assert!(abbreviates("labelgw", "label printer gateway"));
        assert!(are_of_one_stem("geofencing", "geofence"));
        assert!(!are_of_one_stem("transaction", "transcoder"));
        assert!(are_of_one_stem("training", "trainer"));
        assert!(are_of_one_stem("notify", "notifier"));
        assert!(are_of_one_stem("prediction", "predictor"));
        assert!(ends_like("webserver", "pdshopweb"));
        assert!(!ends_like("server", "shop") && !ends_like("webserver", "shop"));
        assert!(!abbreviates("billing", "Bill of Materials"));
        assert!(!abbreviates("cart", "Catalog Artifacts"));
    }
}
