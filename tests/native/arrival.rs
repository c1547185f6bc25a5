//! The arrival after a redirect: which attempt a callback answers, once, and the note that the callback page leaves.

use sign_in_with_x::flow::callback::{Used, recall};
use sign_in_with_x::protocol::authorization_response::{AuthorizationResponse, Remembered};
use sign_in_with_x::protocol::config::{Config, Options};
use sign_in_with_x::protocol::error::Error;
use sign_in_with_x::protocol::outcome::{NOTE_LIFE_MS, Note, take_note};
use sign_in_with_x::protocol::ports::{KeyValue as _, MemoryStore};
use sign_in_with_x::protocol::state::State;
use sign_in_with_x::protocol::transaction::TRANSACTION_LIFE_MS;

use super::kit::{CALLBACK, NOW, at, config, key, options, other, record, s, said, store};

fn arrive(store: &mut MemoryStore, used: &mut Used, config: &Config<'_>, tail: &str) -> Result<String, Error> {
    let response = AuthorizationResponse::parse(tail, config.finish)?;
    let remembered = recall(store, used, config, response.state(), at(NOW));
    response.check(remembered, at(NOW)).map(|approved| approved.code().to_owned())
}

fn code_of(state: &State) -> String {
    format!("?code=c&state={}", state.as_str())
}

/// Keys of the store, without their common beginning.
fn left(store: &MemoryStore) -> Vec<String> {
    store.keys().into_iter().map(|key| key.replace("sign-in-with-x:", "")).collect()
}

#[test]
fn a7_an_attempt_is_answered_once() {
    let (mut used, mut store) = (Used::new(), store(&[(s(), record(&[]))]));
    assert_eq!(arrive(&mut store, &mut used, &config(), &code_of(&s())).unwrap(), "c");
    assert!(left(&store).is_empty(), "removed before anything is exchanged");
    for _ in 0..3 {
        let again = arrive(&mut store, &mut used, &config(), &code_of(&s())).unwrap_err();
        assert_eq!(said(&again), "already_used");
    }
    // After a reload this page remembers nothing, and neither does the store.
    let reloaded = arrive(&mut store, &mut Used::new(), &config(), &code_of(&s())).unwrap_err();
    assert_eq!(said(&reloaded), "started_elsewhere");
}

#[test]
fn a7_a_refused_answer_uses_the_attempt_up_too() {
    for tail in ["?error=access_denied&state={S}", "?code=c&state={S}&iss=https://evil.example"] {
        let (mut used, mut store) = (Used::new(), store(&[(s(), record(&[]))]));
        assert!(arrive(&mut store, &mut used, &config(), &tail.replace("{S}", s().as_str())).is_err());
        assert!(left(&store).is_empty(), "{tail}");
        assert_eq!(said(&arrive(&mut store, &mut used, &config(), &code_of(&s())).unwrap_err()), "already_used");
    }
}

#[test]
fn a7_the_memory_of_used_attempts_is_bounded_and_forgets_the_oldest() {
    let (mut used, mut empty) = (Used::new(), MemoryStore::default());
    let state = |n: usize| State::parse(&format!("{n:043}")).unwrap();
    for n in 0..=Used::MAX {
        let mut store = store(&[(state(n), record(&[]))]);
        assert!(arrive(&mut store, &mut used, &config(), &code_of(&state(n))).is_ok());
    }
    let again = |n, used: &mut Used, empty: &mut MemoryStore| {
        said(&arrive(empty, used, &config(), &code_of(&state(n))).unwrap_err())
    };
    assert_eq!(again(0, &mut used, &mut empty), "started_elsewhere");
    for n in 1..=Used::MAX {
        assert_eq!(again(n, &mut used, &mut empty), "already_used", "{n}");
    }
}

#[test]
fn a6_another_configuration_s_attempt_is_refused_and_left_alone() {
    for (name, value) in [
        ("client_id", "another"),
        ("client_id", "CLIENT"),
        ("client_id", ""),
        ("redirect_uri", "https://app.example/other"),
        ("redirect_uri", "https://app.example/auth/x/callback/"),
        ("redirect_uri", "https://evil.example/auth/x/callback"),
    ] {
        let (mut used, mut store) = (Used::new(), store(&[(s(), record(&[(name, Some(value))]))]));
        let refused = arrive(&mut store, &mut used, &config(), &code_of(&s())).unwrap_err();
        assert_eq!(said(&refused), "state_mismatch", "{name}={value}");
        assert_eq!(left(&store), [s().as_str()], "{name}={value}");
        let owner = match name {
            "client_id" if !value.is_empty() => Config::new(&Options { client_id: value, ..options() }),
            "redirect_uri" => Config::new(&Options { redirect_uri: value, ..options() }),
            _ => continue,
        };
        assert!(arrive(&mut store, &mut used, &owner.unwrap(), &code_of(&s())).is_ok(), "its owner may: {value}");
    }
}

