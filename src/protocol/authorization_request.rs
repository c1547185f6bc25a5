//! The authorization request: the address a person is sent to (RFC 6749 §4.1.1, RFC 7636 §4.3).

use super::config::{Config, Finish};
use super::error::{Error, ErrorCode};
use super::form;
use super::pkce::CODE_CHALLENGE_METHOD;
use super::state::State;
use super::text::{has, joined, pieces};

/// Names that belong to the protocol, in the order they are sent; the others are never sent. An extra parameter of one of these names is refused, never merged: a second
/// `redirect_uri` or `scope` is how CVE-2025-67716 worked. `request` and `request_uri` (RFC 9101) would replace all.
pub const RESERVED: &str = "response_type client_id redirect_uri scope state code_challenge code_challenge_method \
    response_mode request request_uri code code_verifier";

/// Builds the address. Where the backend begins the sign-in that is the backend's, which is told this page's name for it.
/// Otherwise it is X's: parameters come in X's documented order, spaces as `%20`; extra ones follow in the host's order.
///
/// # Errors
/// `invalid_config` with the reason `secret` for a name that could carry one, and `params` when an extra name is empty, reserved (in any case), or repeated.
pub fn authorization_url(
    config: &Config<'_>,
    state: &State,
    code_challenge: &str,
    extra: &[(&str, &str)],
) -> Result<String, Error> {
    let mut query = String::new();
    let values = [
        "code",
        config.client_id,
        config.redirect_uri.as_str(),
        &config.scope,
        state.as_str(),
        code_challenge,
        CODE_CHALLENGE_METHOD,
    ];
    let at = match config.finish {
        Finish::Start(at) => {
            form::append_all(&mut query, "redirect_uri state", &[config.redirect_uri.as_str(), state.as_str()]);
            at
        }
        _ => {
            // `RESERVED` begins with these seven.
            form::append_all(&mut query, RESERVED, &values);
            config.authorize.as_str()
        }
    };
    for (index, (name, value)) in extra.iter().enumerate() {
        Config::refuse_secret(name)?;
        let taken = pieces(RESERVED, b' ').any(|reserved| reserved.eq_ignore_ascii_case(name))
            || extra.iter().take(index).any(|(earlier, _)| earlier == name);
        if taken || name.is_empty() {
            return Err(Error::because(ErrorCode::InvalidConfig, "params"));
        }
        form::append(&mut query, name, value);
    }
    Ok(joined(&[at, if has(at, b"?") { "&" } else { "?" }, &query]))
}
