//! The reader of documents: no bytes make it panic, and what it says of a place is there.
#![no_main]

use devkit_archdoc::read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let document = read("fuzz.md", bytes);
    let text = document.source.text();
    for link in &document.facts.links {
        assert_eq!(text.get(link.origin.span.clone()), Some(link.target.as_str()));
    }
    for item in &document.facts.checklist {
        assert!(matches!(text.get(item.origin.span.clone()), Some(" " | "x" | "X")));
    }
    for component in &document.facts.components {
        assert!(component.origin.line <= text.split('\n').count());
        assert!(text.get(component.origin.span.clone()).is_some());
    }
});