#[test]
fn a6_a_record_of_another_version_purpose_or_kind_is_no_attempt() {
    for (name, value) in [
        ("v", Some("2")),
        ("v", Some("")),
        ("v", None),
        ("purpose", Some("link-account")),
        ("purpose", None),
        ("flow", Some("oauth1")),
        ("flow", Some("")),
        ("flow", None),
        ("created_at", None),
        ("created_at", Some("")),
        ("created_at", Some("-1")),
        ("created_at", Some("1e9")),
        ("created_at", Some("soon")),
        ("steady_at", None),
        ("steady_at", Some("")),
        ("steady_at", Some("-1")),
        ("steady_at", Some("soon")),
    ] {
        let (mut used, mut store) = (Used::new(), store(&[(s(), record(&[(name, value)]))]));
        let refused = arrive(&mut store, &mut used, &config(), &code_of(&s())).unwrap_err();
        assert_eq!(said(&refused), "started_elsewhere", "{name}={value:?}");
        assert!(left(&store).is_empty(), "swept: {name}={value:?}");
    }
}

#[test]
fn a6_a_record_with_a_field_twice_is_no_attempt() {
    for field in ["&v=1", "&purpose=sign-in", "&flow=redirect", "&created_at=1800000000000", "&steady_at=1", "&x=%"] {
        let mut store = store(&[(s(), record(&[]) + field)]);
        let refused = arrive(&mut store, &mut Used::new(), &config(), &code_of(&s())).unwrap_err();
        assert_eq!(said(&refused), "started_elsewhere", "{field}");
    }
    for field in ["&client_id=client", "&redirect_uri=https://evil.example/"] {
        let mut store = store(&[(s(), record(&[]) + field)]);
        let refused = arrive(&mut store, &mut Used::new(), &config(), &code_of(&s())).unwrap_err();
        assert_eq!(said(&refused), "state_mismatch", "{field}");
    }
}

#[test]
fn b8_an_unknown_answer_ends_this_tab_s_redirects_but_no_popup() {
    let popup = State::parse(&"P".repeat(43)).unwrap();
    let expired = State::parse(&"E".repeat(43)).unwrap();
    let old = (NOW - TRANSACTION_LIFE_MS - 1).to_string();
    let mut store = store(&[
        (other(), record(&[])),
        (popup.clone(), record(&[("flow", Some("popup"))])),
        (expired, record(&[("flow", Some("popup")), ("created_at", Some(&old)), ("steady_at", Some(&old))])),
    ]);
    store.set("somebody-else's", "kept");
    let refused = arrive(&mut store, &mut Used::new(), &config(), &code_of(&s())).unwrap_err();
    assert_eq!(said(&refused), "state_mismatch");
    assert_eq!(left(&store), [popup.as_str(), "somebody-else's"]);
}

#[test]
fn a5_a_malformed_state_is_looked_up_nowhere() {
    let mut store = MemoryStore::default();
    store.set("sign-in-with-x:outcome", &record(&[]));
    store.set("sign-in-with-x:", &record(&[]));
    for state in ["outcome", "%00", "..", "x"] {
        let refused = arrive(&mut store, &mut Used::new(), &config(), &format!("?code=c&state={state}")).unwrap_err();
        assert_eq!(said(&refused), "started_elsewhere", "{state}");
    }
    assert_eq!(store.keys().len(), 2);
}

#[test]
fn a7_a_memory_of_a_used_state_does_not_hide_a_fresh_record() {
    // A state is never made twice; if its record is there, it has not been answered.
    let (mut used, mut store) = (Used::new(), store(&[(s(), record(&[]))]));
    assert!(matches!(recall(&mut store, &mut used, &config(), Some(s()), at(NOW)), Remembered::Transaction(_)));
    assert!(matches!(recall(&mut store, &mut used, &config(), Some(s()), at(NOW)), Remembered::Used));
    store.set(&key(&s()), &record(&[]));
    assert!(matches!(recall(&mut store, &mut used, &config(), Some(s()), at(NOW)), Remembered::Transaction(_)));
    assert!(matches!(recall(&mut store, &mut used, &config(), None, at(NOW)), Remembered::Nothing));
}

