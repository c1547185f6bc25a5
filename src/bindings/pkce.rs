//! `createPkcePair`.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::object::{failure, object};
use crate::browser::entropy::WebCrypto;
use crate::protocol::pkce::{CODE_CHALLENGE_METHOD, CodeVerifier};

/// A fresh verifier and its S256 challenge (RFC 7636 §4). Throws `entropy_unavailable`.
#[wasm_bindgen(js_name = createPkcePair)]
pub fn create_pkce_pair() -> Result<JsValue, JsValue> {
    let verifier = CodeVerifier::generate(&mut WebCrypto).map_err(|error| failure(&error))?;
    let names = ["codeVerifier", "codeChallenge", "codeChallengeMethod"];
    Ok(object(&names, &[verifier.expose(), &verifier.challenge(), CODE_CHALLENGE_METHOD]))
}
