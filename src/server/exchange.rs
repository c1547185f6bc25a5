//! The exchange: the page's code and verifier become a token request (RFC 6749 §4.1.3, RFC 7636 §4.5), and X's answer
//! becomes tokens.

use serde::Deserialize;

use super::client;
use super::config::ServerConfig;
use super::failure::{Failure, FailureCode};
use super::http::{HttpRequest, HttpResponse};
use super::problem;
use crate::protocol::token::{TokenBody, Tokens};

/// The longest body of the page that is read, in bytes. A real one is under 1 KiB.
pub const BODY_MAX: usize = 16_384;

/// The longest code that is passed on. X's are around 100 characters.
const CODE_MAX: usize = 4096;

/// What the page sends.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    code: String,
    code_verifier: String,
    redirect_uri: String,
    client_id: String,
}

/// Checks the page's request and writes the token request.
///
/// # Errors
/// [`FailureCode::InvalidRequest`], with a hint that names the field and never repeats its value.
pub fn request(config: &ServerConfig, body: &str) -> Result<HttpRequest, Failure> {
    if body.len() > BODY_MAX {
        return Err(Failure::too_large());
    }
    let body: Body = serde_json::from_str(body)
        .map_err(|_| invalid("The body must be JSON with code, codeVerifier, redirectUri and clientId, all text."))?;
    if !is_verifier(&body.code_verifier) {
        return Err(invalid("The codeVerifier must be 43 to 128 characters: letters, digits, - . _ ~"));
    }
    if body.client_id != config.client_id {
        return Err(invalid("The page's client id is not the backend's clientId."));
    }
    // By exact bytes, and from our own list: X compares so, and nothing that a page sends picks another address.
    let Some(redirect_uri) = config.redirect_uris.iter().find(|known| known.as_str() == body.redirect_uri) else {
        return Err(invalid("The page's redirect URI is not, byte for byte, one of the backend's redirectUris."));
    };

    write(config, &body.code, &body.code_verifier, redirect_uri.as_str())
}

/// The token request for what is checked already, except the code: X sent that, or somebody who says so.
pub(super) fn write(
    config: &ServerConfig,
    code: &str,
    code_verifier: &str,
    redirect_uri: &str,
) -> Result<HttpRequest, Failure> {
    if code.is_empty() || code.len() > CODE_MAX || !code.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(invalid("The code cannot be one of X's."));
    }
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", redirect_uri),
        ("code_verifier", code_verifier),
    ];
    Ok(client::post(config, &config.token, &fields))
}

/// Reads X's answer to the token request.
///
/// # Errors
/// X's refusal by its cause, or [`FailureCode::ProviderError`] for an answer that is none.
pub fn tokens(config: &ServerConfig, response: &HttpResponse, now_seconds: u64) -> Result<Tokens, Failure> {
    if let Some(failure) = problem::rate_limit(response, now_seconds) {
        return Err(failure);
    }
    let Some(body) = response.success::<TokenBody>() else {
        return Err(problem::token_refused(config, response));
    };
    Tokens::try_from(body).map_err(|malformed| problem::unreadable(response).because(malformed.as_str()))
}

/// RFC 7636 §4.1.
fn is_verifier(text: &str) -> bool {
    let unreserved = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~');
    (43..=128).contains(&text.len()) && text.bytes().all(unreserved)
}

fn invalid(hint: &str) -> Failure {
    Failure::new(FailureCode::InvalidRequest, hint)
}
