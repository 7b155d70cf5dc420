//! The document's flows, walked over HTTP as a browser would.

use devkit_testkit::{Client, Platform};
use serde_json::json;

/// Walks the three flows: authentication, users (miss, then hit) and export.
pub(crate) fn walk(platform: &Platform) {
    let api = platform.client("API_PORT");
    let token = authenticate(&api);
    let api = api.with_token(&token);
    users(&api);
    export(&api);
    frontend(platform);
}

fn authenticate(api: &Client) -> String {
    let account =
        json!({ "email": "ada@example.com", "name": "Ada", "password": "correct horse battery" });
    let registered = api.post("/api/v1/auth/register", &account);
    assert_eq!(registered.status, 201, "{}", registered.text);
    assert!(
        !registered.text.contains("correct horse"),
        "{}",
        registered.text
    );

    let wrong = json!({ "email": "ada@example.com", "password": "wrong horse battery" });
    assert_eq!(api.post("/api/v1/auth/login", &wrong).status, 401);

    let login = api.post("/api/v1/auth/login", &account);
    assert_eq!(login.status, 200, "{}", login.text);
    let tokens = login.json();
    let refresh = json!({ "refresh_token": tokens["refresh_token"] });
    let refreshed = api.post("/api/v1/auth/refresh", &refresh);
    assert_eq!(refreshed.status, 200, "{}", refreshed.text);
    // A refresh token works once.
    assert_eq!(api.post("/api/v1/auth/refresh", &refresh).status, 401);

    assert_eq!(api.get("/api/v1/users").status, 401, "without a token");
    let garbage = api.clone().with_token("garbage");
    assert_eq!(
        garbage.get("/api/v1/users").status,
        401,
        "with a token that is none"
    );
    refreshed.json()["access_token"]
        .as_str()
        .unwrap_or_else(|| panic!("{}", refreshed.text))
        .to_owned()
}

fn users(api: &Client) {
    let miss = api.get("/api/v1/users");
    assert_eq!(
        (miss.status, miss.cache.as_deref()),
        (200, Some("miss")),
        "{}",
        miss.text
    );
    assert!(miss.text.contains("ada@example.com"), "{}", miss.text);
    assert!(!miss.text.contains("hash"), "{}", miss.text);
    let hit = api.get("/api/v1/users");
    assert_eq!((hit.status, hit.cache.as_deref()), (200, Some("hit")));
    assert_eq!(hit.json(), miss.json());
}

fn export(api: &Client) {
    let accepted = api.post("/api/v1/export", &json!({}));
    assert_eq!(accepted.status, 202, "{}", accepted.text);
    let id = accepted.json()["id"]
        .as_str()
        .unwrap_or_else(|| panic!("{}", accepted.text))
        .to_owned();
    let event = api.event_containing(&format!("/api/v1/jobs/{id}/events"), "completed");
    assert!(event.contains(&id), "{event}");
    let job = api.get(&format!("/api/v1/jobs/{id}"));
    assert_eq!(job.json()["status"], "completed", "{}", job.text);
}

fn frontend(platform: &Platform) {
    let frontend = platform.client("FRONTEND_PORT");
    let page = frontend.get("/");
    assert_eq!(page.status, 200);
    assert!(page.text.contains("<div id=\"root\">"), "{}", page.text);
    // The frontend passes requests on to the API: without a token that is a refusal by the API.
    assert_eq!(frontend.get("/api/v1/users").status, 401);
}

/// Lets doctor replay the document's flows: each is compared, and nothing is left undecided.
pub(crate) fn replay(platform: &Platform) {
    let replayed = platform
        .devkit(&[
            "doctor",
            "--probe",
            "--allow-writes",
            "--only=DK3",
            "--fail-on=unknown",
        ])
        .expect_code(0);
    assert!(
        replayed.stdout.contains("user `devkit-doctor-"),
        "{}",
        replayed.stdout
    );
    let reading = platform
        .devkit(&["doctor", "--probe", "--only=DK3", "--fail-on=unknown"])
        .expect_code(0);
    assert!(
        reading.stdout.contains("3 flows were not replayed") && !reading.stdout.contains("wrote"),
        "{}",
        reading.stdout
    );
}

/// Lets the API list users without asking the cache, which doctor finds at the document's step.
pub(crate) fn skip_a_step(platform: &Platform) {
    platform.edit(
        "services/api/src/domain/users.rs",
        "if let Ok(Some(users)) = state.cache.get(CACHE_KEY).await {",
        "if let Some(users) = None::<String> {",
    );
    platform.devkit(&["up", "-d", "--build"]).expect_code(0);
    let found = platform
        .devkit(&[
            "doctor",
            "--probe",
            "--allow-writes",
            "--only=DK3",
            "--format=json",
        ])
        .expect_code(1);
    let report: serde_json::Value = serde_json::from_str(&found.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", found.stdout));
    let findings: Vec<_> = report["findings"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|finding| (finding["rule"].clone(), finding["document"]["line"].clone()))
        .collect();
    let document = platform.read("docs/architecture/overview.md");
    let before = document
        .lines()
        .take_while(|line| !line.contains("3. Check cache"));
    let line = before.count() + 1;
    assert_eq!(
        findings,
        [(json!("DK310"), json!(line))],
        "{}",
        found.stdout
    );
}

/// Walks the frontend in a real browser and leaves a screenshot in `target/`.
pub(crate) fn browse(platform: &Platform) {
    let screenshot = crate::setup::repository().join("target/frontend.png");
    browser(
        "walk.js",
        &[
            ("FRONTEND_URL", address(platform, "FRONTEND_PORT")),
            ("SCREENSHOT", screenshot.display().to_string()),
        ],
    );
}

/// Sees in a real browser that the tools show the platform's database and cache.
pub(crate) fn look_at_tools(platform: &Platform) {
    let environment = platform.read("config/.env");
    let value = |key: &str| {
        let prefix = format!("{key}=");
        let found = environment
            .lines()
            .find_map(|line| line.strip_prefix(&prefix));
        found
            .unwrap_or_else(|| panic!("no {key} in config/.env"))
            .to_owned()
    };
    browser(
        "tools.js",
        &[
            ("PGADMIN_URL", address(platform, "PGADMIN_PORT")),
            ("PGADMIN_EMAIL", value("PGADMIN_DEFAULT_EMAIL")),
            ("PGADMIN_PASSWORD", value("PGADMIN_DEFAULT_PASSWORD")),
            ("PLATFORM", platform.name().to_owned()),
            (
                "REDIS_COMMANDER_URL",
                address(platform, "REDIS_COMMANDER_PORT"),
            ),
        ],
    );
}

fn address(platform: &Platform, variable: &str) -> String {
    format!("http://localhost:{}", platform.variable(variable))
}

fn browser(script: &str, environment: &[(&str, String)]) {
    let walk = std::process::Command::new("node")
        .arg(script)
        .current_dir(crate::setup::repository().join("tests/browser"))
        .envs(environment.iter().map(|(key, value)| (key, value)))
        .output()
        .unwrap_or_else(|error| panic!("node does not start: {error}"));
    assert!(
        walk.status.success(),
        "{script}: {}{}",
        String::from_utf8_lossy(&walk.stdout),
        String::from_utf8_lossy(&walk.stderr)
    );
}
