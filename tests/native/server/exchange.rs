//! The page's request to the token request, and X's answer to tokens.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use serde_json::{Value, json};
use sign_in_with_x::protocol::form::Form;
use sign_in_with_x::protocol::secret::Secret;
use sign_in_with_x::protocol::token::Tokens;
use sign_in_with_x::server::{
    Answer, Failure, FailureCode, HttpRequest, HttpResponse, ServerConfig, exchange, refresh, revoke, user,
};

use super::{CALLBACK, NOW, VERIFIER, answered, body_with, config, granted, header, with_secret};

fn fields(request: &HttpRequest) -> Vec<(String, String)> {
    Form::parse(request.body.as_ref().unwrap().expose()).unwrap().pairs().to_vec()
}

#[test]
fn g6_a_public_client_names_itself_in_the_body() {
    let request = exchange::request(&config(), &body_with(|_| {})).unwrap();
    assert_eq!(request.header("authorization"), None);
    assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
    let expected = [
        ("grant_type", "authorization_code"),
        ("code", "canary-code"),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
        ("client_id", "client"),
    ];
    assert_eq!(fields(&request), expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[test]
fn g6_a_confidential_client_authenticates_with_basic_only() {
    for (id, secret, pair) in [
        ("client", "secret", "client:secret"),
        ("a:b", "c%d+e", "a%3Ab:c%25d%2Be"),
        ("web:client+%", "s3cret: +%/é", "web%3Aclient%2B%25:s3cret%3A%20%2B%25%2F%C3%A9"),
    ] {
        let request = exchange::request(&with_secret(id, secret), &body_with(|body| body["clientId"] = json!(id)));
        let request = request.unwrap();
        assert_eq!(request.header("authorization"), Some(["Basic ", &STANDARD.encode(pair)].concat().as_str()));
        let names: Vec<String> = fields(&request).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["grant_type", "code", "redirect_uri", "code_verifier"]);
    }
}

#[test]
fn g13_bodies_that_no_page_of_ours_sends() {
    let config = config();
    let refused = |body: &str| {
        let failure = exchange::request(&config, body).map(|_| ()).unwrap_err();
        assert_eq!(failure.code, FailureCode::InvalidRequest, "{body}");
        assert!(!failure.to_string().contains("canary"), "{failure}");
        failure.status
    };
    for body in ["", "null", "[]", "{}", "canary", "{\"code\":", "\"canary\"", "\u{fffd}", &"[".repeat(16_000)] {
        assert_eq!(refused(body), 400);
    }
    assert_eq!(refused(&" ".repeat(16_385)), 413);
    for name in ["code", "codeVerifier", "redirectUri", "clientId"] {
        for value in [json!(null), json!(1), json!(["canary"]), json!({}), json!("")] {
            refused(&body_with(|body| body[name] = value.clone()));
        }
        refused(&body_with(|body| drop(body.as_object_mut().unwrap().remove(name))));
    }
    for code in ["canary code", "canary\r\n", "é", &"c".repeat(4097)] {
        refused(&body_with(|body| body["code"] = json!(code)));
    }
    for verifier in [&"v".repeat(42), &"v".repeat(129), &"v+".repeat(25), &"é".repeat(50)] {
        refused(&body_with(|body| body["codeVerifier"] = json!(verifier)));
    }
    for uri in [
        "https://app.example/auth/x/callback/",
        "https://app.example/auth/x/Callback",
        "https://app.example/auth/x/callback?a=1",
        "https://app.example/auth/x/%63allback",
        "https://evil.example/auth/x/callback",
    ] {
        refused(&body_with(|body| body["redirectUri"] = json!(uri)));
    }
    refused(&body_with(|body| body["clientId"] = json!("another")));
    // Two readers must not be able to disagree about which of two codes counts.
    refused(&format!(
        "{{\"code\":\"a\",\"code\":\"b\",\"codeVerifier\":\"{VERIFIER}\",\"redirectUri\":\"{CALLBACK}\",\"clientId\":\"client\"}}"
    ));
}

#[test]
fn a17_answers_that_are_no_token_response() {
    let token = r#"{"token_type":"bearer","access_token":"canary","expires_in":7200"#;
    for (status, content_type, body) in [
        (200, "application/json", token),
        (200, "application/json", ""),
        (200, "application/json", "null"),
        (200, "application/json", r#"{"token_type":"bearer"}"#),
        (200, "application/json", r#"{"access_token":"canary"}"#),
        (200, "application/json", r#"{"token_type":"mac","access_token":"canary"}"#),
        (200, "application/json", r#"{"token_type":"bearer","access_token":{"canary":1}}"#),
        (200, "application/json", r#"{"token_type":"bearer","access_token":"canary","expires_in":"soon"}"#),
        (200, "text/html", "<html>canary</html>"),
        (200, "text/html", &[token, "}"].concat()),
        (200, "application/json", &[token, &" ".repeat(70_000), "}"].concat()),
        (201, "application/json", &[token, "}"].concat()),
        (302, "application/json", &[token, "}"].concat()),
        (0, "", ""),
        (400, "text/html", "<html>canary</html>"),
        (500, "application/json", &[token, "}"].concat()),
        (503, "text/html", "<html>canary</html>"),
    ] {
        let response =
            HttpResponse { status, content_type: content_type.into(), body: body.into(), ..Default::default() };
        let failure = exchange::tokens(&config(), &response, NOW).map(|_| ()).unwrap_err();
        assert_eq!((failure.code, failure.status), (FailureCode::ProviderError, 502), "{status} {content_type}");
        assert!(!format!("{failure:?}").contains("canary"), "{failure:?}");
    }
    assert!(exchange::tokens(&config(), &answered(200, &[token, "}"].concat()), NOW).is_ok());
}

#[test]
fn h2_refusals_of_the_token_endpoint_by_their_cause() {
    use FailureCode::{InvalidClient, InvalidGrant, ProviderError};
    for (status, error, sentence, code, answer_status) in [
        (400, "invalid_request", "Value passed for the authorization code was invalid.", InvalidGrant, 400),
        (400, "invalid_grant", "", InvalidGrant, 400),
        (
            400,
            "invalid_request",
            "Value passed for the code verifier did not match the code challenge.",
            InvalidGrant,
            400,
        ),
        (
            400,
            "invalid_request",
            "Value passed for the redirect uri did not match the uri of the authorization code.",
            InvalidGrant,
            400,
        ),
        (401, "unauthorized_client", "Missing valid authorization header", InvalidClient, 502),
        (401, "invalid_client", "", InvalidClient, 502),
        (400, "invalid_request", "Missing required parameter [code_verifier].", ProviderError, 502),
        (403, "access_denied", "", ProviderError, 502),
    ] {
        let body = json!({ "error": error, "error_description": sentence, "errors": [{ "message": "x" }] }).to_string();
        let failure = exchange::tokens(&config(), &answered(status, &body), NOW).map(|_| ()).unwrap_err();
        assert_eq!((failure.code, failure.status, failure.reason.as_str()), (code, answer_status, error), "{sentence}");
    }
}

#[test]
fn h2_a_refused_client_is_told_which_app_type_to_look_at() {
    let body = json!({ "error": "unauthorized_client", "error_description": "Missing valid authorization header" });
    let response = answered(401, &body.to_string());
    let hint = |config: &ServerConfig| exchange::tokens(config, &response, NOW).map(|_| ()).unwrap_err().hint;
    assert!(hint(&config()).contains("\"Web App\"") && hint(&config()).contains("clientSecret"));
    assert!(hint(&with_secret("client", "canary")).contains("\"Single Page App\""));
}

#[test]
fn g12_x_cannot_make_us_repeat_a_secret() {
    let long = "canaryVGpkOEZGR3FQVGpkOEZGR3FQVGpkOEZGR3FQ";
    let body = json!({ "error": long, "error_description": format!("you sent {long}\u{7}") }).to_string();
    let failure = exchange::tokens(&config(), &answered(400, &body), NOW).map(|_| ()).unwrap_err();
    let answer = Answer::from(&failure);
    assert!(!answer.body.unwrap().contains("canary"));
    assert!(failure.hint.contains("you sent …"), "{}", failure.hint);
}

#[test]
fn g14_a_rate_limit_says_until_when() {
    let limited = |reset: &str| HttpResponse { status: 429, rate_limit_reset: reset.into(), ..Default::default() };
    let check = |failure: Failure| {
        assert_eq!((failure.code, failure.retry_after), (FailureCode::RateLimited, Some(90)));
        let answer = Answer::from(&failure);
        assert_eq!((answer.status, header(&answer, "retry-after")), (429, vec!["90"]));
        assert_eq!(serde_json::from_str::<Value>(&answer.body.unwrap()).unwrap()["retryAfter"], 90);
    };
    let reset = (NOW + 90).to_string();
    check(exchange::tokens(&config(), &limited(&reset), NOW).map(|_| ()).unwrap_err());
    check(user::read(&granted(""), &limited(&reset), NOW).unwrap_err());
    let answer = Answer::from(&user::read(&granted(""), &limited("x"), NOW).unwrap_err());
    assert_eq!(header(&answer, "retry-after"), Vec::<&str>::new());
}

/// A member of X's answers: mostly right, or a text, or of another type.
fn member(right: Value) -> impl Strategy<Value = Value> {
    prop_oneof![
        8 => Just(right),
        1 => Just(Value::Null),
        1 => any::<f64>().prop_map(Value::from),
        3 => ".{0,20}".prop_map(Value::from),
        1 => prop::sample::select(vec![json!(true), json!(-1), json!(["a", {}]), json!({})]),
    ]
}

/// All members that some answer has.
fn members() -> impl Strategy<Value = Vec<(&'static str, Value)>> {
    let right = [
        ("token_type", json!("bearer")),
        ("access_token", json!("token")),
        ("expires_in", json!(7200)),
        ("refresh_token", json!("token")),
        ("scope", json!("users.read tweet.read")),
        ("error", json!("invalid_request")),
        ("error_description", json!("Value passed for the token was invalid.")),
        ("data", json!({ "id": "1", "name": "Ada", "username": "ada" })),
    ];
    right.map(|(name, value)| member(value).prop_map(move |value| (name, value))).into_iter().collect::<Vec<_>>()
}

proptest! {
    /// Whatever X says, it is tokens that can be sent in a header, or a failure that X is to blame for.
    #[test]
    fn a17_g13_no_answer_of_x_panics(
        status in prop::sample::select(vec![200, 200, 200, 200, 200, 200, 0_u16, 199, 201, 204, 302, 400, 401, 403, 404, 408, 429, 500, 503, 999]),
        content_type in prop::sample::select(vec!["application/json", "APPLICATION/JSON;charset=utf-8", "text/html", "é"]),
        members in members(),
        cut in prop::option::weighted(0.2, 0_usize..200),
        wait in ".{0,20}",
    ) {
        let whole = Value::from_iter(members.into_iter().filter(|(_, value)| !value.is_null())).to_string();
        let body: String = whole.chars().take(cut.unwrap_or(usize::MAX)).collect();
        let response = HttpResponse {
            status, content_type: content_type.into(), body, rate_limit_reset: wait.clone(), retry_after: wait, ..Default::default()
        };
        match exchange::tokens(&config(), &response, NOW) {
            Ok(tokens) => {
                prop_assert_eq!(status, 200);
                let text = tokens.access_token.expose();
                prop_assert!(!text.is_empty() && text.bytes().all(|b| b.is_ascii_graphic()), "{}", text);
                prop_assert!(tokens.expires_in.is_none_or(|seconds| (1..=86_400).contains(&seconds)));
            }
            Err(failure) => prop_assert!(failure.status >= 400),
        }
        let before = Tokens {
            access_token: Secret::new("a".into()), refresh_token: Some(Secret::new("r".into())), expires_in: None, scopes: vec![]
        };
        let _ = refresh::read(&config(), &before, &response, NOW);
        let _ = user::read(&before, &response, NOW);
        let _ = revoke::read(&response);
    }
}
