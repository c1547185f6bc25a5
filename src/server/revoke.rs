//! Taking tokens back (RFC 7009; <https://docs.x.com/fundamentals/authentication/oauth-2-0/user-access-token>, step 6).
//!
//! A sign-out does not wait for it: delete the session first, answer, and then ask X. It ends these tokens, not the app's
//! place among the person's connected apps.

use super::client;
use super::config::ServerConfig;
use super::http::{HttpRequest, HttpResponse};
use crate::protocol::token::Tokens;

/// Which of the two tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The access token.
    Access,
    /// The refresh token.
    Refresh,
}

impl Kind {
    const fn hint(self) -> &'static str {
        match self {
            Self::Access => "access_token",
            Self::Refresh => "refresh_token",
        }
    }
}

/// What became of it. None of this is for the person, who is signed out all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revoked {
    /// Gone, or never known: X answers both alike (RFC 7009 §2.2).
    Done,
    /// X is out of order (RFC 7009 §2.2.1) or asks to wait; ask again later.
    Later,
    /// X refused, and will again.
    Refused,
}

/// The requests for all the tokens there are: the refresh token first, because it makes others.
pub fn requests(config: &ServerConfig, tokens: &Tokens) -> Vec<HttpRequest> {
    let refresh = tokens.refresh_token.as_ref().map(|token| (Kind::Refresh, token));
    let each = refresh.into_iter().chain([(Kind::Access, &tokens.access_token)]);
    each.map(|(kind, token)| {
        client::post(config, &config.revoke, &[("token", token.expose()), ("token_type_hint", kind.hint())])
    })
    .collect()
}

/// Reads an answer.
pub const fn read(response: &HttpResponse) -> Revoked {
    match response.status {
        200 => Revoked::Done,
        408 | 429 | 500..=599 => Revoked::Later,
        _ => Revoked::Refused,
    }
}
