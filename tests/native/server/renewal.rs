//! Tokens that are renewed and taken back.

use serde_json::json;
use sign_in_with_x::protocol::form::Form;
use sign_in_with_x::protocol::secret::Secret;
use sign_in_with_x::protocol::token::Tokens;
use sign_in_with_x::server::revoke::Revoked;
use sign_in_with_x::server::{
    ConfigError, FailureCode, HttpRequest, HttpResponse, ServerConfig, ServerOptions, refresh, revoke,
};

use super::{NOW, answered, config, options, with_secret};

fn secret(text: &str) -> Secret {
    Secret::new(text.into())
}

fn before() -> Tokens {
    Tokens {
        access_token: secret("canary-old-access"),
        refresh_token: Some(secret("canary-old-refresh")),
        expires_in: Some(7200),
        scopes: vec!["users.read".into(), "offline.access".into()],
    }
}

fn fields(request: &HttpRequest) -> Vec<(String, String)> {
    Form::parse(request.body.as_ref().unwrap().expose()).unwrap().pairs().to_vec()
}

fn named(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn g6_a_refresh_names_the_app_as_the_exchange_does() {
    let token = secret("canary-old-refresh");
    let public = refresh::request(&config(), &token);
    assert_eq!(public.url, "https://api.x.com/2/oauth2/token");
    assert_eq!(public.header("authorization"), None);
    let common = [("grant_type", "refresh_token"), ("refresh_token", "canary-old-refresh")];
    assert_eq!(fields(&public), named(&[common[0], common[1], ("client_id", "client")]));

    let confidential = refresh::request(&with_secret("client", "secret"), &token);
    assert_eq!(confidential.header("authorization"), Some("Basic Y2xpZW50OnNlY3JldA=="));
    assert_eq!(fields(&confidential), named(&common));
    assert!(!format!("{public:?} {confidential:?}").contains("canary"));
}

#[test]
fn g11_what_an_answer_leaves_out_stays() {
    let refreshed =
        |body: serde_json::Value| refresh::read(&config(), &before(), &answered(200, &body.to_string()), NOW).unwrap();
    let bare = refreshed(json!({ "token_type": "bearer", "access_token": "canary-new" }));
    assert_eq!(bare.access_token.expose(), "canary-new");
    assert_eq!(bare.refresh_token.unwrap().expose(), "canary-old-refresh");
    assert_eq!((bare.expires_in, bare.scopes), (None, before().scopes));
    let full = refreshed(json!({
        "token_type": "bearer", "access_token": "canary-new", "refresh_token": "canary-next", "expires_in": 60, "scope": "users.read"
    }));
    assert_eq!(full.refresh_token.unwrap().expose(), "canary-next");
    assert_eq!((full.expires_in, full.scopes.join(" ").as_str()), (Some(60), "users.read"));
}

#[test]
fn g11_only_x_s_word_about_the_token_ends_it() {
    let refused = |error: &str, sentence: &str| json!({ "error": error, "error_description": sentence }).to_string();
    for (status, body, gone, code) in [
        (400, refused("invalid_grant", ""), true, FailureCode::InvalidGrant),
        (400, refused("invalid_request", "Value passed for the token was invalid."), true, FailureCode::InvalidGrant),
        (
            400,
            refused("invalid_request", "Missing required parameter [refresh_token]."),
            false,
            FailureCode::ProviderError,
        ),
        (401, refused("unauthorized_client", "Missing valid authorization header"), false, FailureCode::InvalidClient),
        (429, refused("invalid_grant", ""), false, FailureCode::RateLimited),
        (500, refused("invalid_grant", ""), false, FailureCode::ProviderError),
        (503, "<html>canary</html>".into(), false, FailureCode::ProviderError),
        (400, "<html>canary</html>".into(), false, FailureCode::ProviderError),
        (200, "{".into(), false, FailureCode::ProviderError),
        (302, String::new(), false, FailureCode::ProviderError),
        (0, String::new(), false, FailureCode::ProviderError),
    ] {
        let refusal = refresh::read(&config(), &before(), &answered(status, &body), NOW).unwrap_err();
        assert_eq!((refusal.gone, refusal.failure.code), (gone, code), "{status} {body}");
        assert!(!format!("{refusal:?}").contains("canary"));
    }
}

#[test]
fn a21_every_token_is_taken_back_the_one_that_makes_others_first() {
    let requests = revoke::requests(&config(), &before());
    let sent: Vec<_> = requests.iter().map(fields).collect();
    let expected = [("canary-old-refresh", "refresh_token"), ("canary-old-access", "access_token")];
    assert_eq!(
        sent,
        expected.map(|(token, hint)| named(&[("token", token), ("token_type_hint", hint), ("client_id", "client")]))
    );
    assert!(requests.iter().all(|request| request.url == "https://api.x.com/2/oauth2/revoke"));
    assert!(!format!("{requests:?}").contains("canary"));

    let one = revoke::requests(&with_secret("client", "secret"), &Tokens { refresh_token: None, ..before() });
    assert_eq!(one.len(), 1);
    assert!(one[0].header("authorization").is_some());
    assert!(!one[0].body.as_ref().unwrap().expose().contains("client_id"));
}

#[test]
fn a21_what_became_of_it() {
    for (status, revoked) in [
        (200, Revoked::Done),
        (400, Revoked::Refused),
        (401, Revoked::Refused),
        (302, Revoked::Refused),
        (0, Revoked::Refused),
        (429, Revoked::Later),
        (500, Revoked::Later),
        (503, Revoked::Later),
    ] {
        assert_eq!(revoke::read(&HttpResponse { status, ..Default::default() }), revoked, "{status}");
    }
    let wrong = ServerOptions { revoke_endpoint: "http://api.x.com/2/oauth2/revoke".into(), ..options() };
    let ConfigError { option, .. } = ServerConfig::new(&wrong).unwrap_err();
    assert_eq!(option, "endpoints.revoke");
}
