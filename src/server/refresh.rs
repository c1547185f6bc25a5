//! Fresh tokens for old ones (RFC 6749 §6). Only with the scope `offline.access`.
//!
//! X's refresh tokens work once: each use issues the next and ends the one before. Ask from one place at a time, and store
//! what comes back before anything else is done with it.

use super::client;
use super::config::ServerConfig;
use super::failure::{Failure, FailureCode};
use super::http::{HttpRequest, HttpResponse};
use super::problem;
use crate::protocol::secret::Secret;
use crate::protocol::token::{TokenBody, TokenErrorBody, Tokens};

/// No tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotRefreshed {
    /// Whether X knows the refresh token no more: forget it, and let the person sign in again. Anything else (an outage, a
    /// rate limit, a wrong client secret) says nothing about the token; keep it.
    pub gone: bool,
    /// Why.
    pub failure: Failure,
}

/// Asks for new tokens.
pub fn request(config: &ServerConfig, refresh_token: &Secret) -> HttpRequest {
    let fields = [("grant_type", "refresh_token"), ("refresh_token", refresh_token.expose())];
    client::post(config, &config.token, &fields)
}

/// Reads X's answer. What it leaves out stays as it was `before`: the refresh token (RFC 6749 §6) and the scopes (§5.1).
///
/// # Errors
/// [`NotRefreshed`]. When X did not answer at all there is nothing to read, and the token is to be kept.
pub fn read(
    config: &ServerConfig,
    before: &Tokens,
    response: &HttpResponse,
    now_seconds: u64,
) -> Result<Tokens, NotRefreshed> {
    let kept = |failure| NotRefreshed { gone: false, failure };
    if let Some(failure) = problem::rate_limit(response, now_seconds) {
        return Err(kept(failure));
    }
    if let Some(body) = response.refusal::<TokenErrorBody>().filter(TokenErrorBody::ends_the_grant) {
        let failure = Failure::new(FailureCode::InvalidGrant, "X knows the refresh token no more. Sign in again.")
            .because(body.error());
        return Err(NotRefreshed { gone: true, failure });
    }
    let Some(body) = response.success::<TokenBody>() else {
        return Err(kept(problem::token_refused(config, response)));
    };
    let new =
        Tokens::try_from(body).map_err(|malformed| kept(problem::unreadable(response).because(malformed.as_str())))?;
    Ok(Tokens {
        refresh_token: new.refresh_token.or_else(|| before.refresh_token.clone()),
        scopes: if new.scopes.is_empty() { before.scopes.clone() } else { new.scopes },
        ..new
    })
}
