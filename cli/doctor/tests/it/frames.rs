//! What the frames around drawn parts say of them.

use crate::support::{mermaid, said};

const SHOP: &str = "services:
  frontend: {build: ./frontend}
  backend: {build: ./backend}
  postgres: {image: 'postgres:17'}
";

#[test]
fn details_of_a_service_are_what_it_is_made_of() {
    let drawn = |frame: &str| {
        mermaid(&format!(
            "graph TD
    F[Frontend] --> B[Backend] --> D[(PostgreSQL)]
    F --> R
    subgraph \"{frame}\"
        R[(Image: Linux)]
        L[Login]
    end"
        ))
    };
    for frame in ["Details of the frontend", "Detalhes do FRONTEND"] {
        assert_eq!(said(SHOP, &drawn(frame)), Vec::<String>::new(), "{frame}");
    }
}

#[test]
fn databases_in_the_frame_of_their_server_are_no_servers() {
    let document = mermaid(
        "graph TD
    F[Frontend] --> B[Backend]
    subgraph PostgreSQL
        O[(shop_orders + sagas)]
        U[(shop_users)]
    end
    B --> O
    B --> U",
    );
    assert_eq!(said(SHOP, &document), Vec::<String>::new());
}

#[test]
fn a_network_that_reaches_outwards_is_the_platforms_own() {
    let document = mermaid(
        "graph TD
    subgraph External Network
        F[Frontend] --> B[Backend] --> D[(PostgreSQL)]
        B --> Q[(RabbitMQ)]
    end",
    );
    assert_eq!(said(SHOP, &document), ["DK102 RabbitMQ"]);
}

#[test]
fn stores_in_the_frames_of_their_services_are_servers() {
    let compose = "services:
  catalog: {build: ./catalog}
  orders: {build: ./orders}
  postgres: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph TD
    subgraph Catalog Service
        C[Catalog API] --> M[(MongoDB)]
    end
    subgraph Orders Service
        O[Orders API] --> P[(PostgreSQL)]
    end
    C --> O",
    );
    assert_eq!(said(compose, &document), ["DK102 MongoDB"]);
}
