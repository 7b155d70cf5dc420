//! Documents that nobody wrote in good faith are answered quickly and without a panic.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use devkit_archdoc::{Architecture, Document, StepKind, read};
use proptest::prelude::*;

fn timed(text: impl AsRef<[u8]>) -> Document {
    let start = Instant::now();
    let document = read("hostile.md", text.as_ref());
    // A debug build on a busy machine; the benchmark of a release build is far below.
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{:?}",
        start.elapsed()
    );
    document
}

#[test]
fn a_line_of_box_characters() {
    for character in ["─", "│", "┌", "┼", "┐", "→", "═", "|", "+-"] {
        timed(format!(
            "```\n{0}\n{0}\n{0}\n```\n",
            character.repeat(100_000)
        ));
    }
}

fn nested(depth: usize) -> String {
    let mut text = String::from("```\n");
    for level in 0..depth {
        let inner = "─".repeat(2 * (depth - level));
        let _ = writeln!(text, "{0}┌{inner}┐{0}", "│".repeat(level));
    }
    for level in (0..depth).rev() {
        let inner = "─".repeat(2 * (depth - level));
        let _ = writeln!(text, "{0}└{inner}┘{0}", "│".repeat(level));
    }
    text.push_str("```\n");
    text
}

#[test]
fn boxes_nested_deep() {
    // As wide as a drawing may be; a thousand levels are a document of 12 MB, which is refused.
    let document = timed(nested(240));
    assert_eq!(document.diagrams.len(), 1);
    assert!(timed(nested(1000)).source.text().is_empty());
}

#[test]
fn more_facts_than_a_page_has_are_not_read() {
    let mut rows = String::from("| Service | Port |\n|---|---|\n");
    let mut arrows = String::from("```\n");
    let mut nodes = String::from("```mermaid\ngraph TD\n");
    let mut tables = String::from("| Table | Columns |\n|---|---|\n");
    for index in 0..30_000 {
        let _ = writeln!(rows, "| s{index} | {index} |");
        let _ = writeln!(nodes, "N{index}[Service {index}]");
        let _ = writeln!(arrows, "Part A{index} → Part B{index}");
        let _ = writeln!(tables, "| t{index} | a, b |");
    }
    let said = |document: &Document, what: &str| {
        let mut messages = document.diagnostics.iter().map(ToString::to_string);
        assert!(messages.any(|it| it.contains(what)), "{what}");
    };
    let document = timed(rows);
    assert_eq!(document.facts.ports.len(), 20_000);
    said(&document, "too many rows of a table");
    said(&timed(arrows + "```\n"), "too many rows of a drawing");
    said(&timed(nodes + "```\n"), "too many components");
    assert_eq!(timed(tables).facts.tables.len(), 20_000);
    let document = timed("[a](b) ".repeat(30_000));
    assert_eq!(document.facts.links.len(), 20_000);
    said(&document, "too many links");
}

#[test]
fn tags_without_an_end() {
    timed("<a <img ".repeat(60_000));
    timed(format!("<table>{}", "<td".repeat(100_000)));
    timed("`<a href=\"".repeat(60_000));
}

#[test]
fn brackets_nested_deep() {
    timed("[".repeat(100_000));
    timed(format!("{}x{}", "[".repeat(50_000), "](y)".repeat(50_000)));
    timed(format!(
        "```mermaid\ngraph TD\nA{}\n```",
        "[(".repeat(50_000)
    ));
    timed(format!(
        "```mermaid\ngraph TD\n{}\n```",
        "A --> ".repeat(4_000)
    ));
    timed(format!(
        "```mermaid\ngraph TD\n{}\n```",
        "subgraph x\n".repeat(4_000)
    ));
}

#[test]
fn invalid_utf8() {
    let bytes: Vec<u8> = (0..=255_u8).cycle().take(100_000).collect();
    let document = timed(&bytes);
    assert!(!document.diagnostics.is_empty());
}

#[test]
fn ten_thousand_lines() {
    let mut text = String::new();
    for index in 0..500 {
        let _ = writeln!(
            text,
            "## Part {index}\n\n```\n┌──────┐   ┌──────┐\n│ A{index} │──→│ B{index} │\n└──────┘   └──────┘\n```\n\n```mermaid\ngraph TD\nC{index}[Service {index}] --> D{index}\n```\n\n| Service | Port |\n|---|---|\n| S{index} | 80 |\n\n[link](x.md)\n"
        );
    }
    let document = timed(text);
    assert_eq!(document.facts.links.len(), 500);
    assert_eq!(document.facts.ports.len(), 500);
}

