//! The table that the callback page shares with the engine (`tests/fixtures/callbacks.json`): here, what the engine makes
//! of it. What `www/src/callback.js` makes of it is `tests/glue/parity.test.mjs`.

use serde_json::Value;
use sign_in_with_x::flow::callback::{Used, answered, recall};
use sign_in_with_x::flow::popup::{Answer, Event, Popup};
use sign_in_with_x::protocol::authorization_response::{Approved, AuthorizationResponse};
use sign_in_with_x::protocol::config::{Config, Finish, Options};
use sign_in_with_x::protocol::envelope::{ENVELOPE_PREFIX, hand_over};
use sign_in_with_x::protocol::error::{Error, ErrorCode};
use sign_in_with_x::protocol::form;
use sign_in_with_x::protocol::outcome::{Note, take_note};
use sign_in_with_x::protocol::ports::{KeyValue as _, MemoryStore};
use sign_in_with_x::protocol::state::State;
use sign_in_with_x::protocol::transaction::{Transaction, peek};

use super::kit::{NOW, at, config, key, options, s, said, transaction};

fn fixture() -> Value {
    serde_json::from_str(include_str!("../fixtures/callbacks.json")).unwrap()
}

/// A text with its placeholders filled in.
fn filled(value: &Value) -> String {
    let mut text = value.as_str().unwrap_or_default().to_owned();
    for letter in ["S", "T", "U"] {
        text = text.replace(&format!("{{{letter}}}"), &letter.repeat(43));
    }
    text = text.replace("{s}", &"s".repeat(43)).replace("{S42}", &"S".repeat(42));
    for length in [501, 8192] {
        text = text.replace(&format!("{{x{length}}}"), &"x".repeat(length));
    }
    assert!(!text.contains('{'), "{text}");
    text
}

/// The tab's storage before the callback.
fn stored(fixture: &Value, case: &Value) -> MemoryStore {
    let mut store = MemoryStore::default();
    for entry in case["stored"].as_array().unwrap() {
        let mut fields = fixture["record"].as_object().unwrap().clone();
        let age = entry["age"].as_i64().unwrap();
        let steady = entry["steady"].as_i64().unwrap_or(age);
        for (name, age) in [("created_at", age), ("steady_at", steady)] {
            fields.insert(name.into(), (i64::try_from(NOW).unwrap() - age).to_string().into());
        }
        for (name, value) in entry["record"].as_object().into_iter().flatten() {
            fields.insert(name.clone(), value.clone());
        }
        let mut record = String::new();
        for (name, value) in &fields {
            form::append(&mut record, name, value.as_str().unwrap());
        }
        store.set(&key(&state(entry["state"].as_str().unwrap())), &record);
    }
    store
}

fn state(letter: &str) -> State {
    State::parse(&letter.repeat(43)).unwrap()
}

/// The configuration of a host that finishes itself, or whose backend begins, if the store has one of its attempts.
fn configured(store: &MemoryStore) -> Config<'static> {
    let kept = |part| store.keys().iter().any(|key| store.get(key).unwrap().contains(part));
    let handoff = kept("finish=handoff");
    let start = if kept("x%2Foauth1%2Fstart") {
        "/auth/x/oauth1/start"
    } else if kept("finish=start") {
        "/auth/x/start"
    } else {
        ""
    };
    Config::new(&Options { handoff, start, ..options() }).unwrap()
}

/// After a redirect, on the page itself.
fn arrive(store: &mut MemoryStore, tail: &str) -> Result<Approved, Error> {
    let known = store.clone();
    let config = configured(&known);
    let response = AuthorizationResponse::parse(tail, config.finish)?;
    let state = answered(store, &config, &response, at(NOW));
    let remembered = recall(store, &mut Used::new(), &config, state, at(NOW));
    response.check(remembered, at(NOW))
}

/// In a page that waits for its popup.
fn hear(store: &MemoryStore, waiting: State, tail: &str) -> Result<Approved, Error> {
    let transaction = peek(store, waiting).unwrap();
    let elapsed = at(NOW).since(transaction.created_at());
    match settle(transaction, &hand_over(if tail.is_empty() { "?" } else { tail }, 0), elapsed)? {
        Answer::Approved(approved) => Ok(approved),
        Answer::Finished(_) => panic!("nothing was exchanged yet"),
    }
}

/// A message, delivered to a page that waits.
fn settle(transaction: Transaction, message: &str, elapsed: u64) -> Result<Answer, Error> {
    let settled = Popup::new(transaction, 600_000).on(Event::Delivered { message, elapsed }).unwrap();
    assert!(!settled.listening);
    settled.result.unwrap()
}

