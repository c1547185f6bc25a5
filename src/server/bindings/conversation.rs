//! A sign-in from its first request to its last, one request to X at a time. What lies between two of them, the
//! transaction above all, stays in the engine, so that no failure can be answered without it.

use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

use super::data::{self, Next, answer_data, session_data};
use super::{WebCrypto, out, outside, seconds, tokens};
use crate::protocol::secret::Secret;
use crate::protocol::token::Tokens;
use crate::protocol::user::User;
use crate::server::held::finish::{self, Arrived, Verified};
use crate::server::held::start::{self, Asked, Click};
use crate::server::held::{self, Taken};
use crate::server::oauth1::{AccessToken, Clock, Stamp, access_token, identity};
use crate::server::{
    Answer, Credentials, Failure, Former, HttpRequest, ServerConfig, Session, SessionId, cookie, exchange, signed_in,
    user,
};

/// What X was asked last, and what has to be known when it answers.
enum Asking {
    Nothing,
    RequestToken { asked: Asked, clock: Clock },
    Tokens,
    Profile { tokens: Tokens },
    AccessToken { verified: Verified, clock: Clock },
    Identity { token: AccessToken, clock: Clock },
}

/// Begin with [`begin`](Self::begin); while there is a `request`, send it and go on with [`heard`](Self::heard), or with
/// [`failed`](Self::failed) when something else went wrong. An `answer` is the end.
#[wasm_bindgen]
pub struct Conversation {
    config: ServerConfig,
    cookies: String,
    /// Whether a person came by themselves, and is answered with a page.
    navigation: bool,
    /// Whether the cookie holds the session, because there is no store.
    carries: bool,
    asking: Asking,
    taken: Option<Taken>,
    /// The session that the browser has.
    before: Option<Former>,
    /// What X gave, until somebody keeps it.
    issued: Option<Tokens>,
}

/// A refusal, or X's next request.
type Step = Result<HttpRequest, Failure>;

#[wasm_bindgen]
impl Conversation {
    #[wasm_bindgen(constructor)]
    pub fn new(options: JsValue, cookies: String, carries: bool) -> Result<Self, JsError> {
        let config = data::config(options)?;
        let (navigation, asking) = (false, Asking::Nothing);
        Ok(Self { config, cookies, navigation, carries, asking, taken: None, before: None, issued: None })
    }

    /// `kind` is that of [`receive`](super::receive), `text` the body or, for a navigation, the query. A `used` is the
    /// name of a transaction, to be refused as `used` when it was seen before; a `kind` says that it is no sign-in of ours.
    pub fn begin(&mut self, kind: &str, text: &str, own_page: bool, now: f64) -> Result<JsValue, JsError> {
        let (now, random) = (seconds(now), &mut WebCrypto);
        self.before = self.former(now);
        let click = || Click { query: text, own_page, before: self.before.clone() };
        let step = match kind {
            "start" => return over(&start::oauth2(&self.config, &click(), &self.cookies, now, random)),
            "oauth1Start" => {
                let asked = Asked::read(&self.config, &click());
                self.navigation = true;
                match asked {
                    Ok(asked) => self.ask_request_token(asked, Clock::new(now)),
                    Err(failure) => Err(failure),
                }
            }
            "exchange" => finish::exchange(&self.config, text, &self.cookies, now, random).map(|(request, taken)| {
                (self.taken, self.asking) = (taken, Asking::Tokens);
                request
            }),
            "oauth1Exchange" => match finish::oauth1(&self.config, text, &self.cookies, now, random) {
                Ok((verified, taken)) => {
                    self.taken = Some(taken);
                    self.ask_access_token(verified, Clock::new(now))
                }
                Err(failure) => Err(failure),
            },
            _ => {
                self.navigation = true;
                match finish::callback(&self.config, text, &self.cookies, now, random) {
                    Arrived::NotOurs => {
                        let refused = held::failed_unknown(&finish::unknown());
                        return out(&Next {
                            kind: Some("page"),
                            answer: Some(answer_data(&refused)),
                            ..Next::default()
                        });
                    }
                    Arrived::Over(answer) => return over(&answer),
                    Arrived::Ours(next, taken) => {
                        self.taken = Some(*taken);
                        match next {
                            finish::Next::OAuth2(request) => {
                                self.asking = Asking::Tokens;
                                Ok(request)
                            }
                            finish::Next::OAuth1(verified) => self.ask_access_token(verified, Clock::new(now)),
                        }
                    }
                }
            }
        };
        self.say(&step)
    }

    /// X's answer.
    pub fn heard(&mut self, response: JsValue, now: f64) -> Result<JsValue, JsError> {
        let (response, now) = (data::response(response)?, seconds(now));
        let step = match core::mem::replace(&mut self.asking, Asking::Nothing) {
            Asking::Nothing => Err(Failure::internal()),
            Asking::RequestToken { asked, clock } => match clock.corrected_by(&response) {
                Some(clock) => self.ask_request_token(asked, clock),
                None => {
                    let (config, cookies) = (&self.config, &self.cookies);
                    return over(&start::oauth1(config, &asked, &response, cookies, now, &mut WebCrypto));
                }
            },
            Asking::Tokens => exchange::tokens(&self.config, &response, now).map(|tokens| {
                self.issued = Some(tokens.clone());
                let request = user::request(&self.config, &tokens);
                self.asking = Asking::Profile { tokens };
                request
            }),
            Asking::Profile { tokens } => match user::read(&tokens, &response, now) {
                Ok(user) => return self.finish(user, Credentials::OAuth2(tokens), now),
                Err(failure) => Err(failure),
            },
            Asking::AccessToken { verified, clock } => match clock.corrected_by(&response) {
                Some(clock) => self.ask_access_token(verified, clock),
                None => access_token::read(&response, now).and_then(|token| self.ask_identity(token, clock)),
            },
            Asking::Identity { token, clock } => match clock.corrected_by(&response) {
                Some(clock) => self.ask_identity(token, clock),
                None => match identity::read(&self.config, &token, &response, now) {
                    Ok(user) => return self.finish(user, Credentials::OAuth1(token), now),
                    Err(failure) => Err(failure),
                },
            },
        };
        self.say(&step)
    }

