use bollard::auth::DockerCredentials;

use crate::ConnectOptions;

/// The registry that a name without one means.
const HUB: &str = "https://index.docker.io/v1/";

impl ConnectOptions {
    /// What `docker login` kept for the registry of an image, where it kept it in its file.
    pub(super) fn credentials(&self, image: &str) -> Option<DockerCredentials> {
        let config = self.json("config.json")?;
        let registry = registry(image);
        let entry = config.get("auths")?.get(registry)?;
        let text = |key: &str| {
            entry
                .get(key)
                .and_then(|value| value.as_str().map(str::to_owned))
        };
        // The engine decodes `auth` itself.
        Some(DockerCredentials {
            auth: text("auth"),
            identitytoken: text("identitytoken"),
            serveraddress: Some(registry.to_owned()),
            ..DockerCredentials::default()
        })
        .filter(|credentials| credentials.auth.is_some() || credentials.identitytoken.is_some())
    }
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

    #[test]
    fn the_first_part_is_a_registry_only_with_a_dot_or_port() {
        assert_eq!(registry("postgres:17"), HUB);
        assert_eq!(registry("dpage/pgadmin4:9"), HUB);
        assert_eq!(registry("ghcr.io/a/b"), "ghcr.io");
        assert_eq!(registry("localhost:5000/b"), "localhost:5000");
    }
}
