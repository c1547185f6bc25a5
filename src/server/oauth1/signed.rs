//! A signed request, with its `Authorization` header (RFC 5849 §3.5.1).

use super::super::config::ServerConfig;
use super::super::failure::Failure;
use super::super::http::{HttpRequest, Method};
use super::signature::{base_string, encoded, signature};
use super::{Clock, TokenPair, settings};
use crate::protocol::form;
use crate::protocol::ports::{Entropy, Refused, random_bytes};
use crate::protocol::secret::Secret;
use crate::protocol::text::digits;

/// What makes a request unlike any other: a nonce and a time (RFC 5849 §3.3). Used up by one request.
#[derive(Debug)]
pub struct Stamp {
    nonce: String,
    timestamp: u64,
}

impl Stamp {
    /// A fresh one: 32 random bytes as letters and digits, which X asks a nonce to be made of.
    ///
    /// # Errors
    /// [`Refused`] when there is no secure randomness.
    pub fn new(clock: Clock, entropy: &mut impl Entropy) -> Result<Self, Refused> {
        let nonce = random_bytes(entropy)?.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { nonce, timestamp: clock.seconds() })
    }
}

/// Signs any request to X's API. `fields` are the form body's, for [`Method::Post`]; a query is read from `url`, which must hold every
/// parameter that it is sent with. `token` is missing only where one is asked for.
///
/// # Errors
/// [`FailureCode::Internal`](super::super::FailureCode::Internal) when the address is none or a `GET` has fields, and `invalid_request` for a
/// backend that was not given `oauth1`.
pub fn signed(
    config: &ServerConfig,
    token: Option<&TokenPair>,
    method: Method,
    url: &str,
    fields: &[(&str, &str)],
    stamp: Stamp,
) -> Result<HttpRequest, Failure> {
    sign(config, token, method, url, fields, &[], stamp)
}

/// The same with parameters of the protocol that travel in the header beside the usual ones.
pub(super) fn sign(
    config: &ServerConfig,
    token: Option<&TokenPair>,
    method: Method,
    url: &str,
    fields: &[(&str, &str)],
    extra: &[(&str, &str)],
    stamp: Stamp,
) -> Result<HttpRequest, Failure> {
    let consumer = settings(config)?;
    if method == Method::Get && !fields.is_empty() {
        // They would be signed and never sent.
        return Err(Failure::internal());
    }
    let timestamp = digits(stamp.timestamp);
    let mut header = vec![
        ("oauth_consumer_key", consumer.key.as_str()),
        ("oauth_nonce", &stamp.nonce),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", &timestamp),
        ("oauth_version", "1.0"),
    ];
    header.extend_from_slice(extra);
    let no_secret = Secret::new(String::new());
    let secret = token.map_or(&no_secret, |pair| {
        header.push(("oauth_token", pair.token.expose()));
        &pair.secret
    });
    let everything: Vec<(&str, &str)> = header.iter().chain(fields).copied().collect();
    let signature = base_string(method.as_str(), url, &everything)
        .and_then(|base| signature(&base, &consumer.secret, secret))
        .ok_or_else(Failure::internal)?;
    header.push(("oauth_signature", &signature));
    header.sort_unstable();

    let mut headers = vec![("authorization", authorization(&header)), ("accept", Secret::new("*/*".into()))];
    let mut body = None;
    if method == Method::Post {
        let mut text = String::new();
        for (name, value) in fields {
            form::append(&mut text, name, value);
        }
        headers.push(("content-type", Secret::new("application/x-www-form-urlencoded".into())));
        body = Some(Secret::new(text));
    }
    Ok(HttpRequest { method, url: url.into(), headers, body })
}

fn authorization(parameters: &[(&str, &str)]) -> Secret {
    let listed: Vec<String> = parameters.iter().map(|(name, value)| format!("{name}=\"{}\"", encoded(value))).collect();
    Secret::new(["OAuth ", &listed.join(", ")].concat())
}
