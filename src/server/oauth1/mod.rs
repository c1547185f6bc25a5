//! OAuth 1.0a, "Log in with X" (RFC 5849; <https://docs.x.com/fundamentals/authentication/guides/log-in-with-x>). Here
//! only: every step is signed with a secret that no page may have.
//!
//! 1. [`request_token::request`] → send → [`request_token::read`]: a token that the person will approve.
//! 2. [`address::approval`]: where the person approves it.
//! 3. [`callback::parse`] what comes back, and [`callback::Callback::is_for`] the token that was kept; or
//!    [`access_token::pin`] for an app without a callback.
//! 4. [`access_token::request`] → send → [`access_token::read`]: the tokens, which do not expire.
//! 5. [`identity::request`] → send → [`identity::read`]: the person.
//! 6. [`invalidate::request`] → send: when the person takes it back here.
//!
//! Every request takes a [`Stamp`], made of a [`Clock`] and fresh randomness. When X's answer says that the clock is
//! wrong, [`Clock::corrected_by`] gives the one to try again with; once, because that one cannot be corrected again.

pub mod access_token;
pub mod address;
pub mod callback;
mod clock;
pub mod identity;
pub mod invalidate;
mod refusal;
pub mod request_token;
pub mod signature;
mod signed;

pub use access_token::AccessToken;
pub use clock::Clock;
pub use signed::{Stamp, signed};

use subtle::ConstantTimeEq as _;

use super::config::{OAuth1, ServerConfig};
use super::failure::{Failure, FailureCode};
use crate::protocol::form::Form;
use crate::protocol::secret::Secret;

/// The longest token, secret or verifier that is taken, in bytes. X's are around 50.
const TOKEN_MAX: usize = 512;

/// A token with its secret: a request token's or an access token's. X names no life for either; an access token lasts
/// until it is taken back.
#[derive(Clone, Debug)]
pub struct TokenPair {
    /// `oauth_token`.
    pub token: Secret,
    /// `oauth_token_secret`. It signs, and never travels.
    pub secret: Secret,
}

impl TokenPair {
    /// Reads both from an answer in form encoding. `None` when one is missing, repeated or cannot be a token.
    fn from_form(form: &Form) -> Option<Self> {
        Some(Self { token: only(form, "oauth_token")?, secret: only(form, "oauth_token_secret")? })
    }
}

/// Whether two texts are the same, in a time that does not tell where they differ.
pub(super) fn same(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

/// The value of a name that is there once and could be a token.
fn only(form: &Form, name: &str) -> Option<Secret> {
    form.only(name).ok()?.and_then(token)
}

/// A text that could be one of X's tokens or verifiers.
pub(super) fn token(text: &str) -> Option<Secret> {
    let fits = (1..=TOKEN_MAX).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
    fits.then(|| Secret::new(text.into()))
}

/// The host's consumer key and what belongs to it.
fn settings(config: &ServerConfig) -> Result<&OAuth1, Failure> {
    config.oauth1.as_ref().ok_or_else(|| Failure {
        status: 404,
        ..Failure::new(FailureCode::InvalidRequest, "This backend does not speak OAuth 1.0a. Give it `oauth1`.")
    })
}
