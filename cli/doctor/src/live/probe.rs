use std::collections::BTreeSet;
use std::net::SocketAddr;

use devkit_compose::model::Service;
use devkit_runtime::{ExecOptions, Instance, Observed, RuntimeKind};
use futures::StreamExt as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::connect::{in_time, published};
use crate::context::Context;
use crate::report::{Finding, Outcome};
use crate::rule;

/// Tests the published ports from the host, and the drawn connections from inside.
pub(super) async fn check(context: &Context<'_>, observed: &Observed, outcome: &mut Outcome) {
    for (key, service) in &context.project().services {
        let running = observed
            .instances_of(key)
            .into_iter()
            .find(|instance| instance.is_running());
        if let Some(instance) = running {
            ports(context, key, service, instance, outcome).await;
        }
    }
    for (from, to, place) in drawn(context) {
        connection(context, observed, &from, &to, &place, outcome).await;
    }
}

async fn ports(
    context: &Context<'_>,
    key: &str,
    service: &Service,
    instance: &Instance,
    outcome: &mut Outcome,
) {
    for (index, port) in service.ports.iter().enumerate() {
        let Some(address) = published(instance, port.target).filter(|_| port.protocol != "udp")
        else {
            continue;
        };
        let place = context.place(&format!("services.{key}.ports[{index}]"));
        let Err(problem) = speaks(address, Protocol::of(port.target, context, key)).await else {
            outcome.decided(&rule::SILENT_PORT);
            outcome.decided(&rule::DIFFERENT_SPEAKER);
            continue;
        };
        let (rule, message) = match problem {
            Problem::Silent(reason) => (
                &rule::SILENT_PORT,
                format!(
                    "Port {} of `{key}` does not answer: {reason}",
                    address.port()
                ),
            ),
            Problem::Other(protocol) => (
                &rule::DIFFERENT_SPEAKER,
                format!(
                    "What answers on port {} of `{key}` does not speak {protocol}",
                    address.port()
                ),
            ),
        };
        outcome.report(Finding::new(rule, key, message).in_compose(place));
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Protocol {
    Http,
    Postgres,
    Redis,
    Amqp,
    Any,
}

enum Problem {
    Silent(String),
    Other(&'static str),
}

impl Protocol {
    /// The protocol that a well-known port or the document says.
    fn of(target: u16, context: &Context<'_>, key: &str) -> Self {
        let documented = context.pages.iter().find_map(|page| {
            page.document.facts.ports.iter().find_map(|port| {
                let is_it = port.internal == Some(target)
                    && page.services(&port.service).iter().any(|name| name == key);
                port.protocol.as_deref().filter(|_| is_it)
            })
        });
        match (target, documented.map(str::to_lowercase).as_deref()) {
            (_, Some("http")) => Self::Http,
            (_, Some("amqp")) | (5672, _) => Self::Amqp,
            (5432, _) => Self::Postgres,
            (6379, _) => Self::Redis,
            _ => Self::Any,
        }
    }

    fn greeting(self) -> (&'static [u8], &'static str) {
        match self {
            Self::Http => (b"GET / HTTP/1.0\r\n\r\n", "HTTP"),
            // SSLRequest: length 8 and the request code 80877103.
            Self::Postgres => (&[0, 0, 0, 8, 4, 210, 22, 47], "PostgreSQL's protocol"),
            Self::Redis => (b"PING\r\n", "Redis' protocol"),
            Self::Amqp => (b"AMQP\0\0\x09\x01", "AMQP"),
            Self::Any => (b"", ""),
        }
    }

    fn accepts(self, first: u8) -> bool {
        match self {
            Self::Http => first == b'H',
            Self::Postgres => matches!(first, b'S' | b'N'),
            Self::Redis => matches!(first, b'+' | b'-'),
            Self::Amqp => first == 1,
            Self::Any => true,
        }
    }
}

async fn speaks(address: SocketAddr, protocol: Protocol) -> Result<(), Problem> {
    let (greeting, name) = protocol.greeting();
    let first = in_time(async {
        let mut stream = TcpStream::connect(address).await?;
        if greeting.is_empty() {
            return Ok(None);
        }
        stream.write_all(greeting).await?;
        let mut first = [0];
        stream.read_exact(&mut first).await?;
        Ok::<_, std::io::Error>(Some(first[0]))
    })
    .await
    .map_err(Problem::Silent)?;
    match first {
        Some(first) if !protocol.accepts(first) => Err(Problem::Other(name)),
        _ => Ok(()),
    }
}

/// The drawn connections between services, once each, with where they are drawn.
fn drawn(context: &Context<'_>) -> Vec<(String, String, devkit_diagnostic::Location)> {
    let mut seen = BTreeSet::new();
    let mut drawn = Vec::new();
    for page in &context.pages {
        for connection in &page.document.facts.connections {
            let ends = (
                page.names.one(&connection.from),
                page.names.one(&connection.to),
            );
            let (Some(from), Some(to)) = ends else {
                continue;
            };
            let direct = connection.kind == devkit_archdoc::ConnectionKind::Request;
            if direct && from != to && seen.insert((from.clone(), to.clone())) {
                drawn.push((from, to, connection.origin.location()));
            }
        }
    }
    drawn
}

async fn connection(
    context: &Context<'_>,
    observed: &Observed,
    from: &str,
    to: &str,
    place: &devkit_diagnostic::Location,
    outcome: &mut Outcome,
) {
    let running = |key: &str| {
        observed
            .instances_of(key)
            .into_iter()
            .find(|instance| instance.is_running())
    };
    let subject = format!("{from} -> {to}");
    let (Some(source), Some(target)) = (running(from), running(to)) else {
        let reason = format!("`{from}` and `{to}` are not both running");
        outcome.undecided(&rule::UNRESOLVED_PEER, reason.clone());
        outcome.undecided(&rule::REFUSED_PEER, reason);
        return;
    };
    let Some(port) = own_port(context, to) else {
        // A service without a port, such as a worker, is reached by way of others.
        return;
    };
    let answer = match source.runtime {
        RuntimeKind::Docker => from_inside(context, source, to, port).await,
        RuntimeKind::Process => from_here(context, target, port).await,
    };
    let finding = |rule: &'static rule::Rule, message: String| {
        Finding::new(rule, subject.as_str(), message).in_document(place.clone())
    };
    match answer {
        Answer::Reached => {
            outcome.decided(&rule::UNRESOLVED_PEER);
            outcome.decided(&rule::REFUSED_PEER);
        }
        Answer::NoAddress => outcome.report(finding(
            &rule::UNRESOLVED_PEER,
            format!("Inside `{}` the name `{to}` does not resolve", source.name),
        )),
        Answer::Refused => outcome.report(finding(
            &rule::REFUSED_PEER,
            format!(
                "From inside `{}` port {port} of `{to}` cannot be reached",
                source.name
            ),
        )),
        Answer::Unknown(reason) => {
            outcome.undecided(&rule::UNRESOLVED_PEER, reason.clone());
            outcome.undecided(&rule::REFUSED_PEER, reason);
        }
    }
}

fn own_port(context: &Context<'_>, key: &str) -> Option<u16> {
    let service = context.project().services.get(key)?;
    service
        .ports
        .iter()
        .map(|port| port.target)
        .next()
        .or_else(|| service.expose.first()?.split('/').next()?.parse().ok())
}

enum Answer {
    Reached,
    NoAddress,
    Refused,
    Unknown(String),
}

/// Tries what the container has: `getent` for the name; bash, nc, node, python or wget for TCP.
const SCRIPT: &str = r#"
if command -v getent >/dev/null 2>&1; then getent hosts "$1" >/dev/null || exit 10; fi
if command -v bash >/dev/null 2>&1; then timeout 2 bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$1" "$2" 2>/dev/null && exit 0 || exit 11; fi
if command -v nc >/dev/null 2>&1; then nc -z -w 2 "$1" "$2" >/dev/null 2>&1 && exit 0 || exit 11; fi
if command -v node >/dev/null 2>&1; then node -e 'const s=require("net").connect(+process.argv[2],process.argv[1],()=>process.exit(0));s.on("error",()=>process.exit(11));setTimeout(()=>process.exit(11),2000)' "$1" "$2"; exit $?; fi
if command -v python3 >/dev/null 2>&1; then python3 -c 'import socket,sys;socket.create_connection((sys.argv[1],int(sys.argv[2])),2)' "$1" "$2" 2>/dev/null && exit 0 || exit 11; fi
exit 12
"#;

async fn from_inside(context: &Context<'_>, source: &Instance, host: &str, port: u16) -> Answer {
    let Some(driver) = context.inputs.driver else {
        return Answer::Unknown("there is no runtime".to_owned());
    };
    let options = ExecOptions {
        command: ["sh", "-c", SCRIPT, "probe", host, &port.to_string()]
            .map(str::to_owned)
            .to_vec(),
        ..ExecOptions::default()
    };
    let code = in_time(async {
        let mut session = driver.exec(source, &options).await?;
        while session.output.next().await.is_some() {}
        session.control.exit_code().await
    })
    .await;
    match code {
        Ok(0) => Answer::Reached,
        Ok(10) => Answer::NoAddress,
        Ok(11) => Answer::Refused,
        Ok(_) => Answer::Unknown(format!(
            "`{}` has no tool to test connections with",
            source.name
        )),
        Err(reason) => {
            Answer::Unknown(format!("nothing can be run in `{}`: {reason}", source.name))
        }
    }
}

async fn from_here(context: &Context<'_>, target: &Instance, port: u16) -> Answer {
    let endpoint = match context.inputs.driver {
        Some(driver) => driver.endpoint(target, port).await.ok().flatten(),
        None => None,
    };
    let Some(address) = endpoint.or_else(|| published(target, port)) else {
        return Answer::Unknown(format!("where `{}` listens is not known", target.name));
    };
    match in_time(TcpStream::connect(address)).await {
        Ok(_) => Answer::Reached,
        Err(_) => Answer::Refused,
    }
}
