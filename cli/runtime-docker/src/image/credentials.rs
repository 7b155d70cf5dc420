use std::process::Stdio;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bollard::auth::DockerCredentials;
use serde_json::Value;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use crate::ConnectOptions;

/// The registry that a name without one means.
const HUB: &str = "https://index.docker.io/v1/";
/// The user's name that stands for a token, as credential helpers answer it.
const TOKEN: &str = "<token>";

impl ConnectOptions {
    /// What `docker login` kept for the registry of an image: in its file, or with a helper.
    pub(super) async fn credentials(&self, image: &str) -> Option<DockerCredentials> {
        let config = self.json("config.json")?;
        let registry = registry(image);
        let helper = config
            .get("credHelpers")
            .and_then(|helpers| helpers.get(registry))
            .or_else(|| config.get("credsStore"))
            .and_then(Value::as_str);
        if let Some(helper) = helper
            && let Some(credentials) = ask(helper, registry).await
        {
            return Some(credentials);
        }
        read(config.get("auths")?.get(registry)?, registry)
    }
}

/// The entry of a registry in the file: `user:password` in base 64, or a token.
fn read(entry: &Value, registry: &str) -> Option<DockerCredentials> {
    let text = |key: &str| entry.get(key).and_then(Value::as_str).map(str::to_owned);
    let decoded = text("auth").and_then(|auth| {
        let bytes = STANDARD.decode(auth).ok()?;
        let pair = String::from_utf8(bytes).ok()?;
        let (user, password) = pair.split_once(':')?;
        Some((user.to_owned(), password.trim_end_matches('\0').to_owned()))
    });
    let token = text("identitytoken");
    let (username, password) = decoded.unzip();
    (username.is_some() || token.is_some()).then(|| DockerCredentials {
        username,
        password,
        identitytoken: token,
        serveraddress: Some(registry.to_owned()),
        ..DockerCredentials::default()
    })
}

/// Asks a credential helper; one that is missing or knows nothing leaves the pull anonymous.
async fn ask(helper: &str, registry: &str) -> Option<DockerCredentials> {
    let mut child = Command::new(format!("docker-credential-{helper}"))
        .arg("get")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .ok()?;
    child
        .stdin
        .take()?
        .write_all(registry.as_bytes())
        .await
        .ok()?;
    let output = child.wait_with_output().await.ok()?;
    let answer: Value = serde_json::from_slice(&output.stdout).ok()?;
    let text = |key: &str| answer.get(key).and_then(Value::as_str).map(str::to_owned);
    let (username, secret) = (text("Username")?, text("Secret")?);
    let mut credentials = DockerCredentials {
        serveraddress: Some(registry.to_owned()),
        ..DockerCredentials::default()
    };
    if username == TOKEN {
        credentials.identitytoken = Some(secret);
    } else {
        credentials.username = Some(username);
        credentials.password = Some(secret);
    }
    Some(credentials)
}

fn registry(image: &str) -> &str {
    match image.split_once('/') {
        Some((first, _)) if first.contains(['.', ':']) || first == "localhost" => first,
        _ => HUB,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_first_part_is_a_registry_only_with_a_dot_or_port() {
        assert_eq!(registry("postgres:17"), HUB);
        assert_eq!(registry("dpage/pgadmin4:9"), HUB);
        assert_eq!(registry("ghcr.io/a/b"), "ghcr.io");
        assert_eq!(registry("localhost:5000/b"), "localhost:5000");
    }

    #[test]
    fn user_and_password_are_read_from_the_file() {
        let entry = json!({"auth": STANDARD.encode("me:pass:word")});
        let credentials = read(&entry, "ghcr.io").expect("credentials");
        assert_eq!(credentials.username.as_deref(), Some("me"));
        assert_eq!(credentials.password.as_deref(), Some("pass:word"));
        assert!(read(&json!({}), "ghcr.io").is_none());
    }
}
