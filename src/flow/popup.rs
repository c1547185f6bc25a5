//! The popup: the page waits while another window is at X.
//!
//! X's pages cut the tie between the two windows (`Cross-Origin-Opener-Policy`): the handle then says `closed` while
//! the person is still typing. So the answer comes over a channel, and `closed` is only a hint: it counts once the person
//! has left this page, is back, and stays for [`GRACE_MS`].

use crate::protocol::authorization_response::{Approved, AuthorizationResponse, Remembered};
use crate::protocol::envelope;
use crate::protocol::error::{Error, ErrorCode};
use crate::protocol::transaction::Transaction;

/// How long a popup that looks closed is waited for while the person is on the opener's page, in milliseconds.
pub const GRACE_MS: u64 = 5_000;

/// Something happened.
#[derive(Clone, Copy)]
pub enum Event<'a> {
    /// `window.open` answered; `false` when the browser blocked it.
    Opened(bool),
    /// A message came over the attempt's own channel.
    Delivered {
        /// The message as it is; it may be anything.
        message: &'a str,
        /// Milliseconds since the window opened, by a clock that only goes forward.
        elapsed: u64,
    },
    /// A regular look at the window.
    Looked {
        /// What the handle says.
        closed: bool,
        /// Whether this page has the keyboard.
        focused: bool,
        /// Milliseconds since the window opened, by a clock that only goes forward.
        elapsed: u64,
    },
    /// The page or the person gave up here.
    Aborted,
}

/// How it ended. The adapter forgets the transaction, stops listening, closes the window if that is still possible, and
/// answers the caller.
#[derive(Debug)]
pub struct Settled {
    /// Tell the callback page first that its message arrived, so that it closes itself.
    pub acknowledge: bool,
    /// For the caller.
    pub result: Result<Approved, Error>,
}

/// One waiting popup.
#[derive(Debug)]
pub struct Popup {
    /// Taken by the first answer, so that there can be only one.
    transaction: Option<Box<Transaction>>,
    timeout_ms: u64,
    /// Whether this page has lost the keyboard since the window opened. Until then `closed` cannot be the person's doing.
    was_left: bool,
    seems_closed_since: Option<u64>,
}

impl Popup {
    /// A popup that is about to be opened, to be waited for so many milliseconds.
    pub fn new(transaction: Transaction, timeout_ms: u64) -> Self {
        Self { transaction: Some(Box::new(transaction)), timeout_ms, was_left: false, seems_closed_since: None }
    }

    /// Takes an event; answers when that was the end. Silent afterwards.
    pub fn on(&mut self, event: Event<'_>) -> Option<Settled> {
        let code = match event {
            Event::Opened(true) => return None,
            Event::Opened(false) => ErrorCode::PopupBlocked,
            Event::Delivered { message, elapsed } => return self.delivered(message, elapsed),
            Event::Looked { closed, focused, elapsed } => self.looked(closed, focused, elapsed)?,
            Event::Aborted => ErrorCode::Cancelled,
        };
        self.transaction.take()?;
        Some(Settled { acknowledge: false, result: Err(Error::new(code)) })
    }

    fn delivered(&mut self, message: &str, elapsed: u64) -> Option<Settled> {
        let tail = envelope::open(message)?;
        let transaction = self.transaction.take()?;
        let now = transaction.created_at().saturating_add(elapsed);
        let transaction = Remembered::Transaction(transaction);
        let result = AuthorizationResponse::parse(tail).and_then(|response| response.check(transaction, now));
        Some(Settled { acknowledge: true, result })
    }

    fn looked(&mut self, closed: bool, focused: bool, elapsed: u64) -> Option<ErrorCode> {
        if elapsed >= self.timeout_ms {
            return Some(ErrorCode::Timeout);
        }
        self.was_left |= !focused;
        if !(closed && focused && self.was_left) {
            self.seems_closed_since = None;
            return None;
        }
        let since = *self.seems_closed_since.get_or_insert(elapsed);
        (elapsed.saturating_sub(since) >= GRACE_MS).then_some(ErrorCode::Cancelled)
    }
}
