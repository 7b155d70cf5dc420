//! Where drawings begin and end, and what only shapes say.

use devkit_archdoc::{ComponentKind, read};

#[test]
fn an_indented_drawing_begins_and_ends_with_words() {
    let text = "# A

## Arquitetura

            Sensores / GPS
                  │
                  ▼
          API Gateway (Spring)
                  │
        ┌─────────┴─────────┐
        ▼                   ▼
   Banco Relacional    Cache (Redis)
      (MySQL)               │
                            ▼
                    Frontend (React)

O resto do texto.
";
    let document = read("indented.md", text.as_bytes());
    let parts = &document.facts.components;
    let names: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Sensores / GPS",
            "API Gateway",
            "Banco Relacional",
            "Cache",
            "Frontend"
        ]
    );
    let database = parts.iter().find(|part| part.name == "Banco Relacional");
    assert_eq!(database.unwrap().technology.as_deref(), Some("MySQL"));
}

#[test]
fn flags_of_mermaid_are_what_others_run() {
    let text = "# A

## Architecture

```mermaid
flowchart TD
    rails[Rails app] --> db[(PostgreSQL)]
    rails --> video>Conference Hall]
```
";
    let document = read("flags.md", text.as_bytes());
    let parts = &document.facts.components;
    let video = parts.iter().find(|part| part.name == "Conference Hall");
    assert_eq!(video.unwrap().kind, ComponentKind::External);
}
