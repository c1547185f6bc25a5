//! The beginning of every sign-in: a fresh transaction and the address that goes with it.

use core::fmt;

use crate::protocol::authorization_request::authorization_url;
use crate::protocol::config::Config;
use crate::protocol::error::{Error, ErrorCode};
use crate::protocol::moment::Moment;
use crate::protocol::pkce::CodeVerifier;
use crate::protocol::ports::{Entropy, KeyValue};
use crate::protocol::return_to::return_to;
use crate::protocol::state::State;
use crate::protocol::transaction::{self, Flow, Transaction};

/// What one click asks for, beyond the configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request<'a> {
    /// Where to land, as the page wrote it.
    pub return_to: &'a str,
    /// Extra parameters for X.
    pub params: Vec<(&'a str, &'a str)>,
}

/// A transaction and where to send the person.
#[derive(Clone)]
pub struct Attempt {
    /// To be remembered.
    pub transaction: Transaction,
    /// To be opened.
    pub url: String,
}

/// Shows which attempt it is, never the address: the state is in it.
impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt").field("transaction", &self.transaction).finish_non_exhaustive()
    }
}

/// Begins an attempt: fresh state, fresh verifier, checked landing place. Synchronous, so that it fits into a click.
///
/// # Errors
/// `entropy_unavailable`, or `invalid_config` for extra parameters that belong to the protocol.
pub fn begin(
    config: &Config<'_>,
    request: &Request<'_>,
    flow: Flow,
    entropy: &mut impl Entropy,
    now: Moment,
) -> Result<Attempt, Error> {
    let state = State::generate(entropy)?;
    let code_verifier = CodeVerifier::generate(entropy)?;
    let url = authorization_url(config, &state, &code_verifier.challenge(), &request.params)?;
    let return_to = return_to(request.return_to, config.redirect_uri.origin());
    // Reading back what was just written cannot fail.
    let transaction = Transaction::new(state, &code_verifier, config, flow, &return_to, now)
        .ok_or_else(|| Error::new(ErrorCode::Internal))?;
    Ok(Attempt { transaction, url })
}

/// Remembers an attempt before anybody leaves. A redirect needs it: a person who comes back to a browser that forgot them
/// has typed their password for nothing. A popup's window starts with a copy of the store and so can finish by itself, but
/// the page that waits has it in memory too. OAuth 1.0a's callback does not say whose it is, so there only the window's own
/// record does.
///
/// # Errors
/// `storage_unavailable`, for a redirect and for OAuth 1.0a.
pub fn remember(store: &mut impl KeyValue, transaction: &Transaction) -> Result<(), Error> {
    match transaction::put(store, transaction) {
        Err(_) if transaction.flow() == Flow::Redirect || transaction.finish().is_oauth1() => {
            Err(Error::new(ErrorCode::StorageUnavailable))
        }
        _ => Ok(()),
    }
}
