//! A session that its cookie carries: for a backend without a store. Sealed behind the session's name, and bound to it.

use serde::{Deserialize, Serialize};

use super::config::ServerConfig;
use super::cookie;
use super::failure::Failure;
use super::oauth1::{AccessToken, TokenPair};
use super::sealed::{self, Binding, Purpose};
use super::session::{Credentials, Former, Session, SessionId};
use crate::protocol::ports::Entropy;
use crate::protocol::secret::Secret;
use crate::protocol::token::Tokens;
use crate::protocol::user::User;

/// A session as it was sealed.
#[derive(Clone, Debug)]
pub struct Carried {
    /// Who, and X's tokens; `expires_in` is counted from now. A refresh token is in it to be taken back when the session ends,
    /// never to be used: it works once, and there are copies of cookies.
    pub session: Session,
    /// When it ends, in milliseconds since the Unix epoch. For [`Spent`](super::Spent), where sign-outs are remembered.
    pub ends_at: u64,
}

/// A session as it is written, and as JavaScript has it.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SessionData {
    pub(super) user: UserData,
    pub(super) scopes: Vec<String>,
    pub(super) access_token: String,
    /// Of OAuth 1.0a.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) access_token_secret: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) refresh_token: Option<String>,
    /// Milliseconds since the Unix epoch, as JavaScript counts.
    pub(super) expires_at: u64,
    /// The same. Missing where the token does not expire.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) access_token_expires_at: Option<u64>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct UserData {
    pub(super) id: String,
    pub(super) username: String,
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) profile_image_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) email: Option<String>,
}

/// The session that a cookie carries. `None` when it carries none, when it does not open under this name, and when it is over.
/// A host that remembers sign-outs has to look there as well.
pub fn open(config: &ServerConfig, id: &SessionId, now_seconds: u64) -> Option<Carried> {
    let data = data(config, id.expose(), id.carried()?, now_seconds)?;
    let ends_at = data.expires_at;
    Some(Carried { session: data.session(now_seconds), ends_at })
}

/// The same as it was written.
pub(super) fn data(config: &ServerConfig, id: &str, text: &str, now: u64) -> Option<SessionData> {
    serde_json::from_slice(&sealed::open(config.secrets()?, &binding(config, id), text, now)?).ok()
}

/// Names a session and seals it behind its name. What it is used as from here on is without a refresh token: that works
/// once, and is lost when two requests bring the same cookie.
pub(super) fn seal(
    config: &ServerConfig,
    mut session: Session,
    now: u64,
    entropy: &mut impl Entropy,
) -> Result<(Former, Session), Failure> {
    let id = SessionId::generate(entropy).map_err(|_| Failure::internal())?;
    let unused = match &mut session.credentials {
        Credentials::OAuth2(tokens) => tokens.refresh_token.take(),
        Credentials::OAuth1(_) => None,
    };
    let life = session.life_with(config);
    let mut data = SessionData::new(session.clone(), life, now);
    data.refresh_token = unused.map(|token| token.expose().into());
    let secrets = config.secrets().ok_or_else(Failure::internal)?;
    // Serialising structs of text cannot fail.
    let bytes = serde_json::to_vec(&data).unwrap_or_default();
    let until = now.saturating_add(life.into());
    let text = sealed::seal(secrets, &binding(config, id.expose()), &bytes, until, entropy);
    let id = id.carrying(text.map_err(|_| Failure::no_room())?);
    if !cookie::fits(config, &id) {
        return Err(Failure::no_room());
    }
    Ok((Former { id, ends_at: data.expires_at }, session))
}

fn binding<'a>(config: &'a ServerConfig, id: &'a str) -> Binding<'a> {
    Binding { purpose: Purpose::Session, name: id, origin: config.origin.as_str(), client: &config.client_id }
}

impl SessionData {
    /// A session that lives for so many seconds from `now`.
    pub(super) fn new(session: Session, life_seconds: u32, now: u64) -> Self {
        let after = |seconds: u32| now.saturating_add(seconds.into()).saturating_mul(1000);
        let (token_life, expires_at) = (session.life_seconds(), after(life_seconds));
        let User { id, username, name, profile_image_url, email } = session.user;
        let user = UserData { id, username, name, profile_image_url, email };
        let text = |secret: &Secret| secret.expose().to_owned();
        match session.credentials {
            Credentials::OAuth2(tokens) => Self {
                user,
                access_token: text(&tokens.access_token),
                access_token_secret: None,
                refresh_token: tokens.refresh_token.as_ref().map(text),
                scopes: tokens.scopes,
                access_token_expires_at: Some(after(token_life)),
                expires_at,
            },
            Credentials::OAuth1(AccessToken { pair, .. }) => Self {
                user,
                access_token: text(&pair.token),
                access_token_secret: Some(text(&pair.secret)),
                refresh_token: None,
                scopes: Vec::new(),
                access_token_expires_at: None,
                expires_at,
            },
        }
    }

    fn session(self, now: u64) -> Session {
        let UserData { id, username, name, profile_image_url, email } = self.user;
        let access_token = Secret::new(self.access_token);
        let credentials = match self.access_token_secret {
            Some(secret) => Credentials::OAuth1(AccessToken {
                pair: TokenPair { token: access_token, secret: Secret::new(secret) },
                user_id: Some(id.clone()),
                screen_name: Some(username.clone()),
            }),
            None => Credentials::OAuth2(Tokens {
                access_token,
                refresh_token: self.refresh_token.map(Secret::new),
                expires_in: self.access_token_expires_at.map(|at| left(at, now)),
                scopes: self.scopes,
            }),
        };
        Session { user: User { id, username, name, profile_image_url, email }, credentials }
    }
}

/// The seconds from `now` to a moment in milliseconds.
fn left(at: u64, now: u64) -> u32 {
    u32::try_from((at / 1000).saturating_sub(now)).unwrap_or(u32::MAX)
}
