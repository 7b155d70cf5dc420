//! Prints what is understood of a document, as JSON.

use std::io::Write;

fn main() -> std::io::Result<()> {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path)?;
        let document = devkit_archdoc::read(&path, &bytes);
        let text = serde_json::to_string_pretty(&document)?;
        writeln!(std::io::stdout(), "{text}")?;
        for diagnostic in &document.diagnostics {
            writeln!(std::io::stderr(), "{diagnostic}")?;
        }
    }
    Ok(())
}
