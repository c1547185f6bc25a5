//! `signIn` with a popup: a window that is not one, a channel that is.

use js_sys::{Array, Function, Promise};
use sign_in_with_x::bindings::sign_in;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{BroadcastChannel, EventTarget};

use crate::page::{OPTIONS, clear, js, keys, parameter, spy, text};

const OPEN: &str = "return globalThis.fake = { closed: false, close() { this.wasClosed = true } }";

struct Started {
    answer: Promise,
    opened: Array,
}

impl Started {
    fn with(open: &str, signal: Option<EventTarget>) -> Self {
        clear();
        let signal = signal.unwrap_or_else(|| js("return new AbortController().signal").unchecked_into());
        let (open, opened) = spy(open);
        let answer = Promise::new(&mut |resolve: Function, reject: Function| {
            sign_in(OPTIONS, "flow=popup", open.clone(), signal.clone(), resolve, reject);
        });
        Self { answer, opened }
    }

    fn state(&self) -> String {
        parameter(&self.opened.get(0).as_string().unwrap(), "state")
    }

    async fn code(self) -> String {
        JsFuture::from(self.answer).await.map_or_else(|error| text(&error, "code"), |_| "fine".into())
    }
}

fn send(state: &str, message: &str) -> BroadcastChannel {
    let channel = BroadcastChannel::new(&format!("sign-in-with-x:{state}")).unwrap();
    channel.post_message(&message.into()).unwrap();
    channel
}

#[wasm_bindgen_test]
fn d1_the_window_opens_before_the_call_returns() {
    let started = Started::with(OPEN, None);
    assert_eq!(started.opened.length(), 1);
    assert!(
        started.opened.get(0).as_string().unwrap().starts_with("https://x.com/i/oauth2/authorize?response_type=code")
    );
    assert_eq!(keys().len(), 1);
}

#[wasm_bindgen_test]
async fn c1_the_answer_comes_over_the_channel_and_is_acknowledged() {
    let started = Started::with(OPEN, None);
    let state = started.state();
    let channel = send(&state, &format!("sign-in-with-x/1?state={state}&code=abc"));
    let heard = Promise::new(&mut |resolve: Function, _| {
        let hear = Function::new_with_args("event", "this(event.data)").bind0(&resolve);
        channel.set_onmessage(Some(&hear));
    });
    let approval = JsFuture::from(started.answer).await.unwrap();
    assert_eq!(text(&approval, "code"), "abc");
    assert_eq!(JsFuture::from(heard).await.unwrap().as_string().unwrap(), "sign-in-with-x/1 ok");
    assert!(keys().is_empty(), "B8: {:?}", keys());
    assert!(js("return fake.wasClosed").is_truthy());
}

#[wasm_bindgen_test]
async fn a5_a_wrong_state_ends_the_wait_with_its_name() {
    let started = Started::with(OPEN, None);
    send(&started.state(), &format!("sign-in-with-x/1?state={}&code=abc", "A".repeat(43)));
    assert_eq!(started.code().await, "state_mismatch");
    assert!(keys().is_empty());
}

#[wasm_bindgen_test]
async fn c2_foreign_messages_are_not_heard() {
    let started = Started::with(OPEN, None);
    let state = started.state();
    for message in ["", "hello", "sign-in-with-x/2?state=x&code=y", "{}"] {
        send(&state, message);
    }
    let channel = send(&state, "?state=x");
    channel.post_message(&JsValue::from(42)).unwrap();
    channel.post_message(&js_sys::Object::new()).unwrap();
    send(&state, &format!("sign-in-with-x/1?state={state}&code=abc"));
    assert_eq!(started.code().await, "fine");
}

#[wasm_bindgen_test]
async fn d3_a_blocked_popup_is_said() {
    for open in ["return null", "return undefined", "throw new Error('no')"] {
        assert_eq!(Started::with(open, None).code().await, "popup_blocked", "{open}");
        assert!(keys().is_empty());
    }
}

#[wasm_bindgen_test]
async fn a22_an_abort_signal_ends_the_wait() {
    let controller = js("return globalThis.controller = new AbortController()");
    let signal = js_sys::Reflect::get(&controller, &"signal".into()).unwrap().unchecked_into();
    let started = Started::with(OPEN, Some(signal));
    js("controller.abort()");
    assert_eq!(started.code().await, "cancelled");
    assert!(keys().is_empty());
}

#[wasm_bindgen_test]
async fn a19_a_clock_that_jumps_a_day_meanwhile_still_signs_in() {
    for jump in ["86400000", "-86400000"] {
        let started = Started::with(OPEN, None);
        js(&format!("Date.realNow = Date.now; Date.now = () => Date.realNow() + {jump}"));
        // Two looks at the window, so that a timeout by the date would strike.
        let wait = js("return new Promise((resolve) => setTimeout(resolve, 600))");
        JsFuture::from(wait.unchecked_into::<Promise>()).await.unwrap();
        let state = started.state();
        send(&state, &format!("sign-in-with-x/1?state={state}&code=abc"));
        let code = started.code().await;
        js("Date.now = Date.realNow; delete Date.realNow");
        assert_eq!(code, "fine", "{jump}");
    }
}

#[wasm_bindgen_test]
async fn b6_the_persons_no_is_not_an_exception_of_x() {
    for (query, code) in [("error=access_denied", "cancelled"), ("error=server_error", "provider_error")] {
        let started = Started::with(OPEN, None);
        let state = started.state();
        send(&state, &format!("sign-in-with-x/1?state={state}&{query}"));
        assert_eq!(started.code().await, code);
    }
}
