//! Reads mutations of documents for a number of seconds: `fuzz SECONDS FILE...`.
//!
//! Ends with an error at the first panic or at the first document that takes half a minute, which a busy machine explains no longer.

use std::io::{Error, Write};
use std::time::{Duration, Instant};

/// A small generator of numbers (xorshift), so that a run can be repeated.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (end.max(1) as u64)).unwrap_or(0)
    }
}

const PIECES: [&str; 24] = [
    "┌",
    "┐",
    "└",
    "┘",
    "─",
    "│",
    "┼",
    "├──→ ",
    "╔",
    "═",
    "╝",
    "▼",
    "```\n",
    "|---|",
    "[",
    "](",
    "--> ",
    "subgraph ",
    "end\n",
    "\"",
    "â”",
    "\u{200D}",
    "\t",
    "\n",
];

fn mutate(bytes: &mut Vec<u8>, numbers: &mut Numbers) {
    for _ in 0..=numbers.below(12) {
        let at = numbers.below(bytes.len() + 1);
        let end = (at + numbers.below(60)).min(bytes.len());
        match numbers.below(5) {
            0 => drop(bytes.drain(at..end)),
            1 => {
                let copy = bytes[at..end].to_vec();
                let to = numbers.below(bytes.len() + 1);
                bytes.splice(to..to, copy);
            }
            2 => {
                let piece = PIECES[numbers.below(PIECES.len())];
                let count = 1 + numbers.below(4) * numbers.below(20);
                bytes.splice(at..at, piece.repeat(count).into_bytes());
            }
            3 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = u8::try_from(numbers.below(256)).unwrap_or(0);
                }
            }
            _ => bytes.truncate(bytes.len().max(200) - numbers.below(100)),
        }
    }
}

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let seconds = arguments
        .next()
        .and_then(|it| it.parse().ok())
        .unwrap_or(10);
    let corpus: Vec<Vec<u8>> = arguments.map(std::fs::read).collect::<Result<_, _>>()?;
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    let start = Instant::now();
    let (mut runs, mut slowest) = (0_u64, Duration::ZERO);
    while start.elapsed() < Duration::from_secs(seconds) {
        let mut bytes = corpus[numbers.below(corpus.len())].clone();
        mutate(&mut bytes, &mut numbers);
        let one = Instant::now();
        let read = std::panic::catch_unwind(|| devkit_archdoc::read("mutated.md", &bytes));
        let taken = one.elapsed();
        slowest = slowest.max(taken);
        runs += 1;
        if read.is_err() || taken > Duration::from_secs(30) {
            let file = std::env::temp_dir().join("devkit-archdoc-fuzz.md");
            std::fs::write(&file, &bytes)?;
            return Err(Error::other(format!("see {} ({taken:?})", file.display())));
        }
    }
    writeln!(std::io::stdout(), "{runs} documents, slowest {slowest:?}")
}
