//! Tables of documents that devkit did not write: what their cells mean, and what does not follow.

use crate::support::{Platform, lines};

const SHOP: &str = "services:
  web:
    build: ./web
    ports: ['8000:8000']
  admin:
    build: ./admin
    ports: ['127.0.0.1:8090:8080']
  db:
    image: postgres:17
    volumes: ['pgdata:/var/lib/postgresql/data']
  cache:
    image: redis:8
volumes:
  pgdata:
";

/// What doctor says of one of the rules about a table of the shop.
fn said(compose: &str, table: &str, rules: &[&str]) -> Vec<String> {
    let platform = Platform::of(compose, &format!("# Shop\n\n{table}"));
    lines(&platform.doctor())
        .into_iter()
        .filter(|line| rules.iter().any(|rule| line.starts_with(rule)))
        .collect()
}

const PORTS: &[&str] = &["DK401", "DK501", "DK502", "DK505", "DK506"];

#[test]
fn one_column_of_ports_may_mean_the_container_where_nothing_is_published() {
    let table = "| Service | Image | Port |\n|---|---|---|\n| web | ./web | 8000 |\n| admin | ./admin | 8090 |\n| db | postgres:17 | 5432 (internal) |\n| cache | redis:8 | 6379 |\n";
    assert_eq!(said(SHOP, table, PORTS), Vec::<String>::new());
}

#[test]
fn one_column_of_ports_is_compared_with_what_is_published() {
    let table = "| Service | Image | Port |\n|---|---|---|\n| web | ./web | 8001 |\n| admin | ./admin | 8090 |\n| db | postgres:17 | - |\n";
    let found = said(SHOP, table, PORTS);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].starts_with("DK501 error web [ARCHITECTURE.md:5 | docker-compose.yml:4]"));
}

#[test]
fn a_row_without_a_port_of_the_host_is_not_published() {
    let published = SHOP.replace(
        "    image: postgres:17\n",
        "    image: postgres:17\n    ports: ['127.0.0.1:5432:5432']\n",
    );
    for none in ["–", "N/A", "not exposed"] {
        let table = format!(
            "| Service | Container port | Host port |\n|---|---|---|\n| web | 8000 | 8000 |\n| admin | 8080 | 8090 |\n| db | 5432 | {none} |\n"
        );
        assert_eq!(said(SHOP, &table, PORTS), Vec::<String>::new());
        let found = said(&published, &table, PORTS);
        assert_eq!(found.len(), 1, "{none}: {found:#?}");
        assert!(found[0].starts_with("DK505 error db [ARCHITECTURE.md:7 | docker-compose.yml:10]"));
    }
    let table = "| Service | Port | Public |\n|---|---|---|\n| web | 8000 | yes |\n| admin | 8090 | yes |\n| db | 5432 | no |\n";
    assert_eq!(said(SHOP, table, PORTS), Vec::<String>::new());
    let found = said(&published, table, PORTS);
    assert!(
        found.len() == 1 && found[0].starts_with("DK505 error db"),
        "{found:#?}"
    );
}

#[test]
fn each_port_of_a_cell_has_its_own_protocol() {
    let compose = "services:\n  logstash:\n    image: logstash:8.14.1\n    ports: ['5044:5044', '5000:5000/tcp', '5000:5000/udp']\n  kibana:\n    image: kibana:8.14.1\n    ports: ['5601:5601']\n";
    let table = "| Service | Ports |\n|---|---|\n| Logstash | 5044, 5000/tcp, 5000/udp |\n| Kibana | 5601/tcp |\n";
    assert_eq!(said(compose, table, PORTS), Vec::<String>::new());
    let without = compose.replace(", '5000:5000/udp'", "");
    let found = said(&without, table, PORTS);
    assert!(
        found.len() == 1 && found[0].starts_with("DK506 error logstash"),
        "{found:#?}"
    );
}

