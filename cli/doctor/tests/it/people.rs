//! Names with words for people, which may be those of programs.

use crate::support::{mermaid, said};

#[test]
fn a_key_with_a_word_for_people_is_asked_about_where_all_are_drawn_by_their_keys() {
    let compose = |client: &str| {
        format!(
            "services:
  edge-proxy: {{image: 'nginx:1.29'}}
  api-gateway: {{build: ./gateway}}
  user-service: {{build: ./users}}
  course-service: {{build: ./courses}}
  user-db: {{image: 'mysql:8'}}
{client}"
        )
    };
    let document = mermaid(
        "graph LR
    N[edge-proxy] --> W[web-client]
    N --> G[api-gateway]
    G --> U[user-service] --> D[(user-db)]
    G --> C[course-service] --> D",
    );
    assert_eq!(said(&compose(""), &document), ["DK103 web-client"]);
    let with = compose("  web-client: {build: ./web}\n");
    assert_eq!(said(&with, &document), Vec::<String>::new());
}

#[test]
fn a_box_with_a_port_is_a_program_whatever_it_is_called() {
    let compose = "services:
  api-gateway: {build: ./gateway, ports: ['3001:3001']}
  ws-gateway: {build: ./ws, ports: ['3002:3002']}
";
    let document = "# A\n\n## Architecture\n\n```
┌────────┐ ┌───────┐ ┌────────┐
│ API GW │ │ WS GW │ │ Admin  │
│ :3001  │ │ :3002 │ │ :3003  │
└───┬────┘ └──┬────┘ └────────┘
    └─────────┘
```\n";
    assert_eq!(said(compose, document), ["DK102 Admin"]);
}

#[test]
fn service_client_is_the_service_for_customers_in_french() {
    let compose = "services:
  gateway: {build: ./gateway}
  inventory-service: {build: ./inventory}
  customer-service: {build: ./customers}
";
    let document = mermaid(
        "graph TD
    A[API Gateway] --> B[Service Client]
    A --> C[Service Inventaire]",
    );
    assert_eq!(said(compose, &document), Vec::<String>::new());
}
