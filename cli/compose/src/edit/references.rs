use super::file::ComposeFile;
use super::outline::Node;

impl ComposeFile {
    /// Which services the `depends_on` of a service names.
    pub fn dependencies(&self, service: &str) -> Vec<&str> {
        let Some(depends_on) = self
            .service_node(service)
            .and_then(|node| child(node, "depends_on"))
        else {
            return Vec::new();
        };
        match depends_on {
            Node::List(items, _) => items.iter().filter_map(Node::text).collect(),
            Node::Map(pairs, _) => pairs.iter().filter_map(|(key, _)| key.text()).collect(),
            _ => Vec::new(),
        }
    }

    /// Which of the given hosts the `environment` of a service names in an address, such as
    /// `http://api:8000` or `PGADMIN_SERVER_HOST: postgres`.
    pub fn hosts_in_environment<'a>(&self, service: &str, hosts: &[&'a str]) -> Vec<&'a str> {
        let environment = self
            .service_node(service)
            .and_then(|node| child(node, "environment"));
        let values: Vec<&str> = match environment {
            Some(Node::List(items, _)) => items
                .iter()
                .filter_map(|item| Some(item.text()?.split_once('=')?.1))
                .collect(),
            Some(Node::Map(pairs, _)) => {
                pairs.iter().filter_map(|(_, value)| value.text()).collect()
            }
            _ => Vec::new(),
        };
        hosts
            .iter()
            .copied()
            .filter(|host| values.iter().any(|value| names_host(value, host)))
            .collect()
    }

    /// Whether a service is made to run once and end (`restart: "no"`).
    pub fn runs_once(&self, service: &str) -> bool {
        self.service_node(service)
            .and_then(|node| child(node, "restart"))
            .and_then(Node::text)
            == Some("no")
    }

    /// Whether the file defines an anchor.
    pub fn has_anchor(&self, name: &str) -> bool {
        self.text()
            .match_indices('&')
            .any(|(at, _)| self.text()[at + 1..].split_whitespace().next() == Some(name))
    }

    fn service_node(&self, service: &str) -> Option<&Node> {
        child(child(&self.outline.root, "services")?, service)
    }
}

fn child<'a>(node: &'a Node, key: &str) -> Option<&'a Node> {
    let Node::Map(pairs, _) = node else {
        return None;
    };
    pairs
        .iter()
        .find(|(found, _)| found.text() == Some(key))
        .map(|(_, value)| value)
}

fn names_host(value: &str, host: &str) -> bool {
    let authority = value.split_once("://").map_or(value, |(_, rest)| rest);
    let authority = authority.split(['/', '?']).next().unwrap_or(authority);
    let address = authority
        .rsplit_once('@')
        .map_or(authority, |(_, address)| address);
    address.split(':').next() == Some(host)
}
