//! Sign-ins that the backend starts: from a plain link to a session, in either protocol.

mod finishing;
mod jar;
mod starting;

use sign_in_with_x::protocol::form::Form;
use sign_in_with_x::protocol::secret::Secret;
use sign_in_with_x::server::held::start::{self, Click};
use sign_in_with_x::server::{Answer, HttpResponse, OAuth1Options, ServerConfig, ServerOptions};

use super::sealed::FIRST;
use super::{CALLBACK, NOW, header, options};
use crate::kit::Os;

pub(super) fn held_with(change: impl Fn(&mut ServerOptions)) -> ServerConfig {
    let mut options = ServerOptions {
        secrets: vec![Secret::new(FIRST.into())],
        oauth1: OAuth1Options {
            consumer_key: "key".into(),
            consumer_secret: Secret::new("canary-consumer".into()),
            ..OAuth1Options::default()
        },
        ..options()
    };
    change(&mut options);
    ServerConfig::new(&options).unwrap()
}

pub(super) fn held() -> ServerConfig {
    held_with(|_| {})
}

/// A browser with one jar of cookies: what an answer sets, the next request brings.
#[derive(Clone, Default)]
pub(super) struct Browser(pub(super) Vec<(String, String)>);

impl Browser {
    pub(super) fn cookies(&self) -> String {
        self.0.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    pub(super) fn keep(&mut self, answer: &Answer) {
        for set in header(answer, "set-cookie") {
            let (name, rest) = set.split_once('=').unwrap();
            let (value, attributes) = rest.split_once(';').unwrap();
            self.0.retain(|(known, _)| known != name);
            if !attributes.contains("Max-Age=0") {
                self.0.push((name.into(), value.into()));
            }
        }
    }

    /// Follows a link, and gives the query of the address at X.
    pub(super) fn start(&mut self, config: &ServerConfig, query: &str, now: u64) -> Form {
        let answer = start::oauth2(config, &click(query), &self.cookies(), now, &mut Os::new());
        assert_eq!(answer.status, 303, "{:?}", answer.body);
        self.keep(&answer);
        query_of(header(&answer, "location")[0])
    }

    /// The same by OAuth 1.0a, with X's request token.
    pub(super) fn start_oauth1(&mut self, config: &ServerConfig, query: &str, token: &str) -> String {
        let asked = start::Asked::read(config, &click(query)).unwrap();
        let answer = start::oauth1(config, &asked, &confirmed(token), &self.cookies(), NOW, &mut Os::new());
        assert_eq!(answer.status, 303, "{answer:?}");
        self.keep(&answer);
        header(&answer, "location")[0].into()
    }
}

/// On a page of the host's, by somebody who is not signed in.
fn click(query: &str) -> Click<'_> {
    Click { query, own_page: true, before: None }
}

pub(super) fn query_of(url: &str) -> Form {
    Form::parse(url.split_once('?').unwrap().1).unwrap()
}

pub(super) fn confirmed(token: &str) -> HttpResponse {
    let body = format!("oauth_token={token}&oauth_token_secret=canary-secret&oauth_callback_confirmed=true");
    HttpResponse { status: 200, content_type: "text/html".into(), body, ..Default::default() }
}
