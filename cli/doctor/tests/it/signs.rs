//! What drawings say by other signs than names: frames, headings, keys, asides and ports.

use crate::support::{API_AND_DATABASE as BASE, mermaid, said};

const NOTHING: [&str; 0] = [];

/// Five programs of one's own behind a proxy, for drawings in which nearly all is a service.
const FIVE: &str = "services:
  proxy: {image: 'nginx:1'}
  orders: {build: ./orders}
  stock: {build: ./stock}
  mailer: {build: ./mailer}
  db: {image: 'postgres:17'}
  redis: {image: 'redis:8'}
";

const DRAWN: &str = "P[nginx] --> O[Orders]
    P --> S[Stock]
    O --> D[(PostgreSQL)]
    O --> R[(Redis)]
    R --> M[Mailer]";

#[test]
fn what_everything_is_drawn_by_its_key_beside_is_missed() {
    let compose = "services:
  api: {build: ./api}
  worker: {build: ./worker}
  redis: {image: 'redis:8'}
  db: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph LR
    api --> redis
    api --> db[(postgres/mysql)]
    api --> sandbox[sandbox]
    api <--> plugin[plugin_daemon]
    worker --> redis",
    );
    assert_eq!(
        said(compose, &document),
        ["DK102 sandbox", "DK102 plugin_daemon"]
    );
    let in_words = document.replace("sandbox[sandbox]", "sandbox[Sandbox Rules]");
    assert_eq!(said(compose, &in_words), ["DK103 plugin_daemon"]);
}

#[test]
fn volumes_of_the_compose_file_are_no_services() {
    let compose = format!("{BASE}volumes:\n  records:\n");
    let document = mermaid("graph TD\n A[API] --> D[(PostgreSQL)] --> V[(records)]");
    assert_eq!(said(&compose, &document), NOTHING);
}

#[test]
fn features_that_are_optional_leave_their_part_as_it_is() {
    let with = |note: &str| {
        format!(
            "# A

## Architecture

```
┌─────────┐     ┌──────────────────────┐     ┌────────────┐
│   API   │────▶│       Gateway        │────▶│ PostgreSQL │
└─────────┘     │ {note:<20} │     └────────────┘
                │ Port: 8099           │
                └──────────────────────┘
```
"
        )
    };
    let feature = with("• Limits (optional)");
    assert_eq!(said(BASE, &feature), ["DK102 Gateway"]);
    assert_eq!(said(BASE, &with("(optional)")), NOTHING);
}

#[test]
fn headings_about_something_else_do_not_hide_a_drawing_of_nearly_all_services() {
    let below = |heading: &str| {
        format!(
            "# A\n\n## {heading}\n\n```mermaid\ngraph TD\n    {DRAWN}\n    V[Prometheus] --> O\n```\n"
        )
    };
    assert_eq!(said(FIVE, &below("System context")), ["DK102 Prometheus"]);
    assert_eq!(said(FIVE, &below("Future architecture")), NOTHING);
}

#[test]
fn frames_of_docker_or_kubernetes_hold_what_compose_runs() {
    let framed = |frame: &str| {
        mermaid(&format!(
            "graph TD\n    subgraph C [{frame}]\n    {DRAWN}\n    V[Prometheus] --> O\n    end"
        ))
    };
    let both = framed("Docker / Kubernetes Cluster");
    assert_eq!(said(FIVE, &both), ["DK102 Prometheus"]);
    assert_eq!(said(FIVE, &framed("Kubernetes Cluster")), NOTHING);
}

