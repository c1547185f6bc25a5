//! Every export of the server engine: functions and data. Options and requests come in as plain objects, and a plain
//! object says what to do next.
#![allow(unreachable_pub, reason = "#[wasm_bindgen] takes public functions only; the module is private all the same")]

mod button;
mod data;

use serde::Serialize;
use serde_wasm_bindgen::{from_value, to_value};
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

use self::data::{
    IncomingData, Limits, Next, SignedInData, TokensData, UserData, WrongOption, answer_data, config, session_data,
};
use super::guard::Sender;
use super::{
    Answer, Credentials, Failure, Incoming, ServerConfig, Session, SessionId, Step, UPSTREAM_BODY_MAX,
    UPSTREAM_TIMEOUT_MS, cookie, exchange, user,
};
use crate::protocol::ports::{Entropy, Refused};
use crate::protocol::user::User;

/// The sizes (bytes) and the time (milliseconds) that JavaScript holds requests and answers to.
#[wasm_bindgen]
pub fn limits() -> Result<JsValue, JsError> {
    out(&Limits { request: exchange::BODY_MAX, response: UPSTREAM_BODY_MAX, timeout: UPSTREAM_TIMEOUT_MS })
}

/// `undefined` when the options are fine, otherwise the first that is not.
#[wasm_bindgen]
pub fn check(options: JsValue) -> Result<JsValue, JsError> {
    match ServerConfig::new(&data::options(options)?) {
        Ok(_) => Ok(JsValue::UNDEFINED),
        Err(error) => out(&WrongOption { option: error.option, hint: error.hint }),
    }
}

/// Routes and guards a request.
#[wasm_bindgen]
pub fn receive(options: JsValue, incoming: JsValue) -> Result<JsValue, JsError> {
    let config = config(options)?;
    let data: IncomingData = from_value(incoming).map_err(|_| JsError::new("incoming"))?;
    let step = super::receive(
        &config,
        &Incoming {
            method: &data.method,
            path: &data.path,
            sender: Sender {
                content_type: &data.content_type,
                requested_with: &data.requested_with,
                origin: &data.origin,
                sec_fetch_site: &data.sec_fetch_site,
            },
            cookie: &data.cookie,
            ..Incoming::default()
        },
    );
    let (kind, id) = match &step {
        Step::Answer(given) => return answer(given),
        Step::Exchange { before } => ("exchange", before.as_ref()),
        // Not wired yet; without `secrets` none of them is reached.
        Step::Start | Step::OAuth1Start | Step::OAuth1Exchange { .. } | Step::Callback { .. } => {
            return refuse(&Failure::internal());
        }
        Step::Session { id } => ("session", Some(id)),
        Step::SignOut { id } => ("signout", id.as_ref()),
    };
    out(&Next { kind: Some(kind), id: id.map(SessionId::expose), ..Next::default() })
}

/// The session id in a `Cookie` header, for the host's own routes; `undefined` when there is none.
#[wasm_bindgen(js_name = sessionId)]
pub fn session_id(options: JsValue, cookies: &str) -> Result<Option<String>, JsError> {
    Ok(cookie::read(&config(options)?, cookies).map(|id| id.expose().into()))
}

/// The token request for the page's body, or the refusal.
#[wasm_bindgen(js_name = tokenRequest)]
pub fn token_request(options: JsValue, body: &str) -> Result<JsValue, JsError> {
    match exchange::request(&config(options)?, body) {
        Ok(request) => out(&Next { request: Some(data::request(&request)), ..Next::default() }),
        Err(failure) => refuse(&failure),
    }
}

/// X's answer to it: the tokens and the profile request, or the refusal. `now` is in seconds.
#[wasm_bindgen(js_name = userRequest)]
pub fn user_request(options: JsValue, response: JsValue, now: f64) -> Result<JsValue, JsError> {
    let config = config(options)?;
    match exchange::tokens(&config, &data::response(response)?, seconds(now)) {
        Ok(tokens) => {
            let request = user::request(&config, &tokens);
            out(&Next {
                request: Some(data::request(&request)),
                tokens: Some(TokensData {
                    access_token: tokens.access_token.expose().into(),
                    refresh_token: tokens.refresh_token.as_ref().map(|token| token.expose().into()),
                    expires_in: tokens.expires_in,
                    scopes: tokens.scopes.clone(),
                }),
                ..Next::default()
            })
        }
        Err(failure) => refuse(&failure),
    }
}

/// X's answer to that: the session to store under a fresh id and the answer to the page, or the refusal.
#[wasm_bindgen(js_name = signedIn)]
pub fn signed_in(options: JsValue, tokens: JsValue, response: JsValue, now: f64) -> Result<JsValue, JsError> {
    let config = config(options)?;
    let tokens = data::tokens(from_value(tokens).map_err(|_| JsError::new("tokens"))?);
    let user = match user::read(&tokens, &data::response(response)?, seconds(now)) {
        Ok(user) => user,
        Err(failure) => return refuse(&failure),
    };
    let Ok(id) = SessionId::generate(&mut WebCrypto) else {
        return refuse(&Failure::internal());
    };
    let session = Session { user, credentials: Credentials::OAuth2(tokens) };
    let given = super::signed_in(&config, &id, &session);
    out(&Next {
        answer: Some(answer_data(&given)),
        id: Some(id.expose()),
        life: Some(session.life_seconds()),
        session: Some(session_data(session)),
        ..Next::default()
    })
}

/// The answer to "who is signed in", for the stored session or `undefined`.
#[wasm_bindgen(js_name = sessionAnswer)]
pub fn session_answer(session: JsValue) -> Result<JsValue, JsError> {
    if session.is_undefined() {
        return answer(&super::session_answer(None));
    }
    let data: SignedInData = from_value(session).map_err(|_| JsError::new("session"))?;
    let UserData { id, username, name, profile_image_url, email } = data.user;
    answer(&Answer::signed_in(&User { id, username, name, profile_image_url, email }, &data.scopes, None))
}

/// The answer to a sign-out.
#[wasm_bindgen(js_name = signedOut)]
pub fn signed_out(options: JsValue) -> Result<JsValue, JsError> {
    answer(&super::signed_out(&config(options)?))
}

/// The answer when something outside failed: `timeout`, `unreachable`, `too_large`, anything else is `internal`.
#[wasm_bindgen]
pub fn failed(what: &str) -> Result<JsValue, JsError> {
    refuse(&match what {
        "timeout" => Failure::timeout(),
        "unreachable" => Failure::unreachable(),
        "too_large" => Failure::too_large(),
        _ => Failure::internal(),
    })
}

/// Randomness of the runtime (`crypto.getRandomValues`).
struct WebCrypto;

impl Entropy for WebCrypto {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), Refused> {
        getrandom::fill(bytes).map_err(|_| Refused)
    }
}

fn answer(answer: &Answer) -> Result<JsValue, JsError> {
    out(&Next { answer: Some(answer_data(answer)), ..Next::default() })
}

fn refuse(failure: &Failure) -> Result<JsValue, JsError> {
    answer(&Answer::from(failure))
}

fn seconds(now: f64) -> u64 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a clock's time; a bad one saturates")]
    {
        now as u64
    }
}

fn out(value: &impl Serialize) -> Result<JsValue, JsError> {
    to_value(value).map_err(|_| JsError::new("value"))
}
