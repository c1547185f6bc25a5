//! What a host tells its backend half once.

use core::fmt;
use core::num::NonZeroU32;

use crate::protocol::endpoint::{API, AUTHORIZE, HttpUrl, REVOKE, TOKEN, USERS_ME, UrlProblem};
use crate::protocol::scope::normalise;
use crate::protocol::secret::Secret;
use crate::server::sealed::Secrets;

/// Where the backend half listens unless the host says otherwise.
pub const DEFAULT_BASE_PATH: &str = "/auth/x";

/// The options as the host wrote them; empty text means "not given".
#[derive(Clone, Debug, Default)]
pub struct ServerOptions {
    /// The OAuth 2.0 client id from X's developer console (not the API key).
    pub client_id: String,
    /// The client secret of a "Web App" or "Automated App"; empty for a public client.
    pub client_secret: Secret,
    /// The callbacks that may be exchanged, exactly as registered at X.
    pub redirect_uris: Vec<String>,
    /// The public origin of the host's pages, such as `https://app.example`.
    pub origin: String,
    /// The path that the routes are below.
    pub base_path: String,
    /// Secrets that cookies and records are sealed with, newest first; needed for sign-ins that the backend starts. Each
    /// must stand for 32 random bytes.
    pub secrets: Vec<Secret>,
    /// How many seconds a session lasts whose tokens can outlive that; 0 for as long as its access token. A host that keeps
    /// sessions sealed in their cookies gives a day at most: a sign-out there is forgotten with the process.
    pub session_seconds: u32,
    /// Opens `POST token`, which hands the access token to the host's own pages ([`token_answer`](super::token_answer)).
    pub token_mediating: bool,
    /// Space-separated scopes of sign-ins that the backend starts; empty for the least.
    pub scope: String,
    /// Another authorization endpoint (a simulator's).
    pub authorize_endpoint: String,
    /// Another token endpoint (a simulator's).
    pub token_endpoint: String,
    /// Another revocation endpoint (a simulator's).
    pub revoke_endpoint: String,
    /// Another `users/me` endpoint (a simulator's).
    pub user_endpoint: String,
    /// For "Log in with X" by OAuth 1.0a; the default is without.
    pub oauth1: OAuth1Options,
}

/// OAuth 1.0a, as the host wrote it; empty text means "not given".
#[derive(Clone, Debug, Default)]
pub struct OAuth1Options {
    /// The "API Key" from X's developer console (not the OAuth 2.0 client id).
    pub consumer_key: String,
    /// The "API Key Secret".
    pub consumer_secret: Secret,
    /// `read` or `write`, to ask for less or more than the app's own level (`x_auth_access_type`).
    pub access: String,
    /// Whether to ask for the e-mail address, which the app's settings must allow too.
    pub email: bool,
    /// Whether X asks people who have approved the app before.
    pub always_ask: bool,
    /// Another place of the endpoints (a simulator, `https://api.twitter.com`): what `/oauth/request_token` comes after.
    pub endpoint: String,
}

/// Checked options. Every field is right by construction; nothing in a request can replace one of them, neither `Host`
/// nor `X-Forwarded-*` nor a body.
#[derive(Clone, Debug)]
pub struct ServerConfig {
    pub(super) client_id: String,
    pub(super) client_secret: Option<Secret>,
    pub(super) redirect_uris: Vec<HttpUrl>,
    pub(super) origin: HttpUrl,
    pub(super) base_path: String,
    pub(super) secrets: Option<Secrets>,
    pub(super) session_seconds: Option<NonZeroU32>,
    pub(super) token_mediating: bool,
    pub(super) scope: String,
    pub(super) authorize: HttpUrl,
    pub(super) token: HttpUrl,
    pub(super) revoke: HttpUrl,
    pub(super) user: HttpUrl,
    pub(super) oauth1: Option<OAuth1>,
}

/// Checked options of OAuth 1.0a.
#[derive(Clone, Debug)]
pub(super) struct OAuth1 {
    pub(super) key: String,
    pub(super) secret: Secret,
    pub(super) access: Option<Access>,
    pub(super) email: bool,
    pub(super) always_ask: bool,
    endpoint: HttpUrl,
}

/// What an access token may do, less or more than the app's own level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    Read,
    Write,
}

impl Access {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
        }
    }
}

impl OAuth1 {
    /// The address of a path, which begins with `/`.
    pub(super) fn at(&self, path: &str) -> String {
        [self.endpoint.as_str().trim_end_matches('/'), path].concat()
    }
}

/// An option that cannot be right. It never holds the option's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The option, by its JavaScript name.
    pub option: &'static str,
    /// What is wrong with it.
    pub hint: &'static str,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.option, self.hint)
    }
}

impl core::error::Error for ConfigError {}

impl ServerConfig {
    /// The secrets, for records of the host's own, such as tokens at rest
    /// ([`Purpose::Tokens`](super::sealed::Purpose::Tokens)).
    pub const fn secrets(&self) -> Option<&Secrets> {
        self.secrets.as_ref()
    }

    /// Whether X sends people back to the backend's own `GET callback`, and not to a page that posts what X said.
    pub(super) fn is_own_callback(&self, redirect_uri: &str) -> bool {
        let below = redirect_uri.strip_prefix(self.origin.as_str()).and_then(|path| path.strip_prefix(&self.base_path));
        below == Some("/callback")
    }

