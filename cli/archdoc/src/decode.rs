//! Makes text of the bytes of a document, and repairs UTF-8 that was once read as something else.
//!
//! The damage is lossy: programs drop the bytes that a code page leaves undefined. `┐` (E2 94 90)
//! arrives as two characters, and is restored from what the other two bytes can only mean here.

mod heavy;

use crate::facts::Decoding;

/// A way in which UTF-8 was read by mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CodePage {
    Windows1252,
    Windows1254,
    Latin1,
}

const PAGES: [CodePage; 3] = [
    CodePage::Windows1252,
    CodePage::Windows1254,
    CodePage::Latin1,
];

/// The characters of Windows-1252 from 0x80 to 0x9F; a space where there is none.
const UPPER: &str = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

/// The six places in which Windows-1254 differs.
const TURKISH: [(char, u8); 6] = [
    ('Ğ', 0xD0),
    ('İ', 0xDD),
    ('Ş', 0xDE),
    ('ğ', 0xF0),
    ('ı', 0xFD),
    ('ş', 0xFE),
];

impl CodePage {
    fn name(self) -> &'static str {
        match self {
            Self::Windows1252 => "Windows-1252",
            Self::Windows1254 => "Windows-1254",
            Self::Latin1 => "ISO-8859-1",
        }
    }

    /// The byte that was shown as this character.
    fn byte(self, character: char) -> Option<u8> {
        if character > '™' {
            return None;
        }
        if self == Self::Windows1254
            && let Some((_, byte)) = TURKISH.iter().find(|(shown, _)| *shown == character)
        {
            return Some(*byte);
        }
        if self != Self::Latin1
            && character != ' '
            && let Some(index) = UPPER.chars().position(|shown| shown == character)
        {
            return u8::try_from(0x80 + index).ok();
        }
        u8::try_from(u32::from(character)).ok()
    }
}

/// What became of one attempt.
struct Attempt {
    page: CodePage,
    text: String,
    repaired: usize,
    lost: usize,
}

/// Makes text of bytes; never fails.
pub(crate) fn decode(bytes: &[u8]) -> (String, Decoding) {
    let (mut text, lost) = plain(bytes);
    let mut decoding = Decoding {
        mistaken_for: None,
        repaired: 0,
        lost,
    };
    // Twice mis-decoded text exists; a third time has not been seen.
    for _ in 0..2 {
        if !text.chars().any(is_first) {
            break;
        }
        let attempts = PAGES.into_iter().map(|page| attempt(&text, page));
        let best = attempts.max_by_key(|attempt| {
            let gain = attempt.repaired.saturating_sub(4 * attempt.lost);
            (gain, std::cmp::Reverse(attempt.page as u8))
        });
        let Some(best) = best.filter(|it| it.repaired >= 3 && it.repaired > 4 * it.lost) else {
            break;
        };
        decoding.mistaken_for = Some(best.page.name().to_owned());
        decoding.repaired += best.repaired;
        decoding.lost += best.lost;
        text = best.text;
    }
    (text, decoding)
}

/// Whether a character can show the first byte of one that was written with several.
fn is_first(character: char) -> bool {
    matches!(character, '\u{C2}'..='\u{F4}') || TURKISH.iter().any(|(it, _)| *it == character)
}

/// The bytes as UTF-8 or UTF-16; invalid bytes are shown as Windows-1252 shows them.
fn plain(bytes: &[u8]) -> (String, usize) {
    if let Some(units) = utf16(bytes) {
        let text = String::from_utf16_lossy(&units);
        return (text, 0);
    }
    let mut text = String::with_capacity(bytes.len());
    let mut lost = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            lost += 1;
            text.push(match byte {
                0x80..=0x9F => UPPER
                    .chars()
                    .nth(usize::from(byte - 0x80))
                    .filter(|shown| *shown != ' ')
                    .unwrap_or(char::REPLACEMENT_CHARACTER),
                _ => char::from(*byte),
            });
        }
    }
    (text, lost)
}

fn utf16(bytes: &[u8]) -> Option<Vec<u16>> {
    let big = match bytes.get(..2)? {
        [0xFE, 0xFF] => true,
        [0xFF, 0xFE] => false,
        _ => return None,
    };
    let units = bytes[2..].chunks_exact(2).map(|pair| {
        let pair = [pair[0], pair[1]];
        if big {
            u16::from_be_bytes(pair)
        } else {
            u16::from_le_bytes(pair)
        }
    });
    Some(units.collect())
}

/// Reads the text as if it had been shown by a code page.
fn attempt(text: &str, page: CodePage) -> Attempt {
    let mut attempt = Attempt {
        page,
        text: String::with_capacity(text.len()),
        repaired: 0,
        lost: 0,
    };
    let mut run: Vec<(char, u8)> = Vec::new();
    for character in text.chars() {
        match page.byte(character) {
            Some(byte) if byte >= 0x80 => run.push((character, byte)),
            _ => {
                restore(&mut run, &mut attempt);
                attempt.text.push(character);
            }
        }
    }
    restore(&mut run, &mut attempt);
    attempt.text = heavy::restore(&close_double_boxes(&attempt.text));
    attempt
}

/// Restores a run of characters that all stand for bytes above ASCII.
fn restore(run: &mut Vec<(char, u8)>, attempt: &mut Attempt) {
    let bytes: Vec<u8> = run.iter().map(|(_, byte)| *byte).collect();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        if let Some((character, length)) = whole(rest) {
            attempt.text.push(character);
            attempt.repaired += 1;
            at += length;
        } else if let Some((character, length)) = dangling(rest) {
            attempt.text.push(character);
            attempt.repaired += 1;
            at += length;
        } else {
            // A lead byte whose character cannot be told is lost; anything else was never damaged.
            if rest.len() > 1 && (0xC2..=0xF4).contains(&rest[0]) && (0x80..0xC0).contains(&rest[1])
            {
                attempt.lost += 1;
            }
            attempt.text.push(run[at].0);
            at += 1;
        }
    }
    run.clear();
}

