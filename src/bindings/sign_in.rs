//! `signIn`, `authorizationUrl`, `handleCallback`, `readExchange`.

use core::cell::Cell;

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::EventTarget;

use super::object::{failure, object};
use super::options::{self, config, form};
use crate::browser::entropy::WebCrypto;
use crate::browser::storage::SessionStorage;
use crate::browser::{clock, page, popup, redirect};
use crate::flow::attempt::{Attempt, begin};
use crate::flow::callback::{Used, recall};
use crate::flow::choose::{Surroundings, choose};
use crate::protocol::authorization_response::{Approved, AuthorizationResponse};
use crate::protocol::config::{Config, Finish, FlowChoice};
use crate::protocol::error::{Error, ErrorCode};
use crate::protocol::outcome::{Finished, Note, read_exchange, take_note};
use crate::protocol::ports::Refused;
use crate::protocol::transaction::{self, Flow};

thread_local! {
    static USED: Cell<Used> = const { Cell::new(Used::new()) };
}

/// Sends the person to X. Called inside the click: everything up to `open` happens before this function returns.
///
/// `open` is the page's `(url) => Window | null`; `signal` an `AbortSignal`. Calls `resolve` with an approval or `reject`
/// with a failure, once; both may still happen before it returns.
#[wasm_bindgen(js_name = signIn)]
pub fn sign_in(options: &str, request: &str, open: Function, signal: EventTarget, resolve: Function, reject: Function) {
    let settle = move |result: Result<Approved, Error>| {
        // What the page's own functions throw is theirs.
        let _ = match result {
            Ok(approved) => resolve.call1(&JsValue::UNDEFINED, &approval(&approved)),
            Err(error) => reject.call1(&JsValue::UNDEFINED, &failure(&error)),
        };
    };
    match begin_attempt(options, request) {
        Ok((attempt, timeout_ms)) => match attempt.transaction.flow() {
            Flow::Popup => popup::open(attempt, timeout_ms, &open, &signal, Box::new(settle)),
            Flow::Redirect => redirect::leave(attempt, &signal, Box::new(move |error| settle(Err(error)))),
        },
        Err(error) => settle(Err(error)),
    }
}

fn begin_attempt(options: &str, request: &str) -> Result<(Attempt, u64), Error> {
    let (options, request) = (form(options), form(request));
    let config = config(&options)?;
    let origin = request.get("origin");
    if !origin.is_empty() && origin != config.redirect_uri.origin() {
        return Err(Error::because(ErrorCode::InvalidConfig, "redirect_uri_origin"));
    }
    let wish = match request.get("flow") {
        "" => config.flow,
        flow => FlowChoice::parse(flow)?,
    };
    let flow = choose(wish, Surroundings { touch: request.get("touch") == "true" });
    let attempt = begin(&config, &options::request(&request), flow, &mut WebCrypto, clock::now())?;
    Ok((attempt, config.timeout_ms))
}

/// The address to send a person to by a link of the host's own; stores the transaction. Throws a failure.
#[wasm_bindgen(js_name = authorizationUrl)]
pub fn authorization_url(options: &str, request: &str) -> Result<String, JsValue> {
    let stored = begin_attempt(options, &[request, "&flow=redirect"].concat()).and_then(|(attempt, _)| {
        match transaction::put(&mut SessionStorage, &attempt.transaction) {
            Ok(()) => Ok(attempt.url),
            Err(Refused) => Err(Error::new(ErrorCode::StorageUnavailable)),
        }
    });
    stored.map_err(|error| failure(&error))
}

/// Looks for the end of a redirect: a callback in an address, or the callback page's note.
///
/// Returns `null` when there is neither, an approval (with `code`), or a result. Throws a failure.
#[wasm_bindgen(js_name = handleCallback)]
pub fn handle_callback(options: &str, url: &str) -> Result<JsValue, JsValue> {
    config(&form(options)).and_then(|config| callback(&config, url)).map_err(|error| failure(&error))
}

fn callback(config: &Config<'_>, url: &str) -> Result<JsValue, Error> {
    if let Some(response) = AuthorizationResponse::find(config, url) {
        clean_address(config, url);
        return check(response?, config);
    }
    match take_note(&mut SessionStorage, config, clock::now()) {
        None => Ok(JsValue::NULL),
        Some(Note::Exchanged(result)) => result.map(|finished| finished_value(&finished)),
        Some(Note::Response(tail)) => check(AuthorizationResponse::parse(&tail)?, config),
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
