//! A redirect that leaves, and `handleCallback`, with the browser's storage.

use js_sys::Function;
use sign_in_with_x::protocol::form::Form;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{CALLBACK, Fault, OPTIONS, begin, clear, engine, is_silent, item, keys, parameter, set_item, text};

/// A redirect that has left.
fn leave() -> String {
    let begun = begin(OPTIONS, "flow=redirect&returnTo=%2Fdesk%3Fa%3D1").unwrap();
    assert!(text(&begun, "popup").is_empty());
    parameter(&text(&begun, "url"), "state")
}

/// A page that was not reached by Back.
fn handle(options: &str, url: &str) -> Result<Form, Form> {
    engine("handleCallback", &[("options", options), ("url", url)])
}

fn awaited(options: &str, url: &str) -> Result<Form, Form> {
    engine("awaited", &[("options", options), ("url", url)])
}

fn code_of(answer: Result<Form, Form>) -> String {
    answer.map_or_else(|failure| text(&failure, "failure"), |_| "fine".into())
}

#[wasm_bindgen_test]
fn a7_one_callback_one_approval() {
    clear();
    let state = leave();
    let record = item(&format!("sign-in-with-x:{state}")).unwrap();
    let url = format!("{CALLBACK}?state={state}&code=abc");
    let approval = handle(OPTIONS, &url).unwrap();
    assert_eq!(text(&approval, "code"), "abc");
    assert_eq!(text(&approval, "redirectUri"), CALLBACK);
    assert_eq!(text(&approval, "exchange"), "/auth/x/exchange");
    assert_eq!(text(&approval, "returnTo"), "/desk?a=1");
    assert!(record.contains(&text(&approval, "codeVerifier")));
    assert!(keys().is_empty(), "B8: {:?}", keys());
    assert_eq!(code_of(handle(OPTIONS, &url)), "already_used");
}

#[wasm_bindgen_test]
fn a5_another_state_is_refused_and_leaves_nothing() {
    clear();
    leave();
    let other = format!("{CALLBACK}?state={}&code=abc", "A".repeat(43));
    let alone = || code_of(handle(OPTIONS, &other));
    assert_eq!(alone(), "state_mismatch");
    assert!(keys().is_empty(), "B8: {:?}", keys());
    assert_eq!(alone(), "started_elsewhere");
}

#[wasm_bindgen_test]
fn a10_other_addresses_are_none_of_ours() {
    clear();
    leave();
    for url in ["https://app.example/?code=SAVE50", "https://app.example/cb?code=x", "https://app.example/cb"] {
        assert!(is_silent(&handle(OPTIONS, url).unwrap()), "{url}");
    }
    assert_eq!(keys().len(), 1);
}

#[wasm_bindgen_test]
fn a6_a_record_of_another_client_stays_where_it_is() {
    clear();
    let state = leave();
    let url = format!("{CALLBACK}?state={state}&code=abc");
    for others in [
        OPTIONS.replace("clientId=client", "clientId=another"),
        format!("{OPTIONS}&scopes=users.read"),
        format!("{OPTIONS}&exchange=%2Fother"),
        format!("{OPTIONS}&handoff=true"),
    ] {
        assert_eq!(code_of(handle(&others, &url)), "state_mismatch", "{others}");
        assert_eq!(keys().len(), 1);
    }
    assert_eq!(code_of(handle(OPTIONS, &url)), "fine");
}

#[wasm_bindgen_test]
fn a6_the_note_of_the_callback_page_is_read_once_by_whoever_asked() {
    clear();
    let note = "v=1&created_at=99999999999999&asked=users.read&client_id=client&redirect_uri=https%3A%2F%2Fapp.example%2Fcb\
        &return_to=%2Fdesk&status=200&id=42&username=ada&name=Ada%20L.";
    set_item("sign-in-with-x:outcome", note);
    for others in
        [format!("{OPTIONS}&scopes=tweet.read%20users.read"), format!("{OPTIONS}&scopes=users.read&handoff=true")]
    {
        assert!(is_silent(&handle(&others, "https://app.example/desk").unwrap()), "A6: {others}");
        assert_eq!(keys().len(), 1);
    }
    let asked = format!("{OPTIONS}&scopes=users.read");
    let result = handle(&asked, "https://app.example/desk").unwrap();
    assert_eq!((text(&result, "username"), text(&result, "scope")), ("ada".into(), "users.read".into()));
    assert!(keys().is_empty());
    assert!(is_silent(&handle(&asked, "https://app.example/desk").unwrap()));
}

#[wasm_bindgen_test]
fn d7_a_wish_to_begin_anew_is_told_once() {
    clear();
    let wish = "v=1&restart=1&created_at=99999999999999&redirect_uri=https%3A%2F%2Fapp.example%2Fcb";
    set_item("sign-in-with-x:outcome", wish);
    let elsewhere = OPTIONS.replace("%2Fcb", "%2Fother");
    assert!(is_silent(&handle(&elsewhere, "https://app.example/desk").unwrap()));
    let others = OPTIONS.replace("clientId=client", "clientId=another");
    assert_eq!(text(&handle(&others, "https://app.example/desk").unwrap(), "restart"), "true");
    assert!(keys().is_empty());
}

