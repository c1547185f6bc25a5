//! The crate's backend half between axum and X: it decides, this file carries. What a Rust host has to bring is here:
//! sockets to X, a store, a clock, randomness.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use sign_in_with_x::protocol::ports::{Entropy, Refused};
use sign_in_with_x::protocol::token::Tokens;
use sign_in_with_x::server::held::finish;
use sign_in_with_x::server::revoke::{self, Revoked};
use sign_in_with_x::server::{
    Answer, ConfigError, Conversation, Credentials, Failure, HttpRequest, HttpResponse, Incoming, Kept, Outcome, Rate,
    ServerConfig, ServerOptions, Session, SessionId, Spent, Step, Turn, UPSTREAM_BODY_MAX, UPSTREAM_TIMEOUT_MS,
    exchange, receive, session_answer, signed_out, token_answer,
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
        work.await.unwrap_or_else(|_| respond(Answer::from(&Failure::internal())))
    }

    async fn answer_all(&self, request: Request, address: IpAddr) -> Response {
        let (parts, body) = request.into_parts();
        let (headers, method) = (Headers::new(&parts.headers), parts.method);
        let (path, query) = (parts.uri.path(), parts.uri.query().unwrap_or_default());
        let incoming = Incoming::read(method.as_str(), path, query, |name| headers.get(name));
        respond(match receive(&self.0.config, &incoming) {
            Step::Answer(answer) => answer,
            Step::Session { id } => session_answer(self.session(&id).as_ref()),
            Step::SignOut { id } => {
                id.iter().for_each(|id| self.end(id));
                signed_out(&self.0.config)
            }
            // `token_mediating` is off: nobody gets here, and it would be answered with 404.
            Step::Token { .. } => token_answer(&self.0.config, None, 0),
            step => {
                let text = if method == Method::POST { read(body).await } else { Ok(query.into()) };
                let client = self.0.client_header.as_ref().map(|name| headers.get(name).into());
                let client = client.unwrap_or_else(|| address.to_string());
                match text {
                    Ok(text) => self.sign_in(&step, &text, incoming.cookie, &client).await,
                    Err(failure) => Answer::from(&failure),
                }
            }
        })
    }

    /// A sign-in's step, and what it leaves behind here.
    async fn sign_in(&self, step: &Step, text: &str, cookies: &str, client: &str) -> Answer {
        let Outcome { answer, kept, ends, dropped, .. } = self.converse(step, text, cookies, client).await;
        for former in ends {
            self.end(&former.id);
        }
        if let Some(Kept { id, session, life_seconds }) = kept {
            self.keep(&id, session, life_seconds);
        }
        if let Some(tokens) = dropped {
            self.take_back(tokens);
        }
        answer
    }

    async fn converse(&self, step: &Step, text: &str, cookies: &str, client: &str) -> Outcome {
        let mut conversation = Conversation::new(&self.0.config, cookies, System);
        let mut turn = conversation.begin(step, text, now());
        if let Turn::Send { used, .. } = &turn {
            // X limits an app's requests, so one visitor could use up everybody's.
            if let Err(wait) = lock(&self.0.rate).ask(client, now(), &mut System) {
                return conversation.too_often(wait);
            }
            // Before X is asked: of two that bring the same one asks.
            if used.as_ref().is_some_and(|used| !lock(&self.0.used).spend(&used.name, used.ends_at, now())) {
                return conversation.failed(&finish::unknown());
            }
        }
        loop {
            turn = match turn {
                Turn::Done(outcome) => return outcome,
                Turn::Send { request, .. } => match self.send(request).await {
                    Ok(response) => conversation.heard(&response, now()),
                    Err(failure) => return conversation.failed(&failure),
                },
            }
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
        let body = String::from_utf8_lossy(&body).into_owned();
        Ok(HttpResponse::read(response.status().as_u16(), body, |name| headers.get(name)))
    }

    fn session(&self, id: &SessionId) -> Option<Session> {
        let sessions = lock(&self.0.sessions);
        sessions.get(id.expose()).filter(|(_, until)| *until > now()).map(|(session, _)| session.clone())
    }

    fn keep(&self, id: &SessionId, session: Session, life_seconds: u32) {
        let mut sessions = lock(&self.0.sessions);
        // Before it would have to grow: to look at all of them at each sign-in would cost more than the sign-in.
        if sessions.len() == sessions.capacity() {
            sessions.retain(|_, (_, until)| *until > now());
        }
        sessions.insert(id.expose().into(), (session, now() + u64::from(life_seconds)));
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
    let bytes = read.await.map_err(|_| Failure::broken_off())?.map_err(|_| Failure::too_large())?;
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
}
