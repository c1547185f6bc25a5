//! This page: its address and its focus.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{EventTarget, Location};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = location)]
    static LOCATION: Location;
    #[wasm_bindgen(thread_local_v2, js_name = window)]
    static WINDOW: EventTarget;
    #[wasm_bindgen(js_namespace = history, js_name = replaceState, catch)]
    fn replace_state(state: &JsValue, title: &str, url: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(js_namespace = document, js_name = hasFocus)]
    fn document_has_focus() -> bool;
}

/// The page's full address.
pub(crate) fn address() -> String {
    LOCATION.with(|location| location.href().unwrap_or_default())
}

/// Goes somewhere else.
pub(crate) fn navigate(url: &str) {
    // It throws for addresses that are none; `HttpUrl` made this one.
    let _ = LOCATION.with(|location| location.assign(url));
}

/// Shows another address of this origin for this page, in the address bar and in the history.
pub(crate) fn replace_address(path: &str) {
    let _ = replace_state(&JsValue::NULL, "", path);
}

/// Whether this page has the keyboard.
pub(crate) fn has_focus() -> bool {
    document_has_focus()
}

/// The window, as a place to listen.
pub(crate) fn window() -> EventTarget {
    WINDOW.with(Clone::clone)
}
