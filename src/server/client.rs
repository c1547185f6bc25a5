//! How the app names itself to X's endpoints of OAuth 2.0.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::config::ServerConfig;
use super::http::{HttpRequest, Method};
use crate::protocol::endpoint::HttpUrl;
use crate::protocol::form;
use crate::protocol::secret::Secret;

/// A form for X, from this app.
///
/// A public client names itself in the body and sends no `Authorization`; a confidential one authenticates with Basic
/// and nothing in the body (RFC 6749 §2.3.1; X answers "Missing valid authorization header" otherwise).
pub(super) fn post(config: &ServerConfig, to: &HttpUrl, fields: &[(&str, &str)]) -> HttpRequest {
    let mut body = String::with_capacity(600);
    for (name, value) in fields {
        form::append(&mut body, name, value);
    }
    let mut headers = vec![
        ("content-type", Secret::new("application/x-www-form-urlencoded".into())),
        ("accept", Secret::new("application/json".into())),
    ];
    match &config.client_secret {
        Some(secret) => headers.push(("authorization", basic(&config.client_id, secret))),
        None => form::append(&mut body, "client_id", &config.client_id),
    }
    HttpRequest { method: Method::Post, url: to.as_str().into(), headers, body: Some(Secret::new(body)) }
}

/// RFC 6749 §2.3.1: id and secret are form-encoded before they are joined, so that a `:` in either stays readable.
fn basic(id: &str, secret: &Secret) -> Secret {
    let mut pair = String::new();
    form::encode(&mut pair, id);
    pair.push(':');
    form::encode(&mut pair, secret.expose());
    Secret::new(["Basic ", &STANDARD.encode(pair)].concat())
}