#[test]
fn a_list_of_some_services_is_no_table_of_what_is_published() {
    let compose = SHOP
        .replace(
            "    image: postgres:17\n",
            "    image: postgres:17\n    ports: ['5432:5432']\n",
        )
        .replace(
            "    image: redis:8\n",
            "    image: redis:8\n    ports: ['6379:6379']\n",
        );
    let table = "| Service | Port | Does |\n|---|---|---|\n| Orders | 8101 | orders |\n| Payments | 8102 | payments |\n| Stock | 8103 | stock |\n";
    assert_eq!(said(&compose, table, &["DK502"]), Vec::<String>::new());
}

#[test]
fn a_range_of_ports_is_one_thing_to_document() {
    let compose = SHOP.replace("'8000:8000'", "'8000:8000', '9000-9005:9000-9005'");
    let table = "| Service | Internal | External |\n|---|---|---|\n| web | 8000 | 8000 |\n| admin | 8080 | 8090 |\n| db | 5432 | N/A |\n| Web (sockets) | 9000 | 9000 |\n";
    assert_eq!(said(&compose, table, PORTS), Vec::<String>::new());
    let table = "| Service | Internal | External |\n|---|---|---|\n| web | 8000 | 8000 |\n| admin | 8080 | 8090 |\n| db | 5432 | N/A |\n| web | 8000 | 8000 |\n";
    let found = said(&compose, table, PORTS);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].contains("Ports 9000-9005"), "{found:#?}");
}

#[test]
fn a_compose_file_that_stands_alone_is_held_against_what_is_closed() {
    let drawing = |note: &str| {
        format!(
            "```\n┌───────┐     ┌──────────────────────┐\n│  web  │────→│      PostgreSQL      │\n│       │     │ {note:<20} │\n└───────┘     └──────────────────────┘\n```\n"
        )
    };
    let open = SHOP.replace(
        "    image: postgres:17\n",
        "    image: postgres:17\n    ports: ['5432:5432']\n",
    );
    let found = said(&open, &drawing("(No external access)"), PORTS);
    assert!(
        found.len() == 1 && found[0].starts_with("DK401 error db"),
        "{found:#?}"
    );
    let bound = open.replace("'5432:5432'", "'127.0.0.1:5432:5432'");
    assert_eq!(
        said(&bound, &drawing("(No external access)"), PORTS),
        Vec::<String>::new()
    );
    assert_eq!(
        said(&open, &drawing("(not exposed: prod)"), PORTS),
        Vec::<String>::new()
    );
}

const STORAGE: &[&str] = &["DK601", "DK602", "DK603", "DK604"];

#[test]
fn each_named_user_of_a_volume_mounts_it() {
    let compose = SHOP
        .replace(
            "    build: ./admin\n",
            "    build: ./admin\n    volumes: ['media:/media']\n",
        )
        .replace(
            "    build: ./web\n",
            "    build: ./web\n    volumes: ['media:/media']\n",
        )
        .replace("  pgdata:\n", "  pgdata:\n  media:\n");
    let table = |users: &str| {
        format!("| Volume | Used by |\n|---|---|\n| pgdata | db |\n| media | {users} |\n")
    };
    for users in ["web, admin", "web and admin", "`web` / `admin`", "web"] {
        assert_eq!(
            said(&compose, &table(users), STORAGE),
            Vec::<String>::new(),
            "{users}"
        );
    }
    for users in ["web, cache", "cache and web"] {
        let found = said(&compose, &table(users), STORAGE);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(
            found[0].starts_with("DK601 error media [ARCHITECTURE.md:6 |")
                && found[0].contains("`cache`"),
            "{found:#?}"
        );
    }
}

#[test]
fn a_mounted_path_may_be_written_without_a_dot() {
    let compose = SHOP.replace(
        "    build: ./web\n",
        "    build: ./web\n    volumes: ['./web/src:/app/src', './uploads:/app/media']\n",
    );
    let list = "## Volume Mounts\n\n- **pgdata**: database\n- **web/src**: hot reload\n- `./uploads`: pictures\n";
    assert_eq!(said(&compose, list, STORAGE), Vec::<String>::new());
    let moved = list.replace("./uploads", "./media");
    let found = said(&compose, &moved, &["DK601"]);
    assert!(
        found.len() == 1 && found[0].starts_with("DK601 error ./media"),
        "{found:#?}"
    );
}

