//! Whom a replay is: a throw-away user, its token, and what services say of their interfaces.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use devkit_runtime::{Instance, Observed};
use serde_json::Value;

use super::exchange::{Answer, Message, send};
use super::filling::{Account, Known, named_fields};
use super::openapi::{BodyForm, Description, USUAL_PATHS};
use super::plan::Opening;
use super::request::Request;
use crate::context::Context;
use crate::live::connect::published;

/// The fields in which services give an access token.
const TOKENS: [&str; 6] = [
    "access_token",
    "accesstoken",
    "token",
    "jwt",
    "id_token",
    "auth_token",
];

/// What is kept from one request to the next.
#[derive(Debug)]
pub(super) struct Session<'a> {
    context: &'a Context<'a>,
    observed: &'a Observed,
    account: Account,
    registered: bool,
    token: Option<String>,
    known: Known,
    descriptions: BTreeMap<String, Option<Description>>,
    left_behind: Vec<String>,
}

impl<'a> Session<'a> {
    /// Nobody yet.
    pub(super) fn new(context: &'a Context<'a>, observed: &'a Observed) -> Self {
        Self {
            context,
            observed,
            account: Account::new(),
            registered: false,
            token: None,
            known: Known::default(),
            descriptions: BTreeMap::new(),
            left_behind: Vec::new(),
        }
    }

    /// What replays wrote and what stays, in words.
    pub(super) fn left_behind(&self) -> &[String] {
        &self.left_behind
    }

    /// Whether requests carry a token.
    pub(super) fn is_logged_in(&self) -> bool {
        self.token.is_some()
    }

