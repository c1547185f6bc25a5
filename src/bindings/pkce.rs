//! `createPkcePair`.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::object::{Object, Value, failure};
use crate::browser::entropy::WebCrypto;
use crate::protocol::pkce::{CODE_CHALLENGE_METHOD, CodeVerifier};

/// A fresh verifier and its S256 challenge (RFC 7636 §4). Throws `entropy_unavailable`.
#[wasm_bindgen(js_name = createPkcePair)]
pub fn create_pkce_pair() -> Result<JsValue, JsValue> {
    let verifier = CodeVerifier::generate(&mut WebCrypto).map_err(|error| failure(&error))?;
    Ok(Object(&[
        ("codeVerifier", Value::Text(verifier.expose())),
        ("codeChallenge", Value::Text(&verifier.challenge())),
        ("codeChallengeMethod", Value::Text(CODE_CHALLENGE_METHOD)),
    ])
    .to_js())
}
