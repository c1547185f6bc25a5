//! The engine in a real browser, without the glue: what it puts on a page, into storage and onto a channel.
#![cfg(target_arch = "wasm32")]

mod button;
mod callback;
mod page;
mod pkce;
mod popup;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