#[test]
fn a5_a9_parity_the_engine_judges_every_callback_as_the_table_says() {
    let fixture = fixture();
    assert_eq!(fixture["now"], NOW);
    let cases = fixture["cases"].as_array().unwrap();
    assert!(cases.len() >= 40);
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let tail = filled(&case["query"]) + &filled(&case["fragment"]);
        let results = if case["popup"] == true {
            let store = stored(&fixture, case);
            let waiting = ["told", "handed"].iter().find_map(|how| case[how].as_array()).unwrap();
            waiting.iter().map(|to| hear(&store, State::parse(&filled(to)).unwrap(), &tail)).collect()
        } else {
            vec![arrive(&mut stored(&fixture, case), &tail)]
        };
        for result in results {
            match result {
                Ok(approved) => {
                    assert_eq!(case["expect"], "ok", "{name}");
                    let verifier = case["verifier"].as_str();
                    let code = case["code"].as_str().unwrap_or(if verifier.is_some() { "" } else { "canary-code" });
                    assert_eq!(approved.code(), code, "{name}");
                    assert_eq!(approved.oauth1().1, verifier.unwrap_or_default(), "{name}");
                    let transaction = approved.transaction();
                    if let Some(state) = case["state"].as_str() {
                        assert_eq!(transaction.state().as_str(), state.repeat(43), "{name}");
                    }
                    if !matches!(transaction.finish(), Finish::Start(_)) {
                        assert_eq!(transaction.code_verifier(), fixture["record"]["code_verifier"], "{name}");
                    }
                    assert_eq!(transaction.return_to(), fixture["record"]["return_to"], "{name}");
                }
                Err(error) => assert_eq!(said(&error), case["expect"].as_str().unwrap(), "{name}"),
            }
        }
        let differs = case.get("callbackPage").is_some();
        assert_eq!(differs, case.get("why").is_some(), "{name}: a difference has a reason");
    }
}

#[test]
fn b8_parity_the_engine_reads_the_callback_page_s_notes() {
    for case in fixture()["notes"].as_array().unwrap() {
        let name = case["name"].as_str().unwrap();
        let mut text = String::new();
        for (field, value) in case["note"].as_object().unwrap() {
            form::append(&mut text, field, value.as_str().unwrap());
        }
        let mut store = MemoryStore::default();
        store.set("sign-in-with-x:outcome", &text);
        let Some(Note::Exchanged(landed)) = take_note(&mut store, &config(), NOW) else { panic!("{name}: unreadable") };
        assert!(store.keys().is_empty(), "{name}");
        // The same note as a message to a page that waits; it knows itself where the person lands.
        let waiting = transaction(s(), &[("flow", Some("popup")), ("return_to", Some("/account?tab=1#top"))]);
        let heard = settle(waiting, &format!("{ENVELOPE_PREFIX}{text}"), 1000).map(|answer| match answer {
            Answer::Finished(finished) => finished,
            Answer::Approved(_) => panic!("{name}: exchanged already"),
        });
        for result in [landed, heard] {
            match result {
                Err(error) => assert_eq!(said(&error), case["reads"].as_str().unwrap(), "{name}"),
                Ok(finished) => {
                    assert_eq!(case["reads"], "ok", "{name}");
                    assert_eq!(finished.scope, case["scope"].as_str().unwrap(), "{name}");
                    assert_eq!(finished.user.as_ref().map(|user| user.id.as_str()), case["id"].as_str(), "{name}");
                    assert_eq!(finished.return_to, "/account?tab=1#top", "{name}");
                }
            }
        }
    }
}

#[test]
fn a7_a_host_that_finishes_itself_checks_the_note_s_callback_again() {
    let fixture = fixture();
    let case = fixture["cases"].as_array().unwrap().iter().find(|case| case["left"][0] == "{S}").unwrap();
    let mut store = stored(&fixture, case);
    let mut note = String::new();
    for (field, value) in fixture["notes"][1]["note"].as_object().unwrap() {
        form::append(&mut note, field, value.as_str().unwrap());
    }
    form::append(&mut note, "response", &filled(&case["query"]));
    form::append(&mut note, "handoff", "1");
    store.set("sign-in-with-x:outcome", &note);
    assert!(take_note(&mut store, &config(), NOW).is_none(), "A6: nobody's who has it exchanged");
    let host = configured(&store);
    let Some(Note::Response(tail)) = take_note(&mut store, &host, NOW) else { panic!("a response") };
    let approved = arrive(&mut store, &tail).unwrap();
    assert_eq!(approved.code(), "canary-code");
    assert!(store.keys().is_empty());
    assert_eq!(arrive(&mut store, &tail).unwrap_err().code, ErrorCode::StartedElsewhere);
}
