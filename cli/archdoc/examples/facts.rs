//! Prints what is read in a document as JSON: `cargo run --example facts -- FILE`.

use std::io::Write;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("name a file")?;
    let document = devkit_archdoc::read(&path, &std::fs::read(&path)?);
    let facts = serde_json::to_value(&document)?;
    writeln!(std::io::stdout(), "{facts:#}")?;
    Ok(())
}
