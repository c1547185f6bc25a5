//! The arrival: a page finds a callback in its own address (single-page apps, or any page that calls
//! `handleCallback`).

use crate::protocol::authorization_response::{Approved, AuthorizationResponse, Remembered};
use crate::protocol::config::Config;
use crate::protocol::error::Error;
use crate::protocol::ports::KeyValue;
use crate::protocol::state::State;
use crate::protocol::transaction::{self, Flow};

/// What an address turned out to be.
#[derive(Debug)]
pub enum Arrival {
    /// None of ours: the page's own parameters stay untouched.
    NotOurs,
    /// A callback. Clean the address bar before anything else, then [`recall`] the attempt and go on with
    /// [`Callback::recalled`].
    Callback(Result<Callback, Error>),
}

/// A callback whose shape is right.
#[derive(Debug)]
pub struct Callback(AuthorizationResponse);

impl Arrival {
    /// Looks at an address.
    pub fn at(config: &Config<'_>, url: &str) -> Self {
        if AuthorizationResponse::is_callback(config, url) {
            Self::Callback(AuthorizationResponse::parse(url).map(Callback))
        } else {
            Self::NotOurs
        }
    }
}

impl Callback {
    /// The attempt to [`recall`].
    pub fn state(&self) -> Option<State> {
        self.0.state()
    }

    /// Goes on with what was remembered.
    ///
    /// # Errors
    /// Those of [`AuthorizationResponse::check`].
    pub fn recalled(self, remembered: Remembered, now: u64) -> Result<Approved, Error> {
        self.0.check(remembered, now)
    }
}

/// Takes the named attempt out of the store and keeps its name in `used`. One that was made for another configuration
/// is none of this one's and stays where it is.
///
/// When there is none, this tab's other redirects are dropped too: the tab is back from X with an answer to none of
/// them, so no answer to them can still come.
pub fn recall(store: &mut impl KeyValue, used: &mut Used, config: &Config<'_>, state: Option<&State>) -> Remembered {
    if let Some(found) = state.and_then(|state| transaction::peek(store, state)) {
        if !found.is_for(config) {
            return Remembered::Others;
        }
        transaction::remove(store, found.state());
        used.add(found.state().clone());
        return Remembered::Transaction(Box::new(found));
    }
    if state.is_some_and(|state| used.0.contains(state)) {
        return Remembered::Used;
    }
    let others = transaction::all(store);
    for other in others.iter().filter(|other| other.flow() == Flow::Redirect) {
        transaction::remove(store, other.state());
    }
    if others.is_empty() { Remembered::Nothing } else { Remembered::Others }
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