#[test]
fn another_program_of_a_database_keeps_no_data() {
    let compose = "services:\n  mongos:\n    image: mongo:7\n    command: mongos --configdb cfg/cfg1:27019\n  backup:\n    image: postgres:17\n    command: [pg_dump, -h, db]\n  db:\n    image: postgres:17\n    command: postgres -c fsync=off\n";
    let found = said(compose, "", STORAGE);
    assert!(
        found.len() == 1 && found[0].starts_with("DK604 warning db"),
        "{found:#?}"
    );
}

#[test]
fn limits_in_the_older_form_are_pointed_to() {
    let compose = SHOP.replace(
        "    image: redis:8\n",
        "    image: redis:8\n    mem_limit: 256m\n",
    );
    let table = "| Service | CPU | Memory |\n|---|---|---|\n| cache | - | 512MB |\n";
    let found = said(&compose, table, &["DK705"]);
    assert!(
        found.len() == 1 && found[0].contains("docker-compose.yml:13]"),
        "{found:#?}"
    );
}

const SCALING: &[&str] = &["DK701", "DK703", "DK709", "DK924"];

#[test]
fn instances_that_the_document_draws_are_compared() {
    let several = SHOP.replace(
        "    build: ./web\n",
        "    build: ./web\n    deploy: {replicas: 3}\n",
    );
    let drawing = "```\n┌──────────┐     ┌──────────────┐\n│  Web x3  │────→│  PostgreSQL  │\n└──────────┘     └──────────────┘\n```\n";
    assert_eq!(said(&several, drawing, SCALING), Vec::<String>::new());
    let found = said(
        &several.replace("replicas: 3", "replicas: 2"),
        drawing,
        SCALING,
    );
    assert!(
        found.len() == 1
            && found[0].starts_with("DK709 warning web [ARCHITECTURE.md:5 | docker-compose.yml:4]"),
        "{found:#?}"
    );
    let fixed = SHOP.replace(
        "    build: ./web\n",
        "    build: ./web\n    container_name: shop-web\n",
    );
    let found = said(&fixed, drawing, SCALING);
    assert!(
        found.len() == 1
            && found[0].starts_with("DK701 error web [ARCHITECTURE.md:5 | docker-compose.yml:4]"),
        "{found:#?}"
    );
}

#[test]
fn a_fixed_name_of_several_containers_is_told_as_what_it_is() {
    let compose = SHOP.replace(
        "    build: ./web\n",
        "    build: ./web\n    container_name: shop-web\n    deploy: {replicas: 3}\n",
    );
    let found = said(&compose, "", SCALING);
    assert!(
        found.len() == 1 && found[0].starts_with("DK701 error web [- | docker-compose.yml:4]"),
        "{found:#?}"
    );
}

#[test]
fn a_frame_with_a_driver_is_a_network() {
    let compose = "services:\n  kibana:\n    image: kibana:8.14.1\n    networks: [inner, default]\n  elasticsearch:\n    image: elasticsearch:8.14.1\n  logstash:\n    image: logstash:8.14.1\n    networks: [inner]\nnetworks:\n  inner:\n    driver: bridge\n";
    let drawing = "```\n┌──────────────────────────────────────┐\n│            inner (bridge)            │\n│  ┌──────────┐     ┌───────────────┐  │\n│  │  Kibana  │────→│ Elasticsearch │  │\n│  └──────────┘     └───────────────┘  │\n│  ┌──────────┐                        │\n│  │ Logstash │                        │\n│  └──────────┘                        │\n└──────────────────────────────────────┘\n```\n";
    let found = said(compose, drawing, &["DK2"]);
    assert!(
        found.len() == 1 && found[0].starts_with("DK205 error elasticsearch [ARCHITECTURE.md:7 |"),
        "{found:#?}"
    );
    let found = said(
        compose,
        &drawing.replace("inner (bridge) ", "inner (overlay)"),
        &["DK203"],
    );
    assert_eq!(found.len(), 1, "{found:#?}");
}

