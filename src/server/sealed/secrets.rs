//! The host's secrets, and the keys that are made of them.

use core::fmt;

use hkdf::Hkdf;
use sha2::Sha256;

use super::Purpose;
use crate::protocol::secret::Secret;
use crate::server::config::ConfigError;

/// The fewest random bytes that a secret must stand for.
const BYTES_MIN: usize = 32;

/// Words of examples and templates. Long enough that chance does not write one into a real secret.
const PLACEHOLDERS: [&str; 12] = [
    "changeme",
    "change-me",
    "change_me",
    "replace-me",
    "replace_me",
    "placeholder",
    "example",
    "your-secret",
    "your_secret",
    "password",
    "insecure",
    "development",
];

/// Secrets that are fit to seal with, newest first: the first seals, all of them open. To change one, put the new one
/// before it, and take the old one out when everything that it sealed has expired.
#[derive(Clone)]
pub struct Secrets {
    newest: Keys,
    older: Vec<Keys>,
}

/// The keys of one secret, one for each purpose.
#[derive(Clone)]
pub(super) struct Keys([[u8; 32]; 3]);

impl Secrets {
    /// Checks secrets, newest first. `None` when there is none.
    ///
    /// # Errors
    /// [`ConfigError`] for one that is too short, or that was never meant to be used.
    pub fn new(texts: &[Secret]) -> Result<Option<Self>, ConfigError> {
        let mut keys = texts.iter().map(Keys::new);
        let Some(newest) = keys.next() else { return Ok(None) };
        Ok(Some(Self { newest: newest?, older: keys.collect::<Result<_, _>>()? }))
    }

    pub(super) const fn newest(&self) -> &Keys {
        &self.newest
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Keys> {
        core::iter::once(&self.newest).chain(&self.older)
    }
}

/// Shows how many there are.
impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secrets([redacted]; {})", 1 + self.older.len())
    }
}

impl Keys {
    fn new(secret: &Secret) -> Result<Self, ConfigError> {
        let text = secret.expose();
        check(text).map_err(|hint| ConfigError { option: "secrets", hint })?;
        // The text as it stands, whatever it encodes: nobody can read it in two ways. A salt adds nothing to a secret that
        // is random already (RFC 5869 §3.1).
        let extracted = Hkdf::<Sha256>::new(None, text.as_bytes());
        let mut keys = [[0; 32]; 3];
        for (key, purpose) in keys.iter_mut().zip(Purpose::ALL) {
            // 32 bytes are within what HKDF can make; the type cannot say so.
            extracted
                .expand(purpose.info().as_bytes(), key)
                .map_err(|_| ConfigError { option: "secrets", hint: "it makes no key" })?;
        }
        Ok(Self(keys))
    }

    pub(super) const fn key(&self, purpose: Purpose) -> [u8; 32] {
        let [session, transaction, tokens] = self.0;
        match purpose {
            Purpose::Session => session,
            Purpose::Transaction => transaction,
            Purpose::Tokens => tokens,
        }
    }
}

fn check(text: &str) -> Result<(), &'static str> {
    if matches!(text, "" | "undefined" | "null") || text.contains(char::is_control) {
        return Err("it is empty, \"undefined\" or holds a line break; make one with: openssl rand -base64 32");
    }
    let lower = text.to_ascii_lowercase();
    if PLACEHOLDERS.iter().any(|word| lower.contains(word)) {
        return Err("it is a placeholder, not a secret; make one with: openssl rand -base64 32");
    }
    if bytes_of(text) < BYTES_MIN {
        return Err("it is too short: it must stand for 32 random bytes; make one with: openssl rand -base64 32");
    }
    if is_pattern(text.as_bytes()) {
        return Err("it is a pattern, not random; make one with: openssl rand -base64 32");
    }
    Ok(())
}

/// How many bytes a text stands for, at most: as hex, as base64 in either alphabet, or as it is.
fn bytes_of(text: &str) -> usize {
    let plain = text.trim_end_matches('=');
    if plain.bytes().all(|b| b.is_ascii_hexdigit()) {
        plain.len() / 2
    } else if plain.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/-_".contains(&b)) {
        plain.len() * 3 / 4
    } else {
        text.len()
    }
}

/// A few bytes again and again, or one after the other (`0123…`, `abcd…`).
fn is_pattern(bytes: &[u8]) -> bool {
    let repeats = (1..=bytes.len() / 2).any(|period| bytes.iter().zip(bytes.iter().skip(period)).all(|(a, b)| a == b));
    let mut seen: Vec<u8> = bytes.to_vec();
    seen.sort_unstable();
    seen.dedup();
    let steps = bytes.iter().zip(bytes.iter().skip(1)).filter(|(a, b)| b.wrapping_sub(**a) == 1).count();
    repeats || seen.len() < 8 || steps * 2 > bytes.len()
}
