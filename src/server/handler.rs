//! A request of the page from its arrival to its answer, in steps that do no input or output.

use core::fmt;

use super::answer::Answer;
use super::config::ServerConfig;
use super::cookie;
use super::failure::{Failure, FailureCode};
use super::guard::{self, Initiator, Navigation, Sender};
use super::held;
use super::mediated::{self, token_answer};
use super::route::{NoRoute, Route, route};
use super::session::{Session, SessionId};

/// A request as it arrived; empty text for a header that is not there. `Host` and `X-Forwarded-*` are not in it:
/// nothing is derived from them.
#[derive(Clone, Copy, Default)]
pub struct Incoming<'a> {
    /// The method, in capitals.
    pub method: &'a str,
    /// The path, as written, without the query.
    pub path: &'a str,
    /// Whether there is a query; what stands in it is read where it is needed.
    pub query: bool,
    /// What the guard looks at.
    pub sender: Sender<'a>,
    /// `Cookie`.
    pub cookie: &'a str,
    /// What the browser says about a navigation; for sign-ins that the backend starts.
    pub navigation: Navigation<'a>,
}

/// Shows no cookie.
impl fmt::Debug for Incoming<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { method, path, query, sender, cookie, navigation } = self;
        f.debug_struct("Incoming")
            .field("method", method)
            .field("path", path)
            .field("query", query)
            .field("sender", sender)
            .field("cookie_bytes", &cookie.len())
            .field("navigation", navigation)
            .finish()
    }
}

/// What to do next.
#[derive(Clone, Debug)]
pub enum Step {
    /// Answer so, and that is all.
    Answer(Answer),
    /// Read the body and exchange it. When the sign-in succeeds, delete the session that was there before, and what
    /// [`held::beside`](super::held::beside) names, whose cookie goes along with the answer.
    Exchange {
        /// The session that the browser had.
        before: Option<SessionId>,
    },
    /// Answer with [`held::start::oauth2`](super::held::start::oauth2).
    Start {
        /// For [`Click::own_page`](super::held::start::Click::own_page).
        own_page: bool,
        /// The session that the browser has.
        before: Option<SessionId>,
    },
    /// Read [`held::start::Asked`](super::held::start::Asked), send
    /// [`oauth1_request`](super::held::start::oauth1_request), and answer with
    /// [`held::start::oauth1`](super::held::start::oauth1).
    OAuth1Start {
        /// For [`Click::own_page`](super::held::start::Click::own_page).
        own_page: bool,
        /// The session that the browser has.
        before: Option<SessionId>,
    },
    /// Read the body with [`held::finish::oauth1`](super::held::finish::oauth1) and exchange it.
    OAuth1Exchange {
        /// The session that the browser had.
        before: Option<SessionId>,
    },
    /// Read the query with [`held::finish::callback`](super::held::finish::callback). When the sign-in succeeds, end all of
    /// [`Taken::before`](super::held::Taken::before) as well, and answer with
    /// [`Taken::followed_by`](super::held::Taken::followed_by): from X the browser brings no `SameSite=Strict` cookie.
    Callback {
        /// The session that the browser had, if it says so.
        before: Option<SessionId>,
    },
    /// Look this session up, and answer with [`session_answer`].
    Session {
        /// The session that the browser names.
        id: SessionId,
    },
    /// Delete this session from the store first, then answer with [`signed_out`].
    SignOut {
        /// The session that the browser names.
        id: Option<SessionId>,
    },
    /// Look this session up, renew its access token when that is due ([`refresh`](super::refresh)), and answer with
    /// [`token_answer`]. Only with [`token_mediating`](super::ServerOptions::token_mediating).
    Token {
        /// The session that the browser names.
        id: SessionId,
    },
}

const UNREADABLE: &str = "There is a session's cookie, and it cannot be read: it is none of ours, there are two of them, or all \
     cookies together are longer than 16 KB. Nobody was signed out.";

