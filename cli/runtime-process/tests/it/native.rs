use std::io::{Read, Write};
use std::net::TcpStream;

use devkit_compose::model::Service;
use devkit_runtime::{Class, DownOptions, State};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::platform::{Platform, free_port, hidden, native, published};

const ECHO: &str = r"
import os, socket
s = socket.create_server(('127.0.0.1', int(os.environ['PORT'])))
print('listening', flush=True)
while True:
    c, _ = s.accept()
    data = b''
    while True:
        part = c.recv(4096)
        if not part: break
        data += part
    c.sendall(str(os.getpid()).encode() + b' ' + data)
    c.close()
";

fn ask(port: u16, question: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.write_all(question.as_bytes()).unwrap();
    // The server answers only after the half-close, so this shows that it is passed on.
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[tokio::test]
async fn a_published_port_leads_to_every_instance_in_turn() {
    let port = free_port();
    let mut echo = native(&["python3", "-c", ECHO]);
    echo.ports = vec![published(8000, port)];
    echo.scale = Some(2);
    let platform = Platform::new(vec![("echo", echo)]);
    let report = platform.up().await;
    assert!(report.report.failures.is_empty(), "{report:#?}");
    let answers: Vec<String> = (0..4).map(|n| ask(port, &format!("q{n}"))).collect();
    let pids: std::collections::BTreeSet<_> = answers
        .iter()
        .map(|answer| answer.split(' ').next().unwrap().to_owned())
        .collect();
    assert_eq!(pids.len(), 2, "{answers:?}");
    assert!(answers[3].ends_with("q3"));
    assert_eq!(platform.logs("echo").await, ["listening"]);
    platform.down(&DownOptions::default()).await;
    assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
    platform.nothing_is_left().await;
}

#[tokio::test]
async fn a_daemon_that_a_service_leaves_behind_is_ended_with_it() {
    let service = native(&["sh", "-c", "setsid sleep 600 & exec sleep 600"]);
    let platform = Platform::new(vec![("forker", service)]);
    platform.up().await;
    while platform
        .processes()
        .iter()
        .filter(|line| line.contains("sleep 600"))
        .count()
        < 2
    {
        tokio::task::yield_now().await;
    }
    platform.down(&DownOptions::default()).await;
    platform.nothing_is_left().await;
}

#[tokio::test]
async fn a_killed_supervisor_leaves_nothing_and_the_next_up_goes_on() {
    let service = native(&["sh", "-c", "setsid sleep 601 & exec sleep 601"]);
    let platform = Platform::new(vec![("forker", service)]);
    platform.up().await;
    let state = std::fs::read_to_string(platform.driver.layout().state()).unwrap();
    let state: serde_json::Value = serde_json::from_str(&state).unwrap();
    let pid = i32::try_from(state["supervisor"]["pid"].as_i64().unwrap()).unwrap();
    kill(Pid::from_raw(pid), Signal::SIGKILL).unwrap();
    platform.nothing_is_left().await;
    platform.up().await;
    assert_eq!(platform.instance("forker").await.state, State::Running);
    platform.down(&DownOptions::default()).await;
    platform.nothing_is_left().await;
}

#[tokio::test]
async fn a_killed_guard_and_supervisor_are_cleaned_up_by_down() {
    let platform = Platform::new(vec![("sleeper", native(&["sleep", "602"]))]);
    platform.up().await;
    let state = std::fs::read_to_string(platform.driver.layout().state()).unwrap();
    let state: serde_json::Value = serde_json::from_str(&state).unwrap();
    let supervisor = state["supervisor"]["pid"].as_i64().unwrap();
    let guard = state["instances"][0]["guard"]["pid"].as_i64().unwrap();
    let sleeps = || {
        let processes = platform.processes();
        processes.iter().any(|line| line.contains("sleep 602"))
    };
    // The guard has started it; the program itself comes a moment later.
    while !sleeps() {
        tokio::task::yield_now().await;
    }
    let [supervisor, guard] = [supervisor, guard].map(|pid| i32::try_from(pid).unwrap());
    for pid in [supervisor, guard] {
        kill(Pid::from_raw(pid), Signal::SIGSTOP).unwrap();
        while !is_stopped(pid) {
            tokio::task::yield_now().await;
        }
    }
    // The guard goes first: a stopped process goes on when its parent dies.
    for pid in [guard, supervisor] {
        kill(Pid::from_raw(pid), Signal::SIGKILL).unwrap();
    }
    assert!(sleeps());
    platform.down(&DownOptions::default()).await;
    platform.nothing_is_left().await;
}

#[tokio::test]
async fn a_program_that_dies_is_started_again() {
    let platform = Platform::new(vec![("sleeper", kept_alive("603"))]);
    platform.up().await;
    is_started_again(&platform).await;
    platform.down(&DownOptions::default()).await;
    platform.nothing_is_left().await;
}

#[tokio::test]
async fn a_platform_outlives_the_binary_that_started_it() {
    let folder = tempfile::tempdir().unwrap();
    let devkit = folder.path().join("devkit");
    std::fs::copy(hidden(), &devkit).unwrap();
    let services = vec![("sleeper", kept_alive("604"))];
    let platform = Platform::with_devkit(services, devkit.clone());
    platform.up().await;
    std::fs::remove_file(devkit).unwrap();
    is_started_again(&platform).await;
    platform.down(&DownOptions::default()).await;
    platform.nothing_is_left().await;
}

/// Whether the kernel has stopped a process, which it does some time after the signal.
fn is_stopped(pid: i32) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    status.lines().any(|line| line.starts_with("State:\tT"))
}

fn kept_alive(seconds: &str) -> Service {
    let mut service = native(&["sleep", seconds]);
    service.restart = Some("always".into());
    service
}

/// Kills the program of the service `sleeper`, and waits until another one runs.
async fn is_started_again(platform: &Platform) {
    let first = platform.instance("sleeper").await;
    let pid = Pid::from_raw(first.process.unwrap().cast_signed());
    kill(pid, Signal::SIGKILL).unwrap();
    let second = loop {
        let now = platform.instance("sleeper").await;
        if now.restarts == 1 && now.state == State::Running {
            break now;
        }
        assert_ne!(
            now.state,
            State::Exited,
            "{:#?}",
            platform.logs("sleeper").await
        );
        tokio::task::yield_now().await;
    };
    assert_ne!(first.process, second.process);
}

#[tokio::test]
async fn a_service_that_only_a_container_can_run_is_refused_by_name() {
    let tool = devkit_compose::model::Service {
        image: Some("dpage/pgadmin4:9".into()),
        ..Default::default()
    };
    let platform = Platform::new(vec![("pgadmin", tool)]);
    let report = platform.up().await;
    let failure = &report.report.failures[0];
    assert_eq!(failure.service, "pgadmin");
    assert_eq!(failure.error.class, Class::Environment);
    assert!(
        failure
            .error
            .diagnostic
            .help
            .iter()
            .any(|help| help.contains("x-devkit"))
    );
    platform.nothing_is_left().await;
}
