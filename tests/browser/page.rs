//! Small helpers: asking the engine, forms, this tab's storage.

use js_sys::{Function, Object};
use sign_in_with_x::bindings::ask;
use sign_in_with_x::protocol::form::{self, Form};
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
    #[wasm_bindgen(catch, js_namespace = sessionStorage, js_name = setItem)]
    fn try_set_item(key: &str, value: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(js_namespace = sessionStorage, js_name = valueOf)]
    fn storage() -> Object;
}

/// The keys in this tab's storage.
pub(crate) fn keys() -> Vec<String> {
    Object::keys(&storage()).iter().filter_map(|key| key.as_string()).collect()
}

/// What the engine says, as it says it.
pub(crate) fn said(question: &str, fields: &[(&str, &str)]) -> String {
    let mut out = String::new();
    form::append(&mut out, "ask", question);
    for (name, value) in fields {
        form::append(&mut out, name, value);
    }
    ask(&out)
}

/// Asks the engine, as the glue does; a failure is an error.
pub(crate) fn engine(question: &str, fields: &[(&str, &str)]) -> Result<Form, Form> {
    let answer = Form::parse(&said(question, fields)).unwrap();
    if answer.has("failure") { Err(answer) } else { Ok(answer) }
}

/// Begins an attempt, stores its record and hands it over, as the glue does.
pub(crate) fn begin(options: &str, request: &str) -> Result<Form, Form> {
    let begun = engine("begin", &[("options", options), ("request", request)])?;
    let (key, record) = (begun.get("key"), begun.get("record"));
    // Where nothing can be stored it goes on in memory.
    let _ = try_set_item(key, record);
    engine("adopt", &[("key", key), ("record", record), ("timeout", begun.get("timeout"))])?;
    Ok(begun)
}

/// A field of an answer.
pub(crate) fn text(answer: &Form, name: &str) -> String {
    answer.get(name).into()
}

/// What an answer says in a word: its code, be it X's or the failure's.
pub(crate) fn code(answer: &Result<Form, Form>) -> String {
    match answer {
        Ok(said) => text(said, "code"),
        Err(failure) => text(failure, "failure"),
    }
}

/// Whether the engine had nothing to say.
pub(crate) fn is_silent(answer: &Form) -> bool {
    answer.pairs().is_empty()
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
