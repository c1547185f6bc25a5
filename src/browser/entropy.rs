//! `crypto.getRandomValues`, and nothing weaker.

use crate::protocol::ports::{Entropy, Refused};

/// The browser's secure randomness.
pub(crate) struct WebCrypto;

impl Entropy for WebCrypto {
    fn fill(&mut self, buffer: &mut [u8]) -> Result<(), Refused> {
        getrandom::fill(buffer).map_err(|_| Refused)
    }
}