    /// A running instance of a service.
    pub(super) fn instance(&self, key: &str) -> Option<&'a Instance> {
        self.observed
            .instances_of(key)
            .into_iter()
            .find(|instance| instance.is_running())
    }

    /// Where a service takes requests: as the host publishes it, or else at its own address.
    pub(super) async fn address(&self, key: &str) -> Option<SocketAddr> {
        let instance = self.instance(key)?;
        let service = self.context.project().services.get(key)?;
        let ports = service.ports.iter().filter(|port| port.protocol != "udp");
        let exposed = service
            .expose
            .iter()
            .filter_map(|port| port.split('/').next()?.parse().ok());
        let mut targets: Vec<u16> = ports.map(|port| port.target).chain(exposed).collect();
        let speaks_http = |target: u16| {
            self.context.pages.iter().any(|page| {
                page.document.facts.ports.iter().any(|port| {
                    let protocol = port.protocol.as_deref().unwrap_or_default();
                    port.internal == Some(target)
                        && protocol.eq_ignore_ascii_case("http")
                        && page.services(&port.service).iter().any(|name| name == key)
                })
            })
        };
        targets.sort_by_key(|target| !speaks_http(*target));
        let target = *targets.first()?;
        if let Some(address) = published(instance, target) {
            return Some(address);
        }
        let driver = self.context.inputs.driver?;
        driver.endpoint(instance, target).await.ok().flatten()
    }

    /// The message that an opening asks for, or why it cannot be made.
    pub(super) async fn message(&mut self, opening: &Opening) -> Result<Message, String> {
        let request = &opening.request;
        let description = self.description(&opening.to).await;
        let form = match &description {
            Some(description) if description.has(request) => description.body(request),
            _ => named_fields(&opening.text),
        };
        let form = form.filter(|_| !request.is_safe());
        let registers = description
            .as_ref()
            .and_then(Description::registration)
            .is_some_and(|registration| registration.agrees(request));
        if registers {
            self.account = Account::new();
            self.registered = true;
            self.note_user(&opening.to);
        } else if form.as_ref().is_some_and(asks_for_password) {
            self.register(&opening.to).await?;
        }
        let path = self.known.path(request).map_err(|parameter| {
            format!("nothing says what to put for `{parameter}` in `{request}`")
        })?;
        Ok(Message {
            method: request.method.clone(),
            path,
            headers: self.authorization(),
            body: form.map(|form| self.known.body(&form, &self.account)),
        })
    }

    /// Keeps what an answer gave, and remembers what was written.
    pub(super) fn learn(&mut self, opening: &Opening, answer: &Answer) {
        if let Some(json) = answer.json() {
            self.known.learn(&json);
            if answer.is_success() && !opening.request.is_safe() {
                self.token = token(&json).or(self.token.take());
            }
        }
        if !opening.request.is_safe() {
            let written = format!("{} at `{}`", opening.request, opening.to);
            if !self.left_behind.contains(&written) {
                self.left_behind.push(written);
            }
        }
    }

    /// Registers the throw-away user and logs it in, where a service says how.
    pub(super) async fn log_in(&mut self, key: &str) -> Result<(), String> {
        self.register(key).await?;
        let request = self
            .description(key)
            .await
            .and_then(|description| description.login())
            .ok_or_else(|| format!("`{key}` does not say how one logs in"))?;
        let answer = self.post(key, &request).await?;
        self.token = answer.json().as_ref().and_then(token);
        if self.is_logged_in() {
            Ok(())
        } else {
            Err(format!("`{request}` of `{key}` gives no token"))
        }
    }

    async fn register(&mut self, key: &str) -> Result<(), String> {
        if self.registered {
            return Ok(());
        }
        let request = self
            .description(key)
            .await
            .and_then(|description| description.registration())
            .ok_or_else(|| format!("`{key}` does not say how one registers"))?;
        self.post(key, &request).await?;
        self.registered = true;
        self.note_user(key);
        Ok(())
    }

    async fn post(&mut self, key: &str, request: &Request) -> Result<Answer, String> {
        let address = self
            .address(key)
            .await
            .ok_or_else(|| format!("`{key}` cannot be reached from here"))?;
        let form = self
            .description(key)
            .await
            .and_then(|description| description.body(request));
        let message = Message {
            method: request.method.clone(),
            path: request.path.clone(),
            headers: Vec::new(),
            body: form.map(|form| self.known.body(&form, &self.account)),
        };
        let answer = send(address, &message).await?;
        if answer.is_success() {
            Ok(answer)
        } else {
            Err(format!("`{request}` of `{key}` answers {}", answer.status))
        }
    }

    async fn description(&mut self, key: &str) -> Option<Description> {
        if !self.descriptions.contains_key(key) {
            let found = match self.address(key).await {
                Some(address) => describe(address).await,
                None => None,
            };
            self.descriptions.insert(key.to_owned(), found);
        }
        self.descriptions.get(key).cloned().flatten()
    }

    fn authorization(&self) -> Vec<(&'static str, String)> {
        let token = self.token.iter();
        token
            .map(|token| ("Authorization", format!("Bearer {token}")))
            .collect()
    }

    fn note_user(&mut self, key: &str) {
        let user = format!("user `{}` at `{key}`", self.account.email);
        self.left_behind.insert(0, user);
    }
}

async fn describe(address: SocketAddr) -> Option<Description> {
    for path in USUAL_PATHS {
        let message = Message {
            method: "GET".to_owned(),
            path: path.to_owned(),
            ..Message::default()
        };
        // Who does not answer at all does not answer to another path either.
        let answer = send(address, &message).await.ok()?;
        if let Some(found) = answer.json().and_then(Description::new) {
            return Some(found);
        }
    }
    None
}

fn asks_for_password(form: &BodyForm) -> bool {
    let mut names = form.fields.keys();
    names.any(|name| name.to_lowercase().contains("password"))
}

/// The access token in an answer, also one level deeper.
fn token(answer: &Value) -> Option<String> {
    let fields = answer.as_object()?;
    let own = TOKENS.iter().find_map(|wanted| {
        fields
            .iter()
            .find(|(name, _)| name.to_lowercase() == *wanted)
            .and_then(|(_, value)| value.as_str())
    });
    own.map(str::to_owned)
        .or_else(|| fields.values().find_map(token))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_token_is_found_where_services_put_it() {
        let found = |value: Value| token(&value);
        assert_eq!(found(json!({ "access_token": "a" })).as_deref(), Some("a"));
        let deeper = json!({ "data": { "accessToken": "b" }, "status": "ok" });
        assert_eq!(found(deeper).as_deref(), Some("b"));
        assert_eq!(found(json!({ "id": "c" })), None);
    }
}
