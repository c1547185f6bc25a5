//! Who signed in: `GET /2/users/me`, or the older `verify_credentials.json`, which alone tells an e-mail address to
//! OAuth 1.0a.

use serde::Deserialize;

use super::super::config::ServerConfig;
use super::super::failure::Failure;
use super::super::http::{HttpRequest, HttpResponse, Method};
use super::super::user;
use super::signed::sign;
use super::{AccessToken, Stamp, refusal, settings};
use crate::protocol::form;
use crate::protocol::user::User;

/// What of `verify_credentials.json` is used
/// (<https://developer.x.com/en/docs/twitter-api/v1/accounts-and-users/manage-account-settings/api-reference/get-account-verify_credentials>).
#[derive(Deserialize)]
struct Credentials {
    id_str: String,
    screen_name: String,
    name: String,
    profile_image_url_https: Option<String>,
    email: Option<String>,
}

/// The request: with the option `oauth1.email`, `verify_credentials.json`.
///
/// # Errors
/// As for [`signed`](super::signed).
pub fn request(config: &ServerConfig, token: &AccessToken, stamp: Stamp) -> Result<HttpRequest, Failure> {
    let consumer = settings(config)?;
    let url = if consumer.email {
        let mut url = consumer.at("/1.1/account/verify_credentials.json?");
        form::append_all(&mut url, "include_entities skip_status include_email", &["false", "true", "true"]);
        url
    } else {
        user::address(config, false)
    };
    sign(config, Some(&token.pair), Method::Get, &url, &[], &[], stamp)
}

/// Reads X's answer to either.
///
/// # Errors
/// X's refusal by its cause; also an account other than the one that the access token was issued for.
pub fn read(
    config: &ServerConfig,
    token: &AccessToken,
    response: &HttpResponse,
    now_seconds: u64,
) -> Result<User, Failure> {
    if let Some(failure) = refusal::coded(response, now_seconds) {
        return Err(failure);
    }
    let user = if settings(config)?.email {
        if let Some(failure) = refusal::read(response, now_seconds) {
            return Err(failure);
        }
        response.success::<Credentials>().and_then(|body| body.user()).ok_or_else(|| refusal::unreadable(response))?
    } else {
        user::read_profile(response, now_seconds, false)?
    };
    if token.user_id.as_ref().is_some_and(|id| *id != user.id) {
        return Err(refusal::unreadable(response).because("user_id"));
    }
    Ok(user)
}

impl Credentials {
    fn user(&self) -> Option<User> {
        User::checked(&|name| match name {
            "id" => &self.id_str,
            "username" => &self.screen_name,
            "name" => &self.name,
            "profileImageUrl" => self.profile_image_url_https.as_deref().unwrap_or_default(),
            // X tells confirmed addresses only, and `null` when there is none.
            "email" => self.email.as_deref().unwrap_or_default(),
            _ => "",
        })
    }
}
