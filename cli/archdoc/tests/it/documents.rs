//! What pages say in their drawings, their sentences and their links.

use std::collections::BTreeSet;

use devkit_archdoc::{ComponentKind, StepKind, read};

use crate::support::{connections, runnable};

#[test]
fn an_unclosed_fence_hides_no_other_diagram() {
    let text = "# A\n\n```\n┌─────┐   ┌─────┐\n│ One │──→│ Two │\n└─────┘   └─────┘\n\n# B\n\n```mermaid\ngraph TD\nThree --> Four\n```\n";
    let found = read("a.md", text.as_bytes());
    assert_eq!(runnable(&found), ["One", "Two", "Three", "Four"]);
}

#[test]
fn a_drawing_without_a_fence_is_found() {
    let text = "Title\n\n┌─────┐   ┌─────┐\n│ One │──→│ Two │\n└─────┘   └─────┘\n\nSystem Overview\n\ngraph TB\n    A[Three] --> B[Four]\nLoading\n\nwords --> that are prose\n";
    let found = read("a.md", text.as_bytes());
    assert_eq!(runnable(&found), ["One", "Two", "Three", "Four"]);
    assert_eq!(
        connections(&found),
        BTreeSet::from([("One", "Two"), ("Three", "Four")])
    );
}

#[test]
fn tiers_have_members_and_claims() {
    let text = "## Security\n\n```\n═══════════════════════════\n  Public Internet\n═══════════════════════════\n          │\n          ↓\n     ┌─────────┐\n     │  Proxy  │  ← TLS\n     └────┬────┘\n  ─ ─ ─ ─ ┼ ─ ─ ─ ─ ─\n    Data Tier │\n  ─ ─ ─ ─ ┼ ─ ─ ─ ─ ─\n          ↓\n     ┌─────────┐\n     │ MariaDB │  ← No external access\n     └─────────┘     Encrypted at rest\n```\n";
    let found = read("a.md", text.as_bytes());
    let tiers = &found.facts.tiers;
    assert_eq!(tiers[1].name, "Data Tier");
    assert_eq!(tiers[1].members, ["MariaDB"]);
    assert_eq!(tiers[1].claims, ["No external access", "Encrypted at rest"]);
}

#[test]
fn numbered_steps_between_boxes_are_a_flow() {
    let text = "## Order Flow\n\n```\n┌────────┐\n│ Buyer  │\n│ (User) │\n└───┬────┘\n    │ 1. POST /orders\n    ↓\n┌────────┐\n│ Orders │\n└───┬────┘\n    │ 2. SQL insert\n    ↓\n┌────────────┐\n│ PostgreSQL │\n└───┬────────┘\n    │ 3. Return the id\n    ↓\n┌────────┐\n│ Orders │\n└────────┘\n```\n";
    let found = read("a.md", text.as_bytes());
    let steps = &found.facts.flows[0].steps;
    let read: Vec<_> = steps
        .iter()
        .map(|it| (it.number, it.from.as_str(), it.to.as_str(), it.kind))
        .collect();
    assert_eq!(
        read,
        [
            (Some(1), "Buyer", "Orders", StepKind::Request),
            (Some(2), "Orders", "PostgreSQL", StepKind::Request),
            (Some(3), "PostgreSQL", "Orders", StepKind::Response),
        ]
    );
    let sure = |it: &&devkit_archdoc::Connection| it.origin.confidence >= 0.5;
    assert_eq!(found.facts.connections.iter().filter(sure).count(), 0);
    assert_eq!(
        connections(&found),
        BTreeSet::from([("Buyer", "Orders"), ("Orders", "PostgreSQL")])
    );
    assert_eq!(found.facts.endpoints[0].path, "/orders");
}

#[test]
fn modules_inside_a_service_are_no_services() {
    let text = "## Overview\n\n```mermaid\ngraph TD\nGateway[Edge Gateway<br/>Port: 80] --> Orders[Order Service]\n```\n\n## Edge Gateway Architecture\n\n```mermaid\ngraph TD\nGateway[Edge Gateway] --> Limiter[Rate Limiter] --> Balancer[Load Balancer]\nBalancer --> Orders[Order Service]\n```\n";
    let found = read("a.md", text.as_bytes());
    assert_eq!(runnable(&found), ["Edge Gateway", "Order Service"]);
    let limiter = found
        .facts
        .components
        .iter()
        .find(|it| it.name == "Rate Limiter")
        .unwrap();
    assert_eq!(limiter.kind, ComponentKind::Module);
}

#[test]
fn a_diagram_that_cannot_be_read_is_said_so_once() {
    let torn = "## Overview\n\n```\n┌────  ───┐  ┌───   \n  One      ┌──  Two │\n ──┘ ┌──  ┌───  \n┌──   ┌──  ┌─ ─\n```\n";
    let found = read("a.md", torn.as_bytes());
    assert!(
        found.facts.components.is_empty(),
        "{:?}",
        found.facts.components
    );
    assert!(found.diagnostics.iter().count() <= 1);
}

