//! The crate's backend half between axum and X: it decides, this file carries. The steps are those of
//! `sign_in_with_x::server`, whose documentation says when each is due.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use sign_in_with_x::protocol::ports::{Entropy, Refused};
use sign_in_with_x::protocol::token::Tokens;
use sign_in_with_x::server::guard::{Navigation, Sender};
use sign_in_with_x::server::held::finish::{self, Arrived, Next, Verified};
use sign_in_with_x::server::held::start::{self, Asked, Click};
use sign_in_with_x::server::held::{self, Taken};
use sign_in_with_x::server::oauth1::{Clock, Stamp, access_token, identity};
use sign_in_with_x::server::revoke::{self, Revoked};
use sign_in_with_x::server::{
    Answer, ConfigError, Credentials, Failure, FailureCode, Former, HttpRequest, HttpResponse, Incoming, Rate,
    ServerConfig, ServerOptions, Session, SessionId, Spent, Step, UPSTREAM_BODY_MAX, UPSTREAM_TIMEOUT_MS, exchange,
    receive, session_answer, signed_in, signed_out, token_answer, user,
};

/// How long a visitor's body may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Before the second and last try to have a token taken back.
const PAUSE: Duration = Duration::from_secs(1);

/// Sessions live in this process; a host of several has a database in the place of both fields.
#[derive(Clone)]
pub(crate) struct SignIn(Arc<Inner>);

struct Inner {
    config: ServerConfig,
    client: reqwest::Client,
    sessions: Mutex<HashMap<String, (Session, u64)>>,
    used: Mutex<Spent>,
    rate: Mutex<Rate>,
    /// The header in which a proxy in front writes who asks. Without a proxy it is the socket's address.
    client_header: Option<String>,
}

