use devkit_testkit::Platform;

use super::drift::{DOCUMENT, Drift, commands, edited};

/// Whether a step is to be skipped, for the services' code.
const SKIPS: &str = "pub(crate) fn skips(step: &str) -> bool {
    std::path::Path::new(\"/tmp\").join(step).exists()
}

";

/// Builds an API and a worker that skip a step of a flow, or do another one, while a file of the
/// step's name is there.
pub(super) fn prepare(platform: &Platform) {
    let edit = |file: &str, from: &str, to: &str| {
        platform.edit(&format!("services/{file}"), from, to);
    };
    let define = |file: &str, from: &str| edit(file, from, &format!("{SKIPS}{from}"));
    define("api/src/domain/users.rs", "const CACHE_KEY: &str");
    define("worker/src/domain/jobs.rs", "/// How a job stands");
    edit(
        "api/src/domain/users.rs",
        "    if let Ok(Some(users)) = state.cache.get(CACHE_KEY).await {",
        "    if skips(\"cache-last\") {
        let users = serde_json::to_string(&all(&state).await?).map_err(ApiError::internal)?;
        let _ = state.cache.get(CACHE_KEY).await;
        let _ = state.cache.set(CACHE_KEY, &users, LIFETIME).await;
        return Ok(answer(\"miss\", users));
    }
    if !skips(\"check-cache\") && let Ok(Some(users)) = state.cache.get(CACHE_KEY).await {",
    );
    edit(
        "api/src/domain/users.rs",
        "    let _ = state.cache.set(CACHE_KEY, &users, LIFETIME).await;\n    Ok(",
        "    if !skips(\"update-cache\") {
        let _ = state.cache.set(CACHE_KEY, &users, LIFETIME).await;
    }
    Ok(",
    );
    edit(
        "api/src/domain/auth.rs",
        "    refresh_tokens::admit(&state.cache, &email).await?;",
        "    if super::users::skips(\"announce-login\") {
        let _ = state.queue.publish(\"\", \"nobody\", false, b\"login\").await;
    }
    if !super::users::skips(\"check-attempts\") {
        refresh_tokens::admit(&state.cache, &email).await?;
    }",
    );
    edit(
        "api/src/domain/refresh.rs",
        "    let token = hexadecimal(&random);",
        "    let token = hexadecimal(&random);
    if super::users::skips(\"store-refresh\") {
        return Ok(token);
    }",
    );
    edit(
        "api/src/domain/export.rs",
        "    let payload = message.to_string();",
        "    if super::users::skips(\"publish\") {
        return Ok(());
    }
    let payload = message.to_string();",
    );
    edit(
        "worker/src/domain.rs",
        "        let message = json!({ \"jobId\": job_id",
        "        if jobs::skips(status) {
            return;
        }
        let message = json!({ \"jobId\": job_id",
    );
    edit(
        "worker/src/domain/jobs.rs",
        "        let update = update.bind(id).bind(rows).execute(self.pool);",
        "        if skips(\"mark-completed\") {
            return Ok(());
        }
        let update = update.bind(id).bind(rows).execute(self.pool);",
    );
    edit(
        "worker/src/domain/export.rs",
        "    let written = call(PEER",
        "    if super::jobs::skips(\"read-users\") {
        fs::write(folder.join(format!(\"{job_id}.csv\")), \"\").await?;
        return Ok(0);
    }
    let written = call(PEER",
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
    commands(
        "cache asked after the database",
        &["exec PROJECT-api-1 touch /tmp/cache-last"],
        &["exec PROJECT-api-1 rm /tmp/cache-last"],
        &[("DK311", DOCUMENT, "     │ 3. Check cache")],
    ),
    commands(
        "refresh token not stored",
        &["exec PROJECT-api-1 touch /tmp/store-refresh"],
        &["exec PROJECT-api-1 rm /tmp/store-refresh"],
        &[("DK310", DOCUMENT, "     │ 8. Create tokens")],
    ),
    commands(
        "queue asked that the flow does not show",
        &["exec PROJECT-api-1 touch /tmp/announce-login"],
        &["exec PROJECT-api-1 rm /tmp/announce-login"],
        &[("DK312", DOCUMENT, "     │ 1. Log in")],
    ),
    commands(
        "users not read by the worker",
        &["exec PROJECT-worker-1 touch /tmp/read-users"],
        &["exec PROJECT-worker-1 rm /tmp/read-users"],
        &[("DK310", DOCUMENT, "     │ 11. Read the users")],
    ),
    commands(
        "job not marked as completed",
        &["exec PROJECT-worker-1 touch /tmp/mark-completed"],
        &["exec PROJECT-worker-1 rm /tmp/mark-completed"],
        &[("DK310", DOCUMENT, "     │ 13. Mark the job as completed")],
    ),
    commands(
        "progress not published",
        &["exec PROJECT-worker-1 touch /tmp/running"],
        &["exec PROJECT-worker-1 rm /tmp/running"],
        &[("DK310", DOCUMENT, "     │ 9. Publish progress")],
    ),
    commands(
        "completion not published",
        &["exec PROJECT-worker-1 touch /tmp/completed"],
        &["exec PROJECT-worker-1 rm /tmp/completed"],
        &[("DK310", DOCUMENT, "     │ 15. Publish completion")],
    ),
    edited(
        "request that is not served",
        DOCUMENT,
        "│ 1. POST /api/v1/export",
        "│ 1. POST /api/v1/orders",
        &[("DK330", DOCUMENT, "     │ 1. POST /api/v1/orders")],
    ),
];
