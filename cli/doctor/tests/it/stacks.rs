//! Names of commands, of stacks and of what else several programs are called together.

use crate::support::{API_AND_DATABASE as BASE, mermaid, said, said_of};

const NOTHING: [&str; 0] = [];

#[test]
fn a_part_may_be_called_as_the_command_that_a_service_runs() {
    let compose = "services:
  app: {build: .}
  queue: {build: ., command: php artisan horizon}
  jobs: {build: ., command: [celery, -A, shop, beat]}
  postgres: {image: 'postgres:16'}
";
    let document = mermaid(
        "graph TD
    A[Laravel] --> D[(PostgreSQL)]
    H[Horizon] --> D
    B[Celery Beat] --> D",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn one_part_may_stand_for_all_that_watch_the_others() {
    let compose = format!(
        "{BASE}  prometheus: {{image: prom/prometheus}}
  grafana: {{image: grafana/grafana}}
  kibana: {{image: 'kibana:8'}}
"
    );
    for (node, missing) in [
        ("Observability Stack", None),
        ("Monitoraggio", None),
        ("ELK Stack", Some(["DK101 prometheus", "DK101 grafana"])),
    ] {
        let document = mermaid(&format!(
            "graph TD\n A[API] --> D[(PostgreSQL)]\n A --> M[{node}]"
        ));
        let missing: Vec<&str> = missing.into_iter().flatten().collect();
        assert_eq!(said(&compose, &document), missing, "{node}");
    }
    assert_eq!(said_of("ELK Stack", ""), ["DK102 ELK Stack"]);
}
