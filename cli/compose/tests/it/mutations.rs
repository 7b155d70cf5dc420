//! Damaged fixtures: whatever bytes change, the loader answers and never panics.
//!
//! `DEVKIT_MUTATIONS=100000 cargo test -p devkit-compose mutations` looks longer.

use std::path::Path;

use devkit_compose::{LoadOptions, load};

/// Numbers that are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit.max(1)
    }
}

fn texts() -> Vec<Vec<u8>> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut paths: Vec<_> = std::fs::read_dir(fixtures)
        .expect("fixtures")
        .map(|entry| entry.expect("an entry").path().join("tree/compose.yaml"))
        .collect();
    paths.sort();
    paths
        .iter()
        .filter_map(|path| std::fs::read(path).ok())
        .collect()
}

fn damage(text: &mut Vec<u8>, others: &[Vec<u8>], numbers: &mut Numbers) {
    const PIECES: [&str; 16] = [
        "${", "}", "$", ":", "- ", "[", "]", "{", "*a", "&a ", "!reset ", "<<: ", "\n", "null",
        "é", "\"",
    ];
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(text.len() + 1);
        match numbers.below(4) {
            0 if at < text.len() => {
                text.remove(at);
            }
            1 => {
                let piece = PIECES[numbers.below(PIECES.len())].bytes();
                text.splice(at..at, piece);
            }
            2 if at < text.len() => {
                let end = (at + numbers.below(30)).min(text.len());
                text.drain(at..end);
            }
            _ => {
                let other = &others[numbers.below(others.len())];
                let from = numbers.below(other.len());
                let to = (from + numbers.below(60)).min(other.len());
                text.splice(at..at, other[from..to].iter().copied());
            }
        }
    }
}

#[test]
fn damaged_files_never_make_the_loader_panic() {
    let runs = std::env::var("DEVKIT_MUTATIONS")
        .ok()
        .and_then(|runs| runs.parse().ok())
        .unwrap_or(2_000);
    let texts = texts();
    let folder = tempfile::tempdir().expect("a folder");
    let mut numbers = Numbers(7);
    let (mut accepted, mut refused) = (0, 0);
    for _ in 0..runs {
        let mut text = texts[numbers.below(texts.len())].clone();
        damage(&mut text, &texts, &mut numbers);
        std::fs::write(folder.path().join("compose.yaml"), &text).expect("a file");
        let result = load(&LoadOptions {
            working_dir: folder.path().to_path_buf(),
            project_name: Some("damaged".into()),
            ..LoadOptions::default()
        });
        match result {
            Ok(_) => accepted += 1,
            Err(errors) => {
                assert!(errors.has_errors(), "refused without an error");
                refused += 1;
            }
        }
    }
    assert!(
        accepted > 0 && refused > 0,
        "{accepted} accepted, {refused} refused"
    );
}
