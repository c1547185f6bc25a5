//! The popup: the page waits while another window is at X.
//!
//! X's pages cut the tie between the two windows (`Cross-Origin-Opener-Policy`): the handle then says `closed` while
//! the person is still typing. So the answer comes over channels of its own, and `closed` is only a hint: it counts once
//! the person has left this page, is back, and stays for [`GRACE_MS`]. Even then, and after any other end of the waiting,
//! an answer is heard until the transaction is too old: the window may still be open, and the person at X.

use crate::protocol::authorization_response::{Approved, AuthorizationResponse, Remembered};
use crate::protocol::envelope;
use crate::protocol::error::{Error, ErrorCode};
use crate::protocol::form::Form;
use crate::protocol::outcome::{Finished, Note};
use crate::protocol::transaction::{TRANSACTION_LIFE_MS, Transaction};

/// How long a popup that looks closed is waited for while the person is on the opener's page, in milliseconds.
pub const GRACE_MS: u64 = 5_000;

/// A window whose handle has said "open" for so long is one whose tie X does not cut: when it says "closed", it is.
pub const TIED_AFTER_MS: u64 = 3_000;

/// The grace of a window whose handle is to be believed, in milliseconds: time for its last message to arrive.
pub const TIED_GRACE_MS: u64 = 1_000;

/// How often a callback has to be told before a page that did not open the popup exchanges its code: whoever did answers
/// the first time, and the code is good for one exchange only.
pub const ECHOES: u8 = 2;

/// Something happened.
#[derive(Clone, Copy)]
pub enum Event<'a> {
    /// `window.open` answered; `false` when the browser blocked it.
    Opened(bool),
    /// A message came over one of the attempt's channels.
    Delivered {
        /// The message as it is; it may be anything.
        message: &'a str,
        /// Milliseconds since the attempt began, by a clock that only goes forward.
        elapsed: u64,
    },
    /// A regular look at the window.
    Looked {
        /// What the handle says.
        closed: bool,
        /// Whether this page has the keyboard.
        focused: bool,
        /// Milliseconds since the attempt began, by a clock that only goes forward.
        elapsed: u64,
    },
    /// The person no longer wants to wait.
    GivenUp,
    /// The page ends it for good.
    Aborted,
}

/// What came of it.
#[derive(Debug)]
pub enum Answer {
    /// A checked callback, to be exchanged by this page.
    Approved(Approved),
    /// The callback page has exchanged it.
    Finished(Finished),
}

/// The adapter forgets the transaction's record, closes the window if that is still possible, and tells the caller.
#[derive(Debug)]
pub struct Settled {
    /// Go on listening: a late answer still counts.
    pub listening: bool,
    /// For the caller; `None` when it has been told already.
    pub result: Option<Result<Answer, Error>>,
}

/// One popup, waited for or only listened to.
#[derive(Debug)]
pub struct Popup {
    /// Taken by the first answer, so that there can be only one.
    transaction: Option<Box<Transaction>>,
    timeout_ms: u64,
    /// Whether somebody still waits for the result.
    is_waited_for: bool,
    /// Whether this page has lost the keyboard since the window opened. Until then `closed` cannot be the person's doing,
    /// unless the handle is to be believed.
    was_left: bool,
    is_tied: bool,
    seems_closed_since: Option<u64>,
    /// How many more callbacks are left to somebody else.
    echoes: u8,
}

impl Popup {
    /// A popup that is about to be opened, to be waited for so many milliseconds.
    pub fn new(transaction: Transaction, timeout_ms: u64) -> Self {
        Self {
            transaction: Some(Box::new(transaction)),
            timeout_ms,
            is_waited_for: true,
            was_left: false,
            is_tied: false,
            seems_closed_since: None,
            echoes: 0,
        }
    }

    /// A popup that the page before this one (the same one, before it was reloaded) has opened.
    pub fn resumed(transaction: Transaction) -> Self {
        Self { is_waited_for: false, echoes: ECHOES, ..Self::new(transaction, TRANSACTION_LIFE_MS) }
    }

    /// Takes an event; answers when that has settled something. Silent once it has answered without `listening`.
    pub fn on(&mut self, event: Event<'_>) -> Option<Settled> {
        match event {
            Event::Opened(true) => None,
            Event::Opened(false) => self.end(ErrorCode::PopupBlocked),
            Event::Delivered { message, elapsed } => self.delivered(message, elapsed),
            Event::Looked { closed, focused, elapsed } => self.looked(closed, focused, elapsed),
            Event::GivenUp => self.give_up(ErrorCode::Cancelled),
            Event::Aborted => self.end(ErrorCode::Cancelled),
        }
    }

    /// Nobody waits any more, but an answer still counts.
    fn give_up(&mut self, code: ErrorCode) -> Option<Settled> {
        (self.transaction.is_some() && core::mem::take(&mut self.is_waited_for))
            .then(|| Settled { listening: true, result: Some(Err(Error::new(code))) })
    }

    fn end(&mut self, code: ErrorCode) -> Option<Settled> {
        self.transaction.take()?;
        let result = self.is_waited_for.then(|| Err(Error::new(code)));
        Some(Settled { listening: false, result })
    }

    fn delivered(&mut self, message: &str, elapsed: u64) -> Option<Settled> {
        let note = Note::read(&Form::parse(envelope::open(message)?)?)?;
        if self.echoes > 0 && matches!(note, Note::Response(_)) {
            self.echoes -= 1;
            return None;
        }
        let transaction = self.transaction.take()?;
        let result = match note {
            Note::Exchanged(finished) => finished.map(|finished| {
                // Where the person lands was settled when they left.
                Answer::Finished(Finished { return_to: transaction.return_to().into(), ..finished })
            }),
            Note::Response(tail) => {
                let now = transaction.created_at() + elapsed;
                AuthorizationResponse::parse(&tail, transaction.finish())
                    .and_then(|response| response.check(Remembered::Transaction(transaction), now))
                    .map(Answer::Approved)
            }
            Note::Restart => Err(Error::new(ErrorCode::Cancelled)),
        };
        // Of a late failure nobody needs to know: whoever waited has been told of one.
        let result = Some(result).filter(|result| result.is_ok() || self.is_waited_for);
        Some(Settled { listening: false, result })
    }

    fn looked(&mut self, closed: bool, focused: bool, elapsed: u64) -> Option<Settled> {
        if elapsed > TRANSACTION_LIFE_MS {
            return self.end(ErrorCode::Timeout);
        }
        if elapsed >= self.timeout_ms {
            return self.give_up(ErrorCode::Timeout);
        }
        self.is_tied |= !closed && elapsed >= TIED_AFTER_MS;
        self.was_left |= !focused;
        if !(closed && focused && (self.was_left || self.is_tied)) {
            self.seems_closed_since = None;
            return None;
        }
        let since = *self.seems_closed_since.get_or_insert(elapsed);
        let grace = if self.is_tied { TIED_GRACE_MS } else { GRACE_MS };
        if elapsed.saturating_sub(since) < grace {
            return None;
        }
        self.give_up(ErrorCode::Cancelled)
    }
}
