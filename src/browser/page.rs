//! This page, as far as it is ours to ask and to change.

use wasm_bindgen::prelude::wasm_bindgen;

// The functions catch what the browser throws: a caught exception would come here as a handle, and handles need glue.
#[wasm_bindgen(module = "/www/src/engine/page.js")]
extern "C" {
    /// Shows another address of this origin for this page, in the address bar and in the history.
    #[wasm_bindgen(js_name = replaceAddress)]
    pub(crate) fn replace_address(path: &str);

    /// When the page began, by a clock that the pages of one browser process share.
    #[wasm_bindgen(js_name = timeOrigin)]
    pub(super) fn time_origin() -> f64;

    // `sessionStorage` may be missing, throw, or be full.
    #[wasm_bindgen(js_name = getItem)]
    pub(super) fn get_item(key: &str) -> Option<String>;
    /// Whether it was written.
    #[wasm_bindgen(js_name = setItem)]
    pub(super) fn set_item(key: &str, value: &str) -> bool;
    #[wasm_bindgen(js_name = removeItem)]
    pub(super) fn remove_item(key: &str);
    #[wasm_bindgen(js_name = nthKey)]
    pub(super) fn nth_key(index: u32) -> Option<String>;

    /// Whether `crypto.getRandomValues` has filled it.
    #[wasm_bindgen(js_name = fillRandom)]
    pub(super) fn fill_random(bytes: &mut [u8]) -> bool;
}
