//! `signIn`, `authorizationUrl`, `handleCallback`, `readExchange`.

use core::cell::RefCell;

use js_sys::{Function, Promise};
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::EventTarget;

use super::failure::{failure, plain};
use super::options;
use crate::browser::entropy::WebCrypto;
use crate::browser::storage::SessionStorage;
use crate::browser::{clock, page, popup, redirect};
use crate::flow::attempt::{Attempt, begin};
use crate::flow::callback::{Arrival, Callback, Used, recall};
use crate::flow::choose::choose;
use crate::protocol::authorization_response::Approved;
use crate::protocol::config::{Config, Finish, FlowChoice};
use crate::protocol::error::{Error, ErrorCode};
use crate::protocol::outcome::{Finished, Note, read_exchange, take_note};
use crate::protocol::transaction::{self, Flow};
use crate::protocol::user::User;

thread_local! {
    static USED: RefCell<Used> = RefCell::default();
}

/// A checked callback, for the glue to send to the host's backend or to hand over.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Approval<'a> {
    code: &'a str,
    code_verifier: &'a str,
    redirect_uri: &'a str,
    client_id: &'a str,
    /// Where to post the four above; absent when the host takes them itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    exchange: Option<&'a str>,
    scope: &'a str,
    return_to: &'a str,
}

/// `SignInResult`, as far as it comes from here.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SignInResult<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<&'a User>,
    scopes: &'a [String],
    return_to: &'a str,
}

/// Sends the person to X. Called inside the click: everything up to `open` happens before this function returns.
///
/// `open` is the page's `(url) => Window | null`; `signal` an `AbortSignal`. Resolves with an approval, rejects with a
/// failure.
#[wasm_bindgen(js_name = signIn)]
pub fn sign_in(options: &str, request: &str, open: Function, signal: Option<EventTarget>) -> Promise {
    let begun = options::config(options).and_then(|config| {
        let (request, flow, surroundings) = options::request(request);
        let wish = match flow.as_deref() {
            None | Some("") => config.flow,
            Some("auto") => FlowChoice::Auto,
            Some("popup") => FlowChoice::Popup,
            Some("redirect") => FlowChoice::Redirect,
            Some(_) => return Err(Error::because(ErrorCode::InvalidConfig, "flow")),
        };
        let flow = choose(wish, surroundings);
        let attempt = begin(&config, &request, flow, &mut WebCrypto, clock::now())?;
        Ok((config, attempt, flow))
    });
    let mut begun = Some(begun);
    Promise::new(&mut |resolve, reject| {
        let settle = move |result: Result<Approved, Error>| {
            let _ = match result {
                Ok(approved) => resolve.call1(&JsValue::UNDEFINED, &approval(&approved)),
                Err(error) => reject.call1(&JsValue::UNDEFINED, &failure(&error)),
            };
        };
        match begun.take() {
            Some(Ok((config, attempt, Flow::Popup))) => {
                popup::open(config, attempt, &open, signal.as_ref(), Box::new(settle));
            }
            Some(Ok((_, attempt, Flow::Redirect))) => {
                redirect::leave(attempt, signal.as_ref(), Box::new(move |error| settle(Err(error))));
            }
            Some(Err(error)) => settle(Err(error)),
            None => {}
        }
    })
}

/// The address to send a person to by a link of the host's own; stores the transaction. Throws a failure.
#[wasm_bindgen(js_name = authorizationUrl)]
pub fn authorization_url(options: &str, request: &str) -> Result<String, JsValue> {
    let url = options::config(options).and_then(|config| {
        let (request, ..) = options::request(request);
        let Attempt { transaction, url } = begin(&config, &request, Flow::Redirect, &mut WebCrypto, clock::now())?;
        transaction::put(&mut SessionStorage::open(), &transaction)
            .map_err(|_| Error::new(ErrorCode::StorageUnavailable))?;
        Ok(url)
    });
    url.map_err(|error| failure(&error))
}

/// Looks for the end of a redirect: a callback in the address (`url`, or this page's), or the callback page's note.
///
/// Returns `null` when there is neither, an approval (with `code`), or a result. Throws a failure.
#[wasm_bindgen(js_name = handleCallback)]
pub fn handle_callback(options: &str, url: Option<String>) -> Result<JsValue, JsValue> {
    options::config(options).and_then(|config| callback(&config, url)).map_err(|error| failure(&error))
}

fn callback(config: &Config, url: Option<String>) -> Result<JsValue, Error> {
    let url = url.unwrap_or_else(page::address);
    match Arrival::at(config, &url) {
        Arrival::Callback(arrived) => {
            clean_address(config, &url);
            recalled(arrived?, config)
        }
        Arrival::NotOurs => match take_note(&mut SessionStorage::open(), config, clock::now()) {
            None => Ok(JsValue::NULL),
            Some(Note::Exchanged(result)) => result.map(|finished| finished_value(&finished)),
            Some(Note::Response(tail)) => match Arrival::at(config, &[config.redirect_uri.as_str(), &tail].concat()) {
                Arrival::NotOurs => Ok(JsValue::NULL),
                Arrival::Callback(arrived) => recalled(arrived?, config),
            },
        },
    }
}

fn recalled(arrived: Callback, config: &Config) -> Result<JsValue, Error> {
    let state = arrived.state();
    let remembered = USED.with_borrow_mut(|used| recall(&mut SessionStorage::open(), used, state.as_ref()));
    arrived.recalled(remembered, config, clock::now()).map(|approved| approval(&approved))
}

/// Only this page's own address is cleaned, not one that the host passed in for another page.
fn clean_address(config: &Config, url: &str) {
    if page::address() == url {
        page::replace_address(config.redirect_uri.path());
    }
}

/// Reads the backend's answer to an exchange. Throws `exchange_failed`.
#[wasm_bindgen(js_name = readExchange)]
pub fn read_exchange_answer(status: u16, answer: &str, scope: &str, return_to: &str) -> Result<JsValue, JsValue> {
    read_exchange(status, answer, scope, return_to)
        .map(|finished| finished_value(&finished))
        .map_err(|error| failure(&error))
}

fn approval(approved: &Approved) -> JsValue {
    plain(&Approval {
        code: approved.code(),
        code_verifier: approved.code_verifier(),
        redirect_uri: approved.redirect_uri(),
        client_id: approved.client_id(),
        exchange: match approved.finish() {
            Finish::Exchange(at) => Some(at),
            Finish::Handoff => None,
        },
        scope: approved.scope(),
        return_to: approved.return_to(),
    })
}

fn finished_value(finished: &Finished) -> JsValue {
    plain(&SignInResult {
        user: finished.user.as_ref(),
        scopes: finished.scopes.tokens(),
        return_to: &finished.return_to,
    })
}
