//! What a host tells us once: its client id, its callback, its scopes, and who finishes the sign-in.

use super::endpoint::{AUTHORIZE, HttpUrl, UrlProblem};
use super::error::{Error, ErrorCode};
use super::scope::Scopes;

/// The options as the host wrote them; empty text means "not given".
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The OAuth 2.0 client id from X's developer console (not the API key).
    pub client_id: String,
    /// The callback's address, exactly as registered at X.
    pub redirect_uri: String,
    /// Space-separated scopes.
    pub scope: String,
    /// The host's exchange endpoint: a path on its own origin, or an absolute address.
    pub exchange: String,
    /// Whether the host takes the code and the verifier itself.
    pub handoff: bool,
    /// `auto`, `popup` or `redirect`.
    pub flow: String,
    /// Another authorization endpoint (a simulator's).
    pub authorize: String,
    /// Whole milliseconds until a waiting popup is given up, in digits; empty for the default.
    pub timeout: String,
}

/// Checked options. Every field is right by construction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Not empty.
    pub client_id: String,
    /// Absolute, secure or on this machine.
    pub redirect_uri: HttpUrl,
    /// At least one.
    pub scopes: Scopes,
    /// Who turns the code into a session.
    pub finish: Finish,
    /// Popup, redirect, or what suits the device.
    pub flow: FlowChoice,
    /// X's authorization endpoint, or a simulator's.
    pub authorize: HttpUrl,
    /// Milliseconds, at most [`TRANSACTION_LIFE_MS`](super::transaction::TRANSACTION_LIFE_MS).
    pub timeout_ms: u64,
}

/// Who exchanges the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finish {
    /// The host's backend, at this path or address.
    Exchange(String),
    /// The host itself: the sign-in ends with the code and the verifier.
    Handoff,
}

/// The host's wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlowChoice {
    /// A popup where popups work, otherwise a redirect.
    Auto,
    /// Always a popup.
    Popup,
    /// Always the whole page.
    Redirect,
}

/// Where our own backend half listens unless the host says otherwise.
pub const DEFAULT_EXCHANGE: &str = "/auth/x/exchange";

impl Config {
    /// Checks the options.
    ///
    /// # Errors
    /// `invalid_config`; the reason names the option and what is wrong with it, such as `redirect_uri_fragment`.
    pub fn new(options: &Options) -> Result<Self, Error> {
        // `undefined` and `null` are what an unset variable turns into on its way through a template.
        if matches!(options.client_id.as_str(), "" | "undefined" | "null")
            || !options.client_id.bytes().all(|b| b.is_ascii_graphic())
        {
            return Err(invalid("client_id"));
        }
        Ok(Self {
            client_id: options.client_id.clone(),
            redirect_uri: HttpUrl::parse(&options.redirect_uri).map_err(|problem| {
                invalid(match problem {
                    UrlProblem::NotAbsolute => "redirect_uri_not_absolute",
                    UrlProblem::NotSecure => "redirect_uri_not_secure",
                    UrlProblem::Fragment => "redirect_uri_fragment",
                    UrlProblem::Characters => "redirect_uri_characters",
                })
            })?,
            scopes: Scopes::parse(&options.scope).ok_or_else(|| invalid("scope"))?,
            finish: finish(options)?,
            flow: match options.flow.as_str() {
                "" | "auto" => FlowChoice::Auto,
                "popup" => FlowChoice::Popup,
                "redirect" => FlowChoice::Redirect,
                _ => return Err(invalid("flow")),
            },
            authorize: HttpUrl::parse(if options.authorize.is_empty() { AUTHORIZE } else { &options.authorize })
                .map_err(|_| invalid("endpoints"))?,
            timeout_ms: timeout(&options.timeout)?,
        })
    }

    /// Refuses option names that could carry a client secret into a page (RFC 10017 §6.3.3.1: a browser keeps none).
    ///
    /// # Errors
    /// `invalid_config` with the reason `secret`.
    pub fn refuse_secrets<'a>(mut names: impl Iterator<Item = &'a str>) -> Result<(), Error> {
        if names.any(|name| name.to_ascii_lowercase().contains("secret")) { Err(invalid("secret")) } else { Ok(()) }
    }
}

fn finish(options: &Options) -> Result<Finish, Error> {
    if options.handoff {
        return if options.exchange.is_empty() { Ok(Finish::Handoff) } else { Err(invalid("exchange_and_handoff")) };
    }
    let exchange = if options.exchange.is_empty() { DEFAULT_EXCHANGE } else { &options.exchange };
    // A relative path would mean another place on the callback page than on the page that started.
    let path = exchange.starts_with('/')
        && !exchange.starts_with("//")
        && exchange.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    if path || HttpUrl::parse(exchange).is_ok() {
        Ok(Finish::Exchange(exchange.into()))
    } else {
        Err(invalid("exchange"))
    }
}

fn timeout(milliseconds: &str) -> Result<u64, Error> {
    let life = super::transaction::TRANSACTION_LIFE_MS;
    match milliseconds.parse::<u64>() {
        Ok(given) if given > 0 => Ok(given.min(life)),
        _ if milliseconds.is_empty() => Ok(life),
        _ => Err(invalid("timeout")),
    }
}

fn invalid(reason: &str) -> Error {
    Error::because(ErrorCode::InvalidConfig, reason)
}
