//! The transaction: one record per sign-in attempt, keyed by its state, used once, short-lived, bounded in number.
//!
//! It lives in `sessionStorage` (RFC 10017 §8: never in `localStorage`), so it is bound to one tab of one browser; its
//! fields bind it to the client, the callback, the flow and the purpose (RFC 9700 §4.4.2, §4.7).

use super::config::{Config, Finish};
use super::form;
use super::pkce::CodeVerifier;
use super::ports::{KeyValue, Refused};
use super::state::State;

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

/// One attempt.
#[derive(Clone, Debug)]
pub struct Transaction {
    /// Its name.
    pub state: State,
    /// Its secret.
    pub code_verifier: CodeVerifier,
    /// The client it was made for.
    pub client_id: String,
    /// The callback it was made for, byte for byte as sent.
    pub redirect_uri: String,
    /// How it travels.
    pub flow: Flow,
    /// Who exchanges the code.
    pub finish: Finish,
    /// The scopes it asked for, space-separated.
    pub scope: String,
    /// Where the person lands afterwards: a checked path on the host's origin.
    pub return_to: String,
    /// Milliseconds since the Unix epoch, by the device's clock.
    pub created_at: u64,
}

impl Transaction {
    /// The record as text: a form, so that the callback page reads it without this crate.
    pub fn encode(&self) -> String {
        let (finish, exchange) = match &self.finish {
            Finish::Exchange(at) => ("exchange", at.as_str()),
            Finish::Handoff => ("handoff", ""),
        };
        let mut record = String::with_capacity(400);
        for (name, value) in [
            ("v", VERSION),
            ("purpose", PURPOSE),
            ("flow", if self.flow == Flow::Popup { "popup" } else { "redirect" }),
            ("finish", finish),
            ("exchange", exchange),
            ("client_id", &self.client_id),
            ("redirect_uri", &self.redirect_uri),
            ("scope", &self.scope),
            ("code_verifier", self.code_verifier.expose()),
            ("return_to", &self.return_to),
            ("created_at", &self.created_at.to_string()),
        ] {
            form::append(&mut record, name, value);
        }
        record
    }

    /// Reads a record. `None` for anything that [`encode`](Self::encode) did not write.
    pub fn decode(state: State, record: &str) -> Option<Self> {
        let pairs = form::parse(record)?;
        let field = |name| form::only(&pairs, name).ok().flatten();
        if field("v")? != VERSION || field("purpose")? != PURPOSE {
            return None;
        }
        Some(Self {
            state,
            code_verifier: CodeVerifier::restore(field("code_verifier")?.into()),
            client_id: field("client_id")?.into(),
            redirect_uri: field("redirect_uri")?.into(),
            flow: match field("flow")? {
                "popup" => Flow::Popup,
                "redirect" => Flow::Redirect,
                _ => return None,
            },
            finish: match field("finish")? {
                "exchange" => Finish::Exchange(field("exchange")?.into()),
                "handoff" => Finish::Handoff,
                _ => return None,
            },
            scope: field("scope")?.into(),
            return_to: field("return_to")?.into(),
            created_at: field("created_at")?.parse().ok()?,
        })
    }

    /// Whether the attempt is too old. A clock that was set back meanwhile makes it younger, never older.
    pub const fn is_expired(&self, now: u64) -> bool {
        now.saturating_sub(self.created_at) > TRANSACTION_LIFE_MS
    }

    /// Whether it was made for this configuration (RFC 9700 §4.4.2: mix-up defence).
    pub fn is_for(&self, config: &Config) -> bool {
        self.client_id == config.client_id && self.redirect_uri == config.redirect_uri.as_str()
    }
}

/// Stores an attempt, after throwing out what is expired and, past [`TRANSACTIONS_MAX`], the oldest.
///
/// # Errors
/// [`Refused`] when storage is off or full, or does not give back what it took.
pub fn put(store: &mut impl KeyValue, transaction: &Transaction) -> Result<(), Refused> {
    sweep(store, transaction.created_at);
    loop {
        let kept = all(store);
        match kept.iter().min_by_key(|kept| kept.created_at) {
            Some(oldest) if kept.len() >= TRANSACTIONS_MAX => remove(store, &oldest.state),
            _ => break,
        }
    }
    let record = transaction.encode();
    store.set(&key(&transaction.state), &record)?;
    // Some private modes accept a write and forget it.
    if store.get(&key(&transaction.state)).as_deref() == Some(&record) { Ok(()) } else { Err(Refused) }
}

/// Takes an attempt out of the store. It can be taken once.
pub fn take(store: &mut impl KeyValue, state: &State) -> Option<Transaction> {
    let record = store.get(&key(state))?;
    store.remove(&key(state));
    Transaction::decode(state.clone(), &record)
}

/// Removes an attempt, if it is there.
pub fn remove(store: &mut impl KeyValue, state: &State) {
    store.remove(&key(state));
}

/// Every attempt that is waiting in this tab, readable ones only.
pub fn all(store: &impl KeyValue) -> Vec<Transaction> {
    states(store).filter_map(|state| Transaction::decode(state.clone(), &store.get(&key(&state))?)).collect()
}

/// Removes what is expired or unreadable.
pub fn sweep(store: &mut impl KeyValue, now: u64) {
    for state in states(store).collect::<Vec<_>>() {
        let record = store.get(&key(&state)).and_then(|record| Transaction::decode(state.clone(), &record));
        if record.is_none_or(|transaction| transaction.is_expired(now)) {
            remove(store, &state);
        }
    }
}

fn states(store: &impl KeyValue) -> impl Iterator<Item = State> {
    store.keys().into_iter().filter_map(|key| State::parse(key.strip_prefix(KEY_PREFIX)?))
}

fn key(state: &State) -> String {
    [KEY_PREFIX, state.as_str()].concat()
}
