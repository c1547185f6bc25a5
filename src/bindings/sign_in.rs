//! `begin`, `popupEvent`, `forget`, `resume`, `handleCallback`, `readExchange`.

use core::cell::Cell;

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::object::{failure, object};
use super::options::{self, config, form};
use crate::browser::entropy::WebCrypto;
use crate::browser::storage::SessionStorage;
use crate::browser::{clock, page};
use crate::flow::attempt::{self, remember};
use crate::flow::callback::{Awaited, Used, awaited as whose, given_up, recall, resumable};
use crate::flow::choose::choose;
use crate::flow::popup::{Answer, Event, Popup};
use crate::protocol::authorization_response::{Approved, AuthorizationResponse};
use crate::protocol::config::{Config, Finish, FlowChoice};
use crate::protocol::envelope;
use crate::protocol::error::{Error, ErrorCode};
use crate::protocol::form::Form;
use crate::protocol::outcome::{Finished, Note, read_exchange, take_note};
use crate::protocol::ports::KeyValue as _;
use crate::protocol::text::{contains, cut};
use crate::protocol::transaction::{self, Flow};

/// A popup that is waited for or listened to.
struct Listening {
    key: String,
    /// By the page's monotonic clock.
    began: f64,
    machine: Popup,
}

thread_local! {
    static USED: Cell<Used> = const { Cell::new(Used::new()) };
    /// Taken out while an event is worked on: no borrow that could fail.
    static POPUPS: Cell<Vec<Listening>> = const { Cell::new(Vec::new()) };
}

/// Begins an attempt, and remembers it. Synchronous, so that it fits into a click.
///
/// Returns `url`, where to send the person, and `key`, the attempt's name for the other functions; for a popup also
/// `popup`, and `orRedirect` when a blocked one may be answered by a redirect. Throws a failure.
#[wasm_bindgen]
pub fn begin(options: &str, request: &str) -> Result<JsValue, JsValue> {
    begin_checked(&form(options), &form(request)).map_err(|error| failure(&error))
}

fn begin_checked(options: &Form, request: &Form) -> Result<JsValue, Error> {
    let config = config(options)?;
    let origin = request.get("origin");
    if !origin.is_empty() && origin != config.redirect_uri.origin() {
        return Err(Error::because(ErrorCode::InvalidConfig, "redirect_uri_origin"));
    }
    let wish = match request.get("flow") {
        "" => config.flow,
        flow => FlowChoice::parse(flow)?,
    };
    let choice = choose(wish, options::surroundings(request))?;
    let attempt = attempt::begin(&config, &options::request(request), choice.flow, &mut WebCrypto, clock::now())?;
    remember(&mut SessionStorage, &attempt.transaction)?;
    let key = transaction::key(attempt.transaction.state());
    let is_popup = choice.flow == Flow::Popup;
    let flag = |yes| if yes { "true" } else { "" };
    let begun =
        object(&["url", "key", "popup", "orRedirect"], &[&attempt.url, &key, flag(is_popup), flag(choice.or_redirect)]);
    if is_popup {
        let machine = Popup::new(attempt.transaction, config.timeout_ms);
        let mut popups = POPUPS.take();
        popups.push(Listening { key, began: clock::monotonic(), machine });
        POPUPS.set(popups);
    }
    Ok(begun)
}

/// Tells a popup's attempt what happened: `blocked`, `message` (with the message as `detail`), `look` (with the words
/// `closed` and `focused`, as it applies), `cancel`, `abort`.
///
/// Returns `undefined` when that settles nothing; an approval or a result; or `null` when there is nothing to listen to any
/// more. Throws a failure, after which a late answer may still be listened for, unless the event was a message.
#[wasm_bindgen(js_name = popupEvent)]
pub fn popup_event(key: &str, event: &str, detail: &str) -> Result<JsValue, JsValue> {
    let mut popups = POPUPS.take();
    let settled = tell(&mut popups, key, event, detail);
    POPUPS.set(popups);
    settled.map_err(|error| failure(&error))
}

fn tell(popups: &mut Vec<Listening>, key: &str, event: &str, detail: &str) -> Result<JsValue, Error> {
    let Some(found) = popups.iter_mut().find(|listening| listening.key == key) else { return Ok(JsValue::NULL) };
    let elapsed = clock::since(found.began);
    let settled = found.machine.on(match event {
        "message" => Event::Delivered { message: detail, elapsed },
        "look" => Event::Looked { closed: contains(detail, "closed"), focused: contains(detail, "focused"), elapsed },
        "blocked" => Event::Opened(false),
        "cancel" => Event::GivenUp,
        _ => Event::Aborted,
    });
    let Some(settled) = settled else { return Ok(JsValue::UNDEFINED) };
    // A page that goes away without having waited leaves the record to the next one.
    if settled.result.is_some() || event != "abort" {
        forget(key);
    }
    if !settled.listening {
        popups.retain(|listening| listening.key != key);
    }
    match settled.result {
        None => Ok(JsValue::NULL),
        Some(Ok(Answer::Approved(approved))) => Ok(approval(&approved)),
        Some(Ok(Answer::Finished(finished))) => Ok(finished_value(&finished)),
        Some(Err(error)) => Err(error),
    }
}

/// Removes an attempt's record.
#[wasm_bindgen]
pub fn forget(key: &str) {
    SessionStorage.remove(key);
}

