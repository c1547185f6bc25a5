//! A sign-in from the page's request to the last answer, one request to X at a time: the code for tokens (RFC 6749
//! §4.1.3), or a request token for an access token (RFC 5849 §2), then the profile.
//!
//! What lies between two requests stays in here, the transaction of a sign-in that the backend began above all. So no
//! failure can be answered without the cookie that no longer holds it, and no token that X gave is forgotten.

use core::borrow::Borrow;
use core::fmt;

use super::answer::Answer;
use super::carried;
use super::config::ServerConfig;
use super::cookie;
use super::exchange;
use super::failure::Failure;
use super::handler::{self, Step};
use super::held::finish::{self, Arrived, Next, Verified};
use super::held::start::{self, Asked, Click};
use super::held::{self, Taken};
use super::http::{HttpRequest, HttpResponse};
use super::oauth1::{AccessToken, Clock, Stamp, access_token, identity};
use super::session::{Credentials, Former, Session, SessionId};
use super::turn::{Kept, Outcome, Turn, Used};
use super::user;
use crate::protocol::ports::Entropy;
use crate::protocol::token::Tokens;

/// What X was asked last, and what has to be known when it answers.
enum Asking {
    Nothing,
    RequestToken { asked: Asked, clock: Clock },
    Tokens,
    Profile { tokens: Tokens },
    AccessToken { verified: Verified, clock: Clock },
    Identity { token: AccessToken, clock: Clock },
}

/// One sign-in. [`begin`](Self::begin) it; while the turn is [`Turn::Send`], send and go on with [`heard`](Self::heard).
///
/// `C` is the configuration, owned or borrowed. `E` is the source of session ids, states, verifiers, nonces and seals.
///
/// ```
/// # use sign_in_with_x::protocol::ports::{Entropy, Refused};
/// # use sign_in_with_x::server::held::finish;
/// # use sign_in_with_x::server::{Conversation, Failure, HttpRequest, HttpResponse, Outcome, Rate, ServerConfig, Spent};
/// # use sign_in_with_x::server::{Step, Turn};
/// # fn now() -> u64 { 0 }
/// # fn send(_: HttpRequest) -> Result<HttpResponse, Failure> { Err(Failure::unreachable()) }
/// # fn sign_in<S: Entropy + Copy>(config: &ServerConfig, step: &Step, text: &str, cookies: &str, client: &str,
/// #     mut system: S, rate: &mut Rate, spent: &mut Spent) -> Outcome {
/// let mut conversation = Conversation::new(config, cookies, system);
/// let mut turn = conversation.begin(step, text, now());
/// if let Turn::Send { used, .. } = &turn {
///     if let Err(wait) = rate.ask(client, now(), &mut system) {
///         return conversation.too_often(wait);
///     }
///     if used.as_ref().is_some_and(|used| !spent.spend(&used.name, used.ends_at, now())) {
///         return conversation.failed(&finish::unknown());
///     }
/// }
/// loop {
///     turn = match turn {
///         Turn::Done(outcome) => return outcome,
///         Turn::Send { request, .. } => match send(request) {
///             Ok(response) => conversation.heard(&response, now()),
///             Err(failure) => return conversation.failed(&failure),
///         },
///     }
/// }
/// # }
/// ```
pub struct Conversation<C, E> {
    config: C,
    random: E,
    cookies: String,
    /// Whether the cookie holds the session, because there is no store.
    carries: bool,
    /// Whether a person came by themselves, and is answered with a page.
    navigation: bool,
    asking: Asking,
    taken: Option<Taken>,
    /// The session that the browser has.
    before: Option<Former>,
    /// What X gave, until somebody keeps it.
    issued: Option<Tokens>,
}

impl<C: Borrow<ServerConfig>, E: Entropy> Conversation<C, E> {
    /// For one request, with its `Cookie` header as it came (or empty text). The host has a store of sessions.
    pub fn new(config: C, cookies: impl Into<String>, random: E) -> Self {
        Self {
            config,
            random,
            cookies: cookies.into(),
            carries: false,
            navigation: false,
            asking: Asking::Nothing,
            taken: None,
            before: None,
            issued: None,
        }
    }

    /// The host has no store: the session is sealed into its cookie, and read again by [`carried::open`]. It needs
    /// `secrets`.
    #[must_use]
    pub fn carrying(self) -> Self {
        Self { carries: true, ..self }
    }

