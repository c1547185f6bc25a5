//! What several of these tests need: one configuration, one moment, two states, and sources of bytes.

use std::fs::File;
use std::io::{BufReader, Read as _};

use sign_in_with_x::button::html::html;
use sign_in_with_x::button::options::ButtonOptions;
use sign_in_with_x::button::view::View;
use sign_in_with_x::flow::attempt::{Attempt, Request, begin};
use sign_in_with_x::protocol::config::{Config, Options};
use sign_in_with_x::protocol::error::Error;
use sign_in_with_x::protocol::form;
use sign_in_with_x::protocol::moment::Moment;
use sign_in_with_x::protocol::ports::{Entropy, MemoryStore, Refused};
use sign_in_with_x::protocol::state::State;
use sign_in_with_x::protocol::transaction::{Flow, KEY_PREFIX, Transaction};

/// A date, in milliseconds since the Unix epoch.
pub(crate) const NOW: u64 = 1_800_000_000_000;
pub(crate) const DAY: u64 = 86_400_000;
pub(crate) const ORIGIN: &str = "https://app.example";
pub(crate) const CALLBACK: &str = "https://app.example/auth/x/callback";

/// The moment of a date on a device whose two clocks agree.
pub(crate) const fn at(date: u64) -> Moment {
    Moment { date, steady: date }
}

pub(crate) fn options() -> Options<'static> {
    Options { client_id: "client", redirect_uri: CALLBACK, ..Options::default() }
}

pub(crate) fn config() -> Config<'static> {
    Config::new(&options()).unwrap()
}

/// The state of the attempt in question, and one of another.
pub(crate) fn s() -> State {
    State::parse(&"S".repeat(43)).unwrap()
}

pub(crate) fn other() -> State {
    State::parse(&"T".repeat(43)).unwrap()
}

/// The same byte again and again: two sources with the same byte make the same state.
pub(crate) struct Fixed(pub(crate) u8);

impl Entropy for Fixed {
    fn fill(&mut self, buffer: &mut [u8]) -> Result<(), Refused> {
        buffer.fill(self.0);
        Ok(())
    }
}

/// The operating system's randomness.
pub(crate) struct Os(BufReader<File>);

impl Os {
    pub(crate) fn new() -> Self {
        Self(BufReader::with_capacity(1 << 16, File::open("/dev/urandom").unwrap()))
    }
}

impl Entropy for Os {
    fn fill(&mut self, buffer: &mut [u8]) -> Result<(), Refused> {
        self.0.read_exact(buffer).map_err(|_| Refused)
    }
}

/// No randomness at all.
pub(crate) struct NoEntropy;

impl Entropy for NoEntropy {
    fn fill(&mut self, _: &mut [u8]) -> Result<(), Refused> {
        Err(Refused)
    }
}

/// What `begin` makes of the usual configuration; its state follows from the byte.
pub(crate) fn attempt(byte: u8, flow: Flow, now: Moment) -> Attempt {
    begin(&config(), &Request::default(), flow, &mut Fixed(byte), now).unwrap()
}

/// An attempt as its record says it.
pub(crate) fn read(attempt: &Attempt) -> Transaction {
    Transaction::decode(attempt.state.clone(), &attempt.record).unwrap()
}

/// Stores an attempt, as a page does.
pub(crate) fn keep(store: &mut MemoryStore, attempt: &Attempt) {
    store.set(&key(&attempt.state), &attempt.record);
}

/// The text of a record, with some fields changed; `None` leaves one out.
pub(crate) fn record(changes: &[(&str, Option<&str>)]) -> String {
    let now = NOW.to_string();
    let mut text = String::new();
    for (name, usual) in [
        ("v", "1"),
        ("purpose", "sign-in"),
        ("flow", "redirect"),
        ("finish", "exchange"),
        ("exchange", "/auth/x/exchange"),
        ("client_id", "client"),
        ("redirect_uri", CALLBACK),
        ("scope", "tweet.read users.read"),
        ("code_verifier", "canary-verifier-ABCDEFGHIJKLMNOPQRSTUVWXYZ0"),
        ("return_to", "/account"),
        ("created_at", &now),
        ("steady_at", &now),
    ] {
        match changes.iter().find(|(changed, _)| *changed == name) {
            None => form::append(&mut text, name, usual),
            Some((_, Some(value))) => form::append(&mut text, name, value),
            Some((_, None)) => {}
        }
    }
    text
}

pub(crate) fn key(state: &State) -> String {
    format!("{KEY_PREFIX}{}", state.as_str())
}

/// A transaction for a state with some fields changed.
pub(crate) fn transaction(state: State, changes: &[(&str, Option<&str>)]) -> Transaction {
    Transaction::decode(state, &record(changes)).unwrap()
}

/// A store that holds these records as they are.
pub(crate) fn store(records: &[(State, String)]) -> MemoryStore {
    let mut store = MemoryStore::default();
    for (state, record) in records {
        store.set(&key(state), record);
    }
    store
}

/// `code` or `code/reason`.
pub(crate) fn said(error: &Error) -> String {
    let reason = error.reason();
    if reason.is_empty() { error.code.as_str().into() } else { format!("{}/{reason}", error.code.as_str()) }
}

/// The button as HTML, by its attributes and words.
pub(crate) fn shown(pairs: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (name, value) in pairs {
        form::append(&mut text, name, value);
    }
    html(&View::new(ButtonOptions::read(form::Form::parse(&text).unwrap())))
}