    /// Checks the options.
    ///
    /// # Errors
    /// [`ConfigError`] names the first option that cannot be right.
    pub fn new(options: &ServerOptions) -> Result<Self, ConfigError> {
        let id = options.client_id.as_str();
        if id.is_empty() || unset(id) || !graphic(id) {
            return Err(wrong("clientId", "give the OAuth 2.0 client id from console.x.com"));
        }
        let secret = options.client_secret.expose();
        // A line break at its end is what reading it from a file leaves behind.
        if unset(secret) || secret.contains(char::is_control) {
            return Err(wrong(
                "clientSecret",
                "it is \"undefined\" or holds a line break; leave it out for a public client",
            ));
        }
        if options.redirect_uris.is_empty() {
            return Err(wrong("redirectUris", "give at least one callback address, exactly as registered at X"));
        }
        Ok(Self {
            client_id: id.into(),
            client_secret: (!secret.is_empty()).then(|| options.client_secret.clone()),
            redirect_uris: options
                .redirect_uris
                .iter()
                .map(|uri| address("redirectUris", uri))
                .collect::<Result<_, _>>()?,
            origin: origin(&options.origin)?,
            base_path: base_path(&options.base_path)?,
            secrets: Secrets::new(&options.secrets)?,
            session_seconds: NonZeroU32::new(options.session_seconds),
            token_mediating: options.token_mediating,
            scope: normalise(&options.scope)
                .ok_or_else(|| wrong("scopes", "a scope holds a character that none of X's has"))?,
            authorize: authorize(&options.authorize_endpoint)?,
            token: endpoint("endpoints.token", &options.token_endpoint, TOKEN)?,
            revoke: endpoint("endpoints.revoke", &options.revoke_endpoint, REVOKE)?,
            user: endpoint("endpoints.user", &options.user_endpoint, USERS_ME)?,
            oauth1: oauth1(&options.oauth1)?,
        })
    }
}

/// `undefined` and `null` are what an unset variable turns into on its way through a template.
fn unset(text: &str) -> bool {
    matches!(text, "undefined" | "null")
}

fn graphic(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_graphic())
}

fn oauth1(options: &OAuth1Options) -> Result<Option<OAuth1>, ConfigError> {
    let (key, secret) = (options.consumer_key.as_str(), options.consumer_secret.expose());
    if key.is_empty() && secret.is_empty() {
        return Ok(None);
    }
    if key.is_empty() || unset(key) || !graphic(key) {
        return Err(wrong("oauth1.consumerKey", "give the API Key from console.x.com, not the OAuth 2.0 client id"));
    }
    if secret.is_empty() || unset(secret) || !graphic(secret) {
        return Err(wrong("oauth1.consumerSecret", "give the API Key Secret from console.x.com, without a line break"));
    }
    let endpoint = endpoint("endpoints.oauth1", &options.endpoint, API)?;
    if endpoint.as_str().contains('?') {
        return Err(wrong("endpoints.oauth1", "it is the place that /oauth/request_token comes after; no query"));
    }
    Ok(Some(OAuth1 {
        key: key.into(),
        secret: options.consumer_secret.clone(),
        access: match options.access.as_str() {
            "" => None,
            "read" => Some(Access::Read),
            "write" => Some(Access::Write),
            _ => return Err(wrong("oauth1.access", "it is read or write, or left out for the app's own level")),
        },
        email: options.email,
        always_ask: options.always_ask,
        endpoint,
    }))
}

/// The origin as browsers write it in `Origin` (RFC 6454 §6.2): lower case, no default port, no path.
fn origin(text: &str) -> Result<HttpUrl, ConfigError> {
    let url = address("origin", text)?;
    let written_otherwise = url.origin() != text
        || text.bytes().any(|b| b.is_ascii_uppercase())
        || text.ends_with(if url.is_secure() { ":443" } else { ":80" });
    if written_otherwise {
        return Err(wrong("origin", "write it as browsers do: https://app.example, no path, no default port"));
    }
    Ok(url)
}

fn base_path(text: &str) -> Result<String, ConfigError> {
    if text.is_empty() {
        return Ok(DEFAULT_BASE_PATH.into());
    }
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'.' | b'_' | b'~');
    if !text.starts_with('/') || text.ends_with('/') || text.contains("//") || !text.bytes().all(plain) {
        return Err(wrong("basePath", "it starts with / and does not end with one, such as /auth/x"));
    }
    Ok(text.into())
}

fn authorize(text: &str) -> Result<HttpUrl, ConfigError> {
    let url = endpoint("endpoints.authorize", text, AUTHORIZE)?;
    // A query could speak for the protocol (A16).
    if url.as_str().contains('?') {
        return Err(wrong("endpoints.authorize", "it must not have a query"));
    }
    Ok(url)
}

fn endpoint(option: &'static str, text: &str, default: &str) -> Result<HttpUrl, ConfigError> {
    address(option, if text.is_empty() { default } else { text })
}

fn address(option: &'static str, text: &str) -> Result<HttpUrl, ConfigError> {
    HttpUrl::parse(text).map_err(|problem| {
        wrong(
            option,
            match problem {
                UrlProblem::NotAbsolute => "it must be an absolute address that starts with https://",
                UrlProblem::NotSecure => "plain http is for this machine only (127.0.0.1, localhost); use https",
                UrlProblem::Fragment => "it must not have a fragment (#…)",
                UrlProblem::Characters => "it holds a character that has no place in an address",
            },
        )
    })
}

const fn wrong(option: &'static str, hint: &'static str) -> ConfigError {
    ConfigError { option, hint }
}