    /// X did not answer, or the host's store failed.
    pub fn failed(&mut self, what: &str) -> Result<JsValue, JsError> {
        self.refuse(&outside(what))
    }

    /// This client had X asked too often.
    #[wasm_bindgen(js_name = tooOften)]
    pub fn too_often(&mut self, wait: u32) -> Result<JsValue, JsError> {
        self.refuse(&Failure::too_often(wait))
    }
}

impl Conversation {
    fn ask_request_token(&mut self, asked: Asked, clock: Clock) -> Step {
        let request = start::oauth1_request(&self.config, &asked, clock, &mut WebCrypto);
        self.asking = Asking::RequestToken { asked, clock };
        request
    }

    fn ask_access_token(&mut self, verified: Verified, clock: Clock) -> Step {
        let request = verified.request(&self.config, clock, &mut WebCrypto);
        self.asking = Asking::AccessToken { verified, clock };
        request
    }

    fn ask_identity(&mut self, token: AccessToken, clock: Clock) -> Step {
        let stamp = Stamp::new(clock, &mut WebCrypto).map_err(|_| Failure::internal())?;
        let request = identity::request(&self.config, &token, stamp);
        self.asking = Asking::Identity { token, clock };
        request
    }

    fn say(&self, step: &Step) -> Result<JsValue, JsError> {
        match step {
            Ok(request) => out(&Next {
                request: Some(data::request(request)),
                used: self.taken.as_ref().map(Taken::name),
                used_until: self.taken.as_ref().map(|taken| taken.ends_at),
                ..Next::default()
            }),
            Err(failure) => self.refuse(failure),
        }
    }

    /// The session that the cookie names; one that it carries has to open.
    fn former(&self, now: u64) -> Option<Former> {
        let id = cookie::read(&self.config, &self.cookies)?;
        let ends_at = match id.carried() {
            Some(carried) => tokens::carried(&self.config, id.expose(), carried, now)?.expires_at,
            None => 0,
        };
        Some(Former { id, ends_at })
    }

    /// What X gave is nobody's then, and is to be taken back.
    fn refuse(&self, failure: &Failure) -> Result<JsValue, JsError> {
        out(&Next {
            answer: Some(answer_data(&self.refusal(failure))),
            dropped: self.issued.as_ref().map(data::tokens_data),
            ..Next::default()
        })
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

    fn finish(&self, user: User, credentials: Credentials, now: u64) -> Result<JsValue, JsError> {
        let (credentials, unused) = match credentials {
            // A token that works once is lost when two requests bring the same cookie. It is kept to be taken back.
            Credentials::OAuth2(Tokens { refresh_token, access_token, expires_in, scopes }) if self.carries => {
                let tokens = Tokens { refresh_token: None, access_token, expires_in, scopes };
                (Credentials::OAuth2(tokens), refresh_token)
            }
            other => (other, None),
        };
        let session = Session { user, credentials };
        let id = match self.name(&session, unused, now) {
            Ok(id) => id,
            Err(failure) => return self.refuse(&failure),
        };
        let (answer, others) = match self.success(&id, &session, now) {
            Ok(success) => success,
            Err(failure) => return self.refuse(&failure),
        };
        out(&Next {
            answer: Some(answer_data(&answer)),
            id: Some(id.expose()),
            life: Some(session.life_with(&self.config)),
            session: Some(session_data(&self.config, session, now)),
            ends: self.before.iter().chain(&others).map(Into::into).collect(),
            ..Next::default()
        })
    }

    /// The answer, and the sessions that end besides the one that the cookie names.
    fn success(&self, id: &SessionId, session: &Session, now: u64) -> Result<(Answer, Vec<Former>), Failure> {
        let (config, random) = (&self.config, &mut WebCrypto);
        let ends_at = if self.carries { session_data(config, session.clone(), now).expires_at } else { 0 };
        let this = Former { id: id.clone(), ends_at };
        if let Some(taken) = &self.taken {
            let taken = taken.clone().followed_by(config, &this, now, random)?;
            let answer = if self.navigation {
                held::landed(config, id, session, &taken)
            } else {
                held::signed_in(config, id, session, &taken)
            };
            return Ok((answer, taken.before));
        }
        let answer = signed_in(config, id, session);
        Ok(match held::beside(config, &self.cookies, &this, now, random)? {
            Some((others, cookie)) => (answer.with("set-cookie", cookie), others),
            None => (answer, Vec::new()),
        })
    }

    fn name(&self, session: &Session, unused: Option<Secret>, now: u64) -> Result<SessionId, Failure> {
        let id = SessionId::generate(&mut WebCrypto).map_err(|_| Failure::internal())?;
        if !self.carries {
            return Ok(id);
        }
        let expires_at = now.saturating_add(session.life_with(&self.config).into());
        let mut held = session_data(&self.config, session.clone(), now);
        held.refresh_token = unused.map(|token| token.expose().into());
        let sealed = tokens::seal_session(&self.config, &id, held, expires_at)?;
        let id = id.carrying(sealed);
        if cookie::fits(&self.config, &id) { Ok(id) } else { Err(Failure::no_room()) }
    }
}

fn over(answer: &Answer) -> Result<JsValue, JsError> {
    super::answer(answer)
}
