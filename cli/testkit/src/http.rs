use std::io::{BufRead, BufReader};
use std::time::Duration;

use serde_json::Value;
use ureq::Agent;
use ureq::http::Response;

/// A small client for the platform's HTTP interfaces.
#[derive(Debug, Clone)]
pub struct Client {
    agent: Agent,
    base: String,
    token: Option<String>,
}

/// What a server answered.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The header `x-cache`, where there is one.
    pub cache: Option<String>,
    /// The body as text.
    pub text: String,
}

impl Answer {
    /// The body as JSON; null where it is none.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }
}

impl Client {
    /// A client for a server such as `http://127.0.0.1:8000`.
    pub fn new(base: impl Into<String>) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(30)))
            .build()
            .into();
        Self {
            agent,
            base: base.into(),
            token: None,
        }
    }

    /// The same client with an access token.
    #[must_use]
    pub fn with_token(mut self, token: &str) -> Self {
        self.token = Some(token.to_owned());
        self
    }

    /// Asks for a path.
    ///
    /// # Panics
    /// When no server answers.
    #[track_caller]
    pub fn get(&self, path: &str) -> Answer {
        let mut request = self.agent.get(format!("{}{path}", self.base));
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        answer(request.call())
    }

    /// Whether a server answers a path with success; nothing listening is a no.
    pub fn answers(&self, path: &str) -> bool {
        let result = self.agent.get(format!("{}{path}", self.base)).call();
        result.is_ok_and(|response| response.status().is_success())
    }

    /// Sends JSON to a path.
    ///
    /// # Panics
    /// When no server answers.
    #[track_caller]
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        let mut request = self.agent.post(format!("{}{path}", self.base));
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        answer(request.send_json(body))
    }

    /// Reads server-sent events until one contains the text, and gives that one.
    ///
    /// # Panics
    /// When the stream ends, or takes more than half a minute, before.
    #[track_caller]
    pub fn event_containing(&self, path: &str, text: &str) -> String {
        let mut request = self.agent.get(format!("{}{path}", self.base));
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let response = request
            .call()
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        let mut seen = Vec::new();
        for line in BufReader::new(response.into_body().into_reader()).lines() {
            let line = line.unwrap_or_else(|error| panic!("{path} after {seen:?}: {error}"));
            if line.contains(text) {
                return line;
            }
            seen.push(line);
        }
        panic!("{path} ended without `{text}`: {seen:?}");
    }
}

#[track_caller]
fn answer(response: Result<Response<ureq::Body>, ureq::Error>) -> Answer {
    let mut response = response.unwrap_or_else(|error| panic!("no answer: {error}"));
    let header = response.headers().get("x-cache");
    Answer {
        status: response.status().as_u16(),
        cache: header
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned),
        text: response.body_mut().read_to_string().unwrap_or_default(),
    }
}
