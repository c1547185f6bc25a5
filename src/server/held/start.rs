//! A sign-in begins: `GET start` and `GET oauth1/start`, by a plain link or in a popup.

use super::jar::{Kind, Record, put};
use super::landing::failed_at;
use crate::protocol::authorization_request::authorization_url;
use crate::protocol::config::{Config, Options};
use crate::protocol::form::{self, Form};
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
    /// A page asks, and this is its name for the sign-in: 43 characters that nobody can guess.
    page: Option<State>,
    force_login: bool,
    screen_name: String,
    before: Option<Former>,
}

impl Asked {
    /// Reads a link's query: `return_to`, which counts on a page of the host's only; `redirect_uri`, byte for byte one of
    /// the configured ones (the first of them when it is missing); for OAuth 1.0a `force_login=true` and `screen_name`; and
    /// `state`, by which a page of ours, in a popup or by itself, says that it will finish what it begins. Others are not
    /// looked at.
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
        let page = match only("state")? {
            "" => None,
            state => Some(State::parse(state).ok_or_else(|| wrong("The link's state is none of our pages'."))?),
        };
        Ok(Self {
            redirect_uri: redirect_uri.as_str().into(),
            return_to: match only("return_to")? {
                asked if click.own_page => return_to(asked, config.origin.as_str()),
                _ => DEFAULT_RETURN_TO.into(),
            },
            page,
            force_login: only("force_login")? == "true",
            screen_name: only("screen_name")?.into(),
            before: click.before.clone(),
        })
    }

    /// What is kept of it, whichever protocol it goes by.
    fn record(&self, now: u64) -> Record {
        Record {
            kind: Kind::OAuth2,
            state: String::new(),
            secret: String::new(),
            redirect_uri: self.redirect_uri.clone(),
            return_to: self.return_to.clone(),
            created_at: now,
            page: self.page.as_ref().map(|state| state.as_str().into()),
            before: None,
        }
        .ending(self.before.as_ref())
    }
}

/// OAuth 2.0: keeps a state and a verifier, and sends the person to X.
pub fn oauth2(config: &ServerConfig, click: &Click<'_>, cookies: &str, now: u64, entropy: &mut impl Entropy) -> Answer {
    let asked = match Asked::read(config, click) {
        Ok(asked) => asked,
        Err(failure) => return failed_at(&failure, "/"),
    };
    begin(config, &asked, cookies, now, entropy).unwrap_or_else(|refused| failed(&refused, &asked))
}

fn begin(
    config: &ServerConfig,
    asked: &Asked,
    cookies: &str,
    now: u64,
    entropy: &mut impl Entropy,
) -> Result<Answer, Failure> {
    let refused = |_| Failure::internal();
    let state = asked.page.clone().map_or_else(|| State::generate(entropy), Ok).map_err(refused)?;
    let verifier = CodeVerifier::generate(entropy).map_err(refused)?;
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
        ..asked.record(now)
    };
    Ok(Answer::redirect(url).with("set-cookie", put(config, cookies, record, now, entropy)?))
}

/// The answer when there is nowhere to send the person. A page that waits is told by its callback page, as X itself tells
/// (RFC 6749 §4.1.2.1); otherwise the person is.
pub fn failed(failure: &Failure, asked: &Asked) -> Answer {
    let Some(state) = &asked.page else { return failed_at(failure, &asked.return_to) };
    let mut callback = asked.redirect_uri.clone();
    callback.push(if callback.contains('?') { '&' } else { '?' });
    let values = [failure.code.as_str(), &failure.hint, state.as_str()];
    form::append_all(&mut callback, "error error_description state", &values);
    Answer::redirect(callback)
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
    approve(config, asked, response, cookies, now, entropy).unwrap_or_else(|refused| failed(&refused, asked))
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
        ..asked.record(now)
    };
    Ok(Answer::redirect(url).with("set-cookie", put(config, cookies, record, now, entropy)?))
}