    /// Begins with what [`receive`](super::receive) said. `text` is the body of a `POST` (read no more than
    /// [`exchange::BODY_MAX`] bytes of it), the query of a `GET`, with or without its question mark. `now` is in seconds since
    /// the Unix epoch.
    ///
    /// Whatever is wrong is an [`Outcome`] whose answer is a refusal: JSON for a page's request, a page for a person's
    /// navigation, and for a page that waits in a popup a redirect to its callback. A [`Step`] that begins no sign-in is
    /// refused as `internal`.
    pub fn begin(&mut self, step: &Step, text: &str, now: u64) -> Turn {
        self.before = self.former(now);
        let turn = self.first(step, text, now);
        self.or_refused(turn)
    }

    /// X's answer. A request that was signed with a wrong time (RFC 5849 §3.3) is written anew, once.
    pub fn heard(&mut self, response: &HttpResponse, now: u64) -> Turn {
        let turn = self.next(response, now);
        self.or_refused(turn)
    }

    /// Something else went wrong: X did not answer ([`Failure::timeout`], [`Failure::unreachable`]), the transaction was used
    /// before ([`finish::unknown`]), the host's store failed ([`Failure::internal`]).
    pub fn failed(&self, failure: &Failure) -> Outcome {
        Outcome { dropped: self.issued.clone(), ..Outcome::only(self.refusal(failure)) }
    }

    /// This client had X asked too often, and has to wait so many seconds: what [`Rate::ask`](super::Rate::ask) said.
    pub fn too_often(&self, wait_seconds: u32) -> Outcome {
        self.failed(&Failure::too_often(wait_seconds))
    }

    fn or_refused(&self, turn: Result<Turn, Failure>) -> Turn {
        turn.unwrap_or_else(|failure| Turn::Done(self.failed(&failure)))
    }

    fn first(&mut self, step: &Step, text: &str, now: u64) -> Result<Turn, Failure> {
        let config = self.config.borrow();
        let click = |own_page: &bool| Click { query: text, own_page: *own_page, before: self.before.clone() };
        let request = match step {
            Step::Start { own_page, .. } => {
                return Ok(over(start::oauth2(config, &click(own_page), &self.cookies, now, &mut self.random)));
            }
            Step::OAuth1Start { own_page, .. } => {
                let asked = Asked::read(config, &click(own_page));
                self.navigation = true;
                self.ask_request_token(asked?, Clock::new(now))?
            }
            Step::Exchange { .. } => {
                let (request, taken) = finish::exchange(config, text, &self.cookies, now, &mut self.random)?;
                (self.taken, self.asking) = (taken, Asking::Tokens);
                request
            }
            Step::OAuth1Exchange { .. } => {
                let (verified, taken) = finish::oauth1(config, text, &self.cookies, now, &mut self.random)?;
                self.taken = Some(taken);
                self.ask_access_token(verified, Clock::new(now))?
            }
            Step::Callback { .. } => {
                self.navigation = true;
                match finish::callback(config, text, &self.cookies, now, &mut self.random) {
                    Arrived::NotOurs => {
                        let answer = held::failed_unknown(&finish::unknown());
                        return Ok(Turn::Done(Outcome { callback_page: true, ..Outcome::only(answer) }));
                    }
                    Arrived::Over(answer) => return Ok(over(answer)),
                    Arrived::Ours(next, taken) => {
                        self.taken = Some(*taken);
                        match next {
                            Next::OAuth2(request) => {
                                self.asking = Asking::Tokens;
                                request
                            }
                            Next::OAuth1(verified) => self.ask_access_token(verified, Clock::new(now))?,
                        }
                    }
                }
            }
            _ => return Err(Failure::internal()),
        };
        let used = self.taken.as_ref().map(|taken| Used { name: taken.name(), ends_at: taken.ends_at });
        Ok(Turn::Send { request, used })
    }

    fn next(&mut self, response: &HttpResponse, now: u64) -> Result<Turn, Failure> {
        let config = self.config.borrow();
        let request = match core::mem::replace(&mut self.asking, Asking::Nothing) {
            Asking::Nothing => return Err(Failure::internal()),
            Asking::RequestToken { asked, clock } => match clock.corrected_by(response) {
                Some(clock) => self.ask_request_token(asked, clock)?,
                None => {
                    let answer = start::oauth1(config, &asked, response, &self.cookies, now, &mut self.random);
                    return Ok(over(answer));
                }
            },
            Asking::Tokens => {
                let tokens = exchange::tokens(config, response, now)?;
                let request = user::request(config, &tokens);
                self.issued = Some(tokens.clone());
                self.asking = Asking::Profile { tokens };
                request
            }
            Asking::Profile { tokens } => {
                let user = user::read(&tokens, response, now)?;
                return self.finish(Session { user, credentials: Credentials::OAuth2(tokens) }, now);
            }
            Asking::AccessToken { verified, clock } => match clock.corrected_by(response) {
                Some(clock) => self.ask_access_token(verified, clock)?,
                None => self.ask_identity(access_token::read(response, now)?, clock)?,
            },
            Asking::Identity { token, clock } => match clock.corrected_by(response) {
                Some(clock) => self.ask_identity(token, clock)?,
                None => {
                    let user = identity::read(config, &token, response, now)?;
                    return self.finish(Session { user, credentials: Credentials::OAuth1(token) }, now);
                }
            },
        };
        Ok(Turn::Send { request, used: None })
    }

