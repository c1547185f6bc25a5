//! The access token for the page, where the host asks for that.

use serde::Deserialize;
use serde_wasm_bindgen::from_value;
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

use super::data::config;
use super::tokens::FailureData;
use super::{answer, seconds};
use crate::protocol::secret::Secret;
use crate::protocol::token::Tokens;
use crate::server::oauth1::{AccessToken, TokenPair};
use crate::server::{Answer, Credentials, Failure};

/// What is read of a session: its refresh token does not even get here.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TokenData {
    access_token: String,
    access_token_secret: Option<String>,
    scopes: Vec<String>,
    expires_at: u64,
    access_token_expires_at: Option<u64>,
}

/// The answer for the session with a token that is good, or `undefined`.
#[wasm_bindgen(js_name = tokenAnswer)]
pub fn token_answer(options: JsValue, session: JsValue, now: f64) -> Result<JsValue, JsError> {
    let config = config(options)?;
    if session.is_undefined() {
        return answer(&crate::server::token_answer(&config, None, 0));
    }
    let data: TokenData = from_value(session).map_err(|_| JsError::new("session"))?;
    let expires_at = data.access_token_expires_at.unwrap_or(data.expires_at) / 1000;
    let expires_in = u32::try_from(expires_at.saturating_sub(seconds(now))).unwrap_or(u32::MAX);
    answer(&crate::server::token_answer(&config, Some(&data.into()), expires_in))
}

/// The answer when the token could not be renewed: the failure that the renewal gave.
#[wasm_bindgen]
pub fn refused(failure: JsValue) -> Result<JsValue, JsError> {
    let data: FailureData = from_value(failure).map_err(|_| JsError::new("failure"))?;
    answer(&Answer::from(&Failure::from(data)))
}

impl From<TokenData> for Credentials {
    fn from(TokenData { access_token, access_token_secret, scopes, .. }: TokenData) -> Self {
        let access_token = Secret::new(access_token);
        match access_token_secret.map(Secret::new) {
            Some(secret) => {
                let pair = TokenPair { token: access_token, secret };
                Self::OAuth1(AccessToken { pair, user_id: None, screen_name: None })
            }
            None => Self::OAuth2(Tokens { access_token, refresh_token: None, expires_in: None, scopes }),
        }
    }
}