/// Routes and guards a request.
pub fn receive(config: &ServerConfig, incoming: &Incoming<'_>) -> Step {
    let route = match route(&config.base_path, incoming.method, incoming.path, |route| is_open(config, route)) {
        Ok(route) => route,
        Err(no_route) => return refuse(&no_such(config, no_route)),
    };
    let origin = config.origin.as_str();
    if matches!(route, Route::Start | Route::OAuth1Start | Route::Callback) && guard::is_prefetch(&incoming.navigation)
    {
        return refuse(&Failure::too_early());
    }
    let (sender, navigation) = (&incoming.sender, &incoming.navigation);
    let guarded = match route {
        Route::Start | Route::OAuth1Start => match guard::check_start(sender, navigation, origin) {
            Ok(Initiator::Unknown) if !cookie::asked(config, incoming.cookie) => {
                return Step::Answer(held::ask(config));
            }
            initiator => initiator.map(|initiator| initiator == Initiator::Own),
        },
        Route::Callback => guard::check_callback(sender, navigation, incoming.query).map(|()| false),
        Route::Exchange | Route::SignOut | Route::OAuth1Exchange | Route::Token => {
            guard::check_change(sender, origin).map(|()| true)
        }
        Route::Session => guard::check_read(sender, origin).map(|()| true),
    };
    let own_page = match guarded {
        Ok(own_page) => own_page,
        Err(forgery) => return refuse(&Failure::new(FailureCode::Forbidden, forgery.hint())),
    };
    let id = cookie::read(config, incoming.cookie);
    // A 204 would say that somebody is signed out who is not; and taking the cookie away would hide it.
    if route == Route::SignOut && id.is_none() && cookie::is_there(config, incoming.cookie) {
        return refuse(&Failure::new(FailureCode::InvalidRequest, UNREADABLE));
    }
    match (route, id) {
        (Route::Exchange, before) => Step::Exchange { before },
        (Route::OAuth1Exchange, before) => Step::OAuth1Exchange { before },
        (Route::Callback, before) => Step::Callback { before },
        (Route::Start, before) => Step::Start { own_page, before },
        (Route::OAuth1Start, before) => Step::OAuth1Start { own_page, before },
        (Route::SignOut, id) => Step::SignOut { id },
        (Route::Session, Some(id)) => Step::Session { id },
        (Route::Session, None) => Step::Answer(session_answer(None)),
        (Route::Token, Some(id)) => Step::Token { id },
        (Route::Token, None) => Step::Answer(token_answer(config, None, 0)),
    }
}

/// Whether the host's options ask for this route.
const fn is_open(config: &ServerConfig, route: Route) -> bool {
    match route {
        Route::Exchange | Route::Session | Route::SignOut => true,
        Route::Start | Route::Callback => config.secrets.is_some(),
        Route::OAuth1Start | Route::OAuth1Exchange => config.secrets.is_some() && config.oauth1.is_some(),
        Route::Token => config.token_mediating,
    }
}

/// The answer to a sign-in that succeeded. Store the session under `id` first.
pub fn signed_in(config: &ServerConfig, id: &SessionId, session: &Session) -> Answer {
    signed_in_to(config, id, session, None)
}

/// The same, with the place where the person goes on.
pub(super) fn signed_in_to(
    config: &ServerConfig,
    id: &SessionId,
    session: &Session,
    return_to: Option<&str>,
) -> Answer {
    Answer::signed_in(&session.user, session.scopes(), return_to)
        .with("set-cookie", cookie::set(config, id, session.life_with(config)))
}

/// The answer to "who is signed in": the person, or 204.
pub fn session_answer(session: Option<&Session>) -> Answer {
    session.map_or_else(Answer::empty, |session| Answer::signed_in(&session.user, session.scopes(), None))
}

/// The answer to a sign-out: the cookie goes. The session must be deleted from the store before.
pub fn signed_out(config: &ServerConfig) -> Answer {
    Answer::empty().with("set-cookie", cookie::clear(config))
}

/// For the host's developer; nothing of the request is in it.
fn no_such(config: &ServerConfig, no_route: NoRoute) -> Failure {
    match no_route {
        NoRoute::NotFound => {
            let base = &config.base_path;
            Failure::not_found(format!("There is no such path here. This handler answers below {base}."))
        }
        NoRoute::Closed(route) => Failure::not_found(match route {
            Route::Token => mediated::CLOSED,
            Route::OAuth1Start | Route::OAuth1Exchange => "This path needs the options `secrets` and `oauth1`.",
            _ => "This path needs the option `secrets`.",
        }),
        NoRoute::MethodNotAllowed(method) => Failure {
            status: 405,
            allow: Some(method),
            ..Failure::new(FailureCode::InvalidRequest, "This path takes another method.")
        },
    }
}

fn refuse(failure: &Failure) -> Step {
    Step::Answer(Answer::from(failure))
}
