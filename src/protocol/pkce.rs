//! Proof Key for Code Exchange (RFC 7636), S256 only.

use sha2::block_api::compress256;

use super::error::Error;
use super::ports::Entropy;
use super::secret::Secret;
use super::state::{base64url, random_text};

/// The only method this crate speaks. `plain` protects nothing once the request leaks (RFC 9700 §2.1.1).
pub const CODE_CHALLENGE_METHOD: &str = "S256";

/// A verifier is always 43 bytes, so SHA-256 sees one block (FIPS 180-4 §5.1.1): the message, a bit, zeros, its length. A
/// hasher that takes any length would cost a page a quarter of a kilobyte more.
const BITS: u16 = 8 * 43;

/// What SHA-256 begins with (FIPS 180-4 §5.3.3).
const INITIAL: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// The secret half: 32 fresh random bytes as 43 characters of base64url (RFC 7636 §4.1). One per attempt.
#[derive(Clone, Debug)]
pub struct CodeVerifier(Secret);

impl CodeVerifier {
    /// A fresh verifier.
    ///
    /// # Errors
    /// `entropy_unavailable` when there is no secure randomness.
    pub fn generate(entropy: &mut impl Entropy) -> Result<Self, Error> {
        random_text(entropy).map(Self::restore)
    }

    /// A verifier that this crate generated earlier and that was kept in a transaction record.
    pub(super) const fn restore(text: String) -> Self {
        Self(Secret::new(text))
    }

    /// `BASE64URL(SHA256(ASCII(code_verifier)))` (RFC 7636 §4.2): 43 characters, computed synchronously so that a
    /// popup can open inside the click.
    pub fn challenge(&self) -> String {
        let mut block = [0; 64];
        let [message @ .., high, low] = &mut block;
        for (to, from) in message.iter_mut().zip(self.expose().bytes().chain([0x80])) {
            *to = from;
        }
        [*high, *low] = BITS.to_be_bytes();
        let mut hash = INITIAL;
        compress256(&mut hash, &[block]);
        let mut bytes = [0; 32];
        for (to, word) in bytes.as_chunks_mut().0.iter_mut().zip(hash) {
            *to = word.to_be_bytes();
        }
        base64url(&bytes)
    }

    /// The 43 characters, for the token request.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

#[cfg(test)]
mod tests {
    use super::CodeVerifier;

    /// RFC 7636 Appendix B.
    #[test]
    fn a2_appendix_b_vector() {
        let verifier = CodeVerifier::restore("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".into());
        assert_eq!(verifier.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }
}
