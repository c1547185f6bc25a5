//! `begin`, `popupEvent`, `forget`, `resume`, `awaited`, `handleCallback`, `readExchange`.

use super::answer::answer;
use super::options;
use crate::browser::entropy::WebCrypto;
use crate::browser::storage::SessionStorage;
use crate::browser::{clock, page};
use crate::flow::attempt::{self, remember};
use crate::flow::callback::{Awaited, Used, answered, awaited as whose, given_up, recall, resumable};
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

/// What the engine remembers from one question to the next.
pub(super) struct Memory {
    used: Used,
    popups: Vec<Listening>,
}

impl Memory {
    /// Nothing yet.
    pub(super) const fn new() -> Self {
        Self { used: Used::new(), popups: Vec::new() }
    }
}

impl Default for Memory {
    fn default() -> Self {
        Self::new()
    }
}

/// Begins an attempt, and remembers it. Synchronous, so that it fits into a click.
///
/// Says `url`, where to send the person, and `key`, the attempt's name for the other questions; for a popup also `popup`,
/// and `orRedirect` when a blocked one may be answered by a redirect.
pub(super) fn begin(memory: &mut Memory, config: &Config<'_>, request: &Form) -> Result<String, Error> {
    let origin = request.get("origin");
    if !origin.is_empty() && origin != config.redirect_uri.origin() {
        return Err(Error::because(ErrorCode::InvalidConfig, "redirect_uri_origin"));
    }
    let wish = match request.get("flow") {
        "" => config.flow,
        flow => FlowChoice::parse(flow)?,
    };
    let choice = choose(wish, options::surroundings(request))?;
    let attempt = attempt::begin(config, &options::request(request), choice.flow, &mut WebCrypto, clock::now())?;
    remember(&mut SessionStorage, &attempt.transaction)?;
    let key = transaction::key(attempt.transaction.state());
    let is_popup = choice.flow == Flow::Popup;
    let flag = |yes| if yes { "true" } else { "" };
    let begun = answer("url key popup orRedirect", &[&attempt.url, &key, flag(is_popup), flag(choice.or_redirect)]);
    if is_popup {
        let machine = Popup::new(attempt.transaction, config.timeout_ms);
        memory.popups.push(Listening { key, began: clock::monotonic(), machine });
    }
    Ok(begun)
}

/// Tells a popup's attempt what happened: `blocked`, `message` (with the message as `detail`), `look` (with the words
/// `closed` and `focused`, as it applies), `cancel`, `abort`.
///
/// Says nothing when that settles nothing; an approval or a result; or `over` when there is nothing to listen to any more.
/// After a failure a late answer may still be listened for, unless the event was a message.
pub(super) fn popup_event(memory: &mut Memory, key: &str, event: &str, detail: &str) -> Result<String, Error> {
    let popups = &mut memory.popups;
    let over = || Ok(answer("over", &["true"]));
    let Some(found) = popups.iter_mut().find(|listening| listening.key == key) else { return over() };
    let elapsed = clock::since(found.began);
    let settled = found.machine.on(match event {
        "message" => Event::Delivered { message: detail, elapsed },
        "look" => Event::Looked { closed: contains(detail, "closed"), focused: contains(detail, "focused"), elapsed },
        "blocked" => Event::Opened(false),
        "cancel" => Event::GivenUp,
        _ => Event::Aborted,
    });
    let Some(settled) = settled else { return Ok(String::new()) };
    // A page that goes away without having waited leaves the record to the next one.
    if settled.result.is_some() || event != "abort" {
        forget(key);
    }
    if !settled.listening {
        popups.retain(|listening| listening.key != key);
    }
    match settled.result {
        None => over(),
        Some(Ok(Answer::Approved(approved))) => Ok(approval(&approved)),
        Some(Ok(Answer::Finished(finished))) => Ok(finished_value(&finished)),
        Some(Err(error)) => Err(error),
    }
}

/// Removes an attempt's record.
pub(super) fn forget(key: &str) {
    SessionStorage.remove(key);
}

