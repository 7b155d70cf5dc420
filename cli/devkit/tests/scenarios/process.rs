use devkit_testkit::{Platform, processes_under};

use crate::flows;
use crate::setup::{asked_for, binary, share_compiled};

#[test]
fn a_platform_lives_without_an_engine() {
    if !asked_for("process") {
        return;
    }
    let platform = Platform::scaffold(&binary(), "processes");
    share_compiled(&platform, "api");
    share_compiled(&platform, "worker");

    let up = platform
        .devkit(&["up", "-d", "--yes", "--runtime", "process"])
        .expect_code(0);
    let address = format!("http://localhost:{}", platform.variable("API_PORT"));
    assert!(up.stdout.contains(&address), "{}", up.stdout);
    flows::walk(&platform);

    platform.devkit(&["doctor"]).expect_code(0);
    flows::replay(&platform);
    let again = platform.devkit(&["up", "-d"]).expect_code(0);
    assert!(again.elapsed.as_secs() < 10, "{:?}", again.elapsed);

    let services = platform.devkit(&["ps", "--services"]).expect_code(0);
    for service in ["api", "frontend", "postgres", "rabbitmq", "redis", "worker"] {
        assert!(
            services.stdout.lines().any(|line| line == service),
            "{}",
            services.stdout
        );
    }
    let logs = platform
        .devkit(&["logs", "api", "--grep", "/api/v1/users"])
        .expect_code(0);
    assert!(logs.stdout.contains("trace_id"), "{}", logs.stdout);

    platform
        .devkit(&["new", "service", "billing", "--template", "api-axum"])
        .expect_code(0);
    share_compiled(&platform, "billing");
    platform.devkit(&["up", "-d"]).expect_code(0);
    assert!(platform.client("BILLING_PORT").answers("/health/ready"));
    platform.devkit(&["doctor"]).expect_code(0);
    flows::skip_a_step(&platform);

    platform.devkit(&["down"]).expect_code(0);
    assert_eq!(processes_under(&platform.root()), Vec::<String>::new());
}
