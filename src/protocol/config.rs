//! What a host tells us once: its client id, its callback, its scopes, and who finishes the sign-in.

use super::endpoint::{AUTHORIZE, HttpUrl, UrlProblem};
use super::error::{Error, ErrorCode};
use super::scope::normalise;
use super::text::{cut, has, number};
use super::transaction::TRANSACTION_LIFE_MS;

/// The options as the host wrote them; empty text means "not given".
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// The OAuth 2.0 client id from X's developer console (not the API key).
    pub client_id: &'a str,
    /// The callback's address, exactly as registered at X.
    pub redirect_uri: &'a str,
    /// Space-separated scopes.
    pub scope: &'a str,
    /// The host's exchange endpoint: a path on its own origin, or an absolute address.
    pub exchange: &'a str,
    /// Whether the host takes the code and the verifier itself.
    pub handoff: bool,
    /// The route of the host's backend that begins a sign-in, written as `exchange` is.
    pub start: &'a str,
    /// `auto`, `popup` or `redirect`.
    pub flow: &'a str,
    /// Another authorization endpoint (a simulator's).
    pub authorize: &'a str,
    /// Whole milliseconds until a waiting popup is given up, in digits; empty for the default.
    pub timeout: &'a str,
}

/// Checked options. Every field is right by construction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config<'a> {
    /// Not empty.
    pub client_id: &'a str,
    /// Absolute, secure or on this machine.
    pub redirect_uri: HttpUrl<&'a str>,
    /// Space-separated, at least one; empty where the backend begins, because it says what to ask for.
    pub scope: String,
    /// Who turns the code into a session.
    pub finish: Finish<'a>,
    /// Popup, redirect, or what suits the device.
    pub flow: FlowChoice,
    /// X's authorization endpoint, or a simulator's.
    pub authorize: HttpUrl<&'a str>,
    /// Milliseconds, at most [`TRANSACTION_LIFE_MS`].
    pub timeout_ms: u64,
}

/// Who exchanges the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finish<'a> {
    /// The host's backend, at this path or address.
    Exchange(&'a str),
    /// The host itself: the sign-in ends with the code and the verifier.
    Handoff,
    /// The host's backend, which began it at this path and holds its secrets in a cookie.
    Start(&'a str),
}

impl Finish<'_> {
    /// Whether the backend's route is the one of OAuth 1.0a, by its name.
    #[inline(never)]
    pub fn is_oauth1(self) -> bool {
        matches!(self, Self::Start(at) if cut(at, b"?").0.ends_with("/oauth1/start"))
    }
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

impl FlowChoice {
    /// Reads the option; empty text is `auto`.
    ///
    /// # Errors
    /// `invalid_config` with the reason `flow`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        match text {
            "" | "auto" => Ok(Self::Auto),
            "popup" => Ok(Self::Popup),
            "redirect" => Ok(Self::Redirect),
            _ => Err(invalid("flow")),
        }
    }
}

impl<'a> Config<'a> {
    /// Checks the options.
    ///
    /// # Errors
    /// `invalid_config`; the reason names the option and what is wrong with it, such as `redirect_uri_fragment`.
    pub fn new(options: &Options<'a>) -> Result<Self, Error> {
        // `undefined` and `null` are what an unset variable turns into on its way through a template.
        if matches!(options.client_id, "" | "undefined" | "null")
            || !options.client_id.bytes().all(|b| b.is_ascii_graphic())
        {
            return Err(invalid("client_id"));
        }
        let finish = finish(options)?;
        Ok(Self {
            client_id: options.client_id,
            redirect_uri: HttpUrl::borrow(options.redirect_uri).map_err(|problem| {
                invalid(match problem {
                    UrlProblem::NotAbsolute => "redirect_uri_not_absolute",
                    UrlProblem::NotSecure => "redirect_uri_not_secure",
                    UrlProblem::Fragment => "redirect_uri_fragment",
                    UrlProblem::Characters => "redirect_uri_characters",
                })
            })?,
            finish,
            flow: FlowChoice::parse(options.flow)?,
            authorize: HttpUrl::borrow(if options.authorize.is_empty() { AUTHORIZE } else { options.authorize })
                .ok()
                // A query could speak for the protocol (A16).
                .filter(|url| !has(url.as_str(), b"?"))
                .ok_or_else(|| invalid("endpoints"))?,
            timeout_ms: timeout(options.timeout)?,
            scope: match finish {
                Finish::Start(_) => String::new(),
                _ => normalise(options.scope).ok_or_else(|| invalid("scope"))?,
            },
        })
    }

    /// Refuses to begin on a page of another origin than the callback's: that one would not find what this one stores.
    ///
    /// # Errors
    /// `invalid_config` with the reason `redirect_uri_origin`.
    pub fn check_page(&self, origin: &str) -> Result<(), Error> {
        if origin == self.redirect_uri.origin() { Ok(()) } else { Err(invalid("redirect_uri_origin")) }
    }

    /// Refuses an option's name that could carry a client secret into a page (RFC 10017 §6.3.3.1: a browser keeps none).
    ///
    /// # Errors
    /// `invalid_config` with the reason `secret`.
    #[inline(never)]
    pub fn refuse_secret(name: &str) -> Result<(), Error> {
        let looks_secret = name.as_bytes().windows(6).any(|part| part.eq_ignore_ascii_case(b"secret"));
        if looks_secret { Err(invalid("secret")) } else { Ok(()) }
    }
}

fn finish<'a>(options: &Options<'a>) -> Result<Finish<'a>, Error> {
    let Options { exchange, start, .. } = *options;
    let at = if start.is_empty() { exchange } else { start };
    match (at, options.handoff) {
        ("", true) => Ok(Finish::Handoff),
        ("", false) => Ok(Finish::Exchange(DEFAULT_EXCHANGE)),
        (_, false) if start.is_empty() && (is_path(at) || HttpUrl::borrow(at).is_ok()) => Ok(Finish::Exchange(at)),
        _ if start.is_empty() => Err(invalid("exchange")),
        // Its cookie would not come along to another origin, and whoever is there would say who has signed in.
        (_, false) if is_path(start) => Ok(Finish::Start(start)),
        _ => Err(invalid("start")),
    }
}

/// A path on the host's own origin.
fn is_path(text: &str) -> bool {
    // A relative path would mean another place on the callback page than on the page that started.
    text.starts_with('/')
        && !text.starts_with("//")
        && text.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'\\' | b'#'))
}

fn timeout(milliseconds: &str) -> Result<u64, Error> {
    match number(milliseconds) {
        Some(given) if given > 0 => Ok(given.min(TRANSACTION_LIFE_MS)),
        None if milliseconds.is_empty() => Ok(TRANSACTION_LIFE_MS),
        _ => Err(invalid("timeout")),
    }
}

fn invalid(reason: &str) -> Error {
    Error::because(ErrorCode::InvalidConfig, reason)
}