impl SignIn {
    pub(crate) fn new(options: &ServerOptions, client_header: Option<String>) -> Result<Self, ConfigError> {
        // A redirect would carry the code or the token somewhere else.
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_millis(UPSTREAM_TIMEOUT_MS.into()))
            .build()
            .expect("a client without certificates or proxies of its own");
        let (config, sessions) = (ServerConfig::new(options)?, Mutex::default());
        let (used, rate) = (Mutex::default(), Mutex::default());
        Ok(Self(Arc::new(Inner { config, client, sessions, used, rate, client_header })))
    }

    /// A visitor who goes away drops this future. What X has given by then must still get to its session, so the work is a
    /// task of its own.
    pub(crate) async fn answer(&self, request: Request, address: IpAddr) -> Response {
        let this = self.clone();
        let work = tokio::spawn(async move { this.answer_all(request, address).await });
        work.await.unwrap_or_else(|_| respond(refused(Failure::internal())))
    }

    async fn answer_all(&self, request: Request, address: IpAddr) -> Response {
        let (parts, body) = request.into_parts();
        let headers = Headers::new(&parts.headers);
        let client =
            &self.0.client_header.as_ref().map_or_else(|| address.to_string(), |name| headers.get(name).into());
        let (query, cookies) = (parts.uri.query().unwrap_or_default(), headers.get("cookie"));
        let config = &self.0.config;
        let answer = match receive(config, &headers.incoming(parts.method.as_str(), &parts.uri)) {
            Step::Answer(answer) => answer,
            Step::Session { id } => session_answer(self.session(&id).as_ref()),
            Step::SignOut { id } => {
                if let Some(id) = id {
                    self.end(&id);
                }
                signed_out(config)
            }
            // `token_mediating` is off: nobody gets here, and it would be answered with 404.
            Step::Token { .. } => token_answer(config, None, 0),
            Step::Start { own_page, before } => {
                start::oauth2(config, &click(query, own_page, before), cookies, now(), &mut System)
            }
            Step::OAuth1Start { own_page, before } => {
                self.oauth1_start(&click(query, own_page, before), cookies, client).await
            }
            Step::Callback { before } => self.callback(query, cookies, before, client).await,
            Step::Exchange { before } => self.exchange(body, cookies, before, client).await.unwrap_or_else(refused),
            Step::OAuth1Exchange { before } => {
                self.oauth1_exchange(body, cookies, before, client).await.unwrap_or_else(refused)
            }
        };
        respond(answer)
    }

    /// The page brings a code: its own, or that of a sign-in that began here.
    async fn exchange(
        &self,
        body: Body,
        cookies: &str,
        before: Option<SessionId>,
        client: &str,
    ) -> Result<Answer, Failure> {
        let config = &self.0.config;
        let (request, taken) = finish::exchange(config, &read(body).await?, cookies, now(), &mut System)?;
        let Some(taken) = taken else {
            self.may_ask(client)?;
            let (id, session) = self.oauth2(request).await.and_then(|session| self.keep(session, before))?;
            let mut answer = signed_in(config, &id, &session);
            if let Some((others, cookie)) = held::beside(config, cookies, &former(id), now(), &mut System)? {
                self.end_all(&others);
                answer.headers.push(("set-cookie", cookie));
            }
            return Ok(answer);
        };
        Ok(self.finish(&taken, before, Next::OAuth2(request), client).await.map_or_else(
            |failure| taken.spent(refused(failure)),
            |(id, session, taken)| held::signed_in(config, &id, &session, &taken),
        ))
    }

    async fn oauth1_exchange(
        &self,
        body: Body,
        cookies: &str,
        before: Option<SessionId>,
        client: &str,
    ) -> Result<Answer, Failure> {
        let config = &self.0.config;
        let (verified, taken) = finish::oauth1(config, &read(body).await?, cookies, now(), &mut System)?;
        Ok(self.finish(&taken, before, Next::OAuth1(verified), client).await.map_or_else(
            |failure| taken.spent(refused(failure)),
            |(id, session, taken)| held::signed_in(config, &id, &session, &taken),
        ))
    }

    /// X sends back who came by a link.
    async fn callback(&self, query: &str, cookies: &str, before: Option<SessionId>, client: &str) -> Answer {
        let config = &self.0.config;
        match finish::callback(config, query, cookies, now(), &mut System) {
            Arrived::Over(answer) => answer,
            // A host whose pages sign in as well has its static callback page here.
            Arrived::NotOurs => held::failed_unknown(&finish::unknown()),
            Arrived::Ours(next, taken) => self.finish(&taken, before, next, client).await.map_or_else(
                |failure| held::failed(&failure, &taken),
                |(id, session, taken)| held::landed(config, &id, &session, &taken),
            ),
        }
    }

    /// From a transaction that is used now to a session. Before X is asked: of two that bring the same one asks.
    async fn finish(
        &self,
        taken: &Taken,
        before: Option<SessionId>,
        next: Next,
        client: &str,
    ) -> Result<(SessionId, Session, Taken), Failure> {
        self.may_ask(client)?;
        if !lock(&self.0.used).spend(&taken.name(), taken.ends_at, now()) {
            return Err(finish::unknown());
        }
        let session = match next {
            Next::OAuth2(request) => self.oauth2(request).await?,
            Next::OAuth1(verified) => self.oauth1(verified).await?,
        };
        // From X the browser does not bring its session's cookie along; its transactions name what it had.
        self.end_all(&taken.before);
        let (id, session) = self.keep(session, before)?;
        let taken = taken.clone().followed_by(&self.0.config, &former(id.clone()), now(), &mut System)?;
        Ok((id, session, taken))
    }

    fn end_all(&self, sessions: &[Former]) {
        sessions.iter().for_each(|session| self.end(&session.id));
    }

    async fn oauth1_start(&self, click: &Click<'_>, cookies: &str, client: &str) -> Answer {
        let config = &self.0.config;
        let asked = match Asked::read(config, click) {
            Ok(asked) => asked,
            Err(failure) => return held::failed_unknown(&failure),
        };
        if let Err(failure) = self.may_ask(client) {
            return start::failed(&failure, &asked);
        }
        match self.signed(Clock::new(now()), |clock| start::oauth1_request(config, &asked, clock, &mut System)).await {
            Ok((response, _)) => start::oauth1(config, &asked, &response, cookies, now(), &mut System),
            Err(failure) => start::failed(&failure, &asked),
        }
    }

    async fn oauth2(&self, request: HttpRequest) -> Result<Session, Failure> {
        let tokens = exchange::tokens(&self.0.config, &self.send(request).await?, now())?;
        let profile = self.send(user::request(&self.0.config, &tokens)).await;
        match profile.and_then(|profile| user::read(&tokens, &profile, now())) {
            Ok(user) => Ok(Session { user, credentials: Credentials::OAuth2(tokens) }),
            Err(failure) => {
                self.take_back(tokens);
                Err(failure)
            }
        }
    }

    async fn oauth1(&self, verified: Verified) -> Result<Session, Failure> {
        let config = &self.0.config;
        let token = |clock| verified.request(config, clock, &mut System);
        let (response, clock) = self.signed(Clock::new(now()), token).await?;
        let token = access_token::read(&response, now())?;
        let profile = |clock| {
            let stamp = Stamp::new(clock, &mut System).map_err(|Refused| Failure::internal())?;
            identity::request(config, &token, stamp)
        };
        let (response, _) = self.signed(clock, profile).await?;
        let user = identity::read(config, &token, &response, now())?;
        Ok(Session { user, credentials: Credentials::OAuth1(token) })
    }

    /// Sends what is signed with a time, and once more with X's when that is another.
    async fn signed(
        &self,
        clock: Clock,
        write: impl Fn(Clock) -> Result<HttpRequest, Failure>,
    ) -> Result<(HttpResponse, Clock), Failure> {
        let response = self.send(write(clock)?).await?;
        match clock.corrected_by(&response) {
            Some(clock) => Ok((self.send(write(clock)?).await?, clock)),
            None => Ok((response, clock)),
        }
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, Failure> {
        let method = request.method.as_str().parse().map_err(|_| Failure::internal())?;
        let mut sent = self.0.client.request(method, &request.url);
        for (name, value) in &request.headers {
            sent = sent.header(*name, value.expose());
        }
        if let Some(body) = request.body {
            sent = sent.body(body.expose().to_owned());
        }
        // The cause is dropped on purpose: it names the address.
        let failed =
            |error: reqwest::Error| if error.is_timeout() { Failure::timeout() } else { Failure::unreachable() };
        let mut response = sent.send().await.map_err(failed)?;
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            body.extend_from_slice(&chunk);
            if body.len() > UPSTREAM_BODY_MAX {
                // The crate cannot read nothing as anything.
                body.clear();
                break;
            }
        }
        let headers = Headers::new(response.headers());
        Ok(HttpResponse {
            status: response.status().as_u16(),
            content_type: headers.get("content-type").into(),
            rate_limit_reset: headers.get("x-rate-limit-reset").into(),
            retry_after: headers.get("retry-after").into(),
            date: headers.get("date").into(),
            body: String::from_utf8_lossy(&body).into_owned(),
        })
    }

    /// X limits an app's requests, so one visitor could use up everybody's.
    fn may_ask(&self, client: &str) -> Result<(), Failure> {
        lock(&self.0.rate).ask(client, now(), &mut System).map_err(Failure::too_often)
    }

    fn session(&self, id: &SessionId) -> Option<Session> {
        let sessions = lock(&self.0.sessions);
        sessions.get(id.expose()).filter(|(_, until)| *until > now()).map(|(session, _)| session.clone())
    }

    /// The session gets a new name, and the one that the browser had before ends.
    fn keep(&self, session: Session, before: Option<SessionId>) -> Result<(SessionId, Session), Failure> {
        let id = SessionId::generate(&mut System).map_err(|Refused| Failure::internal())?;
        let until = now() + u64::from(session.life_with(&self.0.config));
        if let Some(before) = before {
            self.end(&before);
        }
        let mut sessions = lock(&self.0.sessions);
        sessions.retain(|_, (_, until)| *until > now());
        sessions.insert(id.expose().into(), (session.clone(), until));
        Ok((id, session))
    }

    fn end(&self, id: &SessionId) {
        let gone = lock(&self.0.sessions).remove(id.expose());
        if let Some((Session { credentials: Credentials::OAuth2(tokens), .. }, _)) = gone {
            self.take_back(tokens);
        }
    }

    /// Nobody waits for X to take tokens back.
    fn take_back(&self, tokens: Tokens) {
        let this = self.clone();
        tokio::spawn(async move {
            for request in revoke::requests(&this.0.config, &tokens) {
                let mut became = this.revoked(request.clone()).await;
                if became == Revoked::Later {
                    tokio::time::sleep(PAUSE).await;
                    became = this.revoked(request).await;
                }
                if became != Revoked::Done {
                    eprintln!("X has not taken a token back ({became:?}); it lives until it expires");
                }
            }
        });
    }

    async fn revoked(&self, request: HttpRequest) -> Revoked {
        self.send(request).await.map_or(Revoked::Later, |response| revoke::read(&response))
    }
}