#[test]
fn what_grows_with_each_line_stays_quick() {
    let mut calls = String::from("```mermaid\nsequenceDiagram\n");
    let mut nodes = String::from("```mermaid\ngraph TD\n");
    let mut paths = String::from("```\n");
    let mut headings = String::new();
    for index in 0..4_000 {
        let _ = writeln!(calls, "A{index}->>B{index}: GET /x{index}");
        let _ = writeln!(
            nodes,
            "A{index}[Service {index}<br/>Port: 80] --> A{}",
            index + 1
        );
        let _ = writeln!(paths, "GET /x{index}");
        let _ = writeln!(headings, "## Part {index}\n\n- `KEY_{index}`");
    }
    assert_eq!(timed(calls + "```\n").facts.endpoints.len(), 4_000);
    // More components than a drawing for people has are not read.
    let ports = timed(nodes + "```\n").facts.ports.len();
    assert!((900..=1_000).contains(&ports), "{ports}");
    assert_eq!(timed(paths + "```\n").facts.endpoints.len(), 4_000);
    timed(headings);
    assert_eq!(timed("[a](b) ".repeat(20_000)).facts.links.len(), 20_000);
}

#[test]
fn what_joins_everything_with_everything_stays_quick() {
    let many = |name: &str| -> String {
        let nodes: Vec<String> = (0..2_000).map(|index| format!("{name}{index}")).collect();
        nodes.join(" & ")
    };
    let (left, right) = (many("a"), many("b"));
    timed(format!("```mermaid\ngraph LR\n{left} --> {right}\n```\n"));
    let mut needs =
        String::from("| Service | Depends on | Networks | Volumes |\n|---|---|---|---|\n");
    let mut tree = String::from("```\nroot (port 1000)\n");
    let mut chains = String::new();
    for index in 0..10_000 {
        let next = index + 1;
        let _ = writeln!(
            needs,
            "| s{index} | s{next} | net-{index} | v-{index}:/data |"
        );
        let _ = writeln!(tree, "  ├─> s{index} :{}", index + 1_000);
        let _ = writeln!(chains, "    s{index} --> s{next}\n");
    }
    let document = timed(needs);
    assert_eq!(document.facts.networks.len(), 500);
    timed(tree + "```\n");
    timed(chains);
    timed(format!(
        "```\n{}```\n",
        format!("{}\n", "+-".repeat(500)).repeat(1_500)
    ));
}

#[test]
fn frames_and_groups_without_an_end_stay_quick() {
    let mut frames = String::from("```mermaid\nsequenceDiagram\n");
    let mut groups = String::from("```mermaid\ngraph TD\n");
    let mut boundaries = String::from("```mermaid\nC4Container\n");
    for index in 0..50_000 {
        let _ = writeln!(frames, "alt case {index}\nA->>B: call {index}");
        let _ = writeln!(groups, "subgraph g{index} [Data Layer {index}]");
        let _ = writeln!(boundaries, "System_Boundary(b{index}, \"B {index}\") {{");
    }
    for index in 0..900 {
        let _ = writeln!(groups, "A{index}[Service {index}] --> g{index}");
        let _ = writeln!(boundaries, "Container(a{index}, \"Service {index}\")");
    }
    let document = timed(frames + "```\n");
    assert_eq!(document.facts.flows[0].steps.len(), 20_000);
    timed(groups + "```\n");
    let drawn = timed(boundaries + "```\n").facts.components;
    assert!(drawn.iter().all(|it| it.groups.len() <= 32));
}

#[test]
fn answers_are_known_among_many_calls() {
    let mut calls = String::from("```mermaid\nsequenceDiagram\n");
    for index in 0..19_000 {
        let _ = writeln!(calls, "A{}->>B{}: ok", index % 900, index % 890);
    }
    let document = timed(calls + "B1->>A1: ok\n```\n");
    let mut kinds = document.facts.flows[0].steps.iter().map(|it| it.kind);
    assert_eq!(kinds.next_back(), Some(StepKind::Response));
}

#[test]
fn lists_longer_than_a_page_are_not_read_to_their_end() {
    let many = |heading: &str, item: fn(usize) -> String| -> Document {
        let items: String = (0..30_000).map(item).collect();
        timed(format!("# {heading}\n\n{items}"))
    };
    let ports = many("Ports", |it| format!("- service-{it}: {}\n", it + 1));
    assert_eq!(ports.facts.ports.len(), 20_000);
    let networks = many("Networks", |it| format!("- `net-{it}` (bridge)\n"));
    assert_eq!(networks.facts.networks.len(), 500);
    let variables = many("Environment", |it| format!("- `KEY_{it}`: a value\n"));
    assert_eq!(variables.facts.environment.len(), 20_000);
    let items = many("Checklist", |it| format!("- [ ] item {it}\n"));
    assert_eq!(items.facts.checklist.len(), 20_000);
    let paths = many("Endpoints", |it| format!("## Part {it}\n\n- `GET /x`\n"));
    assert_eq!(paths.headings.len(), 20_000);
    assert!(paths.facts.endpoints.len() <= 100);
}

