//! The request token: the name of a sign-in that X knows and nobody has approved yet (RFC 5849 §2.1).

use super::super::config::ServerConfig;
use super::super::failure::Failure;
use super::super::http::{HttpRequest, HttpResponse, Method};
use super::signed::sign;
use super::{Stamp, TokenPair, refusal, settings};
use crate::protocol::form::Form;

/// The `oauth_callback` of an app that has none: X shows a PIN instead.
pub const OUT_OF_BAND: &str = "oob";

/// Asks for one. `callback` is one of the configured redirect URIs, or [`OUT_OF_BAND`].
///
/// # Errors
/// As for [`signed`](super::signed).
pub fn request(config: &ServerConfig, callback: &str, stamp: Stamp) -> Result<HttpRequest, Failure> {
    let consumer = settings(config)?;
    let level = consumer.access.map(|access| ("x_auth_access_type", access.as_str()));
    let url = consumer.at("/oauth/request_token");
    sign(config, None, Method::Post, &url, level.as_slice(), &[("oauth_callback", callback)], stamp)
}

/// Reads X's answer: a form, which X calls `text/html`.
///
/// # Errors
/// X's refusal by its cause. Also an answer that does not confirm the callback: without that a person could be sent back
/// to somewhere else (RFC 5849 §2.1, §4.11).
pub fn read(response: &HttpResponse, now_seconds: u64) -> Result<TokenPair, Failure> {
    let form = success(response, now_seconds)?;
    if form.only("oauth_callback_confirmed") != Ok(Some("true")) {
        return Err(refusal::unreadable(response).because("oauth_callback_confirmed"));
    }
    TokenPair::from_form(&form).ok_or_else(|| refusal::unreadable(response).because("oauth_token"))
}

/// The form of a success.
pub(super) fn success(response: &HttpResponse, now_seconds: u64) -> Result<Form, Failure> {
    if let Some(failure) = refusal::read(response, now_seconds) {
        return Err(failure);
    }
    response.form().ok_or_else(|| refusal::unreadable(response))
}