/// A store knows by itself when a session ends.
const fn former(id: SessionId) -> Former {
    Former { id, ends_at: 0 }
}

fn click(query: &str, own_page: bool, before: Option<SessionId>) -> Click<'_> {
    Click { query, own_page, before: before.map(former) }
}

fn refused(failure: Failure) -> Answer {
    Answer::from(&failure)
}

fn respond(answer: Answer) -> Response {
    let mut response = Response::builder().status(answer.status);
    for (name, value) in answer.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(answer.body.unwrap_or_default())).expect("names and values that fit into a header")
}

async fn read(body: Body) -> Result<String, Failure> {
    let read = tokio::time::timeout(PATIENCE, to_bytes(body, exchange::BODY_MAX));
    // Bytes that are no UTF-8 become U+FFFD, which no check lets through.
    let late = |_| Failure::new(FailureCode::InvalidRequest, "The request's body did not come.");
    let bytes = read.await.map_err(late)?.map_err(|_| Failure::too_large())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn now() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// The maps are whole whatever a thread that held one has died of.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The operating system's randomness.
struct System;

impl Entropy for System {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), Refused> {
        getrandom::fill(bytes).map_err(|_| Refused)
    }
}

/// Headers as text, with those that came several times joined: a guard that looks for one word then finds none.
struct Headers(HashMap<String, String>);