#[wasm_bindgen_test]
fn d12_back_from_x_is_a_no() {
    clear();
    let page = "https://app.example/desk";
    let back = || engine("handleCallback", &[("options", OPTIONS), ("url", page), ("back", "true")]);
    let key = format!("sign-in-with-x:{}", leave());
    assert!(is_silent(&handle(OPTIONS, page).unwrap()), "a reload says nothing");
    assert!(is_silent(&back().unwrap()), "this page has made it, so nobody came back from it");
    assert_eq!(keys().len(), 1);
    // As the page before this one would have left it.
    let aged = "const record = new URLSearchParams(record_);
        record.set('created_at', Math.floor(Date.now() - performance.now()) - 1000);
        record.set('steady_at', Math.floor(performance.timeOrigin) - 1000);
        return String(record)";
    let aged = Function::new_with_args("record_", aged).call1(&JsValue::NULL, &item(&key).unwrap().into()).unwrap();
    set_item(&key, &aged.as_string().unwrap());
    let link = format!("sign-in-with-x:{}", leave());
    assert_eq!(code_of(back()), "cancelled");
    assert_eq!(keys(), [link], "B8");
    assert!(is_silent(&back().unwrap()), "once");
}

/// A field of a message that is told to the page that waits.
fn told(found: &Form, name: &str) -> String {
    let read = Function::new_with_args("text, name", "return new URLSearchParams(text.split('?')[1]).get(name) ?? ''");
    let field = read.call2(&JsValue::NULL, &text(found, "message").into(), &name.into()).unwrap();
    field.as_string().unwrap()
}

#[wasm_bindgen_test]
fn c1_a_popup_whose_record_is_here_answers_itself() {
    clear();
    let begun = begin(OPTIONS, "flow=popup").unwrap();
    let state = parameter(&text(&begun, "url"), "state");
    let url = format!("{CALLBACK}?state={state}&code=abc");
    let found = awaited(OPTIONS, &url).unwrap();
    assert_eq!((text(&found, "key"), text(&found, "message"), text(&found, "other")), {
        (text(&begun, "key"), String::new(), String::new())
    });
    assert_eq!(keys().len(), 1, "it is needed still");
    assert_eq!(text(&handle(OPTIONS, &url).unwrap(), "code"), "abc");
    assert!(keys().is_empty());
    assert!(is_silent(&awaited(OPTIONS, &url).unwrap()), "it was answered here");
}

#[wasm_bindgen_test]
fn c1_a_callback_that_nobody_here_knows_is_for_a_page_that_may_wait() {
    clear();
    let state = "A".repeat(43);
    let found = awaited(OPTIONS, &format!("{CALLBACK}?state={state}&code=abc")).unwrap();
    assert_eq!(text(&found, "key"), format!("sign-in-with-x:{state}"));
    assert_eq!((told(&found, "v"), told(&found, "response")), ("1".into(), format!("?state={state}&code=abc")));
    assert_eq!(told(&found, "created_at").len(), 13);
    for (what, query) in [("a token", format!("state={state}&access_token=x")), ("no state", "code=abc".into())] {
        assert!(is_silent(&awaited(OPTIONS, &format!("{CALLBACK}?{query}")).unwrap()), "{what}");
    }
    assert!(is_silent(&awaited(OPTIONS, "https://app.example/desk").unwrap()));
}

#[wasm_bindgen_test]
fn a6_a_callback_of_another_configuration_is_left_to_it() {
    clear();
    let state = leave();
    let url = format!("{CALLBACK}?state={state}&code=abc");
    assert!(is_silent(&awaited(OPTIONS, &url).unwrap()), "a redirect’s");
    for options in ["scopes=users.read", "exchange=%2Fother", "handoff=true"] {
        let found = awaited(&format!("{OPTIONS}&{options}"), &url).unwrap();
        assert_eq!(text(&found, "other"), "true", "{options}");
    }
    let another = OPTIONS.replace("clientId=client", "clientId=another");
    assert!(is_silent(&awaited(&another, &url).unwrap()), "another client’s is refused");
}

#[wasm_bindgen_test]
fn a19_a_date_that_was_set_meanwhile_still_signs_in() {
    for jump in ["86400000", "-86400000"] {
        clear();
        let state = leave();
        let _date = Fault::new("Date", "now", &format!("() => real.call(Date) + {jump}"));
        assert_eq!(code_of(handle(OPTIONS, &format!("{CALLBACK}?state={state}&code=abc"))), "fine", "{jump}");
    }
}

#[wasm_bindgen_test]
fn a13_a_secret_never_gets_in() {
    for options in ["clientSecret=x", "CLIENT_SECRET=x", "nonsense=x"] {
        assert_eq!(code_of(begin(&format!("{OPTIONS}&{options}"), "")), "invalid_config", "{options}");
    }
    assert_eq!(code_of(begin(OPTIONS, "origin=https%3A%2F%2Fwww.app.example")), "invalid_config");
}

#[wasm_bindgen_test]
fn a20_the_backend_s_answer_is_read_in_the_engine() {
    let result = engine("readExchange", &[("answer", "status=200&asked=users.read&id=42&username=ada")]).unwrap();
    assert_eq!((text(&result, "id"), text(&result, "scope")), ("42".into(), "users.read".into()));
    let refused = engine("readExchange", &[("answer", "status=400&error=invalid_grant&hint=late")]).unwrap_err();
    assert_eq!(
        (text(&refused, "failure"), text(&refused, "reason")),
        ("exchange_failed".into(), "invalid_grant".into())
    );
}
