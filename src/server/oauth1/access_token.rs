//! The access token: what an approved request token is exchanged for (RFC 5849 §2.3).

use super::super::config::ServerConfig;
use super::super::failure::Failure;
use super::super::http::{HttpRequest, HttpResponse, Method};
use super::request_token::success;
use super::signed::sign;
use super::{Stamp, TokenPair, refusal, settings};
use crate::protocol::secret::Secret;

/// An access token, and whose it is when X said so. X's word here is not asked for with the person's token, so an identity
/// is taken from [`identity`](super::identity) alone.
#[derive(Clone, Debug)]
pub struct AccessToken {
    /// The token and its secret. They do not expire; keep them sealed.
    pub pair: TokenPair,
    /// `user_id`, a decimal number.
    pub user_id: Option<String>,
    /// `screen_name`.
    pub screen_name: Option<String>,
}

/// Asks for it. The verifier travels in the body, and is signed with it.
///
/// # Errors
/// As for [`signed`](super::signed).
pub fn request(
    config: &ServerConfig,
    request_token: &TokenPair,
    verifier: &Secret,
    stamp: Stamp,
) -> Result<HttpRequest, Failure> {
    let url = settings(config)?.at("/oauth/access_token");
    sign(config, Some(request_token), Method::Post, &url, &[("oauth_verifier", verifier.expose())], &[], stamp)
}

/// Reads X's answer.
///
/// # Errors
/// X's refusal by its cause.
pub fn read(response: &HttpResponse, now_seconds: u64) -> Result<AccessToken, Failure> {
    let form = success(response, now_seconds)?;
    let pair = TokenPair::from_form(&form).ok_or_else(|| refusal::unreadable(response).because("oauth_token"))?;
    let given = |name, fits: fn(u8) -> bool| {
        let text = form.get(name);
        ((1..=50).contains(&text.len()) && text.bytes().all(fits)).then(|| text.to_owned())
    };
    Ok(AccessToken {
        pair,
        user_id: given("user_id", |b| b.is_ascii_digit()),
        screen_name: given("screen_name", |b| b.is_ascii_alphanumeric() || b == b'_'),
    })
}

/// The PIN that X showed a person whose app has no callback, as the verifier. Spaces are what people type between groups.
pub fn pin(text: &str) -> Option<Secret> {
    let digits: String = text.chars().filter(|c| *c != ' ').collect();
    ((4..=12).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())).then(|| Secret::new(digits))
}
