//! The `state` parameter: an opaque, unguessable name for one sign-in attempt.

use core::fmt;

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

/// The alphabet of base64url (RFC 4648 §5).
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// 32 bytes as 43 characters of base64url without padding. By hand, because an encoder for every alphabet and length costs
/// a page half a kilobyte more.
#[inline(never)]
pub(super) fn base64url(bytes: &[u8; 32]) -> String {
    let mut text = String::new();
    let (mut bits, mut waiting) = (0_u32, 0);
    // Two bits of nothing make the last character whole.
    for byte in bytes.iter().copied().chain([0]) {
        bits = (bits << 8) | u32::from(byte);
        waiting += 8;
        while waiting >= 6 && text.len() < 43 {
            waiting -= 6;
            let sextet = (bits >> waiting) as usize & 63;
            text.push(ALPHABET.get(sextet).copied().unwrap_or_default().into());
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64url;
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    #[test]
    fn a2_base64url_is_what_everybody_else_writes() {
        let mut seed = 7_u32;
        for _ in 0..1000 {
            let bytes = core::array::from_fn(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (seed >> 24) as u8
            });
            assert_eq!(base64url(&bytes), URL_SAFE_NO_PAD.encode(bytes));
        }
        for bytes in [[0; 32], [255; 32]] {
            assert_eq!(base64url(&bytes), URL_SAFE_NO_PAD.encode(bytes));
        }
    }
}
