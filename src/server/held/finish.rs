//! A sign-in that the backend keeps comes back: by a page of ours that posts it, or by X itself.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::jar::{Kind, Taken, take};
use super::landing::{back, failed};
use crate::protocol::authorization_response::AuthorizationResponse;
use crate::protocol::config::Finish;
use crate::protocol::error::ErrorCode;
use crate::protocol::ports::Entropy;
use crate::protocol::secret::Secret;
use crate::server::answer::Answer;
use crate::server::config::ServerConfig;
use crate::server::exchange::{self, BODY_MAX};
use crate::server::failure::{Failure, FailureCode};
use crate::server::http::HttpRequest;
use crate::server::oauth1::callback::{self, Callback};
use crate::server::oauth1::{Clock, Stamp, TokenPair, access_token};
use crate::server::oauth1::{same, token as token_text};

/// What X is asked next.
#[derive(Clone, Debug)]
pub enum Next {
    /// Send this token request, read it with [`exchange::tokens`], and go on as for a page's own sign-in.
    OAuth2(HttpRequest),
    /// Send [`Verified::request`], and go on with [`access_token::read`] and [`identity`](crate::server::oauth1::identity).
    OAuth1(Verified),
}

/// A request token that a person approved, and the proof of it.
#[derive(Clone, Debug)]
pub struct Verified {
    pair: TokenPair,
    verifier: Secret,
}

impl Verified {
    /// The request for the access token. With another clock, once more after a refusal for the time.
    ///
    /// # Errors
    /// As for [`access_token::request`].
    pub fn request(
        &self,
        config: &ServerConfig,
        clock: Clock,
        entropy: &mut impl Entropy,
    ) -> Result<HttpRequest, Failure> {
        let stamp = Stamp::new(clock, entropy).map_err(|_| Failure::internal())?;
        access_token::request(config, &self.pair, &self.verifier, stamp)
    }
}

