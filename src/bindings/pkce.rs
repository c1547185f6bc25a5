//! `createPkcePair`.

use super::answer::answer;
use crate::browser::entropy::WebCrypto;
use crate::protocol::error::Error;
use crate::protocol::pkce::{CODE_CHALLENGE_METHOD, CodeVerifier};

/// A fresh verifier and its S256 challenge (RFC 7636 §4), or `entropy_unavailable`.
pub(super) fn create_pkce_pair() -> Result<String, Error> {
    let verifier = CodeVerifier::generate(&mut WebCrypto)?;
    let names = "codeVerifier codeChallenge codeChallengeMethod";
    Ok(answer(names, &[verifier.expose(), &verifier.challenge(), CODE_CHALLENGE_METHOD]))
}
