//! Tokens after the sign-in: renewed, taken back, sealed.

use serde::{Deserialize, Serialize};
use serde_wasm_bindgen::from_value;
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

use super::data::{self, RequestData, TokensData, config};
use super::{WebCrypto, out, outside, seconds};
use crate::protocol::secret::Secret;
use crate::protocol::token::Tokens;
use crate::server::carried::{self, SessionData};
use crate::server::revoke::{self, Revoked};
use crate::server::sealed::{Binding, Purpose, open, seal};
use crate::server::{DEFAULT_LIFE_SECONDS, Failure, FailureCode, ServerConfig, refresh};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Renewed {
    access_token: String,
    refresh_token: Option<String>,
    scopes: Vec<String>,
    access_token_expires_at: u64,
}

/// What of a stored session is in the open, and must be what was sealed with the rest.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct StoredData {
    user: StoredUser,
    expires_at: u64,
    sealed: String,
}

#[derive(Deserialize)]
struct StoredUser {
    id: String,
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

/// JavaScript keeps it for a while, and may be told to wait for less by then.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FailureData {
    error: String,
    status: u16,
    hint: String,
    reason: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after: Option<u32>,
}

impl From<Failure> for FailureData {
    fn from(Failure { code, status, hint, reason, retry_after, .. }: Failure) -> Self {
        Self { error: code.as_str().into(), status, hint, reason, retry_after }
    }
}

impl From<FailureData> for Failure {
    fn from(FailureData { error, status, hint, reason, retry_after }: FailureData) -> Self {
        match FailureCode::ALL.into_iter().find(|code| code.as_str() == error) {
            Some(code) => Self { status, reason, retry_after, ..Self::new(code, hint) },
            None => Self::internal(),
        }
    }
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
            let TokensData { access_token, refresh_token, scopes } = data::tokens_data(&tokens);
            let renewed = Renewed {
                access_token,
                refresh_token,
                scopes,
                access_token_expires_at: now.saturating_add(life.into()).saturating_mul(1000),
            };
            Refreshed { tokens: Some(renewed), ..Refreshed::default() }
        }
        Err(not) if not.gone => Refreshed { gone: true, ..Refreshed::default() },
        Err(not) => Refreshed { failure: Some(not.failure.into()), ..Refreshed::default() },
    })
}

/// The same where X did not answer, by JavaScript's word for it ([`failed`](super::failed)).
#[wasm_bindgen(js_name = notRefreshed)]
pub fn not_refreshed(what: &str) -> Result<JsValue, JsError> {
    out(&FailureData::from(outside(what)))
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

/// A session for a store, sealed as a whole: what stands beside it in the open is for searching, and never believed.
#[wasm_bindgen(js_name = sealStored)]
pub fn seal_stored(options: JsValue, id: &str, session: JsValue) -> Result<String, JsError> {
    let (config, not) = (config(options)?, || JsError::new("not sealed"));
    let session: SessionData = from_value(session).map_err(|_| JsError::new("session"))?;
    // Serialising structs of text cannot fail.
    let bytes = serde_json::to_vec(&session).unwrap_or_default();
    let (secrets, until) = (config.secrets().ok_or_else(not)?, session.expires_at.div_ceil(1000));
    seal(secrets, &binding(&config, id), &bytes, until, &mut WebCrypto).map_err(|_| not())
}

/// The session again; `undefined` when it does not open, or was sealed for somebody else or another end.
#[wasm_bindgen(js_name = openStored)]
pub fn open_stored(options: JsValue, id: &str, stored: JsValue, now: f64) -> Result<JsValue, JsError> {
    let config = config(options)?;
    let session = from_value::<StoredData>(stored).ok().and_then(|stored| {
        let bytes = open(config.secrets()?, &binding(&config, id), &stored.sealed, seconds(now))?;
        let session: SessionData = serde_json::from_slice(&bytes).ok()?;
        (session.user.id == stored.user.id && session.expires_at == stored.expires_at).then_some(session)
    });
    session.map_or(Ok(JsValue::UNDEFINED), |session| out(&session))
}

/// The session that a cookie carries, or `undefined`.
#[wasm_bindgen(js_name = openSession)]
pub fn open_session(options: JsValue, id: &str, text: &str, now: f64) -> Result<JsValue, JsError> {
    carried::data(&config(options)?, id, text, seconds(now)).map_or(Ok(JsValue::UNDEFINED), |session| out(&session))
}

fn binding<'a>(config: &'a ServerConfig, id: &'a str) -> Binding<'a> {
    Binding { purpose: Purpose::Tokens, name: id, origin: config.origin.as_str(), client: &config.client_id }
}

fn tokens(session: JsValue) -> Result<Tokens, JsError> {
    let data: TokensData = from_value(session).map_err(|_| JsError::new("session"))?;
    Ok(Tokens {
        access_token: Secret::new(data.access_token),
        refresh_token: data.refresh_token.map(Secret::new),
        expires_in: None,
        scopes: data.scopes,
    })
}
