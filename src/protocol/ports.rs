//! What the protocol needs from outside, as traits; the browser's adapters and the tests implement them.

use alloc::collections::BTreeMap;

/// A source of unpredictable bytes. RFC 6749 §10.10 asks that guessing a value succeed with probability ≤ 2⁻¹²⁸.
pub trait Entropy {
    /// Fills the whole buffer with cryptographically secure random bytes.
    ///
    /// # Errors
    /// [`Refused`] when no secure source exists; there is no weaker fallback.
    fn fill(&mut self, buffer: &mut [u8]) -> Result<(), Refused>;
}

/// 32 random bytes, the strength of every random value here.
///
/// # Errors
/// [`Refused`] also when nothing was written: a source that is stubbed out must not make everybody's secrets the same.
pub fn random_bytes(entropy: &mut impl Entropy) -> Result<[u8; 32], Refused> {
    let mut bytes = [0; 32];
    entropy.fill(&mut bytes)?;
    if bytes == [0; 32] { Err(Refused) } else { Ok(bytes) }
}

/// A small string store that lives as long as one browser tab (`sessionStorage`). What is written there is written by the page.
pub trait KeyValue {
    /// The value of a key, or `None` when there is none or the store refuses to answer.
    fn get(&self, key: &str) -> Option<String>;

    /// Removes a key, if it is there.
    fn remove(&mut self, key: &str);

    /// All keys.
    fn keys(&self) -> Vec<String>;
}

/// The environment said no: there is no secure randomness.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused;

/// A [`KeyValue`] in memory, for tests and for hosts without a browser.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore(BTreeMap<String, String>);

impl MemoryStore {
    /// Writes a value.
    pub fn set(&mut self, key: &str, value: &str) {
        self.0.insert(key.into(), value.into());
    }
}

impl KeyValue for MemoryStore {
    fn get(&self, key: &str) -> Option<String> {
        self.0.get(key).cloned()
    }

    fn remove(&mut self, key: &str) {
        self.0.remove(key);
    }

    fn keys(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }
}
