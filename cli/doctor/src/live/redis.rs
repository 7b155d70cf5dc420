use redis::{Client, ConnectionAddr, IntoConnectionInfo as _, RedisConnectionInfo};

use super::connect::{Backing, in_time};
use crate::context::Context;
use crate::report::{Finding, Outcome};
use crate::rule;

pub(super) async fn check(context: &Context<'_>, backing: &Backing<'_>, outcome: &mut Outcome) {
    let key = backing.key;
    let Some(address) = backing.address(context, 6379).await else {
        outcome.undecided(
            &rule::REDIS_SILENT,
            format!("`{key}` cannot be reached from here"),
        );
        return;
    };
    let mut settings = RedisConnectionInfo::default();
    if let Some(password) = backing
        .variable("REDIS_PASSWORD")
        .filter(|password| !password.is_empty())
    {
        settings = settings.set_password(password);
    }
    let answer = in_time(async {
        let info = ConnectionAddr::Tcp(address.ip().to_string(), address.port())
            .into_connection_info()?
            .set_redis_settings(settings);
        let mut connection = Client::open(info)?
            .get_multiplexed_async_connection()
            .await?;
        redis::cmd("PING")
            .query_async::<String>(&mut connection)
            .await?;
        let facts = redis::cmd("INFO")
            .query_async::<String>(&mut connection)
            .await?;
        let save = redis::cmd("CONFIG")
            .arg("GET")
            .arg("save")
            .query_async::<Vec<String>>(&mut connection)
            .await
            .unwrap_or_default();
        Ok::<_, redis::RedisError>((facts, save))
    })
    .await;
    let (facts, save) = match answer {
        Ok(answer) => answer,
        Err(reason) => {
            outcome.report(Finding::new(
                &rule::REDIS_SILENT,
                key,
                format!("Redis at {address} does not answer: {reason}"),
            ));
            return;
        }
    };
    outcome.decided(&rule::REDIS_SILENT);
    let field = |name: &str| {
        facts
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
            .map(str::trim)
    };
    let has_volume = context
        .project()
        .services
        .get(key)
        .is_some_and(|service| service.volumes.iter().any(|mount| mount.kind == "volume"));
    if has_volume {
        outcome.decided(&rule::REDIS_VOLATILE);
        let append_only = field("aof_enabled") == Some("1");
        let snapshots = save.get(1).is_some_and(|save| !save.is_empty());
        let failed = [
            field("rdb_last_bgsave_status"),
            field("aof_last_write_status"),
        ]
        .into_iter()
        .flatten()
        .any(|status| status != "ok");
        if failed || !(append_only || snapshots) {
            let what = if failed {
                "failed to save"
            } else {
                "keeps nothing on disk"
            };
            outcome.report(Finding::new(
                &rule::REDIS_VOLATILE,
                key,
                format!("`{key}` {what}"),
            ));
        }
    }
    memory(
        key,
        field("used_memory"),
        field("maxmemory"),
        field("maxmemory_policy"),
        outcome,
    );
}

fn memory(
    key: &str,
    used: Option<&str>,
    most: Option<&str>,
    policy: Option<&str>,
    outcome: &mut Outcome,
) {
    outcome.decided(&rule::REDIS_MEMORY);
    let number = |text: Option<&str>| text.and_then(|text| text.parse::<u64>().ok());
    let (Some(used), Some(most)) = (number(used), number(most).filter(|most| *most > 0)) else {
        return;
    };
    if policy == Some("noeviction") && used / 9 > most / 10 {
        outcome.report(Finding::new(
            &rule::REDIS_MEMORY,
            key,
            format!(
                "`{key}` uses {} of {} MB and evicts nothing",
                used >> 20,
                most >> 20
            ),
        ));
    }
}