    fn ask_request_token(&mut self, asked: Asked, clock: Clock) -> Result<HttpRequest, Failure> {
        let request = start::oauth1_request(self.config.borrow(), &asked, clock, &mut self.random);
        self.asking = Asking::RequestToken { asked, clock };
        request
    }

    fn ask_access_token(&mut self, verified: Verified, clock: Clock) -> Result<HttpRequest, Failure> {
        let request = verified.request(self.config.borrow(), clock, &mut self.random);
        self.asking = Asking::AccessToken { verified, clock };
        request
    }

    fn ask_identity(&mut self, token: AccessToken, clock: Clock) -> Result<HttpRequest, Failure> {
        let stamp = Stamp::new(clock, &mut self.random).map_err(|_| Failure::internal())?;
        let request = identity::request(self.config.borrow(), &token, stamp);
        self.asking = Asking::Identity { token, clock };
        request
    }

    /// The session that the cookie names; one that it carries has to open.
    fn former(&self, now: u64) -> Option<Former> {
        let id = cookie::read(self.config.borrow(), &self.cookies)?;
        let ends_at = match id.carried() {
            Some(_) => carried::open(self.config.borrow(), &id, now)?.ends_at,
            None => 0,
        };
        Some(Former { id, ends_at })
    }

    /// Every refusal of this sign-in: from when the transaction was taken on, its cookie goes along.
    fn refusal(&self, failure: &Failure) -> Answer {
        match (&self.taken, &self.asking) {
            (Some(taken), _) if self.navigation => held::failed(failure, taken),
            (Some(taken), _) => taken.spent(Answer::from(failure)),
            (None, Asking::RequestToken { asked, .. }) => start::failed(failure, asked),
            (None, _) if self.navigation => held::failed_unknown(failure),
            (None, _) => Answer::from(failure),
        }
    }

    fn finish(&mut self, session: Session, now: u64) -> Result<Turn, Failure> {
        let (config, random) = (self.config.borrow(), &mut self.random);
        let (this, session) = if self.carries {
            carried::seal(config, session, now, random)?
        } else {
            let id = SessionId::generate(random).map_err(|_| Failure::internal())?;
            (Former { id, ends_at: 0 }, session)
        };
        let (answer, others) = self.success(&this, &session, now)?;
        let ends = self.before.iter().cloned().chain(others).collect();
        let life_seconds = session.life_with(self.config.borrow());
        let kept = Some(Kept { id: this.id, session, life_seconds });
        Ok(Turn::Done(Outcome { kept, ends, ..Outcome::only(answer) }))
    }

    /// The answer, and the sessions that end besides the one that the cookie names.
    fn success(&mut self, this: &Former, session: &Session, now: u64) -> Result<(Answer, Vec<Former>), Failure> {
        let (config, random) = (self.config.borrow(), &mut self.random);
        if let Some(taken) = &self.taken {
            let taken = taken.clone().followed_by(config, this, now, random)?;
            let answer = if self.navigation {
                held::landed(config, &this.id, session, &taken)
            } else {
                held::signed_in(config, &this.id, session, &taken)
            };
            return Ok((answer, taken.before));
        }
        let answer = handler::signed_in(config, &this.id, session);
        Ok(match held::beside(config, &self.cookies, this, now, random)? {
            Some((others, cookie)) => (answer.with("set-cookie", cookie), others),
            None => (answer, Vec::new()),
        })
    }
}

/// Shows what X was asked last, and no cookie, token or verifier.
impl<C, E> fmt::Debug for Conversation<C, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let asking = match self.asking {
            Asking::Nothing => "nothing",
            Asking::RequestToken { .. } => "request token",
            Asking::Tokens => "tokens",
            Asking::Profile { .. } => "profile",
            Asking::AccessToken { .. } => "access token",
            Asking::Identity { .. } => "identity",
        };
        f.debug_struct("Conversation").field("asking", &asking).finish_non_exhaustive()
    }
}

const fn over(answer: Answer) -> Turn {
    Turn::Done(Outcome::only(answer))
}
