use std::collections::BTreeSet;
use std::process::Command;

use devkit_compose::model::Mount;
use devkit_runtime::{DownOptions, Driver, ExecOptions};
use futures::StreamExt;

use crate::platform::{Platform, backing, free_port, published};

/// Installs what the platform lacks, as `devkit up --yes` does on Debian.
async fn install(platform: &Platform) {
    let missing = platform.driver.missing(&platform.project, &BTreeSet::new());
    if !missing.is_empty() {
        platform.driver.install(&missing, &|_| ()).await.unwrap();
    }
}

fn psql(port: u16, statement: &str) -> String {
    let output = Command::new("psql")
        .args([
            "-h",
            "127.0.0.1",
            "-p",
            &port.to_string(),
            "-U",
            "app",
            "-d",
            "shop",
            "-Atc",
        ])
        .arg(statement)
        .env("PGPASSWORD", "secret")
        .output()
        .unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    format!("{}{complaint}", String::from_utf8_lossy(&output.stdout))
        .trim()
        .to_owned()
}

#[tokio::test]
async fn postgresql_keeps_its_data_and_never_runs_as_root() {
    let port = free_port();
    let environment = [
        ("POSTGRES_USER", "app"),
        ("POSTGRES_PASSWORD", "secret"),
        ("POSTGRES_DB", "shop"),
    ];
    let mut postgres = backing("postgres:17", &environment, "/var/lib/postgresql/data");
    postgres.ports = vec![published(5432, port)];
    let scripts = tempfile::tempdir().unwrap();
    std::fs::write(
        scripts.path().join("1.sql"),
        "CREATE TABLE things (name text);",
    )
    .unwrap();
    postgres.volumes.push(Mount {
        kind: "bind".into(),
        source: Some(scripts.path().display().to_string()),
        target: "/docker-entrypoint-initdb.d".into(),
        ..Mount::default()
    });
    let platform = Platform::new(vec![("postgres", postgres)]);
    install(&platform).await;
    let report = platform.up().await;
    assert!(report.report.failures.is_empty(), "{report:#?}");
    assert_eq!(
        psql(port, "INSERT INTO things VALUES ('kept')"),
        "INSERT 0 1"
    );
    let process = platform.instance("postgres").await.process.unwrap();
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let uid = status
        .lines()
        .find(|line| line.starts_with("Uid:"))
        .unwrap();
    assert!(!uid.split_whitespace().any(|id| id == "0"), "{uid}");
    platform.down(&DownOptions::default()).await;
    platform.nothing_is_left().await;
    platform.up().await;
    assert_eq!(psql(port, "SELECT name FROM things"), "kept");
    platform
        .down(&DownOptions {
            volumes: true,
            ..DownOptions::default()
        })
        .await;
    platform.nothing_is_left().await;
    assert!(
        !platform
            .driver
            .layout()
            .data()
            .join("postgres-data")
            .exists()
    );
}

#[tokio::test]
async fn redis_runs_the_compose_command_with_its_password() {
    let port = free_port();
    let mut redis = backing("redis:8", &[("REDIS_PASSWORD", "secret")], "/data");
    redis.ports = vec![published(6379, port)];
    let line =
        "exec docker-entrypoint.sh redis-server --appendonly yes --requirepass \"$REDIS_PASSWORD\"";
    redis.command = Some(vec!["sh".into(), "-c".into(), line.into()]);
    let platform = Platform::new(vec![("redis", redis)]);
    install(&platform).await;
    let report = platform.up().await;
    assert!(report.report.failures.is_empty(), "{report:#?}");
    let ping = |password: &str| {
        let port = port.to_string();
        let arguments = [
            "-h",
            "127.0.0.1",
            "-p",
            &port,
            "--no-auth-warning",
            "-a",
            password,
            "ping",
        ];
        let output = Command::new("redis-cli").args(arguments).output().unwrap();
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    };
    assert_eq!(ping("secret"), "PONG");
    assert!(ping("wrong").contains("NOAUTH"));
    assert!(
        platform
            .driver
            .layout()
            .data()
            .join("redis-data/appendonlydir")
            .is_dir()
    );
    let options = ExecOptions {
        command: vec![
            "sh".into(),
            "-c".into(),
            "echo $REDIS_PASSWORD; exit 3".into(),
        ],
        ..ExecOptions::default()
    };
    let session = platform
        .driver
        .exec(&platform.instance("redis").await, &options)
        .await
        .unwrap();
    let written: Vec<u8> = session
        .output
        .map(|piece| piece.unwrap().bytes)
        .concat()
        .await;
    assert_eq!(String::from_utf8(written).unwrap(), "secret\n");
    assert_eq!(session.control.exit_code().await.unwrap(), 3);
    platform.down(&DownOptions::default()).await;
    platform.nothing_is_left().await;
}

#[tokio::test]
async fn rabbitmq_has_its_user_and_leaves_no_epmd() {
    let (port, management) = (free_port(), free_port());
    let environment = [
        ("RABBITMQ_DEFAULT_USER", "app"),
        ("RABBITMQ_DEFAULT_PASS", "secret"),
    ];
    let mut rabbitmq = backing("rabbitmq:4-management", &environment, "/var/lib/rabbitmq");
    rabbitmq.ports = vec![published(5672, port), published(15672, management)];
    let platform = Platform::new(vec![("rabbitmq", rabbitmq)]);
    install(&platform).await;
    let report = platform.up().await;
    assert!(report.report.failures.is_empty(), "{report:#?}");
    let whoami = format!("http://127.0.0.1:{management}/api/whoami");
    let arguments = [
        "-sS",
        "--retry",
        "20",
        "--retry-connrefused",
        "-u",
        "app:secret",
        &whoami,
    ];
    let output = Command::new("curl").args(arguments).output().unwrap();
    assert!(
        String::from_utf8_lossy(&output.stdout).contains("\"name\":\"app\""),
        "{output:?}"
    );
    assert!(
        platform
            .processes()
            .iter()
            .any(|line| line.contains("epmd"))
    );
    platform.down(&DownOptions::default()).await;
    platform.nothing_is_left().await;
}
