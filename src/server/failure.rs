//! Every way the backend half can say no, as one table of stable codes.

use core::fmt;

/// What went wrong; the `error` of the answer's JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FailureCode {
    /// The page sent something that no page of ours sends, or asked for a path or method that is not there.
    InvalidRequest,
    /// The request does not come from the host's own page.
    Forbidden,
    /// Nobody is signed in, and the answer is only for somebody who is.
    LoginRequired,
    /// The session's token is none that a page can have.
    UnsupportedTokenType,
    /// X refused the code: expired, used, or with another verifier or callback. Sign in again.
    InvalidGrant,
    /// X refused the app: its type and its secret do not match.
    InvalidClient,
    /// X asks to wait.
    RateLimited,
    /// Anything else that X said.
    ProviderError,
    /// X did not answer.
    UpstreamUnreachable,
    /// The host's own session store or environment failed.
    Internal,
}

impl FailureCode {
    /// Every code, in the order of the documentation.
    pub const ALL: [Self; 10] = [
        Self::InvalidRequest,
        Self::Forbidden,
        Self::LoginRequired,
        Self::UnsupportedTokenType,
        Self::InvalidGrant,
        Self::InvalidClient,
        Self::RateLimited,
        Self::ProviderError,
        Self::UpstreamUnreachable,
        Self::Internal,
    ];

    /// The code's text, such as `invalid_grant`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::Forbidden => "forbidden",
            Self::LoginRequired => "login_required",
            Self::UnsupportedTokenType => "unsupported_token_type",
            Self::InvalidGrant => "invalid_grant",
            Self::InvalidClient => "invalid_client",
            Self::RateLimited => "rate_limited",
            Self::ProviderError => "provider_error",
            Self::UpstreamUnreachable => "upstream_unreachable",
            Self::Internal => "internal",
        }
    }

    const fn status(self) -> u16 {
        match self {
            Self::InvalidRequest | Self::InvalidGrant => 400,
            Self::LoginRequired => 401,
            Self::Forbidden => 403,
            Self::UnsupportedTokenType => 409,
            Self::RateLimited => 429,
            Self::InvalidClient | Self::ProviderError | Self::UpstreamUnreachable => 502,
            Self::Internal => 500,
        }
    }
}

/// A refusal, ready to be answered and to be logged: it holds fixed sentences and what X said about itself, with
/// everything that could be a token cut out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong.
    pub code: FailureCode,
    /// The HTTP status of the answer.
    pub status: u16,
    /// What to do about it, for the developer.
    pub hint: String,
    /// X's own word for it, such as `client-not-enrolled`; empty when there is none.
    pub reason: String,
    /// Seconds to wait, for [`FailureCode::RateLimited`].
    pub retry_after: Option<u32>,
    /// The method that is allowed, for status 405.
    pub allow: Option<&'static str>,
}

impl Failure {
    /// A failure with the status of its code.
    pub fn new(code: FailureCode, hint: impl Into<String>) -> Self {
        Self { code, status: code.status(), hint: hint.into(), reason: String::new(), retry_after: None, allow: None }
    }

    /// The path is none of ours, or the options do not open it: `why` says which.
    pub(super) fn not_found(why: impl Into<String>) -> Self {
        Self { status: 404, ..Self::new(FailureCode::InvalidRequest, why) }
    }

    /// Nobody is signed in. Without `WWW-Authenticate`: no registered scheme means a cookie.
    pub fn login_required() -> Self {
        Self::new(FailureCode::LoginRequired, "Nobody is signed in here, or no longer. Sign in first.")
    }

    /// A token of OAuth 1.0a is of no use without its secret.
    pub fn signs_with_a_secret() -> Self {
        Self::new(
            FailureCode::UnsupportedTokenType,
            "This session began by OAuth 1.0a. Its token works only with a secret, which never leaves the backend. \
             Sign in by OAuth 2.0.",
        )
    }

    /// X did not answer in time.
    pub fn timeout() -> Self {
        Self { status: 504, ..Self::new(FailureCode::UpstreamUnreachable, "X did not answer in time. Try again.") }
    }

    /// X could not be reached at all.
    pub fn unreachable() -> Self {
        Self::new(FailureCode::UpstreamUnreachable, "The backend could not reach X. Check its network and try again.")
    }

    /// The host's session store, or its randomness, failed.
    pub fn internal() -> Self {
        Self::new(FailureCode::Internal, "The backend could not keep or read the session. See its session store.")
    }

    /// The session is longer than a cookie may be, and there is no store.
    pub fn no_room() -> Self {
        Self::new(FailureCode::Internal, "The session does not fit in a cookie. Give the backend a store: `sessions`.")
    }

    /// The page's request is longer than [`exchange::BODY_MAX`](super::exchange::BODY_MAX).
    pub fn too_large() -> Self {
        Self { status: 413, ..Self::new(FailureCode::InvalidRequest, "The request's body is too long.") }
    }

    /// The page's request ended before its body did.
    pub fn broken_off() -> Self {
        Self::new(FailureCode::InvalidRequest, "The request's body did not come as a whole.")
    }

    /// This client had X asked too often ([`Rate`](super::Rate)).
    pub fn too_often(seconds: u32) -> Self {
        Self {
            retry_after: Some(seconds),
            ..Self::new(FailureCode::RateLimited, "There were too many sign-ins from this address. Try again later.")
        }
        .because("client")
    }

    /// A prefetch or a prerender asked for something that only a person may begin. 425 (RFC 8470 §5.2): no browser keeps
    /// an answer that is no 2xx for the click that may follow.
    pub fn too_early() -> Self {
        Self {
            status: 425,
            ..Self::new(FailureCode::InvalidRequest, "A sign-in begins with a click, not with a prefetch.")
        }
    }

    pub(super) fn because(self, reason: &str) -> Self {
        Self { reason: clean(reason), ..self }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.as_str(), self.hint)
    }
}

impl core::error::Error for Failure {}

/// The longest text of X that is passed on, in characters.
const TEXT_MAX: usize = 200;

/// A word of this length could be a code, a token or a secret (X's are over 40 characters).
const WORD_MAX: usize = 30;

/// A stranger's text made fit to be passed on: no control characters, no word that could be a secret, not too long.
pub(super) fn clean(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let kept: Vec<&str> = words.map(|word| if word.chars().count() > WORD_MAX { "…" } else { word }).collect();
    kept.join(" ").chars().take(TEXT_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::{FailureCode, TEXT_MAX, clean};

    #[test]
    fn every_code_has_its_own_text_and_a_failing_status() {
        for (index, code) in FailureCode::ALL.iter().enumerate() {
            assert!(code.status() >= 400);
            assert!(FailureCode::ALL.iter().skip(index + 1).all(|other| other.as_str() != code.as_str()));
        }
    }

    #[test]
    fn g12_strangers_words_lose_what_could_be_a_secret() {
        assert_eq!(clean("Missing valid authorization header"), "Missing valid authorization header");
        assert_eq!(clean("the code VGpkOEZGR3FQVGpkOEZGR3FQVGpkOEZGR3FQ is\u{7}\n bad"), "the code … is bad");
        assert_eq!(clean(&"é ".repeat(500)).chars().count(), TEXT_MAX);
    }
}
