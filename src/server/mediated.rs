//! A token-mediating backend (RFC 10017 §6.2), for hosts that ask for it: the page gets the access token, and the backend
//! keeps all that outlives it.
//!
//! It is the second best pattern of the RFC: a script that is injected into the page gets what the page gets (§5.1.1, §5.1.2).

use super::answer::Answer;
use super::config::ServerConfig;
use super::failure::Failure;
use super::session::Credentials;

pub(super) const CLOSED: &str = "This path needs the option `tokenMediating`.";

/// The answer to "the access token, please", for what the session has, if there is one. `expires_in` is how many seconds
/// its token is good for still.
///
/// A host that did not ask for this has no such answer, whatever it hands over.
pub fn token_answer(config: &ServerConfig, credentials: Option<&Credentials>, expires_in: u32) -> Answer {
    let failure = match credentials {
        _ if !config.token_mediating => Failure::not_found(CLOSED),
        Some(Credentials::OAuth1(_)) => Failure::signs_with_a_secret(),
        Some(Credentials::OAuth2(tokens)) if expires_in > 0 => {
            return Answer::mediated(&tokens.access_token, expires_in, &tokens.scopes);
        }
        _ => Failure::login_required(),
    };
    Answer::from(&failure)
}
