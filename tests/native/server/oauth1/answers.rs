//! X's answers to signed requests.

use proptest::prelude::*;
use serde_json::json;
use sign_in_with_x::server::oauth1::{access_token, identity, invalidate, request_token};
use sign_in_with_x::server::{FailureCode, HttpResponse};

use super::super::{NOW, answered};
use super::{access, with_oauth1};

/// Forms come as `text/html`.
fn form(status: u16, body: &str) -> HttpResponse {
    HttpResponse { status, content_type: "text/html;charset=utf-8".into(), body: body.into(), ..Default::default() }
}

#[test]
fn g9_a_request_token_must_be_confirmed() {
    let right = "oauth_token=canary-t&oauth_token_secret=canary-s&oauth_callback_confirmed=true";
    let pair = request_token::read(&form(200, right), NOW).unwrap();
    assert_eq!((pair.token.expose(), pair.secret.expose()), ("canary-t", "canary-s"));
    assert!(!format!("{pair:?}").contains("canary"));
    for (status, body) in [
        (200, "oauth_token=canary-t&oauth_token_secret=canary-s"),
        (200, "oauth_token=canary-t&oauth_token_secret=canary-s&oauth_callback_confirmed=false"),
        (
            200,
            "oauth_token=canary-t&oauth_token_secret=canary-s&oauth_callback_confirmed=true&oauth_callback_confirmed=true",
        ),
        (200, "oauth_token=canary-t&oauth_token=canary-u&oauth_token_secret=canary-s&oauth_callback_confirmed=true"),
        (200, "oauth_token=canary-t&oauth_callback_confirmed=true"),
        (200, "oauth_token=&oauth_token_secret=canary-s&oauth_callback_confirmed=true"),
        (200, "<html>canary</html>"),
        (200, ""),
        (200, &["oauth_callback_confirmed=true&a=", &"canary".repeat(12_000)].concat()),
        (201, right),
        (302, right),
        (0, ""),
        (500, right),
    ] {
        let failure = request_token::read(&form(status, body), NOW).unwrap_err();
        assert_eq!((failure.code, failure.status), (FailureCode::ProviderError, 502), "{status} {body:.80}");
        assert!(!format!("{failure:?}").contains("canary"), "{failure:?}");
    }
}

#[test]
fn g9_an_access_token_may_come_without_a_name() {
    let bare = access_token::read(&form(200, "oauth_token=canary-t&oauth_token_secret=canary-s"), NOW).unwrap();
    assert_eq!((bare.user_id, bare.screen_name), (None, None));
    let named = "oauth_token=canary-t&oauth_token_secret=canary-s&user_id=6253282&screen_name=xapi";
    let named = access_token::read(&form(200, named), NOW).unwrap();
    assert_eq!((named.user_id.as_deref(), named.screen_name.as_deref()), (Some("6253282"), Some("xapi")));
    assert!(!format!("{named:?}").contains("canary"));
    let strange = "oauth_token=t&oauth_token_secret=s&user_id=1a&screen_name=<b>";
    let strange = access_token::read(&form(200, strange), NOW).unwrap();
    assert_eq!((strange.user_id, strange.screen_name), (None, None));
}

