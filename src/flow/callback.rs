//! The arrival: a page finds a callback in its own address (single-page apps, or any page that calls
//! `handleCallback`). [`AuthorizationResponse::find`] recognises it; the address bar is cleaned before anything else;
//! [`recall`] looks the attempt up; [`AuthorizationResponse::check`] decides.

use crate::protocol::authorization_response::{AuthorizationResponse, Remembered};
use crate::protocol::config::Config;
use crate::protocol::moment::Moment;
use crate::protocol::ports::KeyValue;
use crate::protocol::state::State;
use crate::protocol::transaction::{self, Flow, Transaction};

/// The attempt that a callback answers. One of OAuth 1.0a does not name it: this window went to X for the newest of its
/// attempts, and the backend refuses a request token that is not this attempt's.
pub fn answered(
    store: &mut impl KeyValue,
    config: &Config<'_>,
    response: &AuthorizationResponse,
    now: Moment,
) -> Option<State> {
    if !response.is_oauth1() {
        return response.state();
    }
    let (mut newest, mut began) = (None, 0);
    for attempt in &transaction::sweep(store, now) {
        if attempt.is_for(config) && attempt.created_at().date > began {
            began = attempt.created_at().date;
            newest = Some(attempt.state().clone());
        }
    }
    newest
}

/// Takes the named attempt out of the store and keeps its name in `used`. One that was made for another configuration
/// is none of this one's and stays where it is.
///
/// When there is none, this tab's other redirects are dropped too: the tab is back from X with an answer to none of
/// them, so no answer to them can still come.
pub fn recall(
    store: &mut impl KeyValue,
    used: &mut Used,
    config: &Config<'_>,
    state: Option<State>,
    now: Moment,
) -> Remembered {
    if let Some(found) = state.clone().and_then(|state| transaction::peek(store, state)) {
        if !found.is_for(config) {
            return Remembered::Others;
        }
        transaction::remove(store, found.state());
        used.add(found.state().clone());
        return Remembered::Transaction(Box::new(found));
    }
    if state.is_some_and(|state| used.0.contains(&state)) {
        return Remembered::Used;
    }
    let others = transaction::sweep(store, now);
    for other in others.iter().filter(|other| other.flow() == Flow::Redirect) {
        transaction::remove(store, other.state());
    }
    if others.is_empty() { Remembered::Nothing } else { Remembered::Others }
}

/// Popups of this configuration whose answers may still come: the page that opened them was reloaded, or left.
pub fn resumable(store: &mut impl KeyValue, config: &Config<'_>, now: Moment) -> Vec<Transaction> {
    let mut waiting = transaction::sweep(store, now);
    waiting.retain(|attempt| attempt.flow() == Flow::Popup && attempt.is_for(config));
    waiting
}

/// Who may be waiting for the answer to an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// Nobody: it is a redirect's, or was answered here before.
    No,
    /// The page that opened this window, to be told how it ended: the record came here with a copy of that page's store.
    Result,
    /// Perhaps a page that opened this window while its store was off: nobody here knows the attempt.
    Response,
    /// Another configuration of this page: it is that one's to answer.
    Other,
}

/// Finds out whose a callback on a page of the host's own is.
pub fn awaited(store: &impl KeyValue, used: &Used, config: &Config<'_>, state: &State) -> Awaited {
    match transaction::peek(store, state.clone()) {
        Some(found) if !found.is_for(config) => {
            if found.is_client_of(config) {
                Awaited::Other
            } else {
                Awaited::No
            }
        }
        Some(found) if found.flow() == Flow::Popup => Awaited::Result,
        Some(_) => Awaited::No,
        None if used.0.contains(state) => Awaited::No,
        None => Awaited::Response,
    }
}

/// Drops this configuration's redirects that are older than this page, whose age is in milliseconds, and says whether
/// there were any: the person came back without an answer.
pub fn given_up(store: &mut impl KeyValue, config: &Config<'_>, now: Moment, page_age: u64) -> bool {
    let mut any = false;
    for attempt in transaction::sweep(store, now) {
        if attempt.flow() == Flow::Redirect && attempt.is_for(config) && now.since(attempt.created_at()) > page_age {
            transaction::remove(store, attempt.state());
            any = true;
        }
    }
    any
}

/// The attempts that this page has answered, so that a second look at the same callback (a component mounted twice) is
/// told apart from a stranger's. In memory only: storage keeps nothing of a finished sign-in.
#[derive(Clone, Debug, Default)]
pub struct Used(Vec<State>);

impl Used {
    /// How many are remembered; the oldest goes first.
    pub const MAX: usize = 16;

    /// None yet.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    fn add(&mut self, state: State) {
        self.0.truncate(Self::MAX - 1);
        self.0.push(state);
        self.0.rotate_right(1);
    }
}
