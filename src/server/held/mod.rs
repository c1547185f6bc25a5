//! Sign-ins that the backend starts and keeps: plain links that need no JavaScript, and OAuth 1.0a.
//!
//! What a page keeps in `sessionStorage` is kept in a sealed cookie here (`jar.rs`). Where X sends the person back to
//! `GET callback`, by a navigation from another site, the backend has to read it there: it is `SameSite=Lax`. Where the
//! redirect URI is a page of the host's, which posts from the same origin, it is `Strict` like the session's (RFC 10017
//! §6.1.3.2). It grants nothing by itself: without the state or request token that X sends back it opens no session, and
//! whoever knows these has no such cookie.
//!
//! The same redirect URI serves all: the backend's own `GET callback` finishes what the backend started, and hands
//! everything else to the host's static callback page. Where the redirect URI is that page from the beginning, it posts
//! `code` and `state` without a verifier to `POST exchange`, or `oauthToken` and `oauthVerifier` to
//! `POST oauth1/exchange`.
//!
//! A transaction is taken out of the cookie when it is used, and every answer after that sets the cookie without it. A copy
//! of the cookie that somebody kept would still open; X's codes and verifiers work once all the same. A host refuses the
//! second use itself by [`Taken::name`]: in its store, or with [`Spent`](super::Spent).
//!
//! A `SameSite=Strict` session does not come along from X. So the one that the browser has when it sets out is named in
//! the transaction ([`Taken::before`]), and ended when the sign-in succeeds. A session that comes about meanwhile is named in
//! all that still wait ([`Taken::followed_by`], [`beside`]), or the next of them would leave it without an end.

pub mod finish;
mod jar;
mod landing;
pub mod start;

pub use jar::{Taken, beside};
pub(super) use landing::ask;
pub use landing::{failed, failed_unknown, landed};

use super::answer::Answer;
use super::config::ServerConfig;
use super::handler;
use super::session::{Session, SessionId};

/// The answer to a page that posted what X sent back: who is signed in, and where to go on (`returnTo`). Store the session
/// under `id` first.
pub fn signed_in(config: &ServerConfig, id: &SessionId, session: &Session, taken: &Taken) -> Answer {
    taken.spent(handler::signed_in_to(config, id, session, Some(&taken.return_to)))
}
