//! `createPkcePair` with the browser's own randomness.

use sign_in_with_x::protocol::form::Form;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{code, engine, js, text};

fn create_pkce_pair() -> Result<Form, Form> {
    engine("createPkcePair", &[])
}

#[wasm_bindgen_test]
fn a2_a_fresh_pair_each_time() {
    let (one, two) = (create_pkce_pair().unwrap(), create_pkce_pair().unwrap());
    assert_eq!((text(&one, "codeVerifier").len(), text(&one, "codeChallenge").len()), (43, 43));
    assert_eq!(text(&one, "codeChallengeMethod"), "S256");
    assert_ne!(text(&one, "codeVerifier"), text(&two, "codeVerifier"));
}

#[wasm_bindgen_test]
fn a3_no_randomness_no_pair() {
    js("crypto.getRandomValues = () => { throw new Error('none') }");
    let refused = create_pkce_pair();
    js("delete crypto.getRandomValues");
    assert_eq!(code(&refused), "entropy_unavailable");
    assert!(create_pkce_pair().is_ok());
}
