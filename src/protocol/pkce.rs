//! Proof Key for Code Exchange (RFC 7636), S256 only.

use sha2::{Digest as _, Sha256};

use super::error::Error;
use super::ports::Entropy;
use super::secret::Secret;
use super::state::{base64url, random_text};

/// The only method this crate speaks. `plain` protects nothing once the request leaks (RFC 9700 §2.1.1).
pub const CODE_CHALLENGE_METHOD: &str = "S256";

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
        base64url(&Sha256::digest(self.expose()).into())
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
