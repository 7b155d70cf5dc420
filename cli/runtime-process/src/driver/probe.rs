use std::net::{Ipv4Addr, SocketAddr};
use std::process::Stdio;
use std::time::{Duration, Instant};

use devkit_catalog::{Recipe, RecipeProtocol};
use devkit_runtime::{HealthTest, ProbeOutcome, Protocol, answers};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::process::Command;
use tokio::time::timeout;

use crate::protocol::Record;

/// Runs a health test as it can be run on the host.
///
/// A backing service is asked in its own protocol, for tests of images name fixed ports.
pub(super) async fn run(record: &Record, test: &HealthTest, recipes: &[Recipe]) -> ProbeOutcome {
    let image = record
        .specification
        .image_name
        .as_deref()
        .unwrap_or_default();
    let before = Instant::now();
    let answered = match recipes.iter().find(|recipe| recipe.stands_for(image)) {
        Some(recipe) => ask(record, recipe).await,
        None => execute(record, test).await,
    };
    ProbeOutcome {
        passed: answered.is_ok(),
        output: answered.unwrap_or_else(|output| output),
        elapsed: before.elapsed(),
    }
}

/// A test that could not be run.
pub(super) fn failed(output: &str) -> ProbeOutcome {
    ProbeOutcome {
        passed: false,
        output: output.to_owned(),
        elapsed: Duration::ZERO,
    }
}

async fn ask(record: &Record, recipe: &Recipe) -> Result<String, String> {
    let target = recipe.port.iter().find_map(|port| port.target);
    let port = target.and_then(|target| record.private_port(target));
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port.ok_or("it has no port")?));
    match recipe.protocol {
        RecipeProtocol::Tcp => {
            TcpStream::connect(address)
                .await
                .map_err(|error| error.to_string())?;
        }
        RecipeProtocol::Postgres => postgres(address).await?,
        RecipeProtocol::Redis => answers(Protocol::Redis, address).await?,
        RecipeProtocol::Amqp => answers(Protocol::Amqp, address).await?,
    }
    Ok(String::new())
}

/// Asks for a session: a server that starts up refuses by code, one that serves asks who it is.
async fn postgres(address: SocketAddr) -> Result<(), String> {
    let conversation = async {
        let mut stream = TcpStream::connect(address).await?;
        let parameters = b"\x00\x03\x00\x00user\x00devkit\x00\x00";
        let length = u32::try_from(parameters.len() + 4).unwrap_or_default();
        stream.write_all(&length.to_be_bytes()).await?;
        stream.write_all(parameters).await?;
        let mut answer = vec![0_u8; 512];
        let length = stream.read(&mut answer).await?;
        answer.truncate(length);
        std::io::Result::Ok(answer)
    };
    let answer = timeout(Duration::from_secs(2), conversation)
        .await
        .map_err(|_| format!("{address} does not answer"))?
        .map_err(|error| format!("{address}: {error}"))?;
    let text = String::from_utf8_lossy(&answer);
    match answer.first() {
        Some(b'R') => Ok(()),
        Some(b'E') if !text.contains("57P03") => Ok(()),
        Some(b'E') => Err("the database system is starting up".to_owned()),
        _ => Err(format!("{address} does not answer as PostgreSQL")),
    }
}

async fn execute(record: &Record, test: &HealthTest) -> Result<String, String> {
    let words: Vec<String> = test
        .command
        .iter()
        .map(|word| with_ports(record, word))
        .collect();
    let (program, arguments) = match words.as_slice() {
        [kind, line] if kind == "CMD-SHELL" => {
            ("/bin/sh".to_owned(), vec!["-c".to_owned(), line.clone()])
        }
        [kind, program, arguments @ ..] if kind == "CMD" => (program.clone(), arguments.to_vec()),
        _ => return Err("the test cannot be read".to_owned()),
    };
    let specification = &record.specification;
    let directory = &specification.program.directory;
    let program = if program.starts_with('.') {
        directory.join(&program).display().to_string()
    } else {
        program
    };
    let mut command = Command::new(&program);
    command
        .args(arguments)
        .current_dir(directory)
        .env_clear()
        .envs(&specification.program.environment)
        .stdin(Stdio::null())
        .kill_on_drop(true);
    for port in &specification.ports {
        for variable in &port.variables {
            command.env(variable, port.private.to_string());
        }
    }
    let output = timeout(test.timeout, command.output())
        .await
        .map_err(|_| format!("no answer within {:?}", test.timeout))?
        .map_err(|error| format!("{program}: {error}"))?;
    let mut said = String::from_utf8_lossy(&output.stdout).into_owned();
    said.push_str(&String::from_utf8_lossy(&output.stderr));
    if output.status.success() {
        Ok(said)
    } else {
        Err(said)
    }
}

/// A word in which the container's own port is the private one.
fn with_ports(record: &Record, word: &str) -> String {
    let mut word = word.to_owned();
    for port in &record.specification.ports {
        let Some(target) = port.target else { continue };
        for host in ["127.0.0.1", "localhost"] {
            let private = format!("127.0.0.1:{}", port.private);
            word = word.replace(&format!("{host}:{target}"), &private);
        }
    }
    word
}
