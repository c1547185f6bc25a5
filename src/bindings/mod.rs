//! The one export of the browser engine: [`ask`]. Text in, text out, no classes, nothing to free.
//!
//! Questions and answers are in the form encoding (`ask=begin&options=clientId%3D…`): they pass through the same strict
//! parser as callbacks do, and the download is spared the glue that every other function and object would need.

mod answer;
mod button;
mod options;
mod pkce;
mod sign_in;

use core::cell::Cell;

use wasm_bindgen::prelude::wasm_bindgen;

use self::options::{config, form};
use self::sign_in::Memory;
use crate::protocol::error::Error;
use crate::protocol::form::Form;

thread_local! {
    /// Taken out while a question is answered: no borrow that could fail.
    static MEMORY: Cell<Memory> = const { Cell::new(Memory::new()) };
}

/// Answers a question. `ask` is its name; the other fields are what it is about:
///
/// | `ask` | fields | see |
/// | --- | --- | --- |
/// | `begin` | `options`, `request` | `sign_in::begin` |
/// | `popupEvent` | `key`, `event`, `detail` | `sign_in::popup_event` |
/// | `forget` | `key` | `sign_in::forget` |
/// | `resume` | `options` | `sign_in::resume` |
/// | `awaited` | `options`, `url` | `sign_in::awaited` |
/// | `handleCallback` | `options`, `url`, `address`, `back` | `sign_in::handle_callback` |
/// | `readExchange` | `answer` | `sign_in::read_exchange_answer` |
/// | `renderButton` | `attributes` | `button::render_button` |
/// | `buttonSheet` | | `button::button_sheet` |
/// | `createPkcePair` | | `pkce::create_pkce_pair` |
///
/// `options`, `request`, `answer` and `attributes` are forms themselves. The answer is empty when there is nothing to say; a failure has `failure`,
/// its code. `address` is the page's own.
#[wasm_bindgen]
pub fn ask(question: &str) -> String {
    let mut memory = MEMORY.take();
    let answer = answer(&mut memory, &form(question));
    MEMORY.set(memory);
    answer.unwrap_or_else(|error| answer::failure(&error))
}

fn answer(memory: &mut Memory, question: &Form) -> Result<String, Error> {
    let field = |name| question.get(name);
    match field("ask") {
        "popupEvent" => return sign_in::popup_event(memory, field("key"), field("event"), field("detail")),
        "forget" => {
            sign_in::forget(field("key"));
            return Ok(String::new());
        }
        "readExchange" => return sign_in::read_exchange_answer(&form(field("answer"))),
        "renderButton" => return Ok(button::render_button(form(field("attributes")))),
        "buttonSheet" => return Ok(button::button_sheet()),
        "createPkcePair" => return pkce::create_pkce_pair(),
        _ => {}
    }
    let options = form(field("options"));
    let config = config(&options)?;
    match field("ask") {
        "begin" => sign_in::begin(memory, &config, &form(field("request"))),
        "resume" => Ok(sign_in::resume(memory, &config)),
        "awaited" => Ok(sign_in::awaited(memory, &config, field("url"))),
        _ => sign_in::handle_callback(memory, &config, field("url"), field("address"), question.has("back")),
    }
}