#[test]
fn a_missing_env_file_is_told_where_it_is_named() {
    let compose = SHOP.replace(
        "    image: redis:8\n",
        "    image: redis:8\n    env_file: [{path: cache.env, required: false}]\n",
    );
    let platform = Platform::of(&compose, "# Shop\n");
    platform.write("cache.env.example", "SIZE=1\n");
    let found: Vec<String> = lines(&platform.doctor())
        .into_iter()
        .filter(|line| line.starts_with("DK910"))
        .collect();
    assert!(
        found.len() == 1 && found[0].contains("docker-compose.yml:13]"),
        "{found:#?}"
    );
}

#[test]
fn a_program_may_be_drawn_with_the_port_of_its_protocol() {
    let compose = SHOP.replace(
        "    image: redis:8\n",
        "    image: rabbitmq:4-management\n    ports: ['127.0.0.1:15672:15672']\n",
    );
    let drawing = |port: u16| {
        format!(
            "```mermaid\ngraph LR\n  web[Web<br/>Port: 8000] --> db[(PostgreSQL)]\n  web --> mq[RabbitMQ<br/>Port: {port}]\n```\n"
        )
    };
    assert_eq!(said(&compose, &drawing(5672), PORTS), Vec::<String>::new());
    let found = said(&compose, &drawing(5673), PORTS);
    assert!(
        found.len() == 1 && found[0].starts_with("DK501 error cache"),
        "{found:#?}"
    );
}

#[test]
fn a_row_of_networks_names_its_members_itself() {
    let compose = "services:\n  web:\n    build: ./web\n    networks: [front]\n  jobs:\n    build: ./jobs\n    networks: [back]\n  db:\n    image: postgres:17\n    networks: [back]\nnetworks:\n  front:\n  back:\n";
    let table = "```mermaid\ngraph LR\n  jobs[Jobs] --> db[(PostgreSQL)]\n  web[Web]\n```\n\n| Network | Driver | Services |\n|---|---|---|\n| front | bridge | web, jobs |\n| back | bridge | jobs, db |\n";
    let found = said(compose, table, &["DK2"]);
    assert!(
        found.len() == 1
            && found[0].starts_with("DK205 error jobs [ARCHITECTURE.md:11 | docker-compose.yml:7]"),
        "{found:#?}"
    );
    let cut = compose.replace(
        "    build: ./jobs\n    networks: [back]\n",
        "    build: ./jobs\n    network_mode: none\n",
    );
    let found = said(&cut, table, &["DK201"]);
    assert!(
        found.len() == 1 && found[0].contains("docker-compose.yml:7]"),
        "{found:#?}"
    );
}

#[test]
fn services_in_a_group_of_any_name_are_connected() {
    let compose = "services:\n  gateway:\n    build: ./gateway\n    networks: [mesh]\n  accounts:\n    build: ./accounts\n    networks: [mesh]\n  cockroach:\n    image: cockroachdb/cockroach:v24.1.2\n    networks: [store]\nnetworks:\n  mesh:\n  store:\n";
    let drawing = "```mermaid\ngraph LR\n  subgraph mesh\n    gw[Gateway]\n    acc[accounts]\n  end\n  gw --> acc\n  acc --> db[(CockroachDB)]\n```\n";
    let found = said(compose, drawing, &["DK201"]);
    assert!(
        found.len() == 1
            && found[0].starts_with(
                "DK201 error accounts -> cockroach [ARCHITECTURE.md:10 | docker-compose.yml:7]"
            ),
        "{found:#?}"
    );
    let joined = compose.replace(
        "accounts\n    networks: [mesh]",
        "accounts\n    networks: [mesh, store]",
    );
    assert_eq!(said(&joined, drawing, &["DK201"]), Vec::<String>::new());
}

#[test]
fn several_columns_of_ports_are_read_together() {
    let compose = "services:
  gateway: {build: ./gateway, ports: ['53000:3000']}
  booking: {build: ./booking, ports: ['8080:8080']}
  mailer: {build: ./mailer, ports: ['8090:8090']}
";
    let table = "| Service | gRPC Port | HTTP Port |\n|---|---|---|\n| Gateway | - | 53000 |\n| Booking | - | 8080 |\n| Mailer | - | - |\n";
    let found = said(compose, table, &["DK501", "DK505"]);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].starts_with("DK505 error mailer"), "{found:#?}");
}

