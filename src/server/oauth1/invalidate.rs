//! Taking an access token back (<https://docs.x.com/fundamentals/authentication/api-reference>,
//! `POST oauth/invalidate_token`).

use super::super::config::ServerConfig;
use super::super::failure::Failure;
use super::super::http::{HttpRequest, HttpResponse, Method};
use super::signed::sign;
use super::{Stamp, TokenPair, refusal, settings};

/// Asks X to forget the token. Delete the session first: a sign-out does not wait for X.
///
/// # Errors
/// As for [`signed`](super::signed).
pub fn request(config: &ServerConfig, token: &TokenPair, stamp: Stamp) -> Result<HttpRequest, Failure> {
    let url = settings(config)?.at("/1.1/oauth/invalidate_token.json");
    sign(config, Some(token), Method::Post, &url, &[], &[], stamp)
}

/// Whether the token is gone: X says so, or knew it no more.
pub fn is_gone(response: &HttpResponse) -> bool {
    response.status == 200 || (response.status == 401 && refusal::code(response) == Some(refusal::TOKEN))
}
