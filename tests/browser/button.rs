//! `renderButton` in a shadow root.

use js_sys::Reflect;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{engine, js, said, text};

#[wasm_bindgen(module = "/www/src/engine/draw.js")]
extern "C" {
    fn dress(root: &JsValue, text: &JsValue);
    fn patch(root: &JsValue, steps: &str);
}

fn render_button(root: &JsValue, attributes: &str) {
    let sheet = text(&engine("buttonSheet", &[]).unwrap(), "sheet");
    dress(root, &js_sys::Function::new_with_args("", &format!("return {sheet:?}")));
    patch(root, &said("renderButton", &[("attributes", attributes)]));
}

fn root() -> JsValue {
    let script = "const host = document.createElement('div'); document.body.append(host);
        return host.attachShadow({ mode: 'open', delegatesFocus: true })";
    js(script)
}

fn ask(root: &JsValue, script: &str) -> String {
    let _ = Reflect::set(&js_sys::global(), &"root".into(), root);
    js(&format!("return String({script})")).as_string().unwrap()
}

#[wasm_bindgen_test]
fn f1_f2_elements_and_an_adopted_sheet_only() {
    let root = root();
    render_button(&root, "");
    assert_eq!(ask(&root, "root.querySelectorAll('style, [style], script').length"), "0");
    assert_eq!(ask(&root, "root.adoptedStyleSheets.length"), "1");
    assert_eq!(ask(&root, "getComputedStyle(root.querySelector('button')).minHeight"), "44px");
    assert_eq!(ask(&root, "root.querySelector('svg path') instanceof SVGPathElement"), "true");
}

#[wasm_bindgen_test]
fn f5_a_button_with_a_name() {
    let root = root();
    render_button(&root, "text=continue_with");
    assert_eq!(ask(&root, "root.querySelector('button').type"), "button");
    assert_eq!(ask(&root, "root.querySelector('button').textContent"), "Continue with X");
    render_button(&root, "type=icon");
    assert_eq!(ask(&root, "root.querySelector('button').getAttribute('aria-label')"), "Sign in with X");
}

#[wasm_bindgen_test]
fn f7_a_change_of_state_keeps_the_element_and_the_focus() {
    let root = root();
    render_button(&root, "");
    ask(&root, "(globalThis.before = root.querySelector('button'), before.focus())");
    render_button(&root, "activity=waiting");
    assert_eq!(ask(&root, "root.querySelector('button') === before"), "true");
    assert_eq!(ask(&root, "root.activeElement === before"), "true");
    assert_eq!(ask(&root, "before.getAttribute('aria-busy')"), "true");
    assert_eq!(ask(&root, "root.querySelector('[role=status]').textContent"), "Waiting for X");
    render_button(&root, "disabled=true");
    assert_eq!(ask(&root, "`${before.disabled} ${before.hasAttribute('aria-busy')}`"), "true false");
}

#[wasm_bindgen_test]
fn many_buttons_share_one_sheet() {
    let (one, two) = (root(), root());
    render_button(&one, "");
    render_button(&two, "theme=white");
    let _ = Reflect::set(&js_sys::global(), &"one".into(), &one);
    assert_eq!(ask(&two, "one.adoptedStyleSheets[0] === root.adoptedStyleSheets[0]"), "true");
}

#[wasm_bindgen_test]
fn d13_the_way_out_is_shown_while_somebody_is_at_x() {
    let root = root();
    for (activity, hidden) in [("", "true"), ("activity=waiting", "false"), ("activity=finishing", "true")] {
        render_button(&root, activity);
        assert_eq!(ask(&root, "root.querySelector('[part=notice]').hidden"), hidden, "{activity}");
    }
    assert_eq!(ask(&root, "[...root.querySelectorAll('[part=notice] button')].map((it) => it.value)"), "retry,cancel");
}
