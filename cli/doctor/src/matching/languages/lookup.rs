//! Fast maps of words that are known when the program is built.

use std::hash::{BuildHasherDefault, Hasher};

/// A map that is filled from the program's own text alone, so that nobody can choose its keys.
pub(super) type Map<K, V> = std::collections::HashMap<K, V, BuildHasherDefault<OfWords>>;
/// A set that is filled from the program's own text alone.
pub(super) type Set<K> = std::collections::HashSet<K, BuildHasherDefault<OfWords>>;

/// A hash function for short texts: eight bytes at a time are mixed in by a multiplication.
#[derive(Default)]
pub(super) struct OfWords(u64);

impl OfWords {
    fn mix(&mut self, bytes: u64) {
        self.0 = (self.0.rotate_left(26) ^ bytes).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

impl Hasher for OfWords {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        let (whole, rest) = bytes.as_chunks::<8>();
        for bytes in whole {
            self.mix(u64::from_le_bytes(*bytes));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.mix(u64::from_le_bytes(last));
    }
}
