//! `sessionStorage`: one tab, one origin. It may be missing, throw, or be full; all of that is [`Refused`].

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::protocol::ports::{KeyValue, Refused};

// Each is one call on the global, which may itself throw where storage is switched off.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = sessionStorage, js_name = getItem, catch)]
    fn get_item(key: &str) -> Result<Option<String>, JsValue>;
    #[wasm_bindgen(js_namespace = sessionStorage, js_name = setItem, catch)]
    fn set_item(key: &str, value: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(js_namespace = sessionStorage, js_name = removeItem, catch)]
    fn remove_item(key: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(js_namespace = sessionStorage, js_name = key, catch)]
    fn nth_key(index: u32) -> Result<Option<String>, JsValue>;
}

/// This tab's storage.
pub(crate) struct SessionStorage;

impl KeyValue for SessionStorage {
    fn get(&self, key: &str) -> Option<String> {
        get_item(key).ok().flatten()
    }

    fn set(&mut self, key: &str, value: &str) -> Result<(), Refused> {
        set_item(key, value).map_err(|_| Refused)
    }

    fn remove(&mut self, key: &str) {
        // A store that cannot remove could not have written.
        let _ = remove_item(key);
    }

    fn keys(&self) -> Vec<String> {
        let mut keys = Vec::new();
        while let Some(key) = u32::try_from(keys.len()).ok().and_then(|index| nth_key(index).ok().flatten()) {
            keys.push(key);
        }
        keys
    }
}