/// Takes over the popups that the page before this one has opened, and gives their keys, separated by spaces.
#[wasm_bindgen]
pub fn resume(options: &str) -> Result<String, JsValue> {
    let options = form(options);
    let config = config(&options).map_err(|error| failure(&error))?;
    let (now, mut popups, mut keys) = (clock::now(), POPUPS.take(), String::new());
    for transaction in resumable(&mut SessionStorage, &config, now) {
        let key = transaction::key(transaction.state());
        if popups.iter().any(|listening| listening.key == key) {
            continue;
        }
        if !keys.is_empty() {
            keys.push(' ');
        }
        keys.push_str(&key);
        #[allow(clippy::cast_precision_loss, reason = "ten minutes at most")]
        let began = clock::monotonic() - now.since(transaction.created_at()) as f64;
        popups.push(Listening { key, began, machine: Popup::resumed(transaction) });
    }
    POPUPS.set(popups);
    Ok(keys)
}

/// Finds out who waits for the callback in this page's address, in case it is a popup.
///
/// Returns `null` when nobody does. Otherwise `key`, the attempt; and `message`, when this window cannot finish the attempt
/// itself and has only this to tell; or `other`, when another configuration of this page is to answer.
#[wasm_bindgen]
pub fn awaited(options: &str, url: &str) -> Result<JsValue, JsValue> {
    let options = form(options);
    let config = config(&options).map_err(|error| failure(&error))?;
    let Some(state) = AuthorizationResponse::find(&config, url).and_then(Result::ok).and_then(|found| found.state())
    else {
        return Ok(JsValue::NULL);
    };
    let used = USED.take();
    let awaited = whose(&SessionStorage, &used, &config, &state);
    USED.set(used);
    let (message, other) = match awaited {
        Awaited::No => return Ok(JsValue::NULL),
        Awaited::Result => (String::new(), ""),
        Awaited::Response => (envelope::hand_over(cut(url, b"?#").1, clock::now().date), ""),
        Awaited::Other => (String::new(), "true"),
    };
    Ok(object(&["key", "message", "other"], &[&transaction::key(&state), &message, other]))
}

/// Looks for the end of a sign-in: a callback in an address, the callback page's note, or a person who came `back` from X
/// by the browser's Back.
///
/// Returns `null` when there is none; an approval (with `code`); a result; or `restart`, when the person asked for it.
/// Throws a failure.
#[wasm_bindgen(js_name = handleCallback)]
pub fn handle_callback(options: &str, url: &str, back: bool) -> Result<JsValue, JsValue> {
    config(&form(options)).and_then(|config| callback(&config, url, back)).map_err(|error| failure(&error))
}

fn callback(config: &Config<'_>, url: &str, back: bool) -> Result<JsValue, Error> {
    if let Some(response) = AuthorizationResponse::find(config, url) {
        clean_address(config, url);
        return check(response?, config);
    }
    let now = clock::now();
    match take_note(&mut SessionStorage, config, now.date) {
        None if back && given_up(&mut SessionStorage, config, now, clock::since(0.0)) => {
            Err(Error::new(ErrorCode::Cancelled))
        }
        None => Ok(JsValue::NULL),
        Some(Note::Exchanged(result)) => result.map(|finished| finished_value(&finished)),
        Some(Note::Response(tail)) => check(AuthorizationResponse::parse(&tail)?, config),
        Some(Note::Restart) => Ok(object(&["restart"], &["true"])),
    }
}

fn check(response: AuthorizationResponse, config: &Config<'_>) -> Result<JsValue, Error> {
    let (mut used, now) = (USED.take(), clock::now());
    let remembered = recall(&mut SessionStorage, &mut used, config, response.state(), now);
    USED.set(used);
    response.check(remembered, now).map(|approved| approval(&approved))
}

/// Only this page's own address is cleaned, not one that the host passed in for another page.
fn clean_address(config: &Config<'_>, url: &str) {
    if page::address() == url {
        page::replace_address(config.redirect_uri.path());
    }
}

/// Reads the backend's answer to an exchange, as a form: `status`, `asked` (the scopes), and what the backend sent.
/// Throws `exchange_failed`.
#[wasm_bindgen(js_name = readExchange)]
pub fn read_exchange_answer(answer: &str) -> Result<JsValue, JsValue> {
    read_exchange(&form(answer)).map(|finished| finished_value(&finished)).map_err(|error| failure(&error))
}

/// A checked callback, for the glue to post to `exchange`, or to hand over when there is none.
#[inline(never)]
fn approval(approved: &Approved) -> JsValue {
    let transaction = approved.transaction();
    let exchange = match transaction.finish() {
        Finish::Exchange(at) => at,
        Finish::Handoff => "",
    };
    object(
        &["code", "codeVerifier", "redirectUri", "clientId", "exchange", "scope", "returnTo"],
        &[
            approved.code(),
            transaction.code_verifier(),
            transaction.redirect_uri(),
            transaction.client_id(),
            exchange,
            transaction.scope(),
            transaction.return_to(),
        ],
    )
}

/// `SignInResult`, flat: the profile's fields, `scope`, `returnTo`.
#[inline(never)]
fn finished_value(finished: &Finished) -> JsValue {
    let names = ["scope", "returnTo", "id", "username", "name", "profileImageUrl", "email"];
    let mut texts = [finished.scope.as_str(), &finished.return_to, "", "", "", "", ""];
    if let (Some(user), [_, _, id, username, name, avatar, email]) = (&finished.user, &mut texts) {
        (*id, *username, *name) = (&user.id, &user.username, &user.name);
        (*avatar, *email) =
            (user.profile_image_url.as_deref().unwrap_or_default(), user.email.as_deref().unwrap_or_default());
    }
    object(&names, &texts)
}
