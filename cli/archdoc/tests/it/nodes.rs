//! Words of nodes in Mermaid: signs in them that mean something elsewhere.

use devkit_archdoc::{ComponentKind, Document, read};

use crate::support::runnable;

fn drawn(heading: &str, chart: &str) -> Document {
    let text = format!("# A\n\n## {heading}\n\n```mermaid\nflowchart LR\n{chart}\n```\n");
    read("nodes.md", text.as_bytes())
}

#[test]
fn a_semicolon_in_a_node_ends_no_statement() {
    let chart = "    A[orders-service] --> B[(orders-db<br/>3306; host 3316)]
    B --> C[\"mail (SMTP; local)\"]; C --> D[(cache)]";
    assert_eq!(
        runnable(&drawn("Architecture", chart)),
        ["orders-service", "orders-db", "mail", "cache"]
    );
    let style = "    A[<div style='padding: 0rem;'>api <br/> (koa)</div>] --> B[(Redis)]";
    assert_eq!(runnable(&drawn("Architecture", style)), ["api", "Redis"]);
}

#[test]
fn entities_are_the_characters_that_they_stand_for() {
    let document = drawn(
        "Architecture",
        "    A[gateway] --> B[(pg-&lt;tenant&gt;)] --> C[R&amp;D service]",
    );
    assert_eq!(
        runnable(&document),
        ["gateway", "pg-<tenant>", "R&D service"]
    );
}

#[test]
fn what_decides_and_is_made_with_a_server_is_one() {
    let chart = "    U[User] --> B{\"Load Balancer <br/> (Nginx)\"} --> W[web]
    W --> Q{\"Cached? <br/> (Redis)\"}";
    assert_eq!(
        runnable(&drawn("Architecture", chart)),
        ["Load Balancer", "web"]
    );
}

#[test]
fn names_with_a_word_for_people_may_be_those_of_programs() {
    let document = drawn(
        "Architecture",
        "    G[API Gateway] --> C[Service Client] --> D[(user-db-mysql)]
    W[Web Client] --> G",
    );
    let kind = |name: &str| {
        let mut components = document.facts.components.iter();
        components.find(|it| it.name == name).map(|it| it.kind)
    };
    assert_eq!(kind("Service Client"), Some(ComponentKind::Service));
    assert_eq!(kind("user-db-mysql"), Some(ComponentKind::Database));
    assert_eq!(kind("Web Client"), Some(ComponentKind::Client));
}

#[test]
fn the_inside_of_a_program_is_said_in_other_languages() {
    for heading in [
        "Arquitetura Interna do Backend",
        "Architecture interne de l'API",
        "内部结构",
    ] {
        let document = drawn(heading, "    A[TicketController] --> B[TicketService]");
        assert!(runnable(&document).is_empty(), "{heading}");
    }
}
