//! The redirect: the page itself goes to X. What comes back is the callback page's ([`super::callback`]).

use super::attempt::Attempt;
use crate::protocol::error::{Error, ErrorCode};
use crate::protocol::state::State;
use crate::protocol::transaction::Transaction;

/// Something happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The transaction was stored; `false` when storage refused.
    Stored(bool),
    /// The page is here again: the person came Back, and the browser had kept it alive.
    ShownAgain,
    /// The page gave up.
    Aborted,
}

/// What the adapter has to do.
#[derive(Clone)]
pub enum Action {
    /// Remember the transaction, and say whether that worked.
    Store(Box<Transaction>),
    /// Leave.
    Navigate(String),
    /// Forget the transaction and end with this error. There is no other end on this page: success is on the next one.
    Settle(State, Error),
}

/// One departure.
pub struct Redirect {
    state: State,
    /// Where to go; taken on the way out.
    url: Option<String>,
    settled: bool,
}

impl Redirect {
    /// Begins. Nothing leaves before the transaction is safe (a person who comes back to a browser that forgot them
    /// has typed their password for nothing).
    pub fn new(attempt: Attempt) -> (Self, Action) {
        let Attempt { transaction, url } = attempt;
        let machine = Self { state: transaction.state().clone(), url: Some(url), settled: false };
        (machine, Action::Store(Box::new(transaction)))
    }

    /// Takes an event, answers with what to do. Silent once it has settled.
    pub fn on(&mut self, event: Event) -> Option<Action> {
        if self.settled {
            return None;
        }
        let code = match event {
            Event::Stored(true) => return self.url.take().map(Action::Navigate),
            Event::Stored(false) => ErrorCode::StorageUnavailable,
            Event::ShownAgain | Event::Aborted => ErrorCode::Cancelled,
        };
        self.settled = true;
        Some(Action::Settle(self.state.clone(), Error::new(code)))
    }
}
