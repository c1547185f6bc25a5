//! Tokens after the sign-in: renewed, taken back, sealed.

use serde::{Deserialize, Serialize};
use serde_wasm_bindgen::from_value;
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

use super::data::{self, RequestData, SessionData, config};
use super::{WebCrypto, out, seconds};
use crate::protocol::secret::Secret;
use crate::protocol::token::Tokens;
use crate::server::revoke::{self, Revoked};
use crate::server::sealed::{Binding, Purpose, open, seal};
use crate::server::{DEFAULT_LIFE_SECONDS, Failure, ServerConfig, SessionId, refresh};

/// What of a stored session is needed here.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct HeldTokens {
    access_token: String,
    refresh_token: Option<String>,
    scopes: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Renewed {
    access_token: String,
    refresh_token: Option<String>,
    scopes: Vec<String>,
    access_token_expires_at: u64,
}

/// X's answer to a refresh: exactly one of the three.
#[derive(Serialize, Default)]
struct Refreshed {
    #[serde(skip_serializing_if = "Option::is_none")]
    tokens: Option<Renewed>,
    /// X knows the refresh token no more.
    gone: bool,
    /// Anything else; the token is to be kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<FailureData>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FailureData {
    error: &'static str,
    hint: String,
    reason: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after: Option<u32>,
}

/// The request for new tokens; `undefined` without a refresh token.
#[wasm_bindgen(js_name = refreshRequest)]
pub fn refresh_request(options: JsValue, session: JsValue) -> Result<JsValue, JsError> {
    match &tokens(session)?.refresh_token {
        Some(token) => out(&data::request(&refresh::request(&config(options)?, token))),
        None => Ok(JsValue::UNDEFINED),
    }
}

/// X's answer to it.
#[wasm_bindgen]
pub fn refreshed(options: JsValue, session: JsValue, response: JsValue, now: f64) -> Result<JsValue, JsError> {
    let (before, now) = (tokens(session)?, seconds(now));
    out(&match refresh::read(&config(options)?, &before, &data::response(response)?, now) {
        Ok(tokens) => {
            let life = tokens.expires_in.unwrap_or(DEFAULT_LIFE_SECONDS);
            let renewed = Renewed {
                access_token: tokens.access_token.expose().into(),
                refresh_token: tokens.refresh_token.as_ref().map(|token| token.expose().into()),
                scopes: tokens.scopes,
                access_token_expires_at: now.saturating_add(life.into()).saturating_mul(1000),
            };
            Refreshed { tokens: Some(renewed), ..Refreshed::default() }
        }
        Err(not) if not.gone => Refreshed { gone: true, ..Refreshed::default() },
        Err(not) => {
            let Failure { code, hint, reason, retry_after, .. } = not.failure;
            let failure = FailureData { error: code.as_str(), hint, reason, retry_after };
            Refreshed { failure: Some(failure), ..Refreshed::default() }
        }
    })
}

/// The requests that take the tokens back, in their order.
#[wasm_bindgen(js_name = revokeRequests)]
pub fn revoke_requests(options: JsValue, session: JsValue) -> Result<JsValue, JsError> {
    let requests = revoke::requests(&config(options)?, &tokens(session)?);
    out(&requests.iter().map(data::request).collect::<Vec<RequestData<'_>>>())
}

/// X's answer to one: `done`, `later` or `refused`.
#[wasm_bindgen]
pub fn revoked(response: JsValue) -> Result<String, JsError> {
    Ok(match revoke::read(&data::response(response)?) {
        Revoked::Done => "done",
        Revoked::Later => "later",
        Revoked::Refused => "refused",
    }
    .into())
}

/// Text for a store, sealed for the session of this id until `expires_at` (seconds).
#[wasm_bindgen(js_name = sealTokens)]
pub fn seal_tokens(options: JsValue, id: &str, text: &str, expires_at: f64) -> Result<String, JsError> {
    let config = config(options)?;
    sealed(&config, Purpose::Tokens, id, text.as_bytes(), seconds(expires_at)).map_err(|_| JsError::new("not sealed"))
}

/// The text again; `undefined` when it does not open.
#[wasm_bindgen(js_name = openTokens)]
pub fn open_tokens(options: JsValue, id: &str, text: &str, now: f64) -> Result<Option<String>, JsError> {
    let config = config(options)?;
    Ok(opened(&config, Purpose::Tokens, id, text, seconds(now)).and_then(|bytes| String::from_utf8(bytes).ok()))
}

/// The session that a cookie carries, or `undefined`.
#[wasm_bindgen(js_name = openSession)]
pub fn open_session(options: JsValue, id: &str, text: &str, now: f64) -> Result<JsValue, JsError> {
    let config = config(options)?;
    let bytes = opened(&config, Purpose::Session, id, text, seconds(now));
    match bytes.and_then(|bytes| serde_json::from_slice::<SessionData>(&bytes).ok()) {
        Some(session) => out(&session),
        None => Ok(JsValue::UNDEFINED),
    }
}

/// The session for its cookie.
pub(super) fn seal_session(
    config: &ServerConfig,
    id: &SessionId,
    session: SessionData,
    expires_at: u64,
) -> Result<String, Failure> {
    // Serialising structs of text cannot fail.
    let bytes = serde_json::to_vec(&session).unwrap_or_default();
    sealed(config, Purpose::Session, id.expose(), &bytes, expires_at)
}

fn sealed(config: &ServerConfig, purpose: Purpose, id: &str, bytes: &[u8], until: u64) -> Result<String, Failure> {
    let secrets = config.secrets().ok_or_else(Failure::internal)?;
    seal(secrets, &binding(config, purpose, id), bytes, until, &mut WebCrypto).map_err(|_| Failure::no_room())
}

fn opened(config: &ServerConfig, purpose: Purpose, id: &str, text: &str, now: u64) -> Option<Vec<u8>> {
    open(config.secrets()?, &binding(config, purpose, id), text, now)
}

fn binding<'a>(config: &'a ServerConfig, purpose: Purpose, name: &'a str) -> Binding<'a> {
    Binding { purpose, name, origin: config.origin.as_str(), client: &config.client_id }
}

fn tokens(session: JsValue) -> Result<Tokens, JsError> {
    let data: HeldTokens = from_value(session).map_err(|_| JsError::new("session"))?;
    Ok(Tokens {
        access_token: Secret::new(data.access_token),
        refresh_token: data.refresh_token.map(Secret::new),
        expires_in: None,
        scopes: data.scopes,
    })
}
