//! `crypto.getRandomValues`, and nothing weaker.

use super::page::fill_random;
use crate::protocol::ports::{Entropy, Refused};

/// The browser's secure randomness.
pub(crate) struct WebCrypto;

impl Entropy for WebCrypto {
    fn fill(&mut self, buffer: &mut [u8]) -> Result<(), Refused> {
        fill_random(buffer).then_some(()).ok_or(Refused)
    }
}
