//! Small helpers: reading plain objects, forms, this tab's storage.

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

pub(crate) const OPTIONS: &str = "clientId=client&redirectUri=https%3A%2F%2Fapp.example%2Fcb";
pub(crate) const CALLBACK: &str = "https://app.example/cb";

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = sessionStorage)]
    pub(crate) fn clear();
    #[wasm_bindgen(js_namespace = sessionStorage, js_name = getItem)]
    pub(crate) fn item(key: &str) -> Option<String>;
    #[wasm_bindgen(js_namespace = sessionStorage, js_name = setItem)]
    pub(crate) fn set_item(key: &str, value: &str);
    #[wasm_bindgen(js_namespace = sessionStorage, js_name = valueOf)]
    fn storage() -> Object;
}

/// The keys in this tab's storage.
pub(crate) fn keys() -> Vec<String> {
    Object::keys(&storage()).iter().filter_map(|key| key.as_string()).collect()
}

/// A field of an object, as text.
pub(crate) fn text(object: &JsValue, name: &str) -> String {
    Reflect::get(object, &name.into()).ok().and_then(|value| value.as_string()).unwrap_or_default()
}

/// A query parameter of an address.
pub(crate) fn parameter(url: &str, name: &str) -> String {
    let script = "return new URL(url).searchParams.get(name) ?? ''";
    let read = Function::new_with_args("url, name", script);
    read.call2(&JsValue::NULL, &url.into(), &name.into()).unwrap().as_string().unwrap()
}

/// Runs a line of JavaScript.
pub(crate) fn js(script: &str) -> JsValue {
    Function::new_no_args(script).call0(&JsValue::NULL).unwrap()
}

/// Something of the browser's that goes wrong until this is dropped.
pub(crate) struct Fault(String);

impl Fault {
    /// Puts another function in a method's place; it may call `real`.
    pub(crate) fn new(object: &str, method: &str, function: &str) -> Self {
        js(&format!("const real = {object}.{method}; {object}.kept = real; {object}.{method} = {function}"));
        Self(format!("{object}.{method} = {object}.kept; delete {object}.kept"))
    }
}

impl Drop for Fault {
    fn drop(&mut self) {
        js(&self.0);
    }
}
