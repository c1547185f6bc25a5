//! A sign-in begins: `GET start` and `GET oauth1/start`, by a plain link or in a popup.

use super::jar::{Kind, Record, put};
use super::landing::failed_at;
use crate::protocol::authorization_request::authorization_url;
use crate::protocol::config::{Config, Options};
use crate::protocol::form::Form;
use crate::protocol::pkce::CodeVerifier;
use crate::protocol::ports::Entropy;
use crate::protocol::return_to::{DEFAULT_RETURN_TO, return_to};
use crate::protocol::state::State;
use crate::server::answer::Answer;
use crate::server::config::ServerConfig;
use crate::server::failure::{Failure, FailureCode};
use crate::server::http::{HttpRequest, HttpResponse};
use crate::server::oauth1::address::{Approval, approval};
use crate::server::oauth1::{Clock, Stamp, request_token};
use crate::server::session::Former;

/// A click on a link that begins a sign-in.
#[derive(Clone, Debug, Default)]
pub struct Click<'a> {
    /// The link's query.
    pub query: &'a str,
    /// Whether the host's own page, or the person, says where they land ([`guard::check_start`]).
    ///
    /// [`guard::check_start`]: crate::server::guard::check_start
    pub own_page: bool,
    /// The session that the browser has; it ends when this sign-in succeeds.
    pub before: Option<Former>,
}

/// What a link asked for, checked. It chooses among what the configuration allows and adds nothing to it.
#[derive(Clone, Debug)]
pub struct Asked {
    redirect_uri: String,
    return_to: String,
    force_login: bool,
    screen_name: String,
    before: Option<Former>,
}

impl Asked {
    /// Reads a link's query: `return_to`, which counts on a page of the host's only; `redirect_uri`, byte for byte one of the configured ones (the first of them when
    /// it is missing); and for OAuth 1.0a `force_login=true` and `screen_name`. Others are not looked at.
    ///
    /// # Errors
    /// `invalid_request` for a query that cannot be read, a parameter that is there twice, and a foreign redirect URI.
    pub fn read(config: &ServerConfig, click: &Click<'_>) -> Result<Self, Failure> {
        let query = click.query;
        let wrong = |hint| Failure::new(FailureCode::InvalidRequest, hint);
        let form = Form::parse(query.strip_prefix('?').unwrap_or(query));
        let form = form.ok_or_else(|| wrong("The link's query cannot be read."))?;
        let only = |name| match form.only(name) {
            Ok(value) => Ok(value.unwrap_or_default()),
            Err(_) => Err(wrong("The link's query names a parameter twice.")),
        };
        let asked = only("redirect_uri")?;
        let known = config.redirect_uris.iter().find(|uri| asked.is_empty() || uri.as_str() == asked);
        let redirect_uri = known.ok_or_else(|| {
            wrong("The link's redirect_uri is not, byte for byte, one of the backend's redirectUris.")
        })?;
        Ok(Self {
            redirect_uri: redirect_uri.as_str().into(),
            return_to: match only("return_to")? {
                asked if click.own_page => return_to(asked, config.origin.as_str()),
                _ => DEFAULT_RETURN_TO.into(),
            },
            force_login: only("force_login")? == "true",
            screen_name: only("screen_name")?.into(),
            before: click.before.clone(),
        })
    }
}

/// OAuth 2.0: keeps a state and a verifier, and sends the person to X.
pub fn oauth2(config: &ServerConfig, click: &Click<'_>, cookies: &str, now: u64, entropy: &mut impl Entropy) -> Answer {
    let asked = match Asked::read(config, click) {
        Ok(asked) => asked,
        Err(failure) => return failed_at(&failure, "/"),
    };
    let return_to = asked.return_to.clone();
    begin(config, asked, cookies, now, entropy).unwrap_or_else(|failure| failed_at(&failure, &return_to))
}

fn begin(
    config: &ServerConfig,
    asked: Asked,
    cookies: &str,
    now: u64,
    entropy: &mut impl Entropy,
) -> Result<Answer, Failure> {
    let refused = |_| Failure::internal();
    let (state, verifier) =
        (State::generate(entropy).map_err(refused)?, CodeVerifier::generate(entropy).map_err(refused)?);
    // The page's own way of writing the address, so that both ask X the same.
    let url = Config::new(&Options {
        client_id: &config.client_id,
        redirect_uri: &asked.redirect_uri,
        scope: &config.scope,
        authorize: config.authorize.as_str(),
        ..Options::default()
    })
    .and_then(|page| authorization_url(&page, &state, &verifier.challenge(), &[]))
    .map_err(refused)?;
    let record = Record {
        kind: Kind::OAuth2,
        state: state.as_str().into(),
        secret: verifier.expose().into(),
        redirect_uri: asked.redirect_uri,
        return_to: asked.return_to,
        created_at: now,
        before: None,
    }
    .ending(asked.before.as_ref());
    Ok(Answer::redirect(url).with("set-cookie", put(config, cookies, record, now, entropy)?))
}

/// The answer when X could not be asked for a request token.
pub fn failed(failure: &Failure, asked: &Asked) -> Answer {
    failed_at(failure, &asked.return_to)
}

/// OAuth 1.0a: what to ask X first. With another clock, once more after a refusal for the time
/// ([`Clock::corrected_by`]).
///
/// # Errors
/// `invalid_request` for a backend that was not given `oauth1`.
pub fn oauth1_request(
    config: &ServerConfig,
    asked: &Asked,
    clock: Clock,
    entropy: &mut impl Entropy,
) -> Result<HttpRequest, Failure> {
    let stamp = Stamp::new(clock, entropy).map_err(|_| Failure::internal())?;
    request_token::request(config, &asked.redirect_uri, stamp)
}

/// OAuth 1.0a: keeps X's request token, and sends the person to approve it.
pub fn oauth1(
    config: &ServerConfig,
    asked: &Asked,
    response: &HttpResponse,
    cookies: &str,
    now: u64,
    entropy: &mut impl Entropy,
) -> Answer {
    approve(config, asked, response, cookies, now, entropy)
        .unwrap_or_else(|failure| failed_at(&failure, &asked.return_to))
}

fn approve(
    config: &ServerConfig,
    asked: &Asked,
    response: &HttpResponse,
    cookies: &str,
    now: u64,
    entropy: &mut impl Entropy,
) -> Result<Answer, Failure> {
    let pair = request_token::read(response, now)?;
    let url = approval(config, &pair, &Approval { force_login: asked.force_login, screen_name: &asked.screen_name })?;
    let record = Record {
        kind: Kind::OAuth1,
        state: pair.token.expose().into(),
        secret: pair.secret.expose().into(),
        redirect_uri: asked.redirect_uri.clone(),
        return_to: asked.return_to.clone(),
        created_at: now,
        before: None,
    }
    .ending(asked.before.as_ref());
    Ok(Answer::redirect(url).with("set-cookie", put(config, cookies, record, now, entropy)?))
}
