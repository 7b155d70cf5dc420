//! Pages that are larger than people write are answered as well, and quickly.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use crate::support::{mermaid, said};

#[test]
fn a_thousand_drawn_parts_are_compared_quickly() {
    let mut body = String::from("graph TD\n");
    for index in 0..900 {
        let _ = writeln!(
            body,
            "    A{index}[Service {index}] -->|GET /x{index}| B{index}[(Postgres {index})]"
        );
    }
    let mut compose = String::from("services:\n");
    for name in ["billing", "ledger", "mailer", "search"] {
        let _ = writeln!(
            compose,
            "  {name}:\n    build: ./{name}\n    ports: ['8080']"
        );
    }
    let start = Instant::now();
    let found = said(&compose, &mermaid(&body));
    // A debug build on a busy machine.
    assert!(
        start.elapsed() < Duration::from_secs(6),
        "{:?}",
        start.elapsed()
    );
    let missing = found.iter().filter(|it| it.starts_with("DK101")).count();
    assert_eq!(missing, 4, "{found:?}");
}
