//! Sealed records: what opens, and all that does not.

use proptest::prelude::*;
use sign_in_with_x::protocol::secret::Secret;
use sign_in_with_x::server::sealed::{Binding, COOKIE_MAX, NotSealed, Purpose, Secrets, open, seal, seal_cookie};

use super::{Counter, NOW};
use crate::kit::{NoEntropy, Os};

pub(super) const FIRST: &str = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA";
const SECOND: &str = "8f14e45fceea167a5a36dedd4bea2543c9f0f895fb98ab9159f51fd0297e236d";

fn secrets(texts: &[&str]) -> Secrets {
    let texts: Vec<Secret> = texts.iter().map(|text| Secret::new((*text).into())).collect();
    Secrets::new(&texts).unwrap().unwrap()
}

const HERE: Binding<'static> =
    Binding { purpose: Purpose::Transaction, name: "__Host-Http-x", origin: "https://app.example", client: "client" };

fn sealed(record: &[u8]) -> String {
    seal(&secrets(&[FIRST]), &HERE, record, NOW + 60, &mut Os::new()).unwrap()
}

#[test]
fn g16_secrets_that_are_too_weak() {
    let refused = |text: &str| Secrets::new(&[Secret::new(text.into())]).map(|_| ()).unwrap_err();
    for text in [
        "",
        "undefined",
        "null",
        "short",
        "8f14e45fceea167a5a36dedd4bea2543",
        &FIRST[..42],
        "correct horse battery staple :-)"[..31].into(),
        &[FIRST, "\n"].concat(),
        &"a".repeat(64),
        &"abcdefgh".repeat(8),
        &"0123456789abcdef".repeat(4),
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "changeme-q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83v",
        "Your-Secret-q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83v",
        "this is only an EXAMPLE, but a rather long one of those",
    ] {
        let error = refused(text);
        assert_eq!(error.option, "secrets", "{text}");
        assert!(text.is_empty() || !format!("{error:?} {error}").contains(FIRST), "{error}");
    }
    for (text, word) in [("hunter2", "too short"), ("changeme", "placeholder"), (&"abcdefgh".repeat(8), "pattern")] {
        assert!(refused(text).hint.contains(word), "{text}: {}", refused(text).hint);
    }
    for text in
        [FIRST, SECOND, "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=", "Zq7! wet stones under 9 quiet bridges; Ma+rk"]
    {
        assert!(Secrets::new(&[Secret::new(text.into())]).is_ok(), "{text}");
    }
    assert!(Secrets::new(&[]).unwrap().is_none());
    assert!(Secrets::new(&[Secret::new(FIRST.into()), Secret::new("weak".into())]).is_err());
    assert_eq!(format!("{:?}", secrets(&[FIRST, SECOND])), "Secrets([redacted]; 2)");
}

#[test]
fn g16_a_record_opens_where_it_belongs_and_nowhere_else() {
    let text = sealed(b"canary");
    let keys = secrets(&[FIRST]);
    assert_eq!(open(&keys, &HERE, &text, NOW).as_deref(), Some(&b"canary"[..]));
    for other in [
        Binding { purpose: Purpose::Session, ..HERE },
        Binding { purpose: Purpose::Tokens, ..HERE },
        Binding { name: "__Host-Http-y", ..HERE },
        Binding { origin: "https://app.example:8443", ..HERE },
        Binding { client: "another", ..HERE },
        // The same letters, cut elsewhere.
        Binding { name: "__Host-Http-xh", origin: "ttps://app.example", ..HERE },
    ] {
        assert_eq!(open(&keys, &other, &text, NOW), None, "{other:?}");
    }
    assert_eq!(open(&keys, &HERE, &text, NOW + 59).as_deref(), Some(&b"canary"[..]));
    assert_eq!(open(&keys, &HERE, &text, NOW + 60), None);
    assert!(!text.contains("canary"));
    assert_ne!(text, sealed(b"canary"), "two nonces");
}

#[test]
fn g16_secrets_are_changed_one_by_one() {
    let old = sealed(b"r");
    assert!(open(&secrets(&[SECOND, FIRST]), &HERE, &old, NOW).is_some());
    assert!(open(&secrets(&[SECOND]), &HERE, &old, NOW).is_none());
    let new = seal(&secrets(&[SECOND, FIRST]), &HERE, b"r", NOW + 60, &mut Counter(0)).unwrap();
    assert!(open(&secrets(&[SECOND]), &HERE, &new, NOW).is_some());
    assert!(open(&secrets(&[FIRST]), &HERE, &new, NOW).is_none());
}

#[test]
fn g16_what_does_not_fit_into_a_cookie_is_said() {
    let keys = secrets(&[FIRST]);
    let cookie = |bytes: usize| seal_cookie(&keys, &HERE, &vec![7; bytes], NOW + 60, &mut Counter(0));
    let most = (0..COOKIE_MAX).rev().find(|bytes| cookie(*bytes).is_ok()).unwrap();
    assert!(most > 2900, "{most}");
    let value = cookie(most).unwrap();
    assert!(HERE.name.len() + 1 + value.len() <= COOKIE_MAX);
    assert!(matches!(cookie(most + 1), Err(NotSealed::TooLarge { bytes }) if bytes > COOKIE_MAX));
    assert!(matches!(seal(&keys, &HERE, &[7; 60_000], NOW, &mut Counter(0)), Err(NotSealed::TooLarge { .. })));
    assert_eq!(seal(&keys, &HERE, b"", NOW, &mut NoEntropy), Err(NotSealed::Entropy));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn g16_what_is_sealed_opens_the_same(record in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert_eq!(open(&secrets(&[FIRST]), &HERE, &sealed(&record), NOW), Some(record));
    }

    #[test]
    fn g16_one_character_more_less_or_other_and_it_is_not_there(record in prop::collection::vec(any::<u8>(), 0..40), at in any::<prop::sample::Index>(), other in "[A-Za-z0-9_=.-]") {
        let text = sealed(&record);
        let at = at.index(text.len());
        let keys = secrets(&[FIRST]);
        prop_assert_eq!(open(&keys, &HERE, &text[..at], NOW), None);
        prop_assert_eq!(open(&keys, &HERE, &[&text[..at], &other, &text[at..]].concat(), NOW), None);
        let changed = [&text[..at], &other, &text[at + 1..]].concat();
        if changed != text {
            prop_assert_eq!(open(&keys, &HERE, &changed, NOW), None);
        }
    }

    #[test]
    fn g13_no_text_panics(text in "[A-Za-z0-9_-]{0,120}|.{0,60}") {
        prop_assert_eq!(open(&secrets(&[FIRST]), &HERE, &text, NOW), None);
    }
}
