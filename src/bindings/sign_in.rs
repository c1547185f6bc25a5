//! What comes after the click: `adopt`, `popupEvent`, `resume`, `awaited`, `handleCallback`, `readExchange`.

use core::cell::Cell;

use super::answer::answer;
use super::options::form;
use crate::browser::clock;
use crate::browser::storage::SessionStorage;
use crate::flow::callback::{Awaited, Used, answered, awaited as whose, given_up, recall, resumable};
use crate::flow::popup::{Answer, Event, Popup};
use crate::protocol::authorization_response::{Approved, AuthorizationResponse};
use crate::protocol::config::{Config, Finish};
use crate::protocol::envelope;
use crate::protocol::error::{Error, ErrorCode};
use crate::protocol::form::Form;
use crate::protocol::outcome::{Finished, Note, read_exchange, take_note};
use crate::protocol::ports::KeyValue as _;
use crate::protocol::state::State;
use crate::protocol::text::{contains, cut, number};
use crate::protocol::transaction::{self, Flow, KEY_PREFIX, TRANSACTION_LIFE_MS, Transaction, make_room};

/// A popup that is waited for or listened to.
struct Listening {
    key: String,
    /// By the page's monotonic clock.
    began: f64,
    machine: Popup,
}

/// What the engine remembers from one question to the next.
struct Memory {
    used: Used,
    popups: Vec<Listening>,
}

impl Memory {
    /// Nothing yet.
    const fn new() -> Self {
        Self { used: Used::new(), popups: Vec::new() }
    }
}

impl Memory {
    /// To a popup that was begun so many milliseconds ago.
    fn listen(&mut self, key: String, age: u64, machine: Popup) {
        #[allow(clippy::cast_precision_loss, reason = "ten minutes at most")]
        let began = clock::monotonic() - age as f64;
        self.popups.push(Listening { key, began, machine });
    }
}

impl Default for Memory {
    fn default() -> Self {
        Self::new()
    }
}

thread_local! {
    /// Taken out while a question is answered: no borrow that could fail.
    static MEMORY: Cell<Memory> = const { Cell::new(Memory::new()) };
}

/// With what is remembered.
fn remembering<T>(answer: impl FnOnce(&mut Memory) -> T) -> T {
    let mut memory = MEMORY.take();
    let said = answer(&mut memory);
    MEMORY.set(memory);
    said
}

/// Answers a question about one attempt, if it is one.
pub(super) fn about_one(question: &Form) -> Option<Result<String, Error>> {
    let field = |name| question.get(name);
    Some(match field("ask") {
        "adopt" => {
            remembering(|memory| adopt(memory, field("key"), field("record"), field("timeout")));
            Ok(String::new())
        }
        "popupEvent" => remembering(|memory| popup_event(memory, field("key"), field("event"), field("detail"))),
        "readExchange" => read_exchange_answer(&form(field("answer"))),
        _ => return None,
    })
}

/// Answers a question about all attempts of a configuration.
pub(super) fn about_all(config: &Config<'_>, question: &Form) -> Result<String, Error> {
    let url = question.get("url");
    remembering(|memory| match question.get("ask") {
        "resume" => Ok(resume(memory, config)),
        "awaited" => Ok(awaited(memory, config, url)),
        _ => handle_callback(memory, config, url, question.has("back")),
    })
}

/// Takes over an attempt that `begin` began, with its record. Makes room for that in the store; a popup's is listened to from
/// here on, for `timeout` milliseconds.
fn adopt(memory: &mut Memory, key: &str, record: &str, timeout: &str) {
    let now = clock::now();
    let state = key.strip_prefix(KEY_PREFIX).and_then(State::parse);
    let Some(transaction) = state.and_then(|state| Transaction::decode(state, record)) else { return };
    make_room(&mut SessionStorage, transaction.state(), now);
    if transaction.flow() == Flow::Popup {
        let timeout = number(timeout).unwrap_or(TRANSACTION_LIFE_MS);
        memory.listen(key.into(), now.since(transaction.created_at()), Popup::new(transaction, timeout));
    }
}

/// Tells a popup's attempt what happened: `message` (with the message as `detail`), `look` (with the words
/// `closed` and `focused`, as it applies), `cancel`, `abort`.
///
/// Says nothing when that settles nothing; an approval or a result; or `over` when there is nothing to listen to any more.
/// After a failure a late answer may still be listened for, unless the event was a message.
fn popup_event(memory: &mut Memory, key: &str, event: &str, detail: &str) -> Result<String, Error> {
    let popups = &mut memory.popups;
    let over = || Ok(answer("over", &["true"]));
    let Some(found) = popups.iter_mut().find(|listening| listening.key == key) else { return over() };
    let elapsed = clock::since(found.began);
    let settled = found.machine.on(match event {
        "message" => Event::Delivered { message: detail, elapsed },
        "look" => Event::Looked { closed: contains(detail, "closed"), focused: contains(detail, "focused"), elapsed },
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
fn forget(key: &str) {
    SessionStorage.remove(key);
}

/// Takes over the popups that the page before this one has opened, and says their `keys`, separated by spaces.
fn resume(memory: &mut Memory, config: &Config<'_>) -> String {
    let (now, mut keys) = (clock::now(), String::new());
    for transaction in resumable(&mut SessionStorage, config, now) {
        let key = transaction::key(transaction.state());
        if memory.popups.iter().any(|listening| listening.key == key) {
            continue;
        }
        if !keys.is_empty() {
            keys.push(' ');
        }
        keys.push_str(&key);
        memory.listen(key, now.since(transaction.created_at()), Popup::resumed(transaction));
    }
    answer("keys", &[&keys])
}

/// Finds out who waits for the callback in this page's address, in case it is a popup.
///
/// Says nothing when nobody does. Otherwise `key`, the attempt; and `message`, when this window cannot finish the attempt
/// itself and has only this to tell; or `other`, when another configuration of this page is to answer.
fn awaited(memory: &Memory, config: &Config<'_>, url: &str) -> String {
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
fn handle_callback(memory: &mut Memory, config: &Config<'_>, url: &str, back: bool) -> Result<String, Error> {
    if let Some(response) = AuthorizationResponse::find(config, url) {
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
fn read_exchange_answer(answer: &Form) -> Result<String, Error> {
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
