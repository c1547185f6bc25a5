//! This page: its address and its focus.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::EventTarget;

// Calls on globals, without a handle for each: `location.toString()` is its `href`, `window.valueOf()` the window itself.
#[wasm_bindgen]
extern "C" {
    /// The page's full address.
    #[wasm_bindgen(js_namespace = location, js_name = toString)]
    pub(crate) fn address() -> String;
    // `<img name=hasFocus>` takes the method's place.
    #[wasm_bindgen(js_namespace = document, js_name = hasFocus, catch)]
    fn document_has_focus() -> Result<bool, JsValue>;
    /// The window, as a place to listen.
    #[wasm_bindgen(js_namespace = window, js_name = valueOf)]
    pub(crate) fn window() -> EventTarget;
    #[wasm_bindgen(js_namespace = location, js_name = assign, catch)]
    fn assign(url: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(js_namespace = history, js_name = replaceState, catch)]
    fn replace_state(state: &JsValue, title: &str, url: &str) -> Result<(), JsValue>;
}

/// Whether this page has the keyboard.
pub(crate) fn has_focus() -> bool {
    document_has_focus().unwrap_or(true)
}

/// Goes somewhere else.
pub(crate) fn navigate(url: &str) {
    // It throws for addresses that are none; `HttpUrl` made this one.
    let _ = assign(url);
}

/// Shows another address of this origin for this page, in the address bar and in the history.
pub(crate) fn replace_address(path: &str) {
    let _ = replace_state(&JsValue::NULL, "", path);
}
