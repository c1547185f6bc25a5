//! `authorizationUrl` and `handleCallback` with the browser's storage.

use sign_in_with_x::bindings::{authorization_url, handle_callback};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{CALLBACK, OPTIONS, clear, item, js, keys, parameter, set_item, text};

fn begin() -> String {
    parameter(&authorization_url(OPTIONS, "returnTo=%2Fdesk%3Fa%3D1").unwrap(), "state")
}

fn code_of(answer: Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue>) -> String {
    answer.map_or_else(|error| text(&error, "code"), |_| "fine".into())
}

#[wasm_bindgen_test]
fn a7_one_callback_one_approval() {
    clear();
    let state = begin();
    let record = item(&format!("sign-in-with-x:{state}")).unwrap();
    let url = format!("{CALLBACK}?state={state}&code=abc");
    let approval = handle_callback(OPTIONS, &url).unwrap();
    assert_eq!(text(&approval, "code"), "abc");
    assert_eq!(text(&approval, "redirectUri"), CALLBACK);
    assert_eq!(text(&approval, "exchange"), "/auth/x/exchange");
    assert_eq!(text(&approval, "returnTo"), "/desk?a=1");
    assert!(record.contains(&text(&approval, "codeVerifier")));
    assert!(keys().is_empty(), "B8: {:?}", keys());
    assert_eq!(code_of(handle_callback(OPTIONS, &url)), "already_used");
}

#[wasm_bindgen_test]
fn a5_another_state_is_refused_and_leaves_nothing() {
    clear();
    begin();
    let other = format!("{CALLBACK}?state={}&code=abc", "A".repeat(43));
    assert_eq!(code_of(handle_callback(OPTIONS, &other)), "state_mismatch");
    assert!(keys().is_empty(), "B8: {:?}", keys());
    assert_eq!(code_of(handle_callback(OPTIONS, &other)), "started_elsewhere");
}

#[wasm_bindgen_test]
fn a10_other_addresses_are_none_of_ours() {
    clear();
    begin();
    for url in ["https://app.example/?code=SAVE50", "https://app.example/cb?code=x", "https://app.example/cb"] {
        assert!(handle_callback(OPTIONS, url).unwrap().is_null(), "{url}");
    }
    assert_eq!(keys().len(), 1);
}

#[wasm_bindgen_test]
fn a6_a_record_of_another_client_stays_where_it_is() {
    clear();
    let state = begin();
    let url = format!("{CALLBACK}?state={state}&code=abc");
    let others = OPTIONS.replace("clientId=client", "clientId=another");
    assert_eq!(code_of(handle_callback(&others, &url)), "state_mismatch");
    assert_eq!(code_of(handle_callback(OPTIONS, &url)), "fine");
}

#[wasm_bindgen_test]
fn the_note_of_the_callback_page_is_read_once() {
    clear();
    let note = "v=1&created_at=99999999999999&asked=users.read&client_id=client&redirect_uri=https%3A%2F%2Fapp.example%2Fcb\
        &return_to=%2Fdesk&status=200&id=42&username=ada&name=Ada%20L.";
    set_item("sign-in-with-x:outcome", note);
    let result = handle_callback(OPTIONS, "https://app.example/desk").unwrap();
    assert_eq!((text(&result, "username"), text(&result, "scope")), ("ada".into(), "users.read".into()));
    assert!(keys().is_empty());
    assert!(handle_callback(OPTIONS, "https://app.example/desk").unwrap().is_null());
}

#[wasm_bindgen_test]
fn d10_storage_that_refuses_is_noticed_before_leaving() {
    clear();
    js("Storage.prototype.realSetItem = Storage.prototype.setItem;
        Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }");
    let refused = authorization_url(OPTIONS, "");
    js("Storage.prototype.setItem = Storage.prototype.realSetItem; delete Storage.prototype.realSetItem");
    assert_eq!(text(&refused.unwrap_err(), "code"), "storage_unavailable");
}

#[wasm_bindgen_test]
fn a13_a_secret_never_gets_in() {
    for options in ["clientSecret=x", "CLIENT_SECRET=x", "nonsense=x"] {
        let refused = authorization_url(&format!("{OPTIONS}&{options}"), "").unwrap_err();
        assert_eq!(text(&refused, "code"), "invalid_config", "{options}");
    }
}
