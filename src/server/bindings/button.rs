//! The element as HTML, for pages that are made on a server.

use wasm_bindgen::prelude::{JsError, wasm_bindgen};

use crate::button::declarative::{Sheet, element};
use crate::button::style::STYLE;
use crate::protocol::form::Form;

/// The element with these attributes and words (forms), with a sheet from `stylesheet` or, where that is empty, inside.
#[wasm_bindgen(js_name = buttonHtml)]
pub fn button_html(attributes: &str, words: &str, stylesheet: &str, nonce: &str) -> Result<String, JsError> {
    let form = |text| Form::parse(text).unwrap_or_default();
    let sheet = if stylesheet.is_empty() { Sheet::Inline { nonce } } else { Sheet::Linked(stylesheet) };
    element(&form(attributes), &form(words), sheet).map_err(|wrong| JsError::new(&wrong.to_string()))
}

/// Its style sheet.
#[wasm_bindgen(js_name = buttonStyle)]
pub fn button_style() -> String {
    STYLE.into()
}
