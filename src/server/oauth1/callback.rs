//! What comes back from X after a person was asked.

use super::{TokenPair, only, same};
use crate::protocol::form::Form;
use crate::protocol::secret::Secret;

/// The person's answer, for a request token that is still to be recognised.
#[derive(Clone, Debug)]
pub enum Callback {
    /// Approved.
    Approved {
        /// `oauth_token`: the request token.
        token: Secret,
        /// `oauth_verifier`: proof that the person who approved came back.
        verifier: Secret,
    },
    /// Cancelled on X's page.
    Denied {
        /// `denied`: the request token.
        token: Secret,
    },
}

/// Reads the callback's query. A host's own parameters may stand beside X's.
///
/// `None` for anything that is neither an approval nor a refusal, or both; for a parameter that is there twice; and for
/// one that also speaks OAuth 2.0, which no callback of X's does.
pub fn parse(query: &str) -> Option<Callback> {
    let form = Form::parse(query.strip_prefix('?').unwrap_or(query))?;
    if ["code", "state", "error"].into_iter().any(|name| form.has(name)) {
        return None;
    }
    match (form.has("denied"), form.has("oauth_token") || form.has("oauth_verifier")) {
        (true, false) => Some(Callback::Denied { token: only(&form, "denied")? }),
        (false, true) => {
            Some(Callback::Approved { token: only(&form, "oauth_token")?, verifier: only(&form, "oauth_verifier")? })
        }
        _ => None,
    }
}

impl Callback {
    /// The request token that it names.
    pub const fn token(&self) -> &Secret {
        match self {
            Self::Approved { token, .. } | Self::Denied { token } => token,
        }
    }

    /// Whether it answers this request token. Compared in constant time.
    pub fn is_for(&self, request_token: &TokenPair) -> bool {
        same(self.token().expose(), request_token.token.expose())
    }
}