/// The character that the first two to four bytes encode.
fn whole(bytes: &[u8]) -> Option<(char, usize)> {
    let length = match bytes.first()? {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let text = std::str::from_utf8(bytes.get(..length)?).ok()?;
    Some((text.chars().next()?, length))
}

/// The character that bytes can only have meant after one of them was dropped.
fn dangling(bytes: &[u8]) -> Option<(char, usize)> {
    let pair = match bytes.get(..2)? {
        [0xE2, 0x94] => '┐',
        [0xE2, 0x95] => '═',
        [0xE2, 0x86] => '←',
        [0xE2, 0xB1] => '⏱',
        [0xE2, 0x8C] => '❌',
        [0xEF, 0xB8] => '\u{FE0F}',
        [0xF0, 0x9F, ..] => {
            let tail = bytes[2..]
                .iter()
                .take(2)
                .take_while(|byte| (0x80..0xC0).contains(*byte))
                .count();
            // Which picture it was cannot be told; that it is two columns wide matters.
            return Some(('⬜', 2 + tail));
        }
        _ => return None,
    };
    Some((pair, 2))
}

/// Gives `╚════` its corner back, which lost the same byte as `═` did.
fn close_double_boxes(text: &str) -> String {
    let mut closed = String::with_capacity(text.len());
    let mut in_bottom = false;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied();
        if character == '═' && in_bottom && next.is_none_or(|it| it != '═') {
            in_bottom = false;
            closed.push(if matches!(next, Some('╝' | '╩' | '╧')) {
                '═'
            } else {
                '╝'
            });
            continue;
        }
        in_bottom = character == '╚' || (in_bottom && character == '═');
        closed.push(character);
    }
    closed
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows UTF-8 as a code page does, dropping what it leaves undefined.
    fn damaged(text: &str, page: CodePage) -> Vec<u8> {
        let characters = (0..=0x2122_u32).filter_map(char::from_u32);
        let mut table = [None; 256];
        for shown in characters.filter(|it| !it.is_control() || *it == '\n') {
            if let Some(byte) = page.byte(shown) {
                table[usize::from(byte)].get_or_insert(shown);
            }
        }
        let shown: String = text
            .bytes()
            .filter_map(|byte| table[usize::from(byte)])
            .collect();
        shown.into_bytes()
    }

    const DRAWING: &str = "┌────┐ ← 🔗\n│ Ağ │\n└────┘\n╔════╗\n║ é  ║\n╚════╝\n";

    #[test]
    fn mistaken_code_pages_are_repaired() {
        for page in [CodePage::Windows1252, CodePage::Windows1254] {
            let (text, decoding) = decode(&damaged(DRAWING, page));
            assert_eq!(text.replace('⬜', "🔗"), DRAWING, "{page:?}");
            assert_eq!(decoding.lost, 0);
            assert!(decoding.repaired > 20);
        }
    }

    #[test]
    fn heavy_lines_are_told_from_light_corners() {
        let drawings = [
            "┏━━━━━━┓\n┃ Api  ┃\n┗━━━━━━┛\n",
            "┏━━━━━━━━━━━━━━━━━━┓\n┃ ┌─────┐  ┌────┐  ┃\n┃ │ Api │─▶│ Db │  ┃\n┃ └─────┘  └────┘  ┃\n┗━━━━━━━━━━━━━━━━━━┛\n",
            "┏━ Host ━━━┓   ┏━━━┓\n┃ ┏━━━━━━┓ ┃   ┃ B ┃\n┃ ┃ Api  ┃━━━━━▶ ┃   ┃\n┃ ┗━━┳━━━┛ ┃   ┗━┳━┛\n┗━━━━╋━━━━━┛     ┃\n     ┗━━━━━━━━━━━┛\n",
            "┌─ Light  ┐ ┏━━━┓\n│ Api     │ ┃ B ┃\n└─────────┘ ┗━━━┛\n",
            "┏━━━━┳━━━━┓\n┃ a  ┃ b  ┃\n┣━━━━╋━━━━┫\n┃ c  ┃ d  ┃\n┗━━━━┻━━━━┛\n",
            "┏━━━━━━━┓        ┌───────┐\n┃  Api  ┠───────▶│ Redis │\n┗━━━┯━━━┛        └───────┘\n    └──────┐\n           ▼\n",
        ];
        for drawing in drawings {
            for page in [CodePage::Windows1252, CodePage::Windows1254] {
                let text = format!("{drawing}é ü ñ ö\n");
                assert_eq!(decode(&damaged(&text, page)).0, text, "{page:?}");
            }
        }
    }

    #[test]
    fn sound_text_is_left_alone() {
        for text in [DRAWING, "naïve café — “quoted” … €", "plain"] {
            let (read, decoding) = decode(text.as_bytes());
            assert_eq!(read, text);
            assert_eq!(decoding.repaired, 0);
        }
    }

    #[test]
    fn invalid_bytes_are_shown_and_counted() {
        let (text, decoding) = decode(b"caf\xE9 \xFF");
        assert_eq!(text, "café ÿ");
        assert_eq!(decoding.lost, 2);
    }

    #[test]
    fn utf16_is_read() {
        let bytes: Vec<u8> = [0xFEFF_u16, 0x41, 0x250C]
            .iter()
            .flat_map(|unit| unit.to_le_bytes())
            .collect();
        assert_eq!(decode(&bytes).0, "A┌");
    }
}
