//! Options on their way in.

use crate::flow::attempt::Request;
use crate::flow::choose::Surroundings;
use crate::protocol::config::{Config, Options};
use crate::protocol::error::{Error, ErrorCode};
use crate::protocol::form;

/// Pairs of a form that the glue wrote.
pub(super) fn pairs(text: &str) -> Vec<(String, String)> {
    form::parse(text).unwrap_or_default()
}

/// `createSignIn`'s options.
pub(super) fn config(text: &str) -> Result<Config, Error> {
    let pairs = pairs(text);
    Config::refuse_secrets(pairs.iter().map(|(name, _)| name.as_str()))?;
    let mut options = Options::default();
    for (name, value) in pairs {
        match name.as_str() {
            "clientId" => options.client_id = value,
            "redirectUri" => options.redirect_uri = value,
            "scopes" => options.scope = value,
            "exchange" => options.exchange = value,
            "handoff" => options.handoff = value == "true",
            "flow" => options.flow = value,
            "authorize" => options.authorize = value,
            "timeout" => options.timeout = value,
            // Options that this engine has no use for (`locale`).
            "locale" => {}
            // A misspelt option would be silently without effect.
            unknown => return Err(Error::reported(ErrorCode::InvalidConfig, "unknown_option", unknown)),
        }
    }
    Config::new(&options)
}

/// `signIn`'s options, with the flow the page asked for this time and what it saw of the device.
pub(super) fn request(text: &str) -> (Request, Option<String>, Surroundings) {
    let (mut request, mut flow, mut surroundings) = (Request::default(), None, Surroundings::default());
    for (name, value) in pairs(text) {
        match name.as_str() {
            "returnTo" => request.return_to = value,
            "flow" => flow = Some(value),
            "touch" => surroundings.touch = value == "true",
            // Extra parameters for X carry a mark, so that none can pass for an option.
            other => {
                if let Some(name) = other.strip_prefix("params.") {
                    request.params.push((name.into(), value));
                }
            }
        }
    }
    (request, flow, surroundings)
}