#[test]
fn g9_x_s_numbers_by_their_cause() {
    use FailureCode::{InvalidClient, InvalidGrant, ProviderError, RateLimited};
    for (status, number, code, word) in [
        (401, 32, InvalidClient, "consumerSecret"),
        (403, 64, ProviderError, "suspended this account"),
        (403, 88, RateLimited, "too many"),
        (401, 89, InvalidGrant, "Sign in again"),
        (403, 99, InvalidClient, "endpoints.oauth1"),
        (401, 135, ProviderError, "NTP"),
        (400, 215, InvalidClient, "Authorization header"),
        (403, 261, InvalidClient, "App permissions"),
        (403, 326, ProviderError, "unlock"),
        (403, 415, InvalidClient, "Callback URI"),
        (403, 416, InvalidClient, "suspended this app"),
        (403, 417, InvalidClient, "PIN"),
        (403, 999, ProviderError, "X says: Words of theirs"),
    ] {
        let body = json!({ "errors": [{ "code": number, "message": "Words of theirs" }] }).to_string();
        let failure = request_token::read(&answered(status, &body), NOW).unwrap_err();
        assert_eq!((failure.code, failure.reason.as_str()), (code, number.to_string().as_str()), "{number}");
        assert!(failure.hint.contains(word), "{}", failure.hint);
        assert_eq!(access_token::read(&answered(status, &body), NOW).unwrap_err(), failure);
        assert_eq!(
            identity::read(&with_oauth1(|_| {}), &access(None), &answered(status, &body), NOW).unwrap_err(),
            failure
        );
    }
    // A request token that has been used, in X's XML or in one sentence.
    let failure = access_token::read(&form(401, "Reverse auth credentials are invalid"), NOW).unwrap_err();
    assert_eq!(failure.code, InvalidClient);
    let wait = HttpResponse { status: 429, rate_limit_reset: (NOW + 90).to_string(), ..form(429, "") };
    assert_eq!(request_token::read(&wait, NOW).unwrap_err().retry_after, Some(90));
}

#[test]
fn g7_who_it_is() {
    let (plain, email) = (with_oauth1(|_| {}), with_oauth1(|o| o.email = true));
    let me = answered(200, r#"{"data":{"id":"1","name":"Ada","username":"ada","confirmed_email":"a@b.example"}}"#);
    let user = identity::read(&plain, &access(Some("1")), &me, NOW).unwrap();
    assert_eq!((user.id.as_str(), user.email), ("1", None));
    let other = identity::read(&plain, &access(Some("2")), &me, NOW).unwrap_err();
    assert_eq!(other.reason, "user_id");

    let credentials = |email: &str| {
        let body = json!({
            "id": 1, "id_str": "1", "screen_name": "ada", "name": "Ada", "email": serde_json::from_str::<serde_json::Value>(email).unwrap(),
            "profile_image_url_https": "https://pbs.twimg.com/a.jpg"
        });
        answered(200, &body.to_string())
    };
    let user = identity::read(&email, &access(Some("1")), &credentials("\"a@b.example\""), NOW).unwrap();
    assert_eq!((user.username.as_str(), user.email.as_deref()), ("ada", Some("a@b.example")));
    for none in ["null", "\"\"", "\"no address\""] {
        assert_eq!(identity::read(&email, &access(None), &credentials(none), NOW).unwrap().email, None);
    }
    for bad in ["{}", "<html>", r#"{"id_str":"x","screen_name":"ada","name":"Ada"}"#] {
        assert!(identity::read(&email, &access(None), &answered(200, bad), NOW).is_err(), "{bad}");
    }
}

#[test]
fn a21_a_token_that_x_does_not_know_any_more_is_gone() {
    let revoked = r#"{"errors":[{"code":89,"message":"Invalid or expired token."}]}"#;
    for (status, body, gone) in [
        (200, r#"{"access_token":"t"}"#, true),
        (401, revoked, true),
        (401, "", false),
        (503, "", false),
        (0, "", false),
    ] {
        assert_eq!(invalidate::is_gone(&answered(status, body)), gone, "{status} {body}");
    }
}

proptest! {
    #[test]
    fn g13_no_answer_panics(status in prop::sample::select(vec![0_u16, 200, 302, 400, 401, 403, 429, 500]), body in ".{0,80}", date in ".{0,30}") {
        let response = HttpResponse { status, body, date, ..Default::default() };
        let _ = request_token::read(&response, NOW);
        let _ = access_token::read(&response, NOW);
        let _ = identity::read(&with_oauth1(|o| o.email = true), &access(None), &response, NOW);
        let _ = sign_in_with_x::server::oauth1::Clock::new(NOW).corrected_by(&response);
    }
}
