//! A popup's attempt in the engine: begun, told what happens, settled. The window and the channels are the glue's.

use js_sys::Function;
use sign_in_with_x::protocol::form::Form;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Fault, OPTIONS, begin, clear, code, engine, is_silent, item, keys, parameter, set_item, text};

fn popup_event(key: &str, event: &str, detail: &str) -> Result<Form, Form> {
    engine("popupEvent", &[("key", key), ("event", event), ("detail", detail)])
}

fn resume(options: &str) -> String {
    text(&engine("resume", &[("options", options)]).unwrap(), "keys")
}

struct Started {
    key: String,
    state: String,
}

impl Started {
    fn new() -> Self {
        clear();
        Self::beside("flow=popup")
    }

    /// Another one beside those that wait.
    fn beside(request: &str) -> Self {
        let begun = begin(OPTIONS, request).unwrap();
        Self { key: text(&begun, "key"), state: parameter(&text(&begun, "url"), "state") }
    }

    /// What the engine makes of an event, in a word.
    fn tell(&self, event: &str, detail: &str) -> String {
        match popup_event(&self.key, event, detail) {
            Ok(said) if is_silent(&said) => "waits".into(),
            Ok(said) if said.has("over") => "over".into(),
            Ok(said) => text(&said, "code") + &text(&said, "username"),
            failed => code(&failed),
        }
    }

    /// The callback page hands its query over.
    fn hand(&self, query: &str) -> String {
        let encode =
            Function::new_with_args("text", "return `sign-in-with-x/1?v=1&response=${encodeURIComponent(text)}`");
        let message = encode.call1(&JsValue::NULL, &format!("?state={}&{query}", self.state).into()).unwrap();
        self.tell("message", &message.as_string().unwrap())
    }
}

const DONE: &str = "sign-in-with-x/1?v=1&status=200&id=42&username=ada&asked=users.read&return_to=%2Felsewhere";

#[wasm_bindgen_test]
fn d1_an_attempt_begins_at_once_with_its_final_address() {
    clear();
    let begun = begin(OPTIONS, "flow=popup").unwrap();
    assert!(text(&begun, "url").starts_with("https://x.com/i/oauth2/authorize?response_type=code"));
    assert_eq!(keys(), [text(&begun, "key")]);
    assert_eq!((text(&begun, "popup"), text(&begun, "orRedirect")), ("true".into(), String::new()));
    let auto = begin(OPTIONS, "").unwrap();
    assert_eq!((text(&auto, "popup"), text(&auto, "orRedirect")), ("true".into(), "true".into()));
}

#[wasm_bindgen_test]
fn d6_c6_where_the_page_is_shown_decides_how_to_go() {
    clear();
    for (request, popup) in [
        ("touch=true", ""),
        ("standalone=true", ""),
        ("userAgent=x%20Instagram%201", ""),
        ("flow=popup&touch=true", "true"),
        ("frame=own&touch=true", "true"),
    ] {
        assert_eq!(text(&begin(OPTIONS, request).unwrap(), "popup"), popup, "{request}");
    }
    for request in ["frame=foreign", "frame=foreign&flow=popup", "frame=own&flow=redirect"] {
        assert_eq!(code(&begin(OPTIONS, request)), "embedded_unsupported", "{request}");
    }
}

#[wasm_bindgen_test]
fn c1_an_answer_settles_it_once_and_leaves_nothing() {
    let started = Started::new();
    assert_eq!(started.hand("code=abc"), "abc");
    assert!(keys().is_empty(), "B8: {:?}", keys());
    for again in [started.hand("code=abc"), started.tell("look", "closed focused"), started.tell("abort", "")] {
        assert_eq!(again, "over");
    }
}

#[wasm_bindgen_test]
fn c1_what_the_callback_page_has_exchanged_is_a_result() {
    let started = Started::new();
    let result = popup_event(&started.key, "message", DONE).unwrap();
    assert_eq!((text(&result, "username"), text(&result, "scope")), ("ada".into(), "users.read".into()));
    // B4: no message says where the person lands.
    assert_eq!(text(&result, "returnTo"), "/");
    assert!(keys().is_empty());
}

#[wasm_bindgen_test]
fn a5_b6_an_answer_that_is_refused_ends_the_wait_with_its_name() {
    for (query, code) in [
        ("error=access_denied", "cancelled"),
        ("error=server_error", "provider_error"),
        ("code=a&code=b", "invalid_callback"),
    ] {
        let started = Started::new();
        assert_eq!(started.hand(query), code);
        assert!(keys().is_empty());
        assert_eq!(started.hand("code=abc"), "over");
    }
}

