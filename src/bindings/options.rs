//! Options on their way in.

use crate::flow::attempt::Request;
use crate::flow::choose::{Frame, Surroundings};
use crate::protocol::config::{Config, Options};
use crate::protocol::error::{Error, ErrorCode};
use crate::protocol::form::Form;
use crate::protocol::text::is_listed;

/// `createSignIn`'s options. `locale` is the button's; the engine has no use for it.
const KNOWN: &str = "clientId redirectUri scopes exchange start handoff flow authorize timeout locale";

/// Checks `createSignIn`'s options. A misspelt one would be silently without effect, so it is refused.
pub(super) fn config(form: &Form) -> Result<Config<'_>, Error> {
    for (name, _) in form.pairs() {
        Config::refuse_secret(name)?;
        if !is_listed(name, KNOWN) {
            return Err(Error::reported(ErrorCode::InvalidConfig, "unknown_option", name));
        }
    }
    Config::new(&Options {
        client_id: form.get("clientId"),
        redirect_uri: form.get("redirectUri"),
        scope: form.get("scopes"),
        exchange: form.get("exchange"),
        start: form.get("start"),
        handoff: form.get("handoff") == "true",
        flow: form.get("flow"),
        authorize: form.get("authorize"),
        timeout: form.get("timeout"),
    })
}

/// Reads what the glue wrote.
pub(super) fn form(text: &str) -> Form {
    Form::parse(text).unwrap_or_default()
}

/// What one click asks for. Extra parameters for X carry a mark, so that none can pass for an option.
pub(super) fn request(form: &Form) -> Request<'_> {
    let mut params = Vec::new();
    for (name, value) in form.pairs() {
        if let Some(name) = name.strip_prefix("params.") {
            params.push((name, value.as_str()));
        }
    }
    Request { return_to: form.get("returnTo"), params }
}

/// What the glue saw around the page.
pub(super) fn surroundings(form: &Form) -> Surroundings<'_> {
    Surroundings {
        touch: form.has("touch"),
        standalone: form.has("standalone"),
        user_agent: form.get("userAgent"),
        frame: match form.get("frame") {
            "" => Frame::Top,
            "own" => Frame::Own,
            _ => Frame::Foreign,
        },
    }
}