#[test]
fn pages_in_a_frame_of_clients_are_served_where_they_listen() {
    let framed = |page: &str| {
        mermaid(&format!(
            "graph TD
    subgraph T [Client tier]
      F[\"{page}\"]
    end
    F --> A[API] --> D[(PostgreSQL)]"
        ))
    };
    assert_eq!(said(BASE, &framed("portal<br/>:4200")), ["DK102 portal"]);
    assert_eq!(said(BASE, &framed("portal")), NOTHING);
}

#[test]
fn a_service_may_be_called_after_the_protocol_that_its_program_speaks() {
    let compose = format!("{BASE}  mqtt: {{build: ./mqtt}}\n");
    let document = mermaid("graph TD\n M[Mosquitto] --> A[API] --> D[(PostgreSQL)]");
    assert_eq!(said(&compose, &document), NOTHING);
    let other = document.replace("Mosquitto", "RabbitMQ");
    assert!(said(&compose, &other).contains(&"DK102 RabbitMQ".to_owned()));
}

#[test]
fn nodes_are_machines_and_written_with_nothing() {
    let document =
        mermaid("graph LR\n H[\"Heltec Node<br/>(LoRa)\"] --> A[API] --> D[(PostgreSQL)]");
    assert_eq!(said(BASE, &document), NOTHING);
}

#[test]
fn programs_that_a_box_places_in_its_network_are_drawn() {
    let compose = format!("{BASE}  redis: {{image: 'redis:8'}}\n");
    let document = "# A

## Architecture

```
┌─────────────┐      ┌─────────────────────────────────┐
│   Browser   │─────▶│               API               │
└─────────────┘      │ (postgres, redis inside network)│
                     └─────────────────────────────────┘
```
";
    assert_eq!(said(&compose, document), NOTHING);
}

#[test]
fn keys_that_go_on_where_a_name_ends_are_asked_about() {
    let compose = "services:
  user-service: {build: ./user}
  asset-service: {build: ./asset}
  vulnerability-service: {build: ./vulnerability}
";
    let document = mermaid(
        "graph TD
    G((Guest)) --> U[User Service]
    U --> A[Asset Service]
    A --> V[Vuln Service]",
    );
    assert_eq!(said(compose, &document), ["DK103 Vuln Service"]);
}

#[test]
fn the_one_service_that_is_left_may_be_the_one_part_that_is() {
    let compose = format!("{FIVE}  harvester: {{build: ./harvester}}\n");
    let framed = |more: &str| {
        mermaid(&format!(
            "graph TD\n    subgraph H [Server]\n    {DRAWN}\n    {more}\n    end\n    X[Catalogue] --> P"
        ))
    };
    let document = framed("I[Import of records] --> R");
    assert!(said(&compose, &document).contains(&"DK103 harvester".to_owned()));
    assert!(said(&compose, &framed("")).contains(&"DK101 harvester".to_owned()));
}

#[test]
fn programs_for_people_and_for_others_are_ones_own() {
    let compose = format!("{BASE}  carts: {{build: ./carts}}\n");
    let part = |name: &str| {
        let document = mermaid(&format!(
            "graph TD\n A[API] --> D[(PostgreSQL)]\n A --> C[Carts]\n A --> X[\"{name}\"]"
        ));
        said(&compose, &document)
    };
    assert_eq!(part("Customers MS"), ["DK102 Customers MS"]);
    assert_eq!(part("Customers"), NOTHING);
    assert_eq!(part("producer-facebook"), ["DK102 producer-facebook"]);
    assert_eq!(part("Facebook"), NOTHING);
    assert_eq!(
        part("Mail Service<br/>(RabbitMQ + SMTP)"),
        ["DK102 Mail Service"]
    );
    assert_eq!(part("Mail Service<br/>(SMTP)"), NOTHING);
}

#[test]
fn programs_for_objects_and_schemas_are_no_parts_of_code() {
    let compose = format!("{BASE}  kafka: {{image: 'confluentinc/cp-kafka:8.0.0'}}\n");
    let part = |name: &str| {
        let document = mermaid(&format!(
            "graph TD\n A[API] --> D[(PostgreSQL)]\n A --> K[Kafka]\n K --> X[{name}]"
        ));
        said(&compose, &document)
    };
    assert_eq!(part("Schema Registry"), ["DK102 Schema Registry"]);
    assert_eq!(part("Schema Handler"), NOTHING);
}

#[test]
fn what_one_line_of_a_box_plans_leaves_the_rest_as_it_is() {
    let with = |line: &str| {
        format!(
            "# A

## Architecture

```
┌─────────┐     ┌───────────────────────────┐     ┌────────────┐
│   API   │────▶│        AI Worker          │────▶│ PostgreSQL │
└─────────┘     │ {line:<25} │     └────────────┘
                └───────────────────────────┘
```
"
        )
    };
    let found = said(BASE, &with("Models │ Texts (future)"));
    assert_eq!(found, ["DK102 AI Worker"]);
    assert_eq!(said(BASE, &with("(future)")), NOTHING);
}

#[test]
fn what_only_waits_or_has_a_profile_is_no_drawn_part() {
    let with = |more: &str| {
        let compose = format!("{BASE}  trainer: {{build: ./trainer{more}}}\n");
        let document = mermaid(
            "graph TD\n A[API] --> D[(PostgreSQL)]\n A --> S[\"Forecast Server<br/>(Flask)\"]",
        );
        said(&compose, &document)
    };
    let missed = "DK102 Forecast Server".to_owned();
    assert!(!with("").contains(&missed));
    assert!(with(", profiles: [train]").contains(&missed));
    assert!(with(", command: sleep infinity").contains(&missed));
}

#[test]
fn programs_of_others_under_their_images_names_are_no_other_parts() {
    let with = |service: &str| {
        let compose = format!("{BASE}  {service}\n");
        let document =
            mermaid("graph TD\n A[API] --> D[(PostgreSQL)]\n A --> S[\"Wishes Server<br/>(Go)\"]");
        said(&compose, &document)
    };
    let missed = "DK102 Wishes Server".to_owned();
    assert!(with("homer: {image: b4bz/homer}").contains(&missed));
    assert!(!with("homer: {build: ./homer}").contains(&missed));
}

#[test]
fn stacks_of_programs_that_none_runs_are_missed() {
    let part = |compose: &str| {
        let document = mermaid(
            "graph TD\n A[API] --> D[(PostgreSQL)]\n A --> O[\"Watching<br/>(Prometheus/Grafana)\"]",
        );
        said(compose, &document)
    };
    assert_eq!(part(BASE), ["DK102 Watching"]);
    let compose = format!("{BASE}  grafana: {{image: 'grafana/grafana:12'}}\n");
    assert_eq!(part(&compose), NOTHING);
}

#[test]
fn a_team_that_calls_its_programs_otherwise_is_asked() {
    let compose = "services:
  marmot: {build: ./marmot}
  chamois: {build: ./chamois}
  ibex: {build: ./ibex}
  nats: {image: 'nats:2'}
  postgres: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph TD
    G[Gate controller] --> N[NATS]
    I[Pass issuing service] --> N
    B[Operations board] --> N
    I --> D[(PostgreSQL)]",
    );
    let found = said(compose, &document);
    for service in ["marmot", "chamois", "ibex"] {
        assert!(found.contains(&format!("DK103 {service}")), "{found:?}");
    }
    let by_key = document.replace("Gate controller", "Marmot");
    let by_key = by_key.replace("Pass issuing service", "Chamois");
    assert!(said(compose, &by_key).contains(&"DK101 ibex".to_owned()));
}

