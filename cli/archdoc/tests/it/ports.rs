//! Ports in tables and lists, in the ways in which people write both sides of one.

use devkit_archdoc::{Exposure, Port, read};

#[test]
fn the_transport_of_each_port_is_its_own() {
    let found = ports("| Service | Ports |\n|---|---|\n| dns | 5353:53/tcp, 5353:53/udp |\n");
    let transports: Vec<Option<&str>> = found.iter().map(|it| it.protocol.as_deref()).collect();
    assert_eq!(transports, [Some("TCP"), Some("UDP")]);
}

/// The ports of a page: service, inside, outside, and whether it is published.
type Said<'a> = (&'a str, Option<u16>, Option<u16>, Option<Exposure>);

fn ports(page: &str) -> Vec<Port> {
    read("ports.md", page.as_bytes()).facts.ports
}

fn said(ports: &[Port]) -> Vec<Said<'_>> {
    let each = ports.iter();
    each.map(|it| (it.service.as_str(), it.internal, it.external, it.exposed))
        .collect()
}

#[test]
fn both_sides_of_a_port_may_stand_in_one_cell() {
    let forms = [
        "9002 (host, container 9000)",
        "9002 (host), 9000 (container)",
        "host 9002 → container 9000",
        "Host port 9002 -> container port 9000",
        "container 9000 → host 9002",
        "9002:9000",
        "`9002:9000`",
        "9002->9000",
        "9002 → 9000",
        "9002 (container: 9000)",
        "9002 (internal 9000)",
        "9000 (9002 on the host)",
        "host: 9002, container: 9000",
        "9002 external / 9000 internal",
        "9002 → 9000/tcp",
    ];
    for form in forms {
        let page = format!("| Service | Port |\n|---|---|\n| minio | {form} |\n");
        let found = ports(&page);
        assert_eq!(
            said(&found),
            [("minio", Some(9000), Some(9002), None)],
            "{form}"
        );
        let listed = ports(&format!("## Ports\n\n- minio: {form}\n"));
        assert_eq!(
            said(&listed),
            [("minio", Some(9000), Some(9002), None)],
            "- minio: {form}"
        );
    }
}

#[test]
fn several_ports_in_a_cell_stay_several() {
    let numbers = |cell: &str| -> Vec<(Option<u16>, Option<u16>)> {
        let found = ports(&format!(
            "| Service | Port |\n|---|---|\n| edge | {cell} |\n"
        ));
        found.iter().map(|it| (it.internal, it.external)).collect()
    };
    assert_eq!(numbers("80, 443"), [(None, Some(80)), (None, Some(443))]);
    assert_eq!(
        numbers("5672 (AMQP), 15672 (management)"),
        [(None, Some(5672)), (None, Some(15672))]
    );
    assert_eq!(
        numbers("80, 443 (internal)"),
        [(Some(80), None), (Some(443), None)]
    );
    assert_eq!(
        numbers("9002 (host, container 9000), 9003 (host, container 9001)"),
        [(Some(9000), Some(9002)), (Some(9001), Some(9003))]
    );
    assert_eq!(
        numbers("8080:80, 8443 → 443"),
        [(Some(80), Some(8080)), (Some(443), Some(8443))]
    );
}

#[test]
fn a_host_port_that_a_cell_calls_internal_is_unpublished() {
    let closed = [("redis", Some(6379), None, Some(Exposure::No))];
    for table in [
        "| Service | Host Port | Access |\n|---|---|---|\n| redis | 6379 | Internal |\n",
        "| Service | Host Port |\n|---|---|\n| redis | 6379 (internal) |\n",
        "| Service | Host Port | Scope |\n|---|---|---|\n| redis | 6379 | Internal only |\n",
        "| Service | Host Port | Notes |\n|---|---|---|\n| redis | 6379 | internal |\n",
        "| Service | Host Port | Container Port |\n|---|---|---|\n| redis | Internal | 6379 |\n",
        "| Service | Host Port | Container Port |\n|---|---|---|\n| redis | 6379 (internal) | 6379 |\n",
        "| Service | Port | Access |\n|---|---|---|\n| redis | 6379 | Internal |\n",
    ] {
        let found = ports(table);
        assert_eq!(said(&found), closed, "{table}");
    }
    // A number on each side and a word against it: the page itself has to be put right.
    let found = ports(
        "| Service | Internal | External | Exposed |\n|---|---|---|---|\n| redis | 6379 | 6379 | No |\n",
    );
    assert_eq!(
        said(&found),
        [("redis", Some(6379), Some(6379), Some(Exposure::No))]
    );
}
