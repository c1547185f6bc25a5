//! `renderButton`.

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::ShadowRoot;

use super::options::form;
use crate::browser::dom;
use crate::button::options::ButtonOptions;
use crate::button::view::View;

/// Makes a shadow root show the button with these attributes (a form: `theme=outline&size=small&activity=waiting`).
/// Called again, it changes what is there.
#[wasm_bindgen(js_name = renderButton)]
pub fn render_button(root: ShadowRoot, attributes: &str) {
    dom::show(&root, &View::new(ButtonOptions::read(form(attributes))));
}
