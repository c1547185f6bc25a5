//! What the backend half answers to the page.

use core::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::failure::Failure;
use crate::protocol::secret::Secret;
use crate::protocol::user::User;

/// An answer as data. Its parts can only be made from a [`User`], scopes and a [`Failure`]; one that holds an access token
/// only [`token_answer`](super::token_answer) makes.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Names in lower case. One `set-cookie` a cookie, so there can be two; and never a CORS header: no other origin may read an answer.
    pub headers: Vec<(&'static str, String)>,
    /// JSON; for a person without JavaScript, HTML; or nothing.
    pub body: Option<String>,
}

/// On every answer (RFC 9700 §4.2.4, §4.16; RFC 6749 §5.1): kept nowhere, read as nothing else than what it says,
/// shown in no frame, and loading nothing should a person open it.
const ALWAYS: [(&str, &str); 5] = [
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// Who is signed in, as the page learns it.
#[derive(Serialize)]
struct SignedIn<'a> {
    user: &'a User,
    scopes: &'a [String],
    #[serde(rename = "returnTo", skip_serializing_if = "Option::is_none")]
    return_to: Option<&'a str>,
}

/// All that a page may ever have of a session's tokens.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Mediated<'a> {
    access_token: &'a str,
    /// Seconds, as in RFC 6749 §5.1: a page's clock may be wrong.
    expires_in: u32,
    scopes: &'a [String],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Refused<'a> {
    error: &'a str,
    hint: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after: Option<u32>,
}

/// Shows the names of the headers and no value: a `set-cookie` signs somebody in, a `location` names a state.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status)
            .field("headers", &self.headers.iter().map(|(name, _)| *name).collect::<Vec<_>>())
            .field("body_bytes", &self.body.as_ref().map(String::len))
            .finish()
    }
}

impl Answer {
    pub(super) fn signed_in(user: &User, scopes: &[String], return_to: Option<&str>) -> Self {
        Self::json(200, &SignedIn { user, scopes, return_to })
    }

    pub(super) fn mediated(access_token: &Secret, expires_in: u32, scopes: &[String]) -> Self {
        Self::json(200, &Mediated { access_token: access_token.expose(), expires_in, scopes })
    }

    /// To X. 303, so that it is asked with `GET` whatever was asked of us.
    pub(super) fn redirect(location: String) -> Self {
        Self { status: 303, ..Self::empty() }.with("location", location)
    }

    /// A page with one `<style>`, which alone is allowed (CSP 3 §6.7.3: by the hash of its text).
    pub(super) fn html(status: u16, style: &str, body: String) -> Self {
        let mut page = Self { status, body: Some(body), ..Self::empty() };
        let hash = STANDARD.encode(Sha256::digest(style));
        for (name, value) in &mut page.headers {
            if *name == "content-security-policy" {
                value.push_str(&format!("; style-src 'sha256-{hash}'"));
            }
        }
        page.with("content-type", "text/html; charset=utf-8".into())
    }

    pub(super) fn empty() -> Self {
        Self { status: 204, headers: ALWAYS.map(|(name, value)| (name, value.into())).into(), body: None }
    }

    pub(super) fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    fn json(status: u16, body: &impl Serialize) -> Self {
        // Serialising structs of text to a string cannot fail.
        let body = serde_json::to_string(body).unwrap_or_default();
        Self { status, body: Some(body), ..Self::empty() }.with("content-type", "application/json".into())
    }
}

impl From<&Failure> for Answer {
    fn from(failure: &Failure) -> Self {
        let mut answer = Self::json(
            failure.status,
            &Refused {
                error: failure.code.as_str(),
                hint: &failure.hint,
                reason: &failure.reason,
                retry_after: failure.retry_after,
            },
        );
        if let Some(seconds) = failure.retry_after {
            answer = answer.with("retry-after", seconds.to_string());
        }
        match failure.allow {
            Some(method) => answer.with("allow", method.into()),
            None => answer,
        }
    }
}
