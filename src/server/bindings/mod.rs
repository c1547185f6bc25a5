//! Every export of the server engine: functions and data. Options and requests come in as plain objects, and a plain
//! object says what to do next.
#![allow(unreachable_pub, reason = "#[wasm_bindgen] takes public functions only; the module is private all the same")]

mod button;
mod conversation;
mod data;
mod mediated;
mod memory;
mod tokens;

use serde::Serialize;
use serde_wasm_bindgen::{from_value, to_value};
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

use self::data::{IncomingData, Limits, Next, SignedInData, WrongOption, answer_data, config};
use super::carried::UserData;
use super::{
    Answer, Failure, ServerConfig, SessionId, Step, UPSTREAM_BODY_MAX, UPSTREAM_TIMEOUT_MS, cookie, exchange, held,
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
    let step = super::receive(&config, &data.incoming());
    let (kind, id) = match &step {
        Step::Answer(given) => return answer(given),
        Step::Exchange { before } => ("exchange", before.as_ref()),
        Step::Start { before, .. } => ("start", before.as_ref()),
        Step::OAuth1Start { before, .. } => ("oauth1Start", before.as_ref()),
        Step::OAuth1Exchange { before } => ("oauth1Exchange", before.as_ref()),
        Step::Callback { before } => ("callback", before.as_ref()),
        Step::Session { id } => ("session", Some(id)),
        Step::SignOut { id } => ("signout", id.as_ref()),
        Step::Token { id } => ("token", Some(id)),
    };
    let own_page = matches!(step, Step::Start { own_page: true, .. } | Step::OAuth1Start { own_page: true, .. });
    out(&Next {
        kind: Some(kind),
        own_page,
        id: id.map(SessionId::expose),
        carried: id.and_then(SessionId::carried),
        ..Next::default()
    })
}

/// The session that a `Cookie` header names, for the host's own routes: `id` and `carried`, or neither.
#[wasm_bindgen(js_name = sessionNamed)]
pub fn session_named(options: JsValue, cookies: &str) -> Result<JsValue, JsError> {
    let id = cookie::read(&config(options)?, cookies);
    out(&Next {
        id: id.as_ref().map(SessionId::expose),
        carried: id.as_ref().and_then(SessionId::carried),
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

/// The answer when something outside failed.
#[wasm_bindgen]
pub fn failed(what: &str) -> Result<JsValue, JsError> {
    answer(&Answer::from(&outside(what)))
}

/// What JavaScript calls a failure that the engine did not see: `timeout`, `unreachable`, `too_large`,
/// `broken_off` (a body), `no_room`, `used` (a transaction, before); anything else is `internal`.
fn outside(what: &str) -> Failure {
    match what {
        "timeout" => Failure::timeout(),
        "unreachable" => Failure::unreachable(),
        "too_large" => Failure::too_large(),
        "broken_off" => Failure::broken_off(),
        "no_room" => Failure::no_room(),
        "used" => held::finish::unknown(),
        _ => Failure::internal(),
    }
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

fn seconds(now: f64) -> u64 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a clock's time; a bad one saturates")]
    {
        now as u64
    }
}

fn out(value: &impl Serialize) -> Result<JsValue, JsError> {
    to_value(value).map_err(|_| JsError::new("value"))
}
