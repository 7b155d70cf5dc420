use bollard::models::SystemVersion;

/// What the engine is able to do, by what it says of itself.
///
/// The client library never puts a version on the wire and cannot be asked, so this is the only
/// place from which features are decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capabilities {
    /// The newest API version that the engine speaks, such as (1, 41).
    pub api: (u32, u32),
    /// The engine's own version, such as `20.10.24`.
    pub engine: String,
    /// The operating system that containers run on.
    pub operating_system: String,
    /// Whether the engine runs in a virtual machine of Docker Desktop.
    pub desktop: bool,
}

impl Capabilities {
    /// The oldest API version that devkit works with.
    pub const OLDEST: (u32, u32) = (1, 41);

    pub(crate) fn read(version: SystemVersion) -> Self {
        let platform = version.platform.map(|platform| platform.name);
        Self {
            api: parse(version.api_version.as_deref().unwrap_or_default()),
            engine: version.version.unwrap_or_default(),
            operating_system: version.os.unwrap_or_default(),
            desktop: platform.is_some_and(|name| name.contains("Desktop")),
        }
    }

    /// Whether a container can be created on several networks at once.
    pub fn several_networks_at_create(&self) -> bool {
        self.api >= (1, 44)
    }

    /// Whether the engine tests more often while a container starts.
    pub fn start_interval(&self) -> bool {
        self.api >= (1, 44)
    }
}

fn parse(version: &str) -> (u32, u32) {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_follow_the_version() {
        let engine = |api: &str| {
            Capabilities::read(SystemVersion {
                api_version: Some(api.into()),
                ..SystemVersion::default()
            })
        };
        assert!(!engine("1.41").several_networks_at_create());
        assert!(engine("1.44").several_networks_at_create());
        assert!(engine("1.100").start_interval());
    }
}
