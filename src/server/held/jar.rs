//! The transactions of one browser, sealed in one cookie: few, short-lived, each used once.

use core::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::protocol::ports::Entropy;
use crate::protocol::return_to::DEFAULT_RETURN_TO;
use crate::protocol::secret::Secret;
use crate::protocol::transaction::{TRANSACTION_LIFE_MS, TRANSACTIONS_MAX};
use crate::server::answer::Answer;
use crate::server::config::ServerConfig;
use crate::server::cookie;
use crate::server::failure::{Failure, FailureCode};
use crate::server::oauth1::same;
use crate::server::sealed::{Binding, NotSealed, Purpose, Secrets, open, seal_cookie};
use crate::server::session::{Former, SessionId};

/// How long one is kept, in seconds: as long as a page keeps its own.
const LIFE_SECONDS: u64 = TRANSACTION_LIFE_MS / 1000;

/// Which protocol it speaks. One is never finished as the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Kind {
    #[serde(rename = "2")]
    OAuth2,
    #[serde(rename = "1")]
    OAuth1,
}

/// One sign-in. Short names: a cookie holds eight of them.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Record {
    #[serde(rename = "k")]
    pub(super) kind: Kind,
    /// The state, or the request token.
    #[serde(rename = "s")]
    pub(super) state: String,
    /// The code verifier, or the request token's secret.
    #[serde(rename = "p")]
    pub(super) secret: String,
    #[serde(rename = "u")]
    pub(super) redirect_uri: String,
    #[serde(rename = "r")]
    pub(super) return_to: String,
    #[serde(rename = "t")]
    pub(super) created_at: u64,
    /// The session that the browser had: its name, and its end. The way back from X is another site's navigation, which
    /// brings no `SameSite=Strict` cookie, so then nobody could tell which one to end.
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    pub(super) before: Option<(String, u64)>,
    /// The page's name for it, when a page began it and will finish it.
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    pub(super) page: Option<String>,
}

impl Record {
    pub(super) fn ending(self, before: Option<&Former>) -> Self {
        Self { before: before.map(|Former { id, ends_at }| (id.expose().into(), *ends_at)), ..self }
    }
}

/// A transaction that was used. Every answer from here on goes through [`spent`](Self::spent).
#[derive(Clone)]
pub struct Taken {
    pub(super) state: Secret,
    pub(super) secret: Secret,
    pub(super) redirect_uri: String,
    /// Where the person lands: a checked path on the host's origin.
    pub return_to: String,
    /// The sessions that the browser had when it set out, for this sign-in and for others that still wait. End them when
    /// the sign-in has succeeded (session fixation, and sessions that nobody could sign out of any more).
    pub before: Vec<Former>,
    /// When it would end by itself, in seconds since the Unix epoch; for [`Spent`](crate::server::Spent).
    pub ends_at: u64,
    pub(super) page: Option<String>,
    waiting: Waiting,
    cookie: String,
}

/// Sign-ins of a browser that have not come back yet.
#[derive(Clone)]
struct Waiting(Vec<Record>);

impl Waiting {
    /// The sessions that they end, each once.
    fn before(&self) -> Vec<Former> {
        let mut named: Vec<&(String, u64)> = self.0.iter().filter_map(|record| record.before.as_ref()).collect();
        named.sort();
        named.dedup();
        let former = |(id, ends_at): &(String, u64)| Some(Former { id: SessionId::parse(id)?, ends_at: *ends_at });
        named.into_iter().filter_map(former).collect()
    }

    /// The `Set-Cookie` for when the browser gets a session meanwhile: it is the one that they end, whichever they knew.
    fn ending(
        self,
        config: &ServerConfig,
        session: &Former,
        now: u64,
        entropy: &mut impl Entropy,
    ) -> Result<String, Failure> {
        let records = self.0.into_iter().map(|record| record.ending(Some(session))).collect();
        write(config, secrets(config)?, records, now, entropy)
    }
}

/// Shows where the person lands. The cookie holds what other sign-ins of this browser wait for.
impl fmt::Debug for Taken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Taken").field("return_to", &self.return_to).finish_non_exhaustive()
    }
}

impl Taken {
    /// Its name for a host's own list of what has been used: a hash, which tells nothing about it.
    pub fn name(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.state.expose()))
    }

    /// Call it when the session has its name, before [`spent`](Self::spent): sign-ins that still wait in the cookie end
    /// this session then. From X the browser would not bring it along.
    ///
    /// # Errors
    /// Without secure randomness.
    pub fn followed_by(
        self,
        config: &ServerConfig,
        session: &Former,
        now: u64,
        entropy: &mut impl Entropy,
    ) -> Result<Self, Failure> {
        let cookie = self.waiting.clone().ending(config, session, now, entropy)?;
        Ok(Self { cookie, ..self })
    }

    /// The answer with the cookie that no longer holds the transaction.
    #[must_use]
    pub fn spent(&self, answer: Answer) -> Answer {
        answer.with("set-cookie", self.cookie.clone())
    }
}

