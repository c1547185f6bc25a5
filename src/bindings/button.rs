//! `renderButton`.

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::ShadowRoot;

use super::options::pairs;
use crate::browser::dom;
use crate::button::options::ButtonOptions;
use crate::button::view::view;

/// Makes a shadow root show the button with these attributes (a form: `theme=outline&size=small&activity=waiting`).
/// Called again, it changes what is there.
#[wasm_bindgen(js_name = renderButton)]
pub fn render_button(root: &ShadowRoot, attributes: &str) {
    let pairs = pairs(attributes);
    let options = ButtonOptions::read(|name| {
        pairs.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    });
    dom::show(root, &view(&options));
}
