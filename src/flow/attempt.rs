//! The beginning of every sign-in: a fresh transaction and the address that goes with it.

use core::fmt;

use crate::protocol::authorization_request::authorization_url;
use crate::protocol::config::Config;
use crate::protocol::error::Error;
use crate::protocol::moment::Moment;
use crate::protocol::pkce::CodeVerifier;
use crate::protocol::ports::Entropy;
use crate::protocol::return_to::return_to;
use crate::protocol::state::State;
use crate::protocol::transaction::{self, Flow};

/// What one click asks for, beyond the configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request<'a> {
    /// Where to land, as the page wrote it.
    pub return_to: &'a str,
    /// Extra parameters for X.
    pub params: Vec<(&'a str, &'a str)>,
}

/// An attempt's record and where to send the person.
#[derive(Clone)]
pub struct Attempt {
    /// Its name.
    pub state: State,
    /// What has to be remembered of it ([`Transaction::decode`](transaction::Transaction::decode) reads it). It holds the verifier.
    pub record: String,
    /// Whether it cannot do without its record in the store.
    pub needs_record: bool,
    /// To be opened.
    pub url: String,
}

/// Shows nothing of it: state and verifier are in there.
impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt").finish_non_exhaustive()
    }
}

/// Begins an attempt: fresh state, fresh verifier, checked landing place. Synchronous, so that it fits into a click.
///
/// A redirect needs its record: a person who comes back to a browser that forgot them has typed their password for
/// nothing. A popup's window starts with a copy of the store and so can finish by itself, but the page that waits has it in
/// memory too. OAuth 1.0a's callback does not say whose it is, so there only the window's own record does.
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
    let record = transaction::record(&code_verifier, config, flow, &return_to, now);
    let needs_record = flow == Flow::Redirect || config.finish.is_oauth1();
    Ok(Attempt { state, record, needs_record, url })
}
