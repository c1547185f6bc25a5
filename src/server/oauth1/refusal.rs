//! X's refusals of signed requests: numbers, each with one cause.

use serde::Deserialize;

use super::super::failure::{Failure, FailureCode, clean};
use super::super::http::HttpResponse;
use super::super::problem;

/// "Timestamp out of bounds."
pub(super) const TIMESTAMP: u32 = 135;
/// "Invalid or expired token."
pub(super) const TOKEN: u32 = 89;

/// `{"errors":[{"code":32,"message":"Could not authenticate you."}]}`
#[derive(Deserialize)]
struct Body {
    errors: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    code: u32,
    #[serde(default)]
    message: String,
}

fn entry(response: &HttpResponse) -> Option<Entry> {
    response.refusal::<Body>()?.errors.into_iter().next()
}

/// X's number.
pub(super) fn code(response: &HttpResponse) -> Option<u32> {
    entry(response).map(|entry| entry.code)
}

/// What an answer that is no success means; `None` for a success.
pub(super) fn read(response: &HttpResponse, now_seconds: u64) -> Option<Failure> {
    if let Some(failure) = coded(response, now_seconds) {
        return Some(failure);
    }
    match response.status {
        200 => None,
        // X's endpoints of OAuth 1.0a also refuse in XML, or with a bare sentence.
        401 => Some(Failure::new(FailureCode::InvalidClient, AUTHENTICATION).because("401")),
        _ => Some(unreadable(response)),
    }
}

/// The same for an answer that carries a number, or asks to wait.
pub(super) fn coded(response: &HttpResponse, now_seconds: u64) -> Option<Failure> {
    if let Some(failure) = problem::rate_limit(response, now_seconds) {
        return Some(failure);
    }
    let Entry { code, message } = entry(response)?;
    let (failure, hint) = cause(code);
    let failure = match hint {
        "" => {
            let said = clean(&message);
            Failure::new(failure, format!("X refused the request. X says: {said}"))
        }
        hint => Failure::new(failure, hint),
    };
    Some(failure.because(&code.to_string()))
}

pub(super) fn unreadable(response: &HttpResponse) -> Failure {
    problem::unreadable(response)
}

const AUTHENTICATION: &str = "X could not authenticate the request. Check oauth1.consumerKey and oauth1.consumerSecret \
     (\"API Key and Secret\", not the OAuth 2.0 client id), and endpoints.oauth1, which is signed too.";

/// What a number means and what mends it
/// (<https://docs.x.com/fundamentals/authentication/api-reference>; the rest as node-twitter-api-v2 collected them).
const fn cause(code: u32) -> (FailureCode, &'static str) {
    match code {
        32 | 99 => (FailureCode::InvalidClient, AUTHENTICATION),
        63 | 64 => (FailureCode::ProviderError, "X has suspended this account. Its owner can appeal at help.x.com."),
        88 => (FailureCode::RateLimited, "X has had too many requests from this app. Try again later."),
        89 => (FailureCode::InvalidGrant, "The token is expired, used or taken back. Sign in again."),
        135 => (
            FailureCode::ProviderError,
            "The backend's clock is wrong by minutes, and X accepts no signature of another time. Synchronise it (NTP).",
        ),
        215 => (
            FailureCode::InvalidClient,
            "X saw no valid Authorization header. Something between the backend and X may take it away; let it pass.",
        ),
        261 => (
            FailureCode::InvalidClient,
            "The app may not write: console.x.com > User authentication settings > App permissions.",
        ),
        326 => (FailureCode::ProviderError, "X has locked this account. Its owner must sign in at x.com to unlock it."),
        415 => (
            FailureCode::InvalidClient,
            "The callback is not on the app's list. Add it, byte for byte, at console.x.com > User authentication \
             settings > Callback URI.",
        ),
        416 => (FailureCode::InvalidClient, "X has suspended this app. See its notices at console.x.com."),
        417 => (
            FailureCode::InvalidClient,
            "X takes this app for a desktop app, which may only use a PIN. Give it a callback at console.x.com > User \
             authentication settings.",
        ),
        _ => (FailureCode::ProviderError, ""),
    }
}
