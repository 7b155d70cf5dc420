//! Times the reading of hostile and long documents.

use std::io::Write;
use std::time::Instant;

fn main() -> std::io::Result<()> {
    let mut nested = String::from("```\n");
    let depth = 1000;
    for level in 0..depth {
        let inner = "─".repeat(2 * (depth - level));
        let line = format!("{0}┌{inner}┐{0}\n", "│".repeat(level));
        nested += &line;
    }
    for level in (0..depth).rev() {
        let inner = "─".repeat(2 * (depth - level));
        let line = format!("{0}└{inner}┘{0}\n", "│".repeat(level));
        nested += &line;
    }
    nested += "```\n";
    let mut long = String::new();
    for index in 0..500 {
        let part = format!(
            "## Part {index}\n\n```\n┌──────┐   ┌──────┐\n│ A{index} │──→│ B{index} │\n└──────┘   └──────┘\n```\n\n```mermaid\ngraph TD\nC{index}[Service {index}] --> D{index}\n```\n\n| Service | Port |\n|---|---|\n| S{index} | 80 |\n\n[link](x.md)\n\n"
        );
        long += &part;
    }
    let mut cases = vec![("nested 1,000 deep", nested), ("10,000 lines", long)];
    for mark in ["─", "│", "┌", "┼", "→", "═", "|", "+-", "["] {
        cases.push((mark, format!("```\n{0}\n{0}\n```\n", mark.repeat(100_000))));
    }
    cases.push((
        "square",
        format!(
            "```\n{}```\n",
            format!("{}\n", "┼".repeat(1000)).repeat(1000)
        ),
    ));
    for (name, text) in cases {
        let start = Instant::now();
        devkit_archdoc::read("hostile.md", text.as_bytes());
        writeln!(std::io::stdout(), "{name}: {:?}", start.elapsed())?;
    }
    Ok(())
}