#[test]
fn a_row_about_another_port_of_a_service_is_no_service() {
    let compose = "services:
  web: {build: ./web, ports: ['8000:8000']}
  api: {build: ./api, ports: ['8001:8001']}
  events: {image: 'nats:2', ports: ['4222:4222', '8222:8222']}
";
    let row = |name, port| {
        let table = format!(
            "| Service | Port |\n|---|---|\n| web | 8000 |\n| api | 8001 |\n| NATS | 4222 |\n| {name} | {port} |\n"
        );
        said(compose, &table, &["DK104"]).len()
    };
    assert_eq!(row("NATS Monitor", 8222), 0);
    assert_eq!(row("NATS Monitor", 8333), 1);
    assert_eq!(row("Billing", 8222), 1);
}

#[test]
fn how_a_volume_is_mounted_is_no_part_of_where() {
    let compose = "services:
  builder: {build: ./builder, volumes: ['pages:/app/dist']}
  web: {image: 'nginx:1.28', volumes: ['pages:/usr/share/nginx/html:ro']}
volumes: {pages: {}}
";
    let document = |target: &str| {
        format!(
            "### web\n\n**Volumes**:\n- `pages:{target}:ro` - the built pages\n\n## Volumes\n\n| Volume | Purpose | Shared By |\n|---|---|---|\n| `pages` | the pages | builder, web |\n"
        )
    };
    assert_eq!(
        said(compose, &document("/usr/share/nginx/html"), &["DK601"]),
        [""; 0]
    );
    assert_eq!(said(compose, &document("/srv"), &["DK601"]).len(), 1);
}

#[test]
fn a_table_that_says_who_reaches_a_tier_orders_its_services() {
    let rules = ["DK408", "DK409"];
    let rows = "|---|---|---|\n| Edge | web | yes |\n| Middle | admin, cache | no |\n| Data | db, cache | no |\n";
    let found = said(
        SHOP,
        &format!("## Tiers\n\n| Tier | Services | External access |\n{rows}"),
        &rules,
    );
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(
        found[0].starts_with("DK409 warning cache [ARCHITECTURE.md:9 |"),
        "{found:#?}"
    );
    // The layers of a stack share what they are made of.
    let layers = format!("## Technologies\n\n| Layer | Services | Purpose |\n{rows}");
    assert_eq!(said(SHOP, &layers, &rules), Vec::<String>::new());
}

#[test]
fn sums_and_aspects_are_no_services() {
    let ports = "| Service | Port |\n|---|---|\n| web | 8000 |\n| admin | 8090 |\n| db | 5432 |\n| Health Check | 8001 |\n";
    assert_eq!(said(SHOP, ports, &["DK104"]), Vec::<String>::new());
    let limits = "| Service | CPU | Memory |\n|---|---|---|\n| web | 0.5 | 128 MB |\n| admin | 0.5 | 128 MB |\n| db | 1 | 512 MB |\n| **Total** | 2 | 768 MB |\n";
    assert_eq!(said(SHOP, limits, &["DK104"]), Vec::<String>::new());
    let more = format!("{limits}| mailer | 0.5 | 64 MB |\n");
    let found = said(SHOP, &more, &["DK104"]);
    assert!(
        found.len() == 1 && found[0].contains("mailer"),
        "{found:#?}"
    );
}

#[test]
fn a_port_before_a_word_counts_no_instances() {
    let compose = "services:\n  kafka: {image: 'apache/kafka:4.0.0', container_name: shop-kafka}\n  web: {build: ./web}\n";
    for (line, expected) in [("9092 Broker", 0), ("3 Brokers", 1)] {
        let drawing = format!(
            "```\n┌──────────────┐    ┌──────────┐\n│ Kafka        │<---│ web      │\n│ {line:<12} │    └──────────┘\n└──────────────┘\n```\n"
        );
        let found = said(compose, &drawing, &["DK701"]);
        assert_eq!(found.len(), expected, "{line}: {found:#?}");
    }
}
