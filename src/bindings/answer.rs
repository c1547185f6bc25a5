//! Answers on their way out: forms.

use crate::protocol::error::Error;
use crate::protocol::form;
use crate::protocol::text::pieces;

/// Each of the names, which have a space between them, with the text of the same place. Empty text means absent, and is left
/// out.
#[inline(never)]
pub(super) fn answer(names: &str, texts: &[&str]) -> String {
    let mut out = String::new();
    for (name, text) in pieces(names, b' ').zip(texts) {
        if !text.is_empty() {
            form::append(&mut out, name, text);
        }
    }
    out
}

/// An error as what the glue turns into a `SignInError`.
pub(super) fn failure(error: &Error) -> String {
    answer("failure reason description", &[error.code.as_str(), error.reason(), error.description()])
}
