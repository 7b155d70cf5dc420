use devkit_testkit::{Platform, docker, engine_for_test};

use crate::drifts;
use crate::flows;
use crate::setup::{asked_for, binary};

#[test]
fn a_platform_lives_in_containers() {
    if !asked_for("docker") || !engine_for_test("a platform lives in containers") {
        return;
    }
    let platform = Platform::scaffold(&binary(), "containers");
    drifts::of_a_platform_made_anew(&platform);
    let up = platform
        .devkit(&["up", "-d", "--runtime", "docker"])
        .expect_code(0);
    let address = format!("http://localhost:{}", platform.variable("FRONTEND_PORT"));
    assert!(up.stdout.contains(&address), "{}", up.stdout);
    flows::walk(&platform);
    flows::browse(&platform);
    drifts::none_yet(&platform);
    flows::replay(&platform);

    let unchanged = platform.devkit(&["up", "-d"]).expect_code(0);
    assert!(
        !unchanged.stderr.contains("created"),
        "{}",
        unchanged.stderr
    );

    tools_show_the_data(&platform);
    a_changed_port_in_the_document_is_found(&platform);
    remove_tools(&platform);
    drifts::of_what_runs(&platform);
    drifts::of_flows(&platform);
    production_publishes_two_ports(&platform);
    nothing_is_left(&platform);
}

fn tools_show_the_data(platform: &Platform) {
    platform
        .devkit(&["--profile", "tools", "up", "-d"])
        .expect_code(0);
    assert!(platform.client("PGADMIN_PORT").answers("/misc/ping"));
    flows::look_at_tools(platform);
}

/// What only a profile starts is missed once it was there.
fn remove_tools(platform: &Platform) {
    for tool in ["pgadmin", "redis-commander"] {
        let container = format!("{}-{tool}-1", platform.name());
        assert!(docker(&["rm", "-f", "-v", &container]).is_some(), "{tool}");
    }
}

fn a_changed_port_in_the_document_is_found(platform: &Platform) {
    let document = "docs/architecture/overview.md";
    let text = platform.read(document);
    let port = platform.variable("POSTGRES_PORT");
    let row = text
        .lines()
        .find(|line| line.starts_with("| PostgreSQL") && line.contains(&port))
        .unwrap_or_else(|| panic!("no row of PostgreSQL with {port}:\n{text}"));
    let line = text.lines().take_while(|line| *line != row).count() + 1;
    let wrong = row.replacen(&port, "1234", 1);
    platform.edit(document, row, &wrong);
    let found = platform.devkit(&["doctor"]).expect_code(1);
    assert!(found.stdout.contains("DK501"), "{}", found.stdout);
    assert!(
        found.stdout.contains(&format!("overview.md:{line}:")),
        "{}",
        found.stdout
    );
    platform.edit(document, &wrong, row);
}

fn production_publishes_two_ports(platform: &Platform) {
    platform.devkit(&["down"]).expect_code(0);
    platform
        .devkit(&["up", "-d", "--production", "--runtime", "docker"])
        .expect_code(0);
    let filter = format!("label=com.docker.compose.project={}", platform.name());
    let published =
        docker(&["ps", "--filter", &filter, "--format", "{{.Ports}}"]).unwrap_or_default();
    let published: Vec<_> = published
        .lines()
        .filter(|line| line.contains("->"))
        .collect();
    assert_eq!(published.len(), 2, "{published:?}");
}

fn nothing_is_left(platform: &Platform) {
    platform
        .devkit(&["--profile", "*", "down", "-v"])
        .expect_code(0);
    let filter = format!("label=com.docker.compose.project={}", platform.name());
    for kind in ["container", "network", "volume"] {
        let mut arguments = vec![kind, "ls", "-q", "--filter", &filter];
        if kind == "container" {
            arguments.push("-a");
        }
        assert_eq!(docker(&arguments).as_deref(), Some(""), "{kind}");
    }
}
