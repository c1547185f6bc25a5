//! The backend half as a Rust host uses it: requests in, answers out, no sockets.

mod config;
mod conversation;
mod exchange;
mod held;
mod hints;
mod mediated;
mod oauth1;
mod profile;
mod renewal;
mod sealed;
mod session;

use serde_json::{Value, json};
use sign_in_with_x::protocol::ports::{Entropy, Refused};
use sign_in_with_x::protocol::secret::Secret;
use sign_in_with_x::protocol::token::Tokens;
use sign_in_with_x::server::{Answer, HttpResponse, ServerConfig, ServerOptions, SessionId};

const CALLBACK: &str = "https://app.example/auth/x/callback";
/// RFC 7636 Appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const NOW: u64 = 1_800_000_000;

fn options() -> ServerOptions {
    ServerOptions {
        client_id: "client".into(),
        client_secret: Secret::new(String::new()),
        redirect_uris: vec![CALLBACK.into(), "https://app.example/other".into()],
        origin: "https://app.example".into(),
        base_path: String::new(),
        token_endpoint: String::new(),
        ..ServerOptions::default()
    }
}

fn config() -> ServerConfig {
    ServerConfig::new(&options()).unwrap()
}

fn with_secret(client_id: &str, client_secret: &str) -> ServerConfig {
    let client_secret = Secret::new(client_secret.into());
    ServerConfig::new(&ServerOptions { client_id: client_id.into(), client_secret, ..options() }).unwrap()
}

fn on_this_machine() -> ServerConfig {
    ServerConfig::new(&ServerOptions { origin: "http://127.0.0.1:3000".into(), ..options() }).unwrap()
}

fn body_with(change: impl Fn(&mut Value)) -> String {
    let mut body = json!({
        "code": "canary-code", "codeVerifier": VERIFIER, "redirectUri": CALLBACK, "clientId": "client"
    });
    change(&mut body);
    body.to_string()
}

fn answered(status: u16, body: &str) -> HttpResponse {
    HttpResponse {
        status,
        content_type: "application/json;charset=utf-8".into(),
        body: body.into(),
        ..Default::default()
    }
}

fn granted(scope: &str) -> Tokens {
    let body = json!({ "token_type": "bearer", "access_token": "canary-token", "scope": scope }).to_string();
    sign_in_with_x::server::exchange::tokens(&config(), &answered(200, &body), NOW).unwrap()
}

/// Counts up: every id is another.
struct Counter(u8);

impl Entropy for Counter {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), Refused> {
        self.0 += 1;
        bytes.fill(self.0);
        Ok(())
    }
}

fn session_id() -> SessionId {
    SessionId::generate(&mut Counter(0)).unwrap()
}

fn header<'a>(answer: &'a Answer, name: &str) -> Vec<&'a str> {
    answer.headers.iter().filter(|(known, _)| *known == name).map(|(_, value)| value.as_str()).collect()
}
