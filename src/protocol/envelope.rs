//! The message that the callback page hands to the page that waits: a version and the callback's query and fragment.
//!
//! It carries nothing that the address did not carry: no verifier, no token. Whoever receives it believes nothing; the
//! text goes through the same checks as an address.

/// What a message starts with; anything else on the channel is somebody else's.
pub const ENVELOPE_PREFIX: &str = "sign-in-with-x/1";

/// What the page that waits answers, so that the callback page may close itself.
pub const ACKNOWLEDGED: &str = "sign-in-with-x/1 ok";

/// The query and fragment inside a message, or `None` when it is not one of ours.
pub fn open(message: &str) -> Option<&str> {
    message.strip_prefix(ENVELOPE_PREFIX).filter(|tail| tail.starts_with(['?', '#']))
}

/// Packs a query and fragment.
pub fn seal(tail: &str) -> String {
    [ENVELOPE_PREFIX, tail].concat()
}