#[test]
fn c4_diagrams_are_read() {
    let document = read(
        "d.md",
        b"# Shop\n\n```mermaid\nC4Container\n  title Shop\n  Person(u, \"Buyer\")\n  Container_Boundary(b, \"Shop\") {\n    Container(api, \"Order API\", \"Go\", \"Takes orders, and more\")\n    ContainerDb(db, \"Orders\", \"PostgreSQL 16\")\n  }\n  Container_Ext(mail, \"Mailer\")\n  Rel(u, api, \"Buys\", \"HTTPS\")\n  Rel_D(api, db, \"Stores\", \"SQL\")\n  UpdateRelStyle(u, api, $offsetX=\"1\")\n```\n",
    );
    let component = |name: &str| {
        document
            .facts
            .components
            .iter()
            .find(|component| component.name == name)
            .unwrap_or_else(|| panic!("no component {name}"))
    };
    assert_eq!(component("Buyer").kind, ComponentKind::Client);
    assert_eq!(component("Order API").kind, ComponentKind::Service);
    assert_eq!(component("Order API").groups, ["Shop"]);
    assert_eq!(component("Order API").technology.as_deref(), Some("Go"));
    assert_eq!(component("Orders").kind, ComponentKind::Database);
    assert_eq!(component("Mailer").kind, ComponentKind::External);
    let lines: Vec<(&str, &str, Option<&str>)> = document
        .facts
        .connections
        .iter()
        .map(|it| (it.from.as_str(), it.to.as_str(), it.protocol.as_deref()))
        .collect();
    assert_eq!(
        lines,
        [
            ("Buyer", "Order API", Some("HTTPS")),
            ("Order API", "Orders", Some("SQL"))
        ]
    );
    assert!(document.diagrams[0].architecture);
    assert!(document.diagrams[0].origin.confidence > 0.99);
}

#[test]
fn a_title_with_a_word_inside_another_word_tells_nothing() {
    let document = read(
        "d.md",
        b"# Robot\n\n```mermaid\ngraph LR\n  A[arm] --> B[driver]\n```\n",
    );
    assert!(document.diagrams[0].architecture);
}

#[test]
fn the_second_line_of_a_step_with_two_digits_belongs_to_it() {
    let text = "## Order Flow\n\n```\n┌────────┐\n│ Orders │\n└───┬────┘\n    │ 9. Reserve\n    │    UPDATE stock\n    ↓\n┌────────────┐\n│ PostgreSQL │\n└───┬────────┘\n    │ 10. Return\n    ↓\n┌────────┐\n│ Orders │\n└───┬────┘\n    │ 11. Store the order\n    │     INSERT INTO orders\n    ↓\n┌────────────┐\n│ PostgreSQL │\n└────────────┘\n```\n";
    let document = read("order.md", text.as_bytes());
    let texts: Vec<&str> = document.facts.flows[0]
        .steps
        .iter()
        .map(|step| step.text.as_str())
        .collect();
    assert_eq!(
        texts,
        [
            "Reserve\nUPDATE stock",
            "Return",
            "Store the order\nINSERT INTO orders"
        ]
    );
}

#[test]
fn sentences_say_where_components_are() {
    let text = "# Shop\n\n```mermaid\ngraph TD\n  t[Traefik] --> f[Flower]\n  t --> d[(PostgreSQL)]\n```\n\nThe dashboard of Traefik is at http://localhost:8090 and Flower at http://localhost:5555.\nOpen the notes at http://localhost:4000, then PostgreSQL on `localhost:5433`.\n";
    let document = read("shop.md", text.as_bytes());
    let ports: Vec<(&str, Option<u16>)> = document
        .facts
        .ports
        .iter()
        .map(|it| (it.service.as_str(), it.external))
        .collect();
    assert_eq!(
        ports,
        [
            ("Traefik", Some(8090)),
            ("Flower", Some(5555)),
            ("PostgreSQL", Some(5433))
        ]
    );
}

#[test]
fn a_link_by_reference_carries_the_text_that_is_shown() {
    let page = "See [the **guide**][1], [Runbook][run book], ![a map][map] and [ADRs][].\n\n\
        `[code][9]` is none.\n\n[1]: guide.md\n[Run  Book]: run.md\n[map]: map.png\n\
        [ADRs]: adr/\n[9]: nine.md\n[unused]: other.md\n";
    let facts = read("links.md", page.as_bytes()).facts;
    let found: Vec<(&str, &str, bool)> = facts
        .links
        .iter()
        .map(|it| (it.text.as_str(), it.target.as_str(), it.image))
        .collect();
    assert_eq!(
        found,
        [
            ("the guide", "guide.md", false),
            ("Runbook", "run.md", false),
            ("a map", "map.png", true),
            ("ADRs", "adr/", false),
            ("9", "nine.md", false),
            ("unused", "other.md", false),
        ]
    );
}