/// For a session that came about without a transaction, while sign-ins wait in the cookie: the sessions that these would have
/// ended, which are over too, and the `Set-Cookie` with which they end this one. `None` where none waits.
///
/// # Errors
/// Without secure randomness.
pub fn beside(
    config: &ServerConfig,
    cookies: &str,
    session: &Former,
    now: u64,
    entropy: &mut impl Entropy,
) -> Result<Option<(Vec<Former>, String)>, Failure> {
    let Some(secrets) = config.secrets() else { return Ok(None) };
    let waiting = Waiting(read(config, secrets, cookies, now));
    if waiting.0.is_empty() {
        return Ok(None);
    }
    Ok(Some((waiting.before(), waiting.ending(config, session, now, entropy)?)))
}

/// The `Set-Cookie` that keeps one more. The oldest goes when there are too many, or when they do not fit.
pub(super) fn put(
    config: &ServerConfig,
    cookies: &str,
    record: Record,
    now: u64,
    entropy: &mut impl Entropy,
) -> Result<String, Failure> {
    let secrets = secrets(config)?;
    let mut records = read(config, secrets, cookies, now);
    records.push(record);
    while records.len() > TRANSACTIONS_MAX {
        records.remove(0);
    }
    write(config, secrets, records, now, entropy)
}

/// Takes out the one that X's answer names, whatever happens next. Compared in constant time, with every one there is.
pub(super) fn take(
    config: &ServerConfig,
    cookies: &str,
    kind: Kind,
    state: &str,
    now: u64,
    entropy: &mut impl Entropy,
) -> Result<Option<Taken>, Failure> {
    let secrets = secrets(config)?;
    let all = Waiting(read(config, secrets, cookies, now));
    let before = all.before();
    let (mut found, kept): (Vec<Record>, Vec<Record>) =
        all.0.into_iter().partition(|record| same(&record.state, state));
    // The redirect URI is one that the configuration knew when it began; it may have been taken out since.
    let Some(Record { secret, redirect_uri, return_to, created_at, page, .. }) = found.pop().filter(|record| {
        record.kind == kind && config.redirect_uris.iter().any(|uri| uri.as_str() == record.redirect_uri)
    }) else {
        return Ok(None);
    };
    let cookie = write(config, secrets, kept.clone(), now, entropy)?;
    Ok(Some(Taken {
        state: Secret::new(state.into()),
        secret: Secret::new(secret),
        redirect_uri,
        return_to,
        page,
        before,
        ends_at: created_at.saturating_add(LIFE_SECONDS),
        waiting: Waiting(kept),
        cookie,
    }))
}

fn secrets(config: &ServerConfig) -> Result<&Secrets, Failure> {
    config.secrets().ok_or_else(|| Failure {
        status: 404,
        ..Failure::new(FailureCode::InvalidRequest, "This backend starts no sign-in itself. Give it `secrets`.")
    })
}

fn binding(config: &ServerConfig) -> Binding<'_> {
    Binding {
        purpose: Purpose::Transaction,
        name: cookie::transaction_name(config),
        origin: config.origin.as_str(),
        client: &config.client_id,
    }
}

fn read(config: &ServerConfig, secrets: &Secrets, cookies: &str, now: u64) -> Vec<Record> {
    let records = cookie::value(cookies, cookie::transaction_name(config))
        .and_then(|text| open(secrets, &binding(config), text, now))
        .and_then(|bytes| serde_json::from_slice::<Vec<Record>>(&bytes).ok());
    let mut records = records.unwrap_or_default();
    records.retain(|record| now.saturating_sub(record.created_at) < LIFE_SECONDS);
    records
}

fn write(
    config: &ServerConfig,
    secrets: &Secrets,
    mut records: Vec<Record>,
    now: u64,
    entropy: &mut impl Entropy,
) -> Result<String, Failure> {
    // `Strict` where all of them come back to a page of the host's, which posts from the same origin (RFC 10017 §6.1.3.2).
    let lax = |records: &[Record]| records.iter().any(|record| config.is_own_callback(&record.redirect_uri));
    while !records.is_empty() {
        let alone = records.len() == 1;
        // Serialising structs of text cannot fail.
        let bytes = serde_json::to_vec(&records).unwrap_or_default();
        match (seal_cookie(secrets, &binding(config), &bytes, now.saturating_add(LIFE_SECONDS), entropy), alone) {
            (Ok(value), _) => return Ok(cookie::set_transactions(config, &value, LIFE_SECONDS, lax(&records))),
            (Err(NotSealed::TooLarge { .. }), false) => drop(records.remove(0)),
            // Where the person lands is the one part that a link can make long.
            (Err(NotSealed::TooLarge { .. }), true) if records.iter().any(|one| one.return_to != DEFAULT_RETURN_TO) => {
                records.iter_mut().for_each(|one| one.return_to = DEFAULT_RETURN_TO.into());
            }
            (Err(_), _) => return Err(Failure::internal()),
        }
    }
    Ok(cookie::set_transactions(config, "", 0, true))
}
