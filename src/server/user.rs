//! Who signed in: X's `GET /2/users/me`, asked once per sign-in
//! (<https://docs.x.com/x-api/users/lookup/quickstart/authenticated-lookup>).

use serde::Deserialize;

use super::config::ServerConfig;
use super::failure::Failure;
use super::http::{HttpRequest, HttpResponse, Method};
use super::problem::{self, Problem};
use crate::protocol::form;
use crate::protocol::secret::Secret;
use crate::protocol::token::Tokens;
use crate::protocol::user::{User, UserBody};

/// The scope that lets an app ask for an e-mail address.
const EMAIL_SCOPE: &str = "users.email";

/// The envelope around every answer of X's API; a 200 can carry `errors` and no `data`.
#[derive(Deserialize)]
struct Envelope {
    data: Option<UserBody>,
    errors: Option<Vec<Problem>>,
}

/// The request, with the token in the header and nowhere else (RFC 6750 §2.1).
///
/// It asks for the stable fields only, and for the address only when the person granted that scope: X refuses the whole
/// request otherwise.
pub fn request(config: &ServerConfig, tokens: &Tokens) -> HttpRequest {
    HttpRequest {
        method: Method::Get,
        url: address(config, may_read_email(tokens)),
        headers: vec![
            ("authorization", Secret::new(["Bearer ", tokens.access_token.expose()].concat())),
            ("accept", Secret::new("application/json".into())),
        ],
        body: None,
    }
}

/// Its address, with the fields that are asked for.
pub(super) fn address(config: &ServerConfig, email: bool) -> String {
    let mut fields = String::from("id,name,username,profile_image_url");
    if email {
        fields.push_str(",confirmed_email");
    }
    let mut url = String::from(config.user.as_str());
    if !url.contains('?') {
        url.push('?');
    }
    form::append(&mut url, "user.fields", &fields);
    url
}

/// Reads X's answer.
///
/// # Errors
/// A [`Failure`] with X's reason: the code was accepted, so the hint says what else is wrong (an app in no package, a
/// missing scope, a rate limit).
pub fn read(tokens: &Tokens, response: &HttpResponse, now_seconds: u64) -> Result<User, Failure> {
    read_profile(response, now_seconds, may_read_email(tokens))
}

/// The same for a request that was authorised in whatever way.
pub(super) fn read_profile(response: &HttpResponse, now_seconds: u64, email: bool) -> Result<User, Failure> {
    if let Some(failure) = problem::rate_limit(response, now_seconds) {
        return Err(failure);
    }
    if let Some(problem) = response.refusal::<Problem>() {
        return Err(problem.profile_refused(response.status));
    }
    let envelope: Envelope = response.success().ok_or_else(|| problem::unreadable(response))?;
    let Some(body) = envelope.data else {
        let first = envelope.errors.and_then(|errors| errors.into_iter().next()).unwrap_or_default();
        return Err(first.profile_refused(response.status));
    };
    User::from_x(&body, email).ok_or_else(|| problem::unreadable(response).because("user"))
}

fn may_read_email(tokens: &Tokens) -> bool {
    tokens.scopes.iter().any(|scope| scope == EMAIL_SCOPE)
}
