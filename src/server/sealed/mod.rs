//! Sealed records: what a browser or a database keeps for the backend, unreadable and unchangeable for either.
//!
//! XChaCha20-Poly1305 with a random nonce of 24 bytes (draft-irtf-cfrg-xchacha; long enough that two never meet), under a
//! key that HKDF-SHA256 (RFC 5869) makes from a secret of the host's and the record's [`Purpose`]. A record is bound to its
//! purpose, its name, the origin and the client: opened as anything else it is not there. So is one that is expired,
//! cut short or changed in a single bit; which of these it was is not told.
//!
//! As text: base64url of version (1 byte), nonce (24), ciphertext and tag (16). The plaintext begins with the moment of
//! expiry, so that a browser that keeps a cookie for too long keeps nothing.

mod secrets;

pub use secrets::Secrets;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};

use crate::protocol::ports::{Entropy, random_bytes};

/// The longest cookie that every browser keeps, in bytes: name, value and attributes are counted differently, so the name
/// and the value have to fit with room to spare (RFC 6265bis §5.6).
pub const COOKIE_MAX: usize = 4096;

/// The longest text that is looked at when it is opened, in bytes.
const TEXT_MAX: usize = 65_536;

const VERSION: u8 = 1;
const NONCE_BYTES: usize = 24;

/// What a record is for. Each has keys of its own (CVE-2026-114607: a cookie of one purpose that was taken for another).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Who is signed in.
    Session,
    /// A sign-in that is under way.
    Transaction,
    /// X's tokens, in the host's own database.
    Tokens,
}

impl Purpose {
    const ALL: [Self; 3] = [Self::Session, Self::Transaction, Self::Tokens];

    const fn info(self) -> &'static str {
        match self {
            Self::Session => "sign-in-with-x/1/session",
            Self::Transaction => "sign-in-with-x/1/transaction",
            Self::Tokens => "sign-in-with-x/1/tokens",
        }
    }
}

/// What a record belongs to. It opens for exactly this and nothing else.
#[derive(Clone, Copy, Debug)]
pub struct Binding<'a> {
    /// What it is for.
    pub purpose: Purpose,
    /// The cookie's name, or the key it is stored under.
    pub name: &'a str,
    /// The host's origin.
    pub origin: &'a str,
    /// The client id.
    pub client: &'a str,
}

/// Why nothing was sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSealed {
    /// No secure randomness.
    Entropy,
    /// Name and value together are longer than they may be. The browser would drop such a cookie without a word; keep the
    /// record in a store, and its name in the cookie.
    TooLarge {
        /// How long it is, in bytes.
        bytes: usize,
    },
}

/// Seals a record that may be as long as it likes, for a database.
///
/// # Errors
/// [`NotSealed::Entropy`]; `TooLarge` above 48 KB, which would not be opened again.
pub fn seal(
    secrets: &Secrets,
    binding: &Binding<'_>,
    record: &[u8],
    expires_at: u64,
    entropy: &mut impl Entropy,
) -> Result<String, NotSealed> {
    let random = random_bytes(entropy).map_err(|_| NotSealed::Entropy)?;
    let nonce = XNonce::try_from(random.get(..NONCE_BYTES).unwrap_or_default()).map_err(|_| NotSealed::Entropy)?;
    let mut plain = expires_at.to_be_bytes().to_vec();
    plain.extend_from_slice(record);
    let sealed = cipher(&secrets.newest().key(binding.purpose))
        .encrypt(&nonce, Payload { msg: &plain, aad: &associated(binding) })
        .map_err(|_| NotSealed::TooLarge { bytes: record.len() })?;
    let text = URL_SAFE_NO_PAD.encode([&[VERSION], nonce.as_slice(), &sealed].concat());
    if text.len() > TEXT_MAX { Err(NotSealed::TooLarge { bytes: text.len() }) } else { Ok(text) }
}

/// Seals a cookie's value.
///
/// # Errors
/// [`NotSealed`], also when the cookie would be longer than [`COOKIE_MAX`].
pub fn seal_cookie(
    secrets: &Secrets,
    binding: &Binding<'_>,
    record: &[u8],
    expires_at: u64,
    entropy: &mut impl Entropy,
) -> Result<String, NotSealed> {
    let value = seal(secrets, binding, record, expires_at, entropy)?;
    let bytes = binding.name.len() + 1 + value.len();
    if bytes > COOKIE_MAX { Err(NotSealed::TooLarge { bytes }) } else { Ok(value) }
}

/// Opens a record, with whichever of the secrets sealed it. `None` for anything that was not sealed for exactly this
/// binding, and for a record whose time is over.
pub fn open(secrets: &Secrets, binding: &Binding<'_>, text: &str, now_seconds: u64) -> Option<Vec<u8>> {
    if text.len() > TEXT_MAX {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let (version, rest) = bytes.split_first()?;
    let (nonce, sealed) = rest.split_at_checked(NONCE_BYTES)?;
    if *version != VERSION {
        return None;
    }
    let (nonce, aad) = (XNonce::try_from(nonce).ok()?, associated(binding));
    let mut keys = secrets.all().map(|secret| secret.key(binding.purpose));
    let plain = keys.find_map(|key| cipher(&key).decrypt(&nonce, Payload { msg: sealed, aad: &aad }).ok())?;
    let (expires_at, record) = plain.split_first_chunk()?;
    (u64::from_be_bytes(*expires_at) > now_seconds).then(|| record.to_vec())
}

fn cipher(key: &[u8; 32]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(*key))
}

/// Every part with its length before it, so that no two bindings read the same.
fn associated(binding: &Binding<'_>) -> Vec<u8> {
    let mut out = vec![VERSION];
    for part in [binding.purpose.info(), binding.name, binding.origin, binding.client] {
        out.extend_from_slice(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        out.extend_from_slice(part.as_bytes());
    }
    out
}