/// What `GET callback` brought.
#[derive(Clone, Debug)]
pub enum Arrived {
    /// A sign-in of the backend's: finish it, then answer with [`landed`](super::landed) or [`failed`].
    Ours(Next, Box<Taken>),
    /// One that the person cancelled, or that X refused. Answer so.
    Over(Answer),
    /// None that the backend finishes here. A page may have started it: answer with the host's static callback page.
    NotOurs,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Held {
    code: String,
    state: String,
    redirect_uri: String,
    client_id: String,
    code_verifier: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Approved {
    oauth_token: String,
    oauth_verifier: String,
    state: Option<String>,
}

/// `POST exchange`: a page's own sign-in (with `codeVerifier`), or one of the backend's (with `state`).
///
/// # Errors
/// As for [`exchange::request`]; `invalid_grant` for a state that this browser did not begin, or used.
pub fn exchange(
    config: &ServerConfig,
    body: &str,
    cookies: &str,
    now: u64,
    entropy: &mut impl Entropy,
) -> Result<(HttpRequest, Option<Taken>), Failure> {
    let held = if body.len() > BODY_MAX { None } else { serde_json::from_str::<Held>(body).ok() };
    let Some(held) = held.filter(|held| held.code_verifier.is_none()) else {
        return Ok((exchange::request(config, body)?, None));
    };
    if held.client_id != config.client_id {
        return Err(Failure::new(FailureCode::InvalidRequest, "The page's client id is not the backend's clientId."));
    }
    let taken = take(config, cookies, Kind::OAuth2, &held.state, now, entropy)?.ok_or_else(unknown)?;
    if taken.redirect_uri != held.redirect_uri {
        return Err(unknown());
    }
    let request = exchange::write(config, &held.code, taken.secret.expose(), &taken.redirect_uri)?;
    Ok((request, Some(taken)))
}

/// `POST oauth1/exchange`: what X sent to the static callback page.
///
/// # Errors
/// `invalid_request` for another body; `invalid_grant` for a request token that this browser did not begin, or used, or
/// began for another page's attempt than `state`.
pub fn oauth1(
    config: &ServerConfig,
    body: &str,
    cookies: &str,
    now: u64,
    entropy: &mut impl Entropy,
) -> Result<(Verified, Taken), Failure> {
    if body.len() > BODY_MAX {
        return Err(Failure::too_large());
    }
    let Approved { oauth_token, oauth_verifier, state } = serde_json::from_str(body).map_err(|_| {
        Failure::new(FailureCode::InvalidRequest, "The body must be JSON with oauthToken and oauthVerifier, both text.")
    })?;
    let (Some(token), Some(verifier)) = (token_text(&oauth_token), token_text(&oauth_verifier)) else {
        return Err(Failure::new(FailureCode::InvalidRequest, "The oauthToken or oauthVerifier cannot be one of X's."));
    };
    let taken = take(config, cookies, Kind::OAuth1, token.expose(), now, entropy)?.ok_or_else(unknown)?;
    if !same(taken.page.as_deref().unwrap_or_default(), &state.unwrap_or_default()) {
        return Err(unknown());
    }
    Ok((verified(&taken, token, verifier), taken))
}

/// `GET callback`: X sends the person back here.
pub fn callback(config: &ServerConfig, query: &str, cookies: &str, now: u64, entropy: &mut impl Entropy) -> Arrived {
    arrived(config, query, cookies, now, entropy).unwrap_or(Arrived::NotOurs)
}

fn arrived(config: &ServerConfig, query: &str, cookies: &str, now: u64, entropy: &mut impl Entropy) -> Option<Arrived> {
    if let Some(callback) = callback::parse(query) {
        let taken = take(config, cookies, Kind::OAuth1, callback.token().expose(), now, entropy).ok()??;
        if taken.page.is_some() {
            return None;
        }
        return Some(match callback {
            Callback::Denied { .. } => Arrived::Over(back(&taken)),
            Callback::Approved { token, verifier } => {
                Arrived::Ours(Next::OAuth1(verified(&taken, token, verifier)), taken.into())
            }
        });
    }
    // The page's own parser, so that both take and refuse the same.
    let address = ["?", query.strip_prefix('?').unwrap_or(query)].concat();
    // With a state always: those of OAuth 1.0a went above.
    let response = AuthorizationResponse::parse(&address, Finish::Handoff).ok()?;
    let taken = take(config, cookies, Kind::OAuth2, response.state()?.as_str(), now, entropy).ok()??;
    if taken.page.is_some() {
        return None;
    }
    let failure = match response.code() {
        Ok(code) => match exchange::write(config, code, taken.secret.expose(), &taken.redirect_uri) {
            Ok(request) => return Some(Arrived::Ours(Next::OAuth2(request), taken.into())),
            Err(failure) => failure,
        },
        // A person who presses Cancel has made no mistake (RFC 6749 §4.1.2.1).
        Err(error) if error.code == ErrorCode::Cancelled => return Some(Arrived::Over(back(&taken))),
        Err(error) if error.code == ErrorCode::ProviderError => {
            Failure::new(FailureCode::ProviderError, "X refused the sign-in.").because(error.reason())
        }
        Err(error) => Failure::new(FailureCode::InvalidRequest, "The callback is none of X's.").because(error.reason()),
    };
    Some(Arrived::Over(failed(&failure, &taken)))
}

fn verified(taken: &Taken, token: Secret, verifier: Secret) -> Verified {
    Verified { pair: TokenPair { token, secret: taken.secret.clone() }, verifier }
}

/// The refusal of a sign-in that this browser did not begin, or that is over; also for a [`Taken::name`] that a host has
/// seen before.
pub fn unknown() -> Failure {
    Failure::new(
        FailureCode::InvalidGrant,
        "This browser began no such sign-in, or it is over: it lives for ten minutes and works once. Sign in again.",
    )
}