#[test]
fn what_stands_outside_of_the_frames_around_all_services_is_what_they_talk_to() {
    let document = mermaid(&format!(
        "graph TD\n    subgraph H [Server]\n    {DRAWN}\n    end\n    O --> X[Roaming hub]\n    O --> V[Prometheus]"
    ));
    assert_eq!(said(FIVE, &document), ["DK102 Prometheus"]);
    let inside = document.replace(
        "    end\n    O --> X[Roaming hub]",
        "    O --> X[Roaming hub]\n    end",
    );
    assert!(said(FIVE, &inside).contains(&"DK102 Roaming hub".to_owned()));
}

#[test]
fn load_balancers_are_no_gateways_that_are_drawn_beside_them() {
    let compose = format!("{BASE}  gateway: {{build: ./gateway}}\n");
    let document =
        mermaid("graph TD\n B[Load Balancer] --> G[Go API Gateway] --> A[API] --> D[(PostgreSQL)]");
    assert_eq!(said(&compose, &document), ["DK102 Load Balancer"]);
    let alone = mermaid("graph TD\n B[Load Balancer] --> A[API] --> D[(PostgreSQL)]");
    assert_eq!(said(&compose, &alone), NOTHING);
}

#[test]
fn the_one_drawing_of_the_services_is_believed_whatever_it_is_called() {
    let chart = "```mermaid\ngraph TD\n    A[API] --> D[(PostgreSQL)]\n    A --> J[Jaeger]\n    A --> K[Kafka]\n    A --> R[(Redis)]\n    A --> V[Vault]\n```\n";
    let alone = format!("# System context\n\n{chart}");
    let missed = ["DK102 Jaeger", "DK102 Kafka", "DK102 Redis", "DK102 Vault"];
    assert_eq!(said(BASE, &alone), missed);
    let beside = format!(
        "{alone}\n# Containers\n\n```mermaid\ngraph TD\n    A[API] --> D[(PostgreSQL)]\n```\n"
    );
    assert_eq!(said(BASE, &beside), NOTHING);
}

