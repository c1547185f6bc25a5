//! Verifier and state: fresh, unguessable, and of one length.

use std::collections::HashSet;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use sign_in_with_x::flow::attempt::{Request, begin};
use sign_in_with_x::protocol::error::ErrorCode;
use sign_in_with_x::protocol::pkce::CodeVerifier;
use sign_in_with_x::protocol::ports::{Entropy, Refused};
use sign_in_with_x::protocol::state::State;
use sign_in_with_x::protocol::transaction::Flow;

use super::kit::{NOW, NoEntropy, Os, at, config, read};

/// RFC 7636 §4.1: unreserved characters; base64url uses these 64 of them.
fn is_base64url(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

#[test]
fn a2_a_hundred_thousand_verifiers_are_all_different() {
    let (mut os, mut seen, mut characters) = (Os::new(), HashSet::new(), HashSet::new());
    for _ in 0..100_000 {
        let verifier = CodeVerifier::generate(&mut os).unwrap();
        let text = verifier.expose();
        assert_eq!(text.len(), 43);
        assert!(is_base64url(text), "{text}");
        characters.extend(text.bytes());
        assert!(seen.insert(text.to_owned()), "twice");
    }
    assert_eq!(characters.len(), 64);
}

#[test]
fn a2_every_byte_of_the_source_reaches_the_verifier() {
    // RFC 7636 Appendix B: octets, verifier, challenge.
    struct Octets([u8; 32]);
    impl Entropy for Octets {
        fn fill(&mut self, buffer: &mut [u8]) -> Result<(), Refused> {
            buffer.copy_from_slice(&self.0);
            Ok(())
        }
    }
    let octets = [
        116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214, 191,
        240, 91, 88, 5, 88, 83, 132, 141, 121,
    ];
    let verifier = CodeVerifier::generate(&mut Octets(octets)).unwrap();
    assert_eq!(verifier.expose(), "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    assert_eq!(verifier.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    for at in 0..32 {
        let mut changed = octets;
        changed[at] ^= 1;
        assert_ne!(CodeVerifier::generate(&mut Octets(changed)).unwrap().expose(), verifier.expose(), "byte {at}");
    }
}

#[test]
fn a2_the_challenge_is_what_any_sha_256_says() {
    let mut os = Os::new();
    for _ in 0..1000 {
        let verifier = CodeVerifier::generate(&mut os).unwrap();
        assert_eq!(verifier.challenge(), URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.expose())));
    }
}

#[test]
fn a2_each_attempt_has_its_own_state_and_verifier() {
    let (mut os, mut seen) = (Os::new(), HashSet::new());
    for _ in 0..1000 {
        let attempt = begin(&config(), &Request::default(), Flow::Popup, &mut os, at(NOW)).unwrap();
        assert!(seen.insert(attempt.state.as_str().to_owned()));
        assert!(seen.insert(read(&attempt).code_verifier().to_owned()));
    }
}

#[test]
fn a3_without_secure_randomness_nothing_starts() {
    assert_eq!(State::generate(&mut NoEntropy).unwrap_err().code, ErrorCode::EntropyUnavailable);
    assert_eq!(CodeVerifier::generate(&mut NoEntropy).unwrap_err().code, ErrorCode::EntropyUnavailable);
    for flow in [Flow::Popup, Flow::Redirect] {
        let refused = begin(&config(), &Request::default(), flow, &mut NoEntropy, at(NOW)).unwrap_err();
        assert_eq!(refused.code, ErrorCode::EntropyUnavailable);
    }
}

#[test]
fn a3_randomness_that_runs_out_halfway_starts_nothing() {
    /// Enough for the state, not for the verifier.
    struct Once(bool);
    impl Entropy for Once {
        fn fill(&mut self, buffer: &mut [u8]) -> Result<(), Refused> {
            buffer.fill(7);
            if core::mem::replace(&mut self.0, true) { Err(Refused) } else { Ok(()) }
        }
    }
    let refused = begin(&config(), &Request::default(), Flow::Redirect, &mut Once(false), at(NOW)).unwrap_err();
    assert_eq!(refused.code, ErrorCode::EntropyUnavailable);
}

#[test]
fn a4_only_43_characters_of_base64url_are_a_state() {
    assert!(State::parse(&"a".repeat(43)).is_some());
    for text in ["", "a", &"a".repeat(42), &"a".repeat(44), &"é".repeat(43), &format!("{}=", "a".repeat(42))] {
        assert!(State::parse(text).is_none(), "{text}");
    }
    for odd in ["+", "/", " ", ".", "%", "\0", "\n", "~"] {
        assert!(State::parse(&format!("{}{odd}", "a".repeat(42))).is_none(), "{odd:?}");
    }
}
