//! The one export of the browser engine: [`ask`]. Text in, text out, no classes, nothing to free.
//!
//! Questions and answers are in the form encoding (`ask=begin&options=clientId%3D…`): they pass through the same strict
//! parser as callbacks do, and the download is spared the glue that every other function and object would need.

mod answer;
mod begin;
mod button;
mod options;
mod pkce;
#[cfg(feature = "browser")]
mod sign_in;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::wasm_bindgen;

use self::options::{config, form};
use crate::protocol::error::Error;
use crate::protocol::form::Form;

/// Answers a question. `ask` is its name; the other fields are what it is about:
///
/// | `ask` | fields | see |
/// | --- | --- | --- |
/// | `check` | `options` | nothing, unless they are wrong |
/// | `begin` | `options`, `request` | `begin::begin` |
/// | `renderButton` | `attributes` | `button::render_button` |
/// | `buttonSheet` | | `button::button_sheet` |
/// | `createPkcePair` | | `pkce::create_pkce_pair` |
/// | `adopt` | `key`, `record`, `timeout` | `sign_in::adopt` |
/// | `popupEvent` | `key`, `event`, `detail` | `sign_in::popup_event` |
/// | `resume` | `options` | `sign_in::resume` |
/// | `awaited` | `options`, `url` | `sign_in::awaited` |
/// | `handleCallback` | `options`, `url`, `back` | `sign_in::handle_callback` |
/// | `readExchange` | `answer` | `sign_in::read_exchange_answer` |
///
/// The engine of the feature `click` answers the first five, the one of `browser` all of them.
///
/// `options`, `request`, `answer` and `attributes` are forms themselves. The answer is empty when there is nothing to say; a failure has `failure`,
/// its code. `address` is the page's own.
// Elsewhere only in a test, which compiles this folder for the machine (tests/glue/answers.rs).
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn ask(question: &str) -> String {
    answer(&form(question)).unwrap_or_else(|error| answer::failure(&error))
}

fn answer(question: &Form) -> Result<String, Error> {
    let field = |name| question.get(name);
    match field("ask") {
        "renderButton" => return Ok(button::render_button(form(field("attributes")))),
        "buttonSheet" => return Ok(button::button_sheet()),
        "createPkcePair" => return pkce::create_pkce_pair(),
        _ => {}
    }
    #[cfg(feature = "browser")]
    if let Some(answer) = sign_in::about_one(question) {
        return answer;
    }
    let options = form(field("options"));
    let config = config(&options)?;
    match field("ask") {
        "begin" => begin::begin(&config, &form(field("request"))),
        #[cfg(feature = "browser")]
        "resume" | "awaited" | "handleCallback" => sign_in::about_all(&config, question),
        _ => Ok(String::new()),
    }
}