#[wasm_bindgen_test]
fn c2_foreign_messages_are_not_heard() {
    let started = Started::new();
    for message in
        ["", "hello", "sign-in-with-x/1 ok", "sign-in-with-x/2?v=1&status=200", "sign-in-with-x/1?code=x", "{}"]
    {
        assert_eq!(started.tell("message", message), "waits", "{message}");
    }
    assert_eq!(started.hand("code=abc"), "abc");
    assert!(popup_event("sign-in-with-x:nobody", "message", DONE).unwrap().has("over"));
}

#[wasm_bindgen_test]
fn c4_whoever_gave_up_is_heard_all_the_same_until_an_abort() {
    let started = Started::new();
    assert_eq!(started.tell("cancel", ""), "cancelled");
    assert!(keys().is_empty(), "B8: {:?}", keys());
    assert_eq!(started.tell("cancel", ""), "waits");
    assert_eq!(started.tell("look", "closed focused"), "waits");
    assert_eq!(started.hand("code=late"), "late");
    let aborted = Started::new();
    assert_eq!(aborted.tell("abort", ""), "cancelled");
    assert_eq!(aborted.hand("code=late"), "over");
    assert!(keys().is_empty());
}

#[wasm_bindgen_test]
fn d4_several_attempts_do_not_mix() {
    let one = Started::new();
    let two = Started::beside("flow=popup");
    assert_ne!(one.key, two.key);
    // The answer to the one, on the channel of the other.
    let crossed = Started { key: two.key.clone(), state: one.state.clone() };
    assert_eq!(crossed.hand("code=abc"), "state_mismatch");
    assert_eq!(one.hand("code=abc"), "abc");
}

#[wasm_bindgen_test]
fn a19_a_date_that_jumps_a_day_meanwhile_still_signs_in() {
    for jump in ["86400000", "-86400000"] {
        let started = Started::new();
        let _date = Fault::new("Date", "now", &format!("() => real.call(Date) + {jump}"));
        assert_eq!(started.tell("look", ""), "waits", "no timeout: {jump}");
        assert_eq!(started.hand("code=abc"), "abc", "{jump}");
    }
}

#[wasm_bindgen_test]
fn d9_a_reloaded_page_takes_its_popups_over() {
    let started = Started::new();
    let record = item(&started.key).unwrap();
    assert_eq!(resume(OPTIONS), "", "it is listened to already");
    // The page before this one had it in memory; this one has the record only.
    started.tell("abort", "");
    set_item(&started.key, &record);
    let another = OPTIONS.replace("clientId=client", "clientId=another");
    for others in [another, format!("{OPTIONS}&scopes=users.read"), format!("{OPTIONS}&handoff=true")] {
        assert_eq!(resume(&others), "", "A6: {others}");
    }
    assert_eq!(resume(OPTIONS), started.key);
    assert_eq!(resume(OPTIONS), "", "once");
    assert_eq!(started.tell("look", "closed focused"), "waits");
    // A7: whoever opened it may be there, and hears it first.
    for _ in 0..2 {
        assert_eq!(started.hand("code=late"), "waits");
    }
    assert_eq!(started.hand("code=late"), "late");
    assert!(keys().is_empty());
}

#[wasm_bindgen_test]
fn d9_how_it_ended_a_reloaded_page_takes_at_once() {
    let started = Started::new();
    let record = item(&started.key).unwrap();
    started.tell("abort", "");
    set_item(&started.key, &record);
    assert_eq!(resume(OPTIONS), started.key);
    assert_eq!(started.tell("message", DONE), "ada");
    assert!(keys().is_empty());
}

#[wasm_bindgen_test]
fn d10_storage_that_refuses_keeps_no_popup_from_signing_in() {
    clear();
    let full =
        Fault::new("Storage.prototype", "setItem", "() => { throw new DOMException('full', 'QuotaExceededError') }");
    let started = Started::beside("flow=popup");
    assert!(keys().is_empty());
    assert_eq!(started.hand("code=abc"), "abc");
    drop(full);
}

#[wasm_bindgen_test]
fn d10_without_its_record_in_storage_it_waits_on_in_memory() {
    let started = Started::new();
    clear();
    assert_eq!(started.hand("code=abc"), "abc");
}

#[wasm_bindgen_test]
fn b8_eight_records_are_kept_and_the_newest_is_one_of_them() {
    let started = Started::new();
    for _ in 0..10 {
        let newest = Started::beside("flow=redirect");
        assert!(item(&newest.key).is_some());
    }
    assert_eq!(keys().len(), 8);
    assert!(item(&started.key).is_none());
}
