//! The callback: what comes back from X, parsed and checked in one fixed order (RFC 6749 §4.1.2, RFC 9207 §2.4).
//!
//! Shape, state, transaction, expiry, issuer, then the provider's error, then the code. An error parameter is a
//! stranger's word until the state has proved that X was asked, so it is read last but one. What passes is an
//! [`Approved`]; nothing else can be exchanged.

use super::config::{Config, Finish};
use super::error::{Error, ErrorCode};
use super::form;
use super::secret::Secret;
use super::state::{STATE_MAX, State};
use super::transaction::Transaction;

/// The longest query and fragment that is read, in bytes. X's codes are around 100.
pub const RESPONSE_MAX: usize = 8192;

/// Only this issuer may name itself in `iss` (RFC 9207). X sends none today.
const ISSUER: &str = "https://x.com";

/// Parameters that belong to the implicit grant, which is never asked for (RFC 9700 §2.1.2, RFC 10017 §7.2).
const TOKENS: [&str; 3] = ["access_token", "id_token", "token"];

/// A callback whose shape is right; its content is not yet believed.
#[derive(Clone, Debug)]
pub struct AuthorizationResponse {
    state: String,
    iss: Option<String>,
    outcome: Outcome,
}

#[derive(Clone, Debug)]
enum Outcome {
    Code(Secret),
    Error { error: String, description: String },
    Refused,
}

/// What the browser remembers of the attempt that a callback names.
#[derive(Clone, Debug)]
pub enum Remembered {
    /// The record, taken out of the store.
    Transaction(Box<Transaction>),
    /// This page has answered it before.
    Used,
    /// No such record; other attempts are waiting in this tab.
    Others,
    /// No such record, and no other.
    Nothing,
}

/// A callback that was checked against its own transaction, ready to be exchanged once.
#[derive(Debug)]
pub struct Approved {
    code: Secret,
    transaction: Transaction,
}

impl AuthorizationResponse {
    /// Whether an address looks like the callback of this configuration: its place, a `state`, and a `code` or an
    /// `error`, or tokens that have no business there. Anything else on a host's page (`?code=SAVE50`) is none of ours.
    pub fn is_callback(config: &Config, url: &str) -> bool {
        let named = |name: &str| {
            let (query, fragment) = split(tail(url));
            [query, fragment]
                .into_iter()
                .flat_map(|part| part.split('&'))
                .any(|part| part.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('=')))
        };
        config.redirect_uri.is_place(url)
            && (TOKENS.iter().any(|name| named(name)) || (named("state") && (named("code") || named("error"))))
    }

    /// Parses the query and fragment of a callback address (or the whole address).
    ///
    /// # Errors
    /// `invalid_callback` with a reason: `too_long`, `encoding`, `repeated`, `token`, `code_and_error`, `no_code`,
    /// `size`. `state_missing` when there is no state or an empty one.
    pub fn parse(url: &str) -> Result<Self, Error> {
        let tail = tail(url);
        if tail.len() > RESPONSE_MAX {
            return Err(invalid("too_long"));
        }
        let (query, fragment) = split(tail);
        let pairs = form::parse(query).ok_or_else(|| invalid("encoding"))?;
        let outside = form::parse(fragment).unwrap_or_default();
        if pairs.iter().chain(&outside).any(|(name, _)| TOKENS.contains(&name.as_str())) {
            return Err(invalid("token"));
        }
        let field = |name| form::only(&pairs, name).map_err(|_| invalid("repeated"));
        let (code, error, state, iss) = (field("code")?, field("error")?, field("state")?, field("iss")?);
        let description = field("error_description")?.unwrap_or_default();
        let state = match state.unwrap_or_default() {
            "" => return Err(Error::new(ErrorCode::StateMissing)),
            long if long.len() > STATE_MAX => return Err(invalid("size")),
            state => state.into(),
        };
        let outcome = match (code, error) {
            (Some(_), Some(_)) => return Err(invalid("code_and_error")),
            (None, Some(error)) => Outcome::Error { error: error.into(), description: description.into() },
            // X documents that a person may refuse, not what the callback then carries; libraries saw a bare state.
            (None, None) => Outcome::Refused,
            (Some(""), None) => return Err(invalid("no_code")),
            (Some(code), None) => Outcome::Code(Secret::new(code.into())),
        };
        Ok(Self { state, iss: iss.map(Into::into), outcome })
    }

    /// The attempt it claims to answer, if it could be one of ours.
    pub fn state(&self) -> Option<State> {
        State::parse(&self.state)
    }

    /// Checks it against what the browser remembers.
    ///
    /// # Errors
    /// `already_used`, `started_elsewhere`, `state_mismatch`, `expired`, `invalid_callback` (`issuer`), `cancelled` for the person's
    /// own no (`access_denied`), `provider_error` for every other error of X.
    pub fn check(self, remembered: Remembered, config: &Config, now: u64) -> Result<Approved, Error> {
        let transaction = match remembered {
            Remembered::Transaction(transaction) => transaction,
            Remembered::Used => return Err(Error::new(ErrorCode::AlreadyUsed)),
            Remembered::Others => return Err(Error::new(ErrorCode::StateMismatch)),
            Remembered::Nothing => return Err(Error::new(ErrorCode::StartedElsewhere)),
        };
        if self.state != transaction.state.as_str() || !transaction.is_for(config) {
            return Err(Error::new(ErrorCode::StateMismatch));
        }
        if transaction.is_expired(now) {
            return Err(Error::new(ErrorCode::Expired));
        }
        if self.iss.is_some_and(|iss| iss != ISSUER) {
            return Err(invalid("issuer"));
        }
        match self.outcome {
            Outcome::Refused => Err(Error::new(ErrorCode::Cancelled)),
            Outcome::Error { error, .. } if error == "access_denied" => Err(Error::new(ErrorCode::Cancelled)),
            Outcome::Error { error, description } => {
                Err(Error::reported(ErrorCode::ProviderError, &error, &description))
            }
            Outcome::Code(code) => Ok(Approved { code, transaction: *transaction }),
        }
    }
}

impl Approved {
    /// The authorization code: alive for 30 seconds, good for one exchange.
    pub fn code(&self) -> &str {
        self.code.expose()
    }

    /// The verifier that belongs to the code.
    pub fn code_verifier(&self) -> &str {
        self.transaction.code_verifier.expose()
    }

    /// The redirect URI of the authorization request, which the token request must repeat (RFC 6749 §4.1.3).
    pub fn redirect_uri(&self) -> &str {
        &self.transaction.redirect_uri
    }

    /// The client that asked.
    pub fn client_id(&self) -> &str {
        &self.transaction.client_id
    }

    /// Who exchanges the code.
    pub const fn finish(&self) -> &Finish {
        &self.transaction.finish
    }

    /// The scopes that were asked for, space-separated.
    pub fn scope(&self) -> &str {
        &self.transaction.scope
    }

    /// Where the person lands.
    pub fn return_to(&self) -> &str {
        &self.transaction.return_to
    }
}

/// From the first `?` or `#` on.
fn tail(url: &str) -> &str {
    url.find(['?', '#']).and_then(|at| url.get(at..)).unwrap_or_default()
}

/// Query and fragment, without their marks.
fn split(tail: &str) -> (&str, &str) {
    let (query, fragment) = tail.split_once('#').unwrap_or((tail, ""));
    (query.strip_prefix('?').unwrap_or(query), fragment)
}

fn invalid(reason: &str) -> Error {
    Error::because(ErrorCode::InvalidCallback, reason)
}
