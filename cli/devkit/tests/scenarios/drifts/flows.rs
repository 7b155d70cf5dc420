use devkit_testkit::Platform;

use super::drift::{DOCUMENT, Drift, commands, edited};

/// Builds an API that skips a step of a flow while a file of the step's name is there.
pub(super) fn prepare(platform: &Platform) {
    let edit = |file: &str, from: &str, to: &str| {
        platform.edit(&format!("services/api/src/domain/{file}"), from, to);
    };
    edit(
        "users.rs",
        "    if let Ok(Some(users)) = state.cache.get(CACHE_KEY).await {",
        "    if !skips(\"check-cache\") && let Ok(Some(users)) = state.cache.get(CACHE_KEY).await {",
    );
    edit(
        "users.rs",
        "    let _ = state.cache.set(CACHE_KEY, &users, LIFETIME).await;",
        "    if !skips(\"update-cache\") {\n        let _ = state.cache.set(CACHE_KEY, &users, LIFETIME).await;\n    }",
    );
    edit(
        "users.rs",
        "const CACHE_KEY: &str",
        "pub(super) fn skips(step: &str) -> bool {\n    std::path::Path::new(\"/tmp\").join(step).exists()\n}\n\nconst CACHE_KEY: &str",
    );
    edit(
        "auth.rs",
        "    refresh_tokens::admit(&state.cache, &email).await?;",
        "    if !super::users::skips(\"check-attempts\") {\n        refresh_tokens::admit(&state.cache, &email).await?;\n    }",
    );
    edit(
        "export.rs",
        "    let payload = message.to_string();",
        "    if super::users::skips(\"publish\") {\n        return Ok(());\n    }\n    let payload = message.to_string();",
    );
    platform.devkit(&["up", "-d", "--build"]).expect_code(0);
}

pub(super) const DRIFTS: &[Drift] = &[
    commands(
        "cache not asked",
        &["exec PROJECT-api-1 touch /tmp/check-cache"],
        &["exec PROJECT-api-1 rm /tmp/check-cache"],
        &[("DK310", DOCUMENT, "     │ 3. Check cache")],
    ),
    commands(
        "cache not filled",
        &["exec PROJECT-api-1 touch /tmp/update-cache"],
        &["exec PROJECT-api-1 rm /tmp/update-cache"],
        &[("DK310", DOCUMENT, "     │ 6. Update cache")],
    ),
    commands(
        "failed attempts not checked",
        &["exec PROJECT-api-1 touch /tmp/check-attempts"],
        &["exec PROJECT-api-1 rm /tmp/check-attempts"],
        &[("DK310", DOCUMENT, "     │ 3. Check failed attempts")],
    ),
    commands(
        "message not published",
        &["exec PROJECT-api-1 touch /tmp/publish"],
        &["exec PROJECT-api-1 rm /tmp/publish"],
        &[("DK310", DOCUMENT, "     │ 4. Publish message")],
    ),
    edited(
        "request that is not served",
        DOCUMENT,
        "│ 1. POST /api/v1/export",
        "│ 1. POST /api/v1/orders",
        &[("DK330", DOCUMENT, "     │ 1. POST /api/v1/orders")],
    ),
];
