//! Errors and other results on their way out.

use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::protocol::error::Error;

/// What the glue turns into a `SignInError`.
#[derive(Serialize)]
struct Failure<'a> {
    code: &'a str,
    reason: &'a str,
    description: &'a str,
}

/// An error as a plain object.
pub(super) fn failure(error: &Error) -> JsValue {
    plain(&Failure { code: error.code.as_str(), reason: &error.reason, description: &error.description })
}

/// Data as a plain object. Serialising strings, lists and options of them cannot fail; if it did, `undefined` is the
/// honest answer.
pub(super) fn plain(value: &impl Serialize) -> JsValue {
    serde_wasm_bindgen::to_value(value).unwrap_or(JsValue::UNDEFINED)
}