#[test]
fn names_and_tables_of_any_size_stay_quick() {
    let mut aliases = String::from("```mermaid\nsequenceDiagram\n");
    let mut junctions = String::from("```mermaid\narchitecture-beta\nservice a(server)[A]\n");
    for index in 0..60_000 {
        let _ = writeln!(aliases, "participant A{index} as Orders");
        let _ = writeln!(
            junctions,
            "junction j{index}\nj{index}:R -- L:j{}",
            index + 1
        );
    }
    timed(aliases + "```\n");
    timed(junctions + "```\n");
    let wide = format!("| Service |{}\n", " Port |".repeat(20_000));
    timed(format!(
        "{wide}|---|{}\n{}",
        "---|".repeat(20_000),
        "| a | 80 |\n".repeat(2_000)
    ));
    let columns = "a int, ".repeat(100_000);
    let tables = timed(format!("```sql\nCREATE TABLE t ({columns}b int);\n```\n"))
        .facts
        .tables;
    assert_eq!(tables[0].columns.len(), 500);
    // Noise between words: every cell could be a line.
    let noise: String = "│ A─┼→".chars().cycle().take(990).collect();
    timed(format!("```\n{}```\n", format!("{noise}\n").repeat(300)));
}

#[test]
fn fences_without_a_line_say_nothing() {
    for language in [
        "", "text", "mermaid", "sql", "dbml", "env", "sh", "docker", "yaml", "http",
    ] {
        for fence in ["```", "~~~"] {
            let document = timed(format!("# A\n\n{fence}{language}\n{fence}\n\nwords\n"));
            assert_eq!(document.facts, Architecture::default(), "{language}");
            timed(format!("{fence}{language}"));
        }
    }
}

#[test]
fn more_drawings_than_a_page_has_are_not_read() {
    let boxes = "```\n┌───┐\n│ A │\n└───┘\n```\n\n".repeat(12_000);
    assert!(timed(boxes).diagrams.len() <= 10_000);
    let lines = timed("\n".repeat(1_000_000));
    let said: Vec<String> = lines.diagnostics.iter().map(ToString::to_string).collect();
    assert!(said[0].contains("1000001 lines"), "{said:?}");
}

#[test]
fn a_document_of_a_hundred_megabytes_is_refused() {
    let document = timed(vec![b'x'; 100 << 20]);
    assert!(document.source.text().is_empty());
    let said: Vec<String> = document
        .diagnostics
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(said[0].contains("100 MB"), "{said:?}");
}

/// Every place that is told is in the text, and is whole characters.
fn places_are_in_the_text(document: &Document) {
    let text = document.source.text();
    let facts = &document.facts;
    let components = facts.components.iter().map(|it| &it.origin);
    let connections = facts.connections.iter().map(|it| &it.origin);
    let ports = facts.ports.iter().map(|it| &it.origin);
    let endpoints = facts.endpoints.iter().map(|it| &it.origin);
    let tiers = facts.tiers.iter().map(|it| &it.origin);
    let origins = components
        .chain(connections)
        .chain(ports)
        .chain(endpoints)
        .chain(tiers);
    for origin in origins {
        assert!(text.get(origin.span.clone()).is_some(), "{origin:?}");
        assert!(origin.line <= text.split('\n').count(), "{origin:?}");
    }
}

#[test]
fn a_name_at_the_end_of_a_line_ends_with_its_last_character() {
    let document = read(
        "wide.md",
        "```\n┌─────┐\n│ Api │──→ Café\n└─────┘\n```\n".as_bytes(),
    );
    let café = document
        .facts
        .components
        .iter()
        .find(|it| it.name == "Café");
    let span = café.unwrap().origin.span.clone();
    assert_eq!(&document.source.text()[span], "Café");
    let drawn = "```\n┌──────────────────┐\n│ Ünïcode  │\n│ Service →→ │\n";
    places_are_in_the_text(&read("wide.md", drawn.as_bytes()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn drawings_at_random(text in "(?s)(```\n)?[┌┐└┘├┤┬┴┼─│═║╔╗╚╝→←↓↑▼►+|v<>. A-Caxéª界🚀\t\n0-9:()-]{0,400}") {
        places_are_in_the_text(&read("random.md", text.as_bytes()));
    }

    #[test]
    fn mermaid_at_random(text in "(graph TD|sequenceDiagram|erDiagram|stateDiagram-v2)\n[-A-Ca-c \\[\\](){}|<>.=\"&;:~xoé界\n]{0,300}") {
        places_are_in_the_text(&read("random.md", text.as_bytes()));
    }

    #[test]
    fn tables_at_random(cells in proptest::collection::vec("[-0-9:→>.,;/()—é界 a-zA-Z`*]{0,24}", 1..12)) {
        let mut page = String::from("| Service | Port | Host Port |\n|---|---|---|\n");
        for cell in &cells {
            let _ = writeln!(page, "| {cell} | {cell} | {cell} |");
        }
        let _ = writeln!(page, "\n## Ports\n\n- a: {}", cells.join("\n- a: "));
        places_are_in_the_text(&read("random.md", page.as_bytes()));
    }

    #[test]
    fn bytes_at_random(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        places_are_in_the_text(&read("random.md", &bytes));
    }
}

#[test]
fn a_chain_of_words_without_an_end_stays_quick() {
    let words = "part\n|\nv\n".repeat(20_000);
    timed(format!("# A\n\n## Architecture\n\n{words}last\n|\n"));
}