#[test]
fn parts_that_a_line_joins_are_not_one_service() {
    let compose = format!("{BASE}  traefik: {{image: 'traefik:3'}}\n");
    let document =
        mermaid("graph TD\n T[Traefik] --> G[Reverse Proxy] --> A[API] --> D[(PostgreSQL)]");
    assert_eq!(said(&compose, &document), ["DK102 Reverse Proxy"]);
    let apart =
        mermaid("graph TD\n T[Traefik] --> A[API] --> D[(PostgreSQL)]\n G[Reverse Proxy] --> A");
    assert_eq!(said(&compose, &apart), NOTHING);
}

#[test]
fn stores_and_instances_for_others_are_missed() {
    let compose = "services:
  backend-1: {build: ./backend}
  postgres-core: {image: 'postgres:17'}
  redis: {image: 'redis:8'}
";
    let document = mermaid(
        "graph TD
    A[Backend-1 NestJS] --> C[(PostgreSQL Core)]
    B[Backend-2 NestJS] --> F[(PostgreSQL Fingerprints)]
    A --> R[(redis)]",
    );
    assert_eq!(
        said(compose, &document),
        ["DK102 Backend-2 NestJS", "DK102 PostgreSQL Fingerprints"]
    );
}

#[test]
fn bridges_between_brokers_are_no_brokers() {
    let compose = format!("{BASE}  mqtt-kafka-bridge: {{build: ./bridge}}\n");
    let document = mermaid(
        "graph TD\n M[MQTT-Kafka Bridge] --> K[Kafka]\n A[API] --> K\n A --> D[(PostgreSQL)]",
    );
    assert_eq!(said(&compose, &document), ["DK102 Kafka"]);
}

#[test]
fn frames_called_as_others_that_are_services_are_missed_as_they_are() {
    let compose = "services:
  order-service: {build: ./orders}
  stock-service: {build: ./stock}
  postgres: {image: 'postgres:17'}
  redis: {image: 'redis:8'}
";
    let document = mermaid(
        "graph TD
    subgraph O [Order Service]
      OD[(PostgreSQL)]
    end
    subgraph S [Stock Service]
      SR[(Redis)]
    end
    subgraph U [User Service]
      UL[Login pages]
    end
    O --> S
    O --> U",
    );
    assert_eq!(said(compose, &document), ["DK102 User Service"]);
    let layers = document.replace("User Service", "User Layer");
    assert_eq!(said(compose, &layers), NOTHING);
}

#[test]
fn what_stands_at_the_edge_is_ones_own() {
    let document = mermaid(&format!(
        "graph TD\n    subgraph E [Edge]\n    P[nginx]\n    V[Varnish<br/>cache]\n    end\n    {DRAWN}\n    P --> V --> S"
    ));
    assert_eq!(said(FIVE, &document), ["DK102 Varnish"]);
}
