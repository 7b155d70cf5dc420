//! Single drawings that were once misread.

use std::collections::BTreeSet;

use devkit_archdoc::{Document, read};

fn connections(document: &Document) -> BTreeSet<(&str, &str)> {
    let connections = document.facts.connections.iter();
    connections
        .filter(|it| it.kind.needs_network())
        .map(|it| (it.from.as_str(), it.to.as_str()))
        .collect()
}

#[test]
fn lines_beside_a_box_are_no_borders() {
    let document = read("beside.md", BESIDE.as_bytes());
    let expected = [
        ("Frontend", "Redis Commander"),
        ("Café", "Ollama"),
        ("Café", "Reporting"),
    ];
    assert_eq!(connections(&document), BTreeSet::from(expected));
}

const BESIDE: &str = "\
```
┌──────────────────────────────────────────────────────────────────────────────────────────────┐
│                                   Network: app-network                                       │
│                                                                                              │
│     ┌──────────────────────┐        ┌──────────────────────┐                                 │
│     │       Frontend       │        │        Worker        │                                 │
│     └─┬────────────────────┘        └──────────────────────┘                                 │
│       │                                                                                      │
│ ┌─────┘                                                                                      │
│ │ ┌───┐                                                                                      │
│ │ │ ┌─┴────────────────────┐        ┌──────────────────────┐                                 │
│ │ │ │         Café         │───────→│      Reporting       │                                 │
│ │ │ │       (Elixir)       │        │        (Rust)        │                                 │
│ │ │ └──────────────────────┘        └──────────────────────┘                                 │
│ │ │             │                                                                            │
│ │ │             ↓                                                                            │
│ │ │ ┌──────────────────────┐                                                                 │
│ │ │ │      café-data       │                                                                 │
│ │ │ │    (Named Volume)    │                                                                 │
│ │ │ └──────────────────────┘                                                                 │
│ │ │                                                                                          │
│ │ └───────────────────────────────────┐                                                      │
│ │                                     ↓                                                      │
│ │   ┌──────────────────────┐        ┌──────────────────────┐                                 │
│ │   │   Redis Commander    │        │        Ollama        │                                 │
│ │   │     (Redis GUI)      │        │     (LLM Models)     │                                 │
│ │   └──────────────────────┘        └──────────────────────┘                                 │
│ │     ↑                                                                                      │
│ └─────┘                                                                                      │
│                                                                                              │
└──────────────────────────────────────────────────────────────────────────────────────────────┘
```
";
