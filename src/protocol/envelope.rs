//! The message between the window that comes back from X and the page that waits for it: a version and a note
//! ([`Note`](super::outcome::Note)) as a form.
//!
//! It carries no verifier and no token; a code only where the page that waits has to exchange it. Whoever receives it
//! believes nothing: a note goes through the same checks as an address.

use super::form;
use super::text::digits;

/// What a message starts with; anything else is somebody else's.
pub const ENVELOPE_PREFIX: &str = "sign-in-with-x/1?";

/// What the page that waits answers, so that the window may close itself.
pub const ACKNOWLEDGED: &str = "sign-in-with-x/1 ok";

/// The note inside a message, or `None` when it is not one of ours.
pub fn open(message: &str) -> Option<&str> {
    message.strip_prefix(ENVELOPE_PREFIX)
}

/// A message that hands over the callback's query and fragment as they are; `now` is the date, in milliseconds.
pub fn hand_over(tail: &str, now: u64) -> String {
    let mut message = ENVELOPE_PREFIX.into();
    form::append_all(&mut message, "v created_at response", &["1", &digits(now), tail]);
    message
}
