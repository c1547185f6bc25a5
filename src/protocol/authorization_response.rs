//! The callback: what comes back from X, parsed and checked in one fixed order (RFC 6749 §4.1.2, RFC 9207 §2.4; for OAuth
//! 1.0a RFC 5849 §2.2, whose secrets the backend holds).
//!
//! Shape, state, transaction, expiry, issuer, then the provider's error, then the code. An error parameter is a
//! stranger's word until the state has proved that X was asked, so it is read last but one. What passes is an
//! [`Approved`]; nothing else can be exchanged.

use core::fmt;

use super::config::{Config, Finish};
use super::error::{Error, ErrorCode};
use super::form::Form;
use super::moment::Moment;
use super::state::{STATE_MAX, State};
use super::text::{cut, pieces};
use super::transaction::Transaction;

/// The longest query and fragment that is read, in bytes. X's codes are around 100.
pub const RESPONSE_MAX: usize = 8192;

/// Only this issuer may name itself in `iss` (RFC 9207). X sends none today.
const ISSUER: &str = "https://x.com";

/// What no callback says twice (RFC 6749 §3.1).
const ONCE: &str = "code error state iss error_description oauth_token oauth_verifier denied";

/// Parameters that belong to the implicit grant, which is never asked for (RFC 9700 §2.1.2, RFC 10017 §7.2).
const TOKENS: [&str; 3] = ["access_token", "id_token", "token"];

/// A callback whose shape is right; its content is not yet believed.
#[derive(Clone)]
pub struct AuthorizationResponse(Form);

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
pub struct Approved {
    response: Form,
    transaction: Box<Transaction>,
}

impl AuthorizationResponse {
    /// Looks for a callback of this configuration in an address: its place, a `state`, and a `code` or an `error`; or
    /// tokens that have no business there. `None` for anything else on a host's page (`?code=SAVE50`).
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub fn find(config: &Config<'_>, url: &str) -> Option<Result<Self, Error>> {
        if !config.redirect_uri.is_place(url) {
            return None;
        }
        let parsed = Self::parse(url, config.finish);
        match &parsed {
            Err(error) if error.code == ErrorCode::StateMissing => return None,
            Ok(found) if !found.is_oauth1() && found.0.get("code").is_empty() && found.0.get("error").is_empty() => {
                return None;
            }
            _ => {}
        }
        Some(parsed)
    }

    /// Parses the query and fragment of a callback address (or the whole address). One of OAuth 1.0a, which has no state,
    /// is only read where that was begun.
    ///
    /// # Errors
    /// `invalid_callback` with a reason: `too_long`, `encoding`, `repeated`, `token`, `code_and_error`, `no_code`,
    /// `size`. `state_missing` when there is no state or an empty one.
    pub fn parse(url: &str, finish: Finish<'_>) -> Result<Self, Error> {
        let tail = cut(url, b"?#").1;
        if tail.len() > RESPONSE_MAX {
            return Err(invalid("too_long"));
        }
        let (query, fragment) = cut(tail, b"#");
        let form = Form::parse(query.strip_prefix('?').unwrap_or(query)).ok_or_else(|| invalid("encoding"))?;
        let outside = Form::parse(fragment.get(1..).unwrap_or_default()).ok_or_else(|| invalid("encoding"))?;
        if TOKENS.iter().any(|name| form.has(name) || outside.has(name)) {
            return Err(invalid("token"));
        }
        for name in pieces(ONCE, b' ') {
            if form.only(name).is_err() {
                return Err(invalid("repeated"));
            }
        }
        match form.get("state").len() {
            // The request token with its verifier; or, from a person who said no, the token as `denied`. Never both, and
            // nothing of OAuth 2.0: no state has proved that X was asked, so X's word would be a stranger's.
            0 if finish.is_oauth1()
                && pieces("code error iss", b' ').all(|name| !form.has(name))
                && form.has("denied")
                    == (form.get("oauth_token").is_empty() || form.get("oauth_verifier").is_empty()) =>
            {
                return Ok(Self(form));
            }
            0 => return Err(Error::new(ErrorCode::StateMissing)),
            1..=STATE_MAX => {}
            _ => return Err(invalid("size")),
        }
        match (form.only("code"), form.has("error")) {
            (Ok(Some(_)), true) => Err(invalid("code_and_error")),
            (Ok(Some("")), _) => Err(invalid("no_code")),
            _ => Ok(Self(form)),
        }
    }

