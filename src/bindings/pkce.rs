//! `createPkcePair`.

use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::failure::{failure, plain};
use crate::browser::entropy::WebCrypto;
use crate::protocol::pkce::{CODE_CHALLENGE_METHOD, CodeVerifier};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PkcePair<'a> {
    code_verifier: &'a str,
    code_challenge: &'a str,
    code_challenge_method: &'a str,
}

/// A fresh verifier and its S256 challenge (RFC 7636 §4). Throws `entropy_unavailable`.
#[wasm_bindgen(js_name = createPkcePair)]
pub fn create_pkce_pair() -> Result<JsValue, JsValue> {
    let verifier = CodeVerifier::generate(&mut WebCrypto).map_err(|error| failure(&error))?;
    Ok(plain(&PkcePair {
        code_verifier: verifier.expose(),
        code_challenge: &verifier.challenge(),
        code_challenge_method: CODE_CHALLENGE_METHOD,
    }))
}
