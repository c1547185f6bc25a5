//! What a [`Conversation`](super::Conversation) says next.

use super::answer::Answer;
use super::http::HttpRequest;
use super::session::{Former, Session, SessionId};
use crate::protocol::token::Tokens;

/// What to do next.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "it is moved once and taken apart")]
pub enum Turn {
    /// Send this to X, and go on with [`heard`], or with [`failed`] when nothing came back. At the first one of a sign-in, ask
    /// the host's [`Rate`](super::Rate) before ([`too_often`]).
    ///
    /// [`heard`]: super::Conversation::heard
    /// [`failed`]: super::Conversation::failed
    /// [`too_often`]: super::Conversation::too_often
    Send {
        /// The request.
        request: HttpRequest,
        /// The transaction that this sign-in uses, to be claimed before the request goes out: of two that bring the same
        /// cookie one asks X. With the first request only, and only of sign-ins that the backend began.
        used: Option<Used>,
    },
    /// The end.
    Done(Outcome),
}

/// A transaction that was used, for a list of those that were: [`Spent::spend`](super::Spent::spend), or a store that adds
/// a name once. Where it is on the list already, end with [`failed`] of [`unknown`].
///
/// [`failed`]: super::Conversation::failed
/// [`unknown`]: super::held::finish::unknown
#[derive(Clone, Debug)]
pub struct Used {
    /// A hash, which tells nothing about the transaction.
    pub name: String,
    /// When it would end by itself, in seconds since the Unix epoch: ten minutes after it began.
    pub ends_at: u64,
}

/// How a sign-in ended. First keep and end the sessions, then send the answer; when the host's store fails at that, answer
/// with [`failed`](super::Conversation::failed) of [`internal`](super::Failure::internal) instead.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What the browser is told.
    pub answer: Answer,
    /// `GET callback` brought no sign-in that the backend finishes there. A host whose page is at the same address answers
    /// with that page, and otherwise with `answer`.
    pub callback_page: bool,
    /// There, when somebody signed in.
    pub kept: Option<Kept>,
    /// The sessions that this sign-in puts an end to: take each out of the store, and its tokens back ([`revoke`]).
    ///
    /// [`revoke`]: super::revoke
    pub ends: Vec<Former>,
    /// What X gave for a sign-in that failed all the same. It is nobody's: take it back.
    pub dropped: Option<Tokens>,
}

impl Outcome {
    pub(super) const fn only(answer: Answer) -> Self {
        Self { answer, callback_page: false, kept: None, ends: Vec::new(), dropped: None }
    }
}

/// A session to keep.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its fresh name, for the store. Where the cookie holds the sessions ([`carrying`](super::Conversation::carrying)) it
    /// carries this one, and there is nothing to store.
    pub id: SessionId,
    /// Who, and X's tokens.
    pub session: Session,
    /// How long it lives, in seconds.
    pub life_seconds: u32,
}