    /// Whether it came by OAuth 1.0a, which names the backend's attempt and not this page's.
    pub fn is_oauth1(&self) -> bool {
        self.0.get("state").is_empty()
    }

    /// The attempt it claims to answer, if it could be one of ours.
    pub fn state(&self) -> Option<State> {
        State::parse(self.0.get("state"))
    }

    /// The parameter that a person's yes brings.
    fn proof(&self) -> &'static str {
        if self.is_oauth1() { "oauth_verifier" } else { "code" }
    }

    /// Checks it against what the browser remembers.
    ///
    /// # Errors
    /// `already_used`, `started_elsewhere`, `state_mismatch`, `expired`, `invalid_callback` (`issuer`), `cancelled` for
    /// the person's own no (`access_denied`), `provider_error` for every other error of X.
    pub fn check(self, remembered: Remembered, now: Moment) -> Result<Approved, Error> {
        let transaction = match remembered {
            Remembered::Transaction(transaction) => transaction,
            Remembered::Used => return Err(Error::new(ErrorCode::AlreadyUsed)),
            Remembered::Others => return Err(Error::new(ErrorCode::StateMismatch)),
            Remembered::Nothing => return Err(Error::new(ErrorCode::StartedElsewhere)),
        };
        // Only a sign-in of OAuth 1.0a was read without a state, and none is finished by a code of OAuth 2.0.
        let oauth1 = transaction.finish().is_oauth1();
        let is_named = self.0.get("state") == transaction.state().as_str() || (oauth1 && self.is_oauth1());
        if !is_named || (oauth1 && self.0.has("code")) {
            return Err(Error::new(ErrorCode::StateMismatch));
        }
        if transaction.is_expired(now) {
            return Err(Error::new(ErrorCode::Expired));
        }
        self.code()?;
        Ok(Approved { response: self.0, transaction })
    }

    /// What X says, for whoever has found its state and its age to be right: the code.
    ///
    /// # Errors
    /// `invalid_callback` (`issuer`), `cancelled`, `provider_error`, as [`check`](Self::check).
    pub fn code(&self) -> Result<&str, Error> {
        let field = |name| self.0.get(name);
        if !matches!(self.0.only("iss"), Ok(None | Some(ISSUER))) {
            return Err(invalid("issuer"));
        }
        match (field("error"), field(self.proof())) {
            // X documents that a person may refuse, not what the callback then carries; libraries saw a bare state.
            ("access_denied", _) | ("", "") => Err(Error::new(ErrorCode::Cancelled)),
            ("", code) => Ok(code),
            (error, _) => Err(Error::reported(ErrorCode::ProviderError, error, field("error_description"))),
        }
    }
}

impl Approved {
    /// The authorization code: alive for 30 seconds, good for one exchange. Empty for OAuth 1.0a.
    pub fn code(&self) -> &str {
        self.response.get("code")
    }

    /// OAuth 1.0a: the request token and the proof that whoever approved it came back; otherwise empty. The backend, which
    /// has the token's secret, knows whether it is this attempt's.
    pub fn oauth1(&self) -> (&str, &str) {
        if self.response.get("state").is_empty() {
            (self.response.get("oauth_token"), self.response.get("oauth_verifier"))
        } else {
            ("", "")
        }
    }

    /// What was asked: the verifier, client, redirect URI (the token request must repeat them, RFC 6749 §4.1.3), who
    /// finishes, and where the person lands.
    pub fn transaction(&self) -> &Transaction {
        &self.transaction
    }
}

/// Never shows the code or the state.
impl fmt::Debug for AuthorizationResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthorizationResponse([redacted])")
    }
}

/// Never shows the code.
impl fmt::Debug for Approved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Approved").field(&self.transaction).finish()
    }
}

fn invalid(reason: &str) -> Error {
    Error::because(ErrorCode::InvalidCallback, reason)
}
