//! This page's address.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

// Calls on globals, without a handle for each: `location.toString()` is its `href`.
#[wasm_bindgen]
extern "C" {
    /// The page's full address.
    #[wasm_bindgen(js_namespace = location, js_name = toString)]
    pub(crate) fn address() -> String;
    #[wasm_bindgen(js_namespace = history, js_name = replaceState, catch)]
    fn replace_state(state: &JsValue, title: &str, url: &str) -> Result<(), JsValue>;
}

/// Shows another address of this origin for this page, in the address bar and in the history.
pub(crate) fn replace_address(path: &str) {
    let _ = replace_state(&JsValue::NULL, "", path);
}
