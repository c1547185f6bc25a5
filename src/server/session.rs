//! A session: what the backend keeps of a sign-in, and the random name that the browser holds.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::protocol::ports::{Entropy, Refused, random_bytes};
use crate::protocol::secret::Secret;
use crate::protocol::token::Tokens;
use crate::protocol::user::User;
use crate::server::oauth1::AccessToken;

/// How long a session lasts when X does not say how long its token does: as long as X's tokens do
/// (<https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code>, "two hours").
pub const DEFAULT_LIFE_SECONDS: u32 = 7200;

/// 32 random bytes as 43 characters of base64url. Whoever has it is signed in, so it does not print itself.
#[derive(Clone, Debug)]
pub struct SessionId(Secret);

impl SessionId {
    /// A fresh id. Every sign-in gets one; an id that a browser brought is never kept (session fixation).
    ///
    /// # Errors
    /// [`Refused`] when there is no secure randomness.
    pub fn generate(entropy: &mut impl Entropy) -> Result<Self, Refused> {
        Ok(Self(Secret::new(URL_SAFE_NO_PAD.encode(random_bytes(entropy)?))))
    }

    /// An id from a cookie, if it could be one of ours. It goes to the store as a key, so nothing else may pass.
    pub fn parse(text: &str) -> Option<Self> {
        let ours = text.len() == 43 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        ours.then(|| Self(Secret::new(text.into())))
    }

    /// The 43 characters, for the store and the cookie.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

/// What the backend stores under a [`SessionId`]. The page sees the person and the scopes, never the tokens.
#[derive(Clone, Debug)]
pub struct Session {
    /// Who.
    pub user: User,
    /// What X gave for asking on the person's behalf.
    pub credentials: Credentials,
}

/// X's tokens, and what they are good for.
#[derive(Clone, Debug)]
pub enum Credentials {
    /// Tokens of OAuth 2.0.
    OAuth2(Tokens),
    /// An access token of OAuth 1.0a, which does not expire.
    OAuth1(AccessToken),
}

impl Session {
    /// How long it lasts, in seconds: as long as the access token, if that says so.
    pub fn life_seconds(&self) -> u32 {
        match &self.credentials {
            Credentials::OAuth2(tokens) => tokens.expires_in.unwrap_or(DEFAULT_LIFE_SECONDS),
            Credentials::OAuth1(_) => DEFAULT_LIFE_SECONDS,
        }
    }

    /// What was granted; OAuth 1.0a knows levels, not scopes.
    pub fn scopes(&self) -> &[String] {
        match &self.credentials {
            Credentials::OAuth2(tokens) => &tokens.scopes,
            Credentials::OAuth1(_) => &[],
        }
    }
}
