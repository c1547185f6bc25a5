//! This page: its address and its focus.

use wasm_bindgen::JsValue;

/// The page's full address.
pub(crate) fn address() -> String {
    web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default()
}

/// Goes somewhere else.
pub(crate) fn navigate(url: &str) {
    if let Some(window) = web_sys::window() {
        // It throws for addresses that are none; `HttpUrl` made this one.
        let _ = window.location().assign(url);
    }
}

/// Shows another address of this origin for this page, in the address bar and in the history.
pub(crate) fn replace_address(path: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let state = history.state().unwrap_or(JsValue::NULL);
        let _ = history.replace_state_with_url(&state, "", Some(path));
    }
}

/// Whether this page has the keyboard.
pub(crate) fn has_focus() -> bool {
    web_sys::window().and_then(|window| window.document()).is_some_and(|document| document.has_focus().unwrap_or(false))
}
