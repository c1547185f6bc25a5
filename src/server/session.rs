//! A session: what the backend keeps of a sign-in, and the random name that the browser holds.

use core::num::NonZeroU32;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::config::ServerConfig;
use crate::protocol::ports::{Entropy, Refused, random_bytes};
use crate::protocol::secret::Secret;
use crate::protocol::token::Tokens;
use crate::protocol::user::User;
use crate::server::oauth1::AccessToken;

/// How long a session lasts when X does not say how long its token does: as long as X's tokens do
/// (<https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code>, "two hours").
pub const DEFAULT_LIFE_SECONDS: u32 = 7200;

/// 32 random bytes as 43 characters of base64url. Whoever has it is signed in, so it does not print itself.
///
/// A backend without a store has the whole session in the cookie, sealed, behind the id ([`carrying`](Self::carrying)).
#[derive(Clone, Debug)]
pub struct SessionId {
    id: Secret,
    carried: Option<Secret>,
}

impl SessionId {
    /// A fresh id. Every sign-in gets one; an id that a browser brought is never kept (session fixation).
    ///
    /// # Errors
    /// [`Refused`] when there is no secure randomness.
    pub fn generate(entropy: &mut impl Entropy) -> Result<Self, Refused> {
        Ok(Self { id: Secret::new(URL_SAFE_NO_PAD.encode(random_bytes(entropy)?)), carried: None })
    }

    /// An id from a cookie, if it could be one of ours. It goes to the store as a key, so nothing else may pass.
    pub fn parse(text: &str) -> Option<Self> {
        let (id, carried) = text.split_once('.').map_or((text, None), |(id, carried)| (id, Some(carried)));
        let base64url = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        let ours = id.len() == 43 && base64url(id) && carried.is_none_or(base64url);
        let secret = |text: &str| Secret::new(text.into());
        ours.then(|| Self { id: secret(id), carried: carried.map(secret) })
    }

    /// With the sealed session, for the cookie.
    #[must_use]
    pub fn carrying(self, sealed: String) -> Self {
        Self { carried: Some(Secret::new(sealed)), ..self }
    }

    /// The 43 characters, for the store.
    pub fn expose(&self) -> &str {
        self.id.expose()
    }

    /// The sealed session, if the cookie holds it.
    pub fn carried(&self) -> Option<&str> {
        self.carried.as_ref().map(Secret::expose)
    }

    /// The cookie's value.
    pub(super) fn cookie(&self) -> String {
        match &self.carried {
            Some(carried) => [self.id.expose(), ".", carried.expose()].concat(),
            None => self.id.expose().into(),
        }
    }
}

/// A session that a sign-in puts an end to: the one that the browser had before.
#[derive(Clone, Debug)]
pub struct Former {
    /// Its name.
    pub id: SessionId,
    /// When it would end by itself, in milliseconds since the Unix epoch; 0 where a store knows.
    pub ends_at: u64,
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

    /// The same where the host wants another life: for tokens that do not expire, or can be renewed.
    pub fn life_with(&self, config: &ServerConfig) -> u32 {
        let outlives = match &self.credentials {
            Credentials::OAuth2(tokens) => tokens.refresh_token.is_some(),
            Credentials::OAuth1(_) => true,
        };
        config.session_seconds.filter(|_| outlives).map_or_else(|| self.life_seconds(), NonZeroU32::get)
    }

    /// What was granted; OAuth 1.0a knows levels, not scopes.
    pub fn scopes(&self) -> &[String] {
        match &self.credentials {
            Credentials::OAuth2(tokens) => &tokens.scopes,
            Credentials::OAuth1(_) => &[],
        }
    }
}
