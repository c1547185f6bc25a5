//! The access token for the page: only where the host asks for it, and nothing else of a session.

use serde_json::{Value, json};
use sign_in_with_x::protocol::secret::Secret;
use sign_in_with_x::protocol::token::Tokens;
use sign_in_with_x::server::guard::{Navigation, Sender};
use sign_in_with_x::server::oauth1::{AccessToken, TokenPair};
use sign_in_with_x::server::{
    Answer, Credentials, Incoming, ServerConfig, ServerOptions, SessionId, Step, receive, token_answer,
};

use super::{config, header, options};

const OURS: Sender<'static> = Sender {
    content_type: "application/json",
    requested_with: "sign-in-with-x",
    origin: "https://app.example",
    sec_fetch_site: "same-origin",
    referer: "",
};

fn mediating() -> ServerConfig {
    ServerConfig::new(&ServerOptions { token_mediating: true, ..options() }).unwrap()
}

fn secret(text: &str) -> Secret {
    Secret::new(text.into())
}

fn oauth2() -> Credentials {
    Credentials::OAuth2(Tokens {
        access_token: secret("canary-access"),
        refresh_token: Some(secret("canary-refresh")),
        expires_in: Some(7200),
        scopes: vec!["users.read".into(), "offline.access".into()],
    })
}

fn oauth1() -> Credentials {
    let pair = TokenPair { token: secret("canary-token"), secret: secret("canary-token-secret") };
    Credentials::OAuth1(AccessToken { pair, user_id: None, screen_name: None })
}

fn body(answer: &Answer) -> Value {
    serde_json::from_str(answer.body.as_ref().unwrap()).unwrap()
}

/// What `receive` makes of a request with a session's cookie: the session's name, or a status.
fn asked(config: &ServerConfig, method: &str, sender: Sender<'_>, cookie: &str) -> Result<SessionId, u16> {
    let navigation = Navigation::default();
    let incoming = Incoming { method, path: "/auth/x/token", query: false, sender, cookie, navigation };
    match receive(config, &incoming) {
        Step::Token { id } => Ok(id),
        Step::Answer(answer) => Err(answer.status),
        step => panic!("{step:?}"),
    }
}

#[test]
fn g1_the_answer_has_the_access_token_and_nothing_else_of_the_session() {
    let answer = token_answer(&mediating(), Some(&oauth2()), 60);
    let expected =
        json!({ "accessToken": "canary-access", "expiresIn": 60, "scopes": ["users.read", "offline.access"] });
    assert_eq!((answer.status, body(&answer)), (200, expected));
    assert!(!answer.body.as_ref().unwrap().contains("canary-refresh"));
    assert_eq!(header(&answer, "cache-control"), ["no-store"]);
    assert_eq!(header(&answer, "cross-origin-resource-policy"), ["same-origin"]);
    assert!(!answer.headers.iter().any(|(name, _)| *name == "set-cookie" || name.starts_with("access-control")));
    assert!(!format!("{answer:?}").contains("canary"));
}

#[test]
fn g1_no_token_without_the_option_whatever_the_host_hands_over() {
    for credentials in [None, Some(&oauth2()), Some(&oauth1())] {
        let answer = token_answer(&config(), credentials, 60);
        assert_eq!((answer.status, body(&answer)["error"].as_str()), (404, Some("invalid_request")));
        assert!(!answer.body.unwrap().contains("canary"));
    }
}

#[test]
fn g1_g9_no_token_where_there_is_none_for_a_page() {
    for (credentials, expires_in, status, error) in [
        (None, 0, 401, "login_required"),
        (None, 60, 401, "login_required"),
        (Some(&oauth2()), 0, 401, "login_required"),
        (Some(&oauth1()), 60, 409, "unsupported_token_type"),
        (Some(&oauth1()), 0, 409, "unsupported_token_type"),
    ] {
        let answer = token_answer(&mediating(), credentials, expires_in);
        assert_eq!((answer.status, body(&answer)["error"].as_str()), (status, Some(error)));
        assert!(!answer.body.unwrap().contains("canary"));
    }
}

#[test]
fn g1_g3_who_may_ask_for_the_token() {
    let id = "A".repeat(43);
    let cookie = format!("__Host-Http-sign-in-with-x={id}");
    let named = |method, sender| asked(&mediating(), method, sender, &cookie).map(|id| id.expose().to_owned());
    assert_eq!(named("POST", OURS), Ok(id));
    for method in ["GET", "HEAD", "PUT", "OPTIONS"] {
        assert_eq!(named(method, OURS), Err(405), "{method}");
        assert_eq!(asked(&config(), method, OURS, &cookie).map(|_| ()), Err(404), "{method}");
    }
    assert_eq!(asked(&config(), "POST", OURS, &cookie).map(|_| ()), Err(404));
    for sender in [
        Sender { requested_with: "", ..OURS },
        Sender { content_type: "", ..OURS },
        Sender { content_type: "text/plain", ..OURS },
        Sender { content_type: "application/x-www-form-urlencoded", ..OURS },
        Sender { sec_fetch_site: "cross-site", ..OURS },
        Sender { sec_fetch_site: "same-site", ..OURS },
        Sender { sec_fetch_site: "none", ..OURS },
        Sender { origin: "https://evil.example", ..OURS },
    ] {
        assert_eq!(named("POST", sender), Err(403), "{sender:?}");
    }
    for nobody in ["", "__Host-Http-sign-in-with-x=short"] {
        assert_eq!(asked(&mediating(), "POST", OURS, nobody).map(|_| ()), Err(401), "{nobody}");
    }
}