impl Headers {
    fn new(headers: &HeaderMap) -> Self {
        let mut all: HashMap<String, String> = HashMap::new();
        for (name, value) in headers {
            let text = all.entry(name.as_str().into()).or_default();
            if !text.is_empty() {
                text.push_str(if name == "cookie" { "; " } else { ", " });
            }
            text.push_str(&String::from_utf8_lossy(value.as_bytes()));
        }
        Self(all)
    }

    /// Empty text for one that is missing.
    fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    fn incoming<'a>(&'a self, method: &'a str, uri: &'a Uri) -> Incoming<'a> {
        Incoming {
            method,
            path: uri.path(),
            query: uri.query().is_some_and(|query| !query.is_empty()),
            cookie: self.get("cookie"),
            sender: Sender {
                content_type: self.get("content-type"),
                requested_with: self.get("x-requested-with"),
                origin: self.get("origin"),
                sec_fetch_site: self.get("sec-fetch-site"),
                referer: self.get("referer"),
            },
            navigation: Navigation {
                sec_purpose: self.get("sec-purpose"),
                purpose: self.get("purpose"),
                x_purpose: self.get("x-purpose"),
                x_moz: self.get("x-moz"),
                next_router_prefetch: self.get("next-router-prefetch"),
                rsc: self.get("rsc"),
                sec_fetch_dest: self.get("sec-fetch-dest"),
                sec_fetch_mode: self.get("sec-fetch-mode"),
            },
        }
    }
}
