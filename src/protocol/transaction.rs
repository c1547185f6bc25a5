//! The transaction: one record per sign-in attempt, keyed by its state, used once, short-lived, bounded in number.
//!
//! It lives in `sessionStorage` (RFC 10017 §8: never in `localStorage`), so it is bound to one tab of one browser; its
//! fields bind it to the client, the callback, the flow and the purpose (RFC 9700 §4.4.2, §4.7).

use core::fmt;

use super::config::{Config, Finish};
use super::form::{self, Form};
use super::moment::Moment;
use super::pkce::CodeVerifier;
use super::ports::KeyValue;
use super::state::State;
use super::text::{digits, joined, number};

/// How long an attempt may take: time enough for a password reset and a second factor, in milliseconds.
pub const TRANSACTION_LIFE_MS: u64 = 600_000;

/// How many attempts of one tab are kept; the oldest goes first.
pub const TRANSACTIONS_MAX: usize = 8;

/// Every storage key of this package starts so; a transaction's goes on with its state.
pub const KEY_PREFIX: &str = "sign-in-with-x:";

/// Version of the record's form. A record of another version is not ours to read.
const VERSION: &str = "1";

/// What a record is for, so that no other record can stand in for a sign-in's (CVE-2026-114607).
const PURPOSE: &str = "sign-in";

/// How a person gets to X and back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// In a window of its own; the page waits.
    Popup,
    /// In the page's own window; the callback page finishes.
    Redirect,
}

/// The record of a fresh attempt, as text: a form, so that the callback page reads it without this crate. `return_to` must
/// be checked already.
pub fn record(code_verifier: &CodeVerifier, config: &Config<'_>, flow: Flow, return_to: &str, now: Moment) -> String {
    let verifier = code_verifier.expose();
    let (finish, exchange, verifier) = match config.finish {
        Finish::Exchange(at) => ("exchange", at, verifier),
        Finish::Handoff => ("handoff", "", verifier),
        // The backend has one of its own.
        Finish::Start(at) => ("start", at, ""),
    };
    let mut record = String::new();
    let names =
        "v purpose flow finish exchange client_id redirect_uri scope code_verifier return_to created_at steady_at";
    let values = [
        VERSION,
        PURPOSE,
        if flow == Flow::Popup { "popup" } else { "redirect" },
        finish,
        exchange,
        config.client_id,
        config.redirect_uri.as_str(),
        &config.scope,
        verifier,
        return_to,
        &digits(now.date),
        &digits(now.steady),
    ];
    form::append_all(&mut record, names, &values);
    record
}

/// One attempt: its record, read.
#[derive(Clone)]
pub struct Transaction {
    state: State,
    flow: Flow,
    created_at: Moment,
    form: Form,
}

impl Transaction {
    /// Reads a record. `None` for anything that [`record`] did not write.
    #[inline(never)]
    pub fn decode(state: State, record: &str) -> Option<Self> {
        let form = Form::parse(record)?;
        if form.get("v") != VERSION || form.get("purpose") != PURPOSE {
            return None;
        }
        let flow = match form.get("flow") {
            "popup" => Flow::Popup,
            "redirect" => Flow::Redirect,
            _ => return None,
        };
        let created_at = Moment { date: number(form.get("created_at"))?, steady: number(form.get("steady_at"))? };
        Some(Self { state, flow, created_at, form })
    }

    /// Its name.
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// How it travels.
    pub const fn flow(&self) -> Flow {
        self.flow
    }

    /// When it began.
    pub const fn created_at(&self) -> Moment {
        self.created_at
    }

    /// Its secret; empty where the backend holds it.
    pub fn code_verifier(&self) -> &str {
        self.form.get("code_verifier")
    }

    /// The client it was made for.
    pub fn client_id(&self) -> &str {
        self.form.get("client_id")
    }

    /// The callback it was made for, byte for byte as sent.
    pub fn redirect_uri(&self) -> &str {
        self.form.get("redirect_uri")
    }

    /// Who exchanges the code.
    pub fn finish(&self) -> Finish<'_> {
        let at = self.form.get("exchange");
        match self.form.get("finish") {
            "handoff" => Finish::Handoff,
            "start" => Finish::Start(at),
            _ => Finish::Exchange(at),
        }
    }

    /// The scopes it asked for, space-separated.
    pub fn scope(&self) -> &str {
        self.form.get("scope")
    }

    /// Where the person lands afterwards: a checked path on the host's origin.
    pub fn return_to(&self) -> &str {
        self.form.get("return_to")
    }

    /// Whether the attempt is too old.
    pub const fn is_expired(&self, now: Moment) -> bool {
        now.since(self.created_at) > TRANSACTION_LIFE_MS
    }

    /// Whether it was made for this client and callback (RFC 9700 §4.4.2: mix-up defence).
    pub fn is_client_of(&self, config: &Config<'_>) -> bool {
        self.client_id() == config.client_id && self.redirect_uri() == config.redirect_uri.as_str()
    }

    /// Whether it was made for this configuration: the same client may sign in here and ask for more there.
    pub fn is_for(&self, config: &Config<'_>) -> bool {
        self.is_client_of(config) && self.scope() == config.scope && self.finish() == config.finish
    }
}

/// Shows which attempt it is for, never the state or the verifier.
impl fmt::Debug for Transaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { flow, created_at, .. } = self;
        f.debug_struct("Transaction").field("flow", flow).field("created_at", created_at).finish_non_exhaustive()
    }
}

/// Makes room for an attempt that was just stored: after a [`sweep`], of more than [`TRANSACTIONS_MAX`] the oldest others go.
pub fn make_room(store: &mut impl KeyValue, newest: &State, now: Moment) {
    let mut others = sweep(store, now);
    others.retain(|other| other.state != *newest);
    while others.len() >= TRANSACTIONS_MAX
        && let Some(oldest) = (0..others.len()).min_by_key(|at| others.get(*at).map(|other| other.created_at.date))
    {
        remove(store, &others.swap_remove(oldest).state);
    }
}

/// Throws out what is expired or unreadable, and gives what is left: every attempt that is waiting in this tab.
pub fn sweep(store: &mut impl KeyValue, now: Moment) -> Vec<Transaction> {
    let mut waiting = Vec::new();
    for key in store.keys() {
        let Some(state) = key.strip_prefix(KEY_PREFIX).and_then(State::parse) else { continue };
        match peek(store, state) {
            Some(transaction) if !transaction.is_expired(now) => waiting.push(transaction),
            _ => store.remove(&key),
        }
    }
    waiting
}

/// Looks at an attempt without taking it.
pub fn peek(store: &impl KeyValue, state: State) -> Option<Transaction> {
    let record = store.get(&key(&state))?;
    Transaction::decode(state, &record)
}

/// Removes an attempt, if it is there.
pub fn remove(store: &mut impl KeyValue, state: &State) {
    store.remove(&key(state));
}

/// The storage key of an attempt, and the name of the channel on which it is answered.
pub fn key(state: &State) -> String {
    joined(&[KEY_PREFIX, state.as_str()])
}
