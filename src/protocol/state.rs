//! The `state` parameter: an opaque, unguessable name for one sign-in attempt.

use core::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::error::{Error, ErrorCode};
use super::ports::{Entropy, random_bytes};

/// X refuses a longer `state` with `invalid_request`
/// (<https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code>, "up to 500 characters").
pub const STATE_MAX: usize = 500;

/// 32 random bytes as base64url: always 43 characters, whatever the host wants to remember (RFC 9700 §4.7.1; that
/// goes into the transaction record).
///
/// Letters, digits, `-` and `_` only, so it also serves as a storage key and as the name of a channel.
#[derive(Clone, PartialEq, Eq)]
pub struct State(String);

impl State {
    /// A fresh state.
    ///
    /// # Errors
    /// `entropy_unavailable` when there is no secure randomness.
    pub fn generate(entropy: &mut impl Entropy) -> Result<Self, Error> {
        random_text(entropy).map(Self)
    }

    /// A state that came from outside, if it could be one of ours.
    pub fn parse(text: &str) -> Option<Self> {
        let ours = text.len() == 43 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        ours.then(|| Self(text.into()))
    }

    /// The 43 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Never shows it: whoever knows the state of a waiting attempt can answer it.
impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("State([redacted])")
    }
}

/// 32 random bytes as 43 characters of base64url without padding.
pub(super) fn random_text(entropy: &mut impl Entropy) -> Result<String, Error> {
    random_bytes(entropy).map(|bytes| base64url(&bytes)).map_err(|_| Error::new(ErrorCode::EntropyUnavailable))
}

/// 32 bytes as 43 characters of base64url without padding.
#[inline(never)]
pub(super) fn base64url(bytes: &[u8; 32]) -> String {
    let mut text = [0_u8; 43];
    // 43 bytes are exactly enough for 32; and what the engine writes is ASCII.
    let written = URL_SAFE_NO_PAD.encode_slice(bytes, &mut text).unwrap_or_default();
    text.iter().take(written).map(|byte| char::from(*byte)).collect()
}
