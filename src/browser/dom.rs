//! Puts the button's node tree into a shadow root: creates it once, afterwards changes attributes and text only.

use core::cell::Cell;

use js_sys::Array;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, ShadowRoot};

use crate::button::style::STYLE;
use crate::button::view::{Node, TREE, View};

const HTML: &str = "http://www.w3.org/1999/xhtml";
const SVG: &str = "http://www.w3.org/2000/svg";

#[wasm_bindgen]
extern "C" {
    /// A constructable style sheet (CSSOM): allowed where `style-src` forbids `<style>`.
    #[derive(Clone)]
    type CSSStyleSheet;
    #[wasm_bindgen(constructor, catch)]
    fn new() -> Result<CSSStyleSheet, JsValue>;
    #[wasm_bindgen(method, js_name = replaceSync)]
    fn replace_sync(this: &CSSStyleSheet, text: &str);

    type Adopting;
    #[wasm_bindgen(method, getter, js_name = adoptedStyleSheets)]
    fn adopted(this: &Adopting) -> Option<Array>;
    #[wasm_bindgen(method, setter, js_name = adoptedStyleSheets)]
    fn adopt(this: &Adopting, sheets: &Array);

    #[wasm_bindgen(js_namespace = document, js_name = createElementNS, catch)]
    fn create_element(namespace: &str, tag: &str) -> Result<Element, JsValue>;
}

thread_local! {
    /// One sheet for all buttons of the page.
    static SHEET: Cell<Option<CSSStyleSheet>> = const { Cell::new(None) };
}

fn sheet() -> Option<CSSStyleSheet> {
    let sheet = SHEET.take().or_else(|| CSSStyleSheet::new().ok().inspect(|sheet| sheet.replace_sync(STYLE)));
    SHEET.set(sheet.clone());
    sheet
}

/// Makes the root show the button.
pub(crate) fn show(root: &ShadowRoot, view: &View) {
    let sheets: &Adopting = root.unchecked_ref();
    // None yet, or a server's, whose own sheet the page's script has taken away just now. The identity chip adds one.
    if sheets.adopted().is_some_and(|adopted| adopted.length() == 0)
        && let Some(sheet) = sheet()
    {
        sheets.adopt(&Array::of1(&sheet));
    }
    patch(root, view, TREE, HTML);
}

fn patch(parent: &web_sys::Node, view: &View, nodes: &[Node], namespace: &str) {
    let mut existing = parent.first_child();
    for node in nodes {
        let tag = view.tag(node);
        let namespace = if tag == "svg" { SVG } else { namespace };
        let element = existing.take().map(JsCast::unchecked_into::<Element>).or_else(|| {
            let element = create_element(namespace, tag).ok()?;
            parent.append_child(&element).ok()?;
            Some(element)
        });
        let Some(element) = element else { return };
        for (name, content) in node.attributes {
            // Refused only for names that are none; these are constants.
            let _ = match view.say(*content) {
                Some(value) => element.set_attribute(name, value),
                None => element.remove_attribute(name),
            };
        }
        // Written again, it would be said again.
        if let Some(text) = view.say(node.text)
            && element.text_content().as_deref() != Some(text)
        {
            element.set_text_content(Some(text));
        }
        patch(&element, view, node.children, namespace);
        existing = element.next_sibling();
    }
}
