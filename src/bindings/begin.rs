//! `check`, `begin`.

use super::answer::answer;
use super::options;
use crate::browser::clock;
use crate::browser::entropy::WebCrypto;
use crate::flow::attempt;
use crate::flow::choose::choose;
use crate::protocol::config::{Config, FlowChoice};
use crate::protocol::error::Error;
use crate::protocol::form::Form;
use crate::protocol::text::digits;
use crate::protocol::transaction::{Flow, key};

/// Begins an attempt. Synchronous, so that it fits into a click. Nothing is kept of it here: the glue stores the record, and
/// hands it to `adopt`.
///
/// Says `url`, where to send the person; `key`, the attempt's name for the other questions; its `record`, to be stored under
/// that name, and `needed` where the attempt cannot do without it; for a popup also `popup`, the `timeout` in milliseconds,
/// and `orRedirect` when a blocked one may be answered by a redirect.
pub(super) fn begin(config: &Config<'_>, request: &Form) -> Result<String, Error> {
    let origin = request.get("origin");
    if !origin.is_empty() {
        config.check_page(origin)?;
    }
    let wish = match request.get("flow") {
        "" => config.flow,
        flow => FlowChoice::parse(flow)?,
    };
    let choice = choose(wish, options::surroundings(request))?;
    let attempt = attempt::begin(config, &options::request(request), choice.flow, &mut WebCrypto, clock::now())?;
    let flag = |yes| if yes { "true" } else { "" };
    Ok(answer(
        "url key record needed popup orRedirect timeout",
        &[
            &attempt.url,
            &key(&attempt.state),
            &attempt.record,
            flag(attempt.needs_record),
            flag(choice.flow == Flow::Popup),
            flag(choice.or_redirect),
            &digits(config.timeout_ms),
        ],
    ))
}
