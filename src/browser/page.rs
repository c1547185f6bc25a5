//! This page, as far as it is ours to ask and to change.

use wasm_bindgen::prelude::wasm_bindgen;

// The functions catch what the browser throws: a caught exception would come here as a handle, and handles need glue.
#[wasm_bindgen(module = "/www/src/engine/page.js")]
extern "C" {
    /// When the page began, by a clock that the pages of one browser process share.
    #[wasm_bindgen(js_name = timeOrigin)]
    pub(super) fn time_origin() -> f64;

    /// Whether `crypto.getRandomValues` has filled it.
    #[wasm_bindgen(js_name = fillRandom)]
    pub(super) fn fill_random(bytes: &mut [u8]) -> bool;
}

// `sessionStorage` may be missing, or throw.
#[cfg(feature = "browser")]
#[wasm_bindgen(module = "/www/src/engine/store.js")]
extern "C" {
    #[wasm_bindgen(js_name = getItem)]
    pub(super) fn get_item(key: &str) -> Option<String>;
    #[wasm_bindgen(js_name = removeItem)]
    pub(super) fn remove_item(key: &str);
    #[wasm_bindgen(js_name = nthKey)]
    pub(super) fn nth_key(index: u32) -> Option<String>;
}