const NOTE: &str = "sign-in-with-x:outcome";

/// A note's text about this configuration.
fn note(more: &str) -> String {
    format!(
        "v=1&created_at={NOW}&asked=tweet.read+users.read&client_id=client&redirect_uri={CALLBACK}&return_to=%2Fa{more}"
    )
}

fn take(text: &str, now: u64) -> (Option<Note>, bool) {
    let mut store = MemoryStore::default();
    store.set(NOTE, text);
    let taken = take_note(&mut store, &config(), now);
    (taken, store.get(NOTE).is_some())
}

#[test]
fn b8_a_note_is_taken_out_when_it_is_read() {
    let mut store = MemoryStore::default();
    store.set(NOTE, &note("&code=cancelled"));
    assert!(matches!(take_note(&mut store, &config(), NOW), Some(Note::Exchanged(Err(_)))));
    assert!(store.keys().is_empty());
    assert_eq!(take_note(&mut store, &config(), NOW), None);
}

#[test]
fn b8_notes_that_are_not_believed() {
    let old = NOW + NOTE_LIFE_MS + 1;
    for (text, now, stays) in [
        (note("&status=200&id=1&username=a"), old, false),
        (note("&status=200&v=1"), NOW, false),
        (note("&status=200").replacen("v=1", "v=2", 1), NOW, false),
        (note("&status=200").replacen("v=1&", "", 1), NOW, false),
        (note("&status=200").replacen(&NOW.to_string(), "x", 1), NOW, false),
        (note("&x=%"), NOW, false),
        (String::new(), NOW, false),
        ("garbage".into(), NOW, false),
        (note("&status=200").replacen("client_id=client", "client_id=another", 1), NOW, true),
        (note("&status=200").replacen(CALLBACK, "https://app.example/other", 1), NOW, true),
    ] {
        assert_eq!(take(&text, now), (None, stays), "{text}");
    }
}

#[test]
fn d7_a_wish_to_begin_anew_is_for_whoever_can() {
    let restart = format!("v=1&restart=1&created_at={NOW}&redirect_uri={CALLBACK}");
    // Another callback's: whoever comes back there may go.
    let elsewhere = restart.replace("callback", "other");
    assert_eq!(take(&elsewhere, NOW), (None, true));
    assert_eq!(take(&restart, NOW), (Some(Note::Restart), false));
    assert_eq!(take(&restart, NOW + NOTE_LIFE_MS), (Some(Note::Restart), false));
    for (text, now) in [
        (restart.clone(), NOW + NOTE_LIFE_MS + 1),
        (format!("v=1&restart=1&redirect_uri={CALLBACK}"), NOW),
        (restart.replace("v=1", "v=2"), NOW),
        (restart.replace("v=1&", ""), NOW),
    ] {
        assert_eq!(take(&text, now).0, None, "{text}");
    }
}

#[test]
fn b6_a_note_s_words_are_cut_and_an_unknown_code_is_a_failed_exchange() {
    let long = format!("&code=provider_error&error=e%1b&hint={}", "%1b%e2%98%83".repeat(300));
    let Some(Note::Exchanged(Err(error))) = take(&note(&long), NOW).0 else { panic!("a failure") };
    assert_eq!(said(&error), "provider_error/e");
    assert!(error.description().len() <= 200 && !error.description().contains('\u{1b}'));
    for unknown in ["&code=signed_in", "&code=", "&status=500&error=x", "&status=2000", "", "&status=200&status=200"] {
        let Some(Note::Exchanged(Err(error))) = take(&note(unknown), NOW).0 else { panic!("a failure: {unknown}") };
        assert_eq!(error.code.as_str(), "exchange_failed", "{unknown}");
    }
}

#[test]
fn a20_granted_and_asked_scopes() {
    for (more, scope) in [
        ("&status=200", "tweet.read users.read"),
        ("&status=200&scope=users.read", "users.read"),
        ("&status=299&scope=", "tweet.read users.read"),
    ] {
        let Some(Note::Exchanged(Ok(finished))) = take(&note(more), NOW).0 else { panic!("{more}") };
        assert_eq!((finished.scope.as_str(), finished.return_to.as_str(), finished.user), (scope, "/a", None));
    }
}
