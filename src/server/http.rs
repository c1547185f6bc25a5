//! HTTP as data: what to send to X, and what came back.

use core::fmt;

use serde::de::DeserializeOwned;

use crate::protocol::form::Form;
use crate::protocol::secret::Secret;

/// The longest answer of X that is read, in bytes. A token response is under 1 KiB, a profile under 4 KiB.
pub const UPSTREAM_BODY_MAX: usize = 65_536;

/// How long X may take for one answer, in milliseconds.
pub const UPSTREAM_TIMEOUT_MS: u32 = 10_000;

/// The methods that are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// For the profile.
    Get,
    /// For tokens.
    Post,
}

impl Method {
    /// `GET` or `POST`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// A request to X. Its `Debug` shows where it goes and the names of its headers, never their values or the body.
#[derive(Clone)]
pub struct HttpRequest {
    /// How.
    pub method: Method,
    /// Where to: one of the configured endpoints, never an address that a caller sent (RFC 10017 §6.1.3.6).
    pub url: String,
    /// Names in lower case.
    pub headers: Vec<(&'static str, Secret)>,
    /// A form, for [`Method::Post`].
    pub body: Option<Secret>,
}

impl HttpRequest {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.expose())
    }
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpRequest")
            .field("method", &self.method)
            .field("url", &self.url)
            .field("headers", &self.headers.iter().map(|(name, _)| *name).collect::<Vec<_>>())
            .field("body", &self.body.as_ref().map(|_| "[redacted]"))
            .finish()
    }
}

/// An answer of X. Its `Debug` never shows the body, which may hold tokens.
#[derive(Clone, Default)]
pub struct HttpResponse {
    /// The status; 0 for a redirect that the client hides.
    pub status: u16,
    /// `Content-Type`, or empty.
    pub content_type: String,
    /// `x-rate-limit-reset`: seconds since the Unix epoch, or empty.
    pub rate_limit_reset: String,
    /// `Retry-After`, or empty.
    pub retry_after: String,
    /// `Date`, or empty: X's clock, by which OAuth 1.0a corrects ours.
    pub date: String,
    /// The body, at most [`UPSTREAM_BODY_MAX`] bytes.
    pub body: String,
}

impl HttpResponse {
    /// The content of a success. `None` for any other status, and for a body that is too long, cut short, or something
    /// else than JSON: a captive portal or an outage page comes with status 200 too.
    pub(super) fn success<T: DeserializeOwned>(&self) -> Option<T> {
        let named_otherwise = !self.content_type.is_empty() && !is_json(&self.content_type);
        if self.status == 200 && !named_otherwise { self.parse() } else { None }
    }

    /// The content of a refusal. X writes some of them without a content type, so only the text counts.
    pub(super) fn refusal<T: DeserializeOwned>(&self) -> Option<T> {
        if matches!(self.status, 400..=499) { self.parse() } else { None }
    }

    /// The content of a success in form encoding, whatever it is called: X calls it `text/html`.
    pub(super) fn form(&self) -> Option<Form> {
        if self.status == 200 && self.body.len() <= UPSTREAM_BODY_MAX { Form::parse(self.body.trim()) } else { None }
    }

    fn parse<T: DeserializeOwned>(&self) -> Option<T> {
        if self.body.len() > UPSTREAM_BODY_MAX {
            return None;
        }
        // The error is dropped: serde quotes what it did not expect, which may be a token.
        serde_json::from_str(&self.body).ok()
    }

    /// Seconds until X accepts requests again, when it says so.
    pub(super) fn wait_seconds(&self, now_seconds: u64) -> Option<u32> {
        let wait = match self.rate_limit_reset.trim().parse::<u64>() {
            Ok(reset) => reset.saturating_sub(now_seconds).max(1),
            Err(_) => self.retry_after.trim().parse().ok()?,
        };
        u32::try_from(wait).ok()
    }
}

/// `application/json`, or something that ends in `+json` (RFC 6839 §3.1), parameters aside.
pub(super) fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

impl fmt::Debug for HttpResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpResponse")
            .field("status", &self.status)
            .field("content_type", &self.content_type)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{HttpRequest, HttpResponse, Method};
    use crate::protocol::secret::Secret;

    #[test]
    fn g12_debug_shows_no_secret() {
        let secret = |text: &str| Secret::new(text.into());
        let request = HttpRequest {
            method: Method::Post,
            url: "https://api.x.com/2/oauth2/token".into(),
            headers: vec![("authorization", secret("Basic canary"))],
            body: Some(secret("code=canary")),
        };
        let response = HttpResponse { status: 200, body: "{\"access_token\":\"canary\"}".into(), ..Default::default() };
        let shown = format!("{request:?} {response:?}");
        assert!(!shown.contains("canary"), "{shown}");
        assert!(shown.contains("authorization") && shown.contains("/2/oauth2/token"), "{shown}");
    }

    #[test]
    fn g14_wait_is_read_from_either_header() {
        let response = |rate_limit_reset: &str, retry_after: &str| HttpResponse {
            status: 429,
            rate_limit_reset: rate_limit_reset.into(),
            retry_after: retry_after.into(),
            ..Default::default()
        };
        assert_eq!(response("1090", "").wait_seconds(1000), Some(90));
        assert_eq!(response("900", "").wait_seconds(1000), Some(1), "in the past by our clock");
        assert_eq!(response("", "30").wait_seconds(1000), Some(30));
        assert_eq!(response("soon", "Fri, 31 Dec 1999 23:59:59 GMT").wait_seconds(1000), None);
        assert_eq!(response("18446744073709551615", "").wait_seconds(0), None);
    }
}