/// Takes over the popups that the page before this one has opened, and says their `keys`, separated by spaces.
pub(super) fn resume(memory: &mut Memory, config: &Config<'_>) -> String {
    let (now, popups, mut keys) = (clock::now(), &mut memory.popups, String::new());
    for transaction in resumable(&mut SessionStorage, config, now) {
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
    answer("keys", &[&keys])
}

/// Finds out who waits for the callback in this page's address, in case it is a popup.
///
/// Says nothing when nobody does. Otherwise `key`, the attempt; and `message`, when this window cannot finish the attempt
/// itself and has only this to tell; or `other`, when another configuration of this page is to answer.
pub(super) fn awaited(memory: &Memory, config: &Config<'_>, url: &str) -> String {
    let nobody = String::new();
    let found = AuthorizationResponse::find(config, url).and_then(Result::ok);
    let Some(state) = found.and_then(|found| answered(&mut SessionStorage, config, &found, clock::now())) else {
        return nobody;
    };
    let (message, other) = match whose(&SessionStorage, &memory.used, config, &state) {
        Awaited::No => return nobody,
        Awaited::Result => (String::new(), ""),
        Awaited::Response => (envelope::hand_over(cut(url, b"?#").1, clock::now().date), ""),
        Awaited::Other => (String::new(), "true"),
    };
    answer("key message other", &[&transaction::key(&state), &message, other])
}

/// Looks for the end of a sign-in: a callback in an address, the callback page's note, or a person who came `back` from X
/// by the browser's Back.
///
/// Says nothing when there is none; an approval (with `code`); a result; or `restart`, when the person asked for it.
pub(super) fn handle_callback(
    memory: &mut Memory,
    config: &Config<'_>,
    url: &str,
    address: &str,
    back: bool,
) -> Result<String, Error> {
    if let Some(response) = AuthorizationResponse::find(config, url) {
        // Only this page's own address is cleaned, not one that the host passed in for another page.
        if address == url {
            page::replace_address(config.redirect_uri.path());
        }
        return check(memory, response?, config);
    }
    let now = clock::now();
    match take_note(&mut SessionStorage, config, now.date) {
        None if back && given_up(&mut SessionStorage, config, now, clock::since(0.0)) => {
            Err(Error::new(ErrorCode::Cancelled))
        }
        None => Ok(String::new()),
        Some(Note::Exchanged(result)) => result.map(|finished| finished_value(&finished)),
        Some(Note::Response(tail)) => check(memory, AuthorizationResponse::parse(&tail, config.finish)?, config),
        Some(Note::Restart) => Ok(answer("restart", &["true"])),
    }
}

fn check(memory: &mut Memory, response: AuthorizationResponse, config: &Config<'_>) -> Result<String, Error> {
    let now = clock::now();
    let state = answered(&mut SessionStorage, config, &response, now);
    let remembered = recall(&mut SessionStorage, &mut memory.used, config, state, now);
    response.check(remembered, now).map(|approved| approval(&approved))
}

/// Reads the backend's answer to an exchange, a form: `status`, `asked` (the scopes), and what the backend sent; or
/// `exchange_failed`.
pub(super) fn read_exchange_answer(answer: &Form) -> Result<String, Error> {
    read_exchange(answer).map(|finished| finished_value(&finished))
}

/// A checked callback, for the glue to post to `exchange`, or to hand over when there is none. With a `state`, the backend
/// began it, at `exchange`, and finishes it beside that.
#[inline(never)]
fn approval(approved: &Approved) -> String {
    let transaction = approved.transaction();
    let (exchange, state) = match transaction.finish() {
        Finish::Exchange(at) => (at, ""),
        Finish::Start(at) => (at, transaction.state().as_str()),
        Finish::Handoff => ("", ""),
    };
    let (oauth_token, oauth_verifier) = approved.oauth1();
    answer(
        "code codeVerifier redirectUri clientId exchange scope returnTo state oauthToken oauthVerifier",
        &[
            approved.code(),
            transaction.code_verifier(),
            transaction.redirect_uri(),
            transaction.client_id(),
            exchange,
            transaction.scope(),
            transaction.return_to(),
            state,
            oauth_token,
            oauth_verifier,
        ],
    )
}

/// `SignInResult`, flat: the profile's fields, `scope`, `returnTo`.
#[inline(never)]
fn finished_value(finished: &Finished) -> String {
    let names = "scope returnTo id username name profileImageUrl email";
    let mut texts = [finished.scope.as_str(), &finished.return_to, "", "", "", "", ""];
    if let (Some(user), [_, _, id, username, name, avatar, email]) = (&finished.user, &mut texts) {
        (*id, *username, *name) = (&user.id, &user.username, &user.name);
        (*avatar, *email) =
            (user.profile_image_url.as_deref().unwrap_or_default(), user.email.as_deref().unwrap_or_default());
    }
    answer(names, &texts)
}
