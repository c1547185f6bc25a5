//! The popup: the page waits while another window is at X.
//!
//! X's pages cut the tie between the two windows (`Cross-Origin-Opener-Policy`): the handle then says `closed` while
//! the person is still typing. So the answer comes over a channel, and `closed` is only a hint that counts once the
//! person is back on this page and stays for [`GRACE_MS`].

use crate::protocol::authorization_response::{Approved, AuthorizationResponse, Remembered};
use crate::protocol::config::Config;
use crate::protocol::envelope;
use crate::protocol::error::{Error, ErrorCode};
use crate::protocol::transaction::Transaction;

/// How long a popup that looks closed is waited for while the person is on the opener's page, in milliseconds.
pub const GRACE_MS: u64 = 5_000;

/// Something happened.
#[derive(Clone, Copy, Debug)]
pub enum Event<'a> {
    /// `window.open` answered; `false` when the browser blocked it.
    Opened(bool),
    /// A message came over the attempt's own channel.
    Delivered {
        /// The message as it is; it may be anything.
        message: &'a str,
        /// Milliseconds since the Unix epoch.
        now: u64,
    },
    /// A regular look at the window.
    Looked {
        /// What the handle says.
        closed: bool,
        /// Whether this page has the keyboard.
        focused: bool,
        /// Milliseconds since the Unix epoch.
        now: u64,
    },
    /// The page or the person gave up here.
    Aborted,
}

/// What the adapter has to do.
#[derive(Debug)]
pub enum Action {
    /// Tell the callback page that its message arrived.
    Acknowledge,
    /// End: forget the transaction, stop listening, close the window if that is still possible, and answer the caller.
    Settle(Result<Approved, Error>),
}

/// One waiting popup.
#[derive(Debug)]
pub struct Popup {
    config: Config,
    /// Taken by the first answer, so that there can be only one.
    transaction: Option<Transaction>,
    began_at: u64,
    seems_closed_since: Option<u64>,
}

impl Popup {
    /// A popup that is about to be opened.
    pub const fn new(config: Config, transaction: Transaction) -> Self {
        let began_at = transaction.created_at;
        Self { config, transaction: Some(transaction), began_at, seems_closed_since: None }
    }

    /// Takes an event, answers with what to do. Silent once it has settled.
    pub fn on(&mut self, event: Event<'_>) -> Vec<Action> {
        if self.transaction.is_none() {
            return Vec::new();
        }
        match event {
            Event::Opened(true) => Vec::new(),
            Event::Opened(false) => self.fail(ErrorCode::PopupBlocked),
            Event::Delivered { message, now } => self.delivered(message, now),
            Event::Looked { closed, focused, now } => self.looked(closed && focused, now),
            Event::Aborted => self.fail(ErrorCode::Cancelled),
        }
    }

    fn delivered(&mut self, message: &str, now: u64) -> Vec<Action> {
        let Some(tail) = envelope::open(message) else { return Vec::new() };
        let Some(transaction) = self.transaction.take() else { return Vec::new() };
        let result = AuthorizationResponse::parse(tail)
            .and_then(|response| response.check(Remembered::Transaction(Box::new(transaction)), &self.config, now));
        vec![Action::Acknowledge, Action::Settle(result)]
    }

    fn looked(&mut self, seems_closed: bool, now: u64) -> Vec<Action> {
        if now.saturating_sub(self.began_at) >= self.config.timeout_ms {
            return self.fail(ErrorCode::Timeout);
        }
        if !seems_closed {
            self.seems_closed_since = None;
            return Vec::new();
        }
        let since = *self.seems_closed_since.get_or_insert(now);
        if now.saturating_sub(since) >= GRACE_MS { self.fail(ErrorCode::Cancelled) } else { Vec::new() }
    }

    fn fail(&mut self, code: ErrorCode) -> Vec<Action> {
        self.transaction = None;
        vec![Action::Settle(Err(Error::new(code)))]
    }
}
