//! The backend half as a Rust host uses it: requests in, answers out, no sockets.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sign_in_with_x::protocol::form;
use sign_in_with_x::protocol::ports::{Entropy, Refused};
use sign_in_with_x::protocol::secret::Secret;
use sign_in_with_x::protocol::token::Tokens;
use sign_in_with_x::server::guard::Sender;
use sign_in_with_x::server::{
    Answer, ConfigError, Failure, FailureCode, HttpRequest, HttpResponse, Incoming, ServerConfig, ServerOptions,
    Session, SessionId, Step, cookie, exchange, receive, session_answer, signed_in, signed_out, user,
};

const CALLBACK: &str = "https://app.example/auth/x/callback";
/// RFC 7636 Appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const NOW: u64 = 1_800_000_000;

fn options() -> ServerOptions {
    ServerOptions {
        client_id: "client".into(),
        client_secret: Secret::new(String::new()),
        redirect_uris: vec![CALLBACK.into(), "https://app.example/other".into()],
        origin: "https://app.example".into(),
        base_path: String::new(),
        token_endpoint: String::new(),
        user_endpoint: String::new(),
    }
}

fn config() -> ServerConfig {
    ServerConfig::new(&options()).unwrap()
}

fn with_secret(client_id: &str, client_secret: &str) -> ServerConfig {
    let client_secret = Secret::new(client_secret.into());
    ServerConfig::new(&ServerOptions { client_id: client_id.into(), client_secret, ..options() }).unwrap()
}

fn on_this_machine() -> ServerConfig {
    ServerConfig::new(&ServerOptions { origin: "http://127.0.0.1:3000".into(), ..options() }).unwrap()
}

fn body_with(change: impl Fn(&mut Value)) -> String {
    let mut body = json!({
        "code": "canary-code", "codeVerifier": VERIFIER, "redirectUri": CALLBACK, "clientId": "client"
    });
    change(&mut body);
    body.to_string()
}

fn fields(request: &HttpRequest) -> Vec<(String, String)> {
    form::parse(request.body.as_ref().unwrap().expose()).unwrap()
}

fn answered(status: u16, body: &str) -> HttpResponse {
    HttpResponse {
        status,
        content_type: "application/json;charset=utf-8".into(),
        body: body.into(),
        ..Default::default()
    }
}

fn granted(scope: &str) -> Tokens {
    let body = json!({ "token_type": "bearer", "access_token": "canary-token", "scope": scope }).to_string();
    exchange::tokens(&config(), &answered(200, &body), NOW).unwrap()
}

/// Counts up: every id is another.
struct Counter(u8);

impl Entropy for Counter {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), Refused> {
        self.0 += 1;
        bytes.fill(self.0);
        Ok(())
    }
}

fn session_id() -> SessionId {
    SessionId::generate(&mut Counter(0)).unwrap()
}

fn header<'a>(answer: &'a Answer, name: &str) -> Vec<&'a str> {
    answer.headers.iter().filter(|(known, _)| *known == name).map(|(_, value)| value.as_str()).collect()
}

#[test]
fn g15_options_that_cannot_be_right() {
    let refused = |change: &dyn Fn(&mut ServerOptions)| {
        let mut options = options();
        change(&mut options);
        let ConfigError { option, .. } = ServerConfig::new(&options).unwrap_err();
        option
    };
    for client_id in ["", "undefined", "null", "two words", "line\n"] {
        assert_eq!(refused(&|o| o.client_id = client_id.into()), "clientId", "{client_id}");
    }
    for client_secret in ["undefined", "null", "secret\n"] {
        assert_eq!(
            refused(&|o| o.client_secret = Secret::new(client_secret.into())),
            "clientSecret",
            "{client_secret}"
        );
    }
    assert_eq!(refused(&|o| o.redirect_uris = vec![]), "redirectUris");
    for uri in ["", "/auth/x/callback", "http://app.example/cb", "https://app.example/#x", "javascript:alert(1)"] {
        assert_eq!(refused(&|o| o.redirect_uris = vec![CALLBACK.into(), uri.into()]), "redirectUris", "{uri}");
    }
    for origin in [
        "",
        "app.example",
        "https://app.example/",
        "https://app.example/path",
        "https://app.example:443",
        "https://App.example",
        "http://app.example",
        "null",
        "*",
    ] {
        assert_eq!(refused(&|o| o.origin = origin.into()), "origin", "{origin}");
    }
    for base_path in ["auth", "/auth/", "/", "/a//b", "/a b", "/a?b", "/%61"] {
        assert_eq!(refused(&|o| o.base_path = base_path.into()), "basePath", "{base_path}");
    }
    for endpoint in ["http://api.x.com/2/oauth2/token", "//api.x.com", "ftp://api.x.com", "https://api.x.com/#"] {
        assert_eq!(refused(&|o| o.token_endpoint = endpoint.into()), "endpoints.token", "{endpoint}");
        assert_eq!(refused(&|o| o.user_endpoint = endpoint.into()), "endpoints.user", "{endpoint}");
    }
}

#[test]
fn g5_requests_go_to_x_unless_the_configuration_says_otherwise() {
    let request = exchange::request(&config(), &body_with(|_| {})).unwrap();
    assert_eq!(request.url, "https://api.x.com/2/oauth2/token");
    assert!(user::request(&config(), &granted("")).url.starts_with("https://api.x.com/2/users/me?user.fields="));

    let simulated = ServerConfig::new(&ServerOptions {
        token_endpoint: "http://127.0.0.1:4000/2/oauth2/token".into(),
        ..options()
    });
    let body = body_with(|body| body["endpoints"] = json!({ "token": "https://evil.example/" }));
    assert_eq!(exchange::request(&simulated.unwrap(), &body).unwrap().url, "http://127.0.0.1:4000/2/oauth2/token");
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

#[test]
fn a18_the_token_travels_in_the_header_only() {
    let request = user::request(&config(), &granted("tweet.read users.read"));
    assert_eq!(request.header("authorization"), Some("Bearer canary-token"));
    assert!(!request.url.contains("canary") && request.body.is_none());
    assert_eq!(request.url, "https://api.x.com/2/users/me?user.fields=id%2Cname%2Cusername%2Cprofile_image_url");
}

#[test]
fn g7_an_address_is_asked_for_and_taken_with_its_scope_only() {
    let profile = r#"{"data":{"id":"9007199254740993","name":"Ada","username":"ada","confirmed_email":"a@b.example",
        "profile_image_url":"https://pbs.twimg.com/a.jpg","public_metrics":{"post_count":1}},"includes":{}}"#;
    for (scope, asked) in [("tweet.read users.read", false), ("users.email users.read", true), ("", false)] {
        let tokens = granted(scope);
        assert_eq!(user::request(&config(), &tokens).url.contains("confirmed_email"), asked);
        let user = user::read(&tokens, &answered(200, profile), NOW).unwrap();
        assert_eq!((user.id.as_str(), user.email.is_some()), ("9007199254740993", asked));
    }
}

#[test]
fn h2_a_refused_profile_names_the_reason() {
    for (status, body, reason, word) in [
        (
            403,
            r#"{"client_id":"1","detail":"When authenticating requests to the Twitter API v2 endpoints, you must use keys",
                "title":"Client Forbidden","required_enrollment":"Standard Basic","reason":"client-not-enrolled",
                "type":"https://api.twitter.com/2/problems/client-forbidden"}"#,
            "client-not-enrolled",
            "Move to package",
        ),
        (
            403,
            r#"{"title":"Client Forbidden","type":"https://api.x.com/2/problems/client-forbidden"}"#,
            "client-forbidden",
            "Pay-per-use",
        ),
        (403, r#"{"title":"Forbidden","type":"about:blank","status":403,"detail":"Forbidden"}"#, "", "users.read"),
        (401, r#"{"title":"Unauthorized","type":"about:blank","status":401,"detail":"Unauthorized"}"#, "", "outages"),
        (
            200,
            r#"{"errors":[{"title":"Not Found","detail":"No such account.","type":"https://api.x.com/2/problems/resource-not-found"}]}"#,
            "resource-not-found",
            "No such account.",
        ),
        (200, "{}", "", "refused the profile"),
        (200, r#"{"data":{"id":"abc","name":"n","username":"u"}}"#, "user", "cannot be read"),
        (200, r#"{"data":{"id":1,"name":"n","username":"u"}}"#, "", "cannot be read"),
        (500, "{}", "", "status 500"),
        (302, "", "", "redirect"),
    ] {
        let failure = user::read(&granted(""), &answered(status, body), NOW).unwrap_err();
        assert_eq!((failure.code, failure.status), (FailureCode::ProviderError, 502), "{body}");
        assert_eq!(failure.reason, reason, "{body}");
        assert!(failure.hint.contains(word), "{}", failure.hint);
    }
}

#[test]
fn g2_cookie_on_https() {
    let id = session_id();
    let set = cookie::set(&config(), &id, 7200);
    let expected =
        format!("__Host-Http-sign-in-with-x={}; Path=/; Max-Age=7200; Secure; HttpOnly; SameSite=Strict", id.expose());
    assert_eq!(set, expected);
    assert_eq!(
        cookie::clear(&config()),
        "__Host-Http-sign-in-with-x=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict"
    );
}

#[test]
fn g2_cookie_on_this_machine() {
    let set = cookie::set(&on_this_machine(), &session_id(), 60);
    assert!(set.starts_with("sign-in-with-x="), "{set}");
    assert!(set.ends_with("; Path=/; Max-Age=60; HttpOnly; SameSite=Strict"), "{set}");
}

#[test]
fn g13_cookie_headers_are_read_strictly() {
    let id = session_id();
    let (ours, other) = (id.expose(), "B".repeat(43));
    let name = "__Host-Http-sign-in-with-x";
    for (header, found) in [
        (format!("{name}={ours}"), true),
        (format!("a=b;  {name}={ours}; c"), true),
        (format!("{name}={ours}; {name}={ours}"), true),
        (format!("{name}={ours}; {name}={other}"), false),
        (format!("{name}=short"), false),
        (format!("{name}=\"{ours}\""), false),
        (format!("{name}={ours}="), false),
        (format!("x{name}={ours}"), false),
        (format!("sign-in-with-x={ours}"), false),
        (format!("__host-http-sign-in-with-x={ours}"), false),
        (String::new(), false),
        (";;;=;==".into(), false),
        (format!("{}; {name}={ours}", "a".repeat(20_000)), false),
    ] {
        let read = cookie::read(&config(), &header);
        assert_eq!(read.is_some(), found, "{header:.80}");
        assert!(read.is_none_or(|read| read.expose() == ours));
    }
}

/// The id that is stored and sent is made here; what a browser brings only says which session to end.
#[test]
fn g8_a_sign_in_gets_a_new_session() {
    let planted = "P".repeat(43);
    let cookie = format!("__Host-Http-sign-in-with-x={planted}");
    let incoming = Incoming {
        method: "POST",
        path: "/auth/x/exchange",
        sender: Sender { content_type: "application/json", requested_with: "sign-in-with-x", ..Sender::default() },
        cookie: &cookie,
    };
    let Step::Exchange { before: Some(before) } = receive(&config(), &incoming) else { panic!() };
    assert_eq!(before.expose(), planted);

    let mut entropy = Counter(0);
    let [first, second] = [(); 2].map(|()| SessionId::generate(&mut entropy).unwrap());
    assert_eq!(first.expose().len(), 43);
    assert_ne!(first.expose(), second.expose());
    assert!(!format!("{first:?}").contains(first.expose()));
}

#[test]
fn g1_g17_answers_carry_no_token_and_the_right_headers() {
    let profile = r#"{"data":{"id":"1","name":"Ada","username":"ada"}}"#;
    let tokens = granted("users.read tweet.read");
    let user = user::read(&tokens, &answered(200, profile), NOW).unwrap();
    let session = Session { user, tokens };
    assert_eq!(session.life_seconds(), 7200);

    let failure = Answer::from(&Failure::unreachable());
    let (id, config) = (session_id(), config());
    let signed_in = signed_in(&config, &id, &session);
    let expected =
        json!({ "user": { "id": "1", "name": "Ada", "username": "ada" }, "scopes": ["users.read", "tweet.read"] });
    assert_eq!(serde_json::from_str::<Value>(signed_in.body.as_ref().unwrap()).unwrap(), expected);
    assert_eq!(signed_in.body, session_answer(Some(&session)).body);

    for answer in [signed_in, session_answer(Some(&session)), session_answer(None), signed_out(&config), failure] {
        assert!(!format!("{answer:?}").contains("canary"));
        assert_eq!(header(&answer, "cache-control"), ["no-store"]);
        assert_eq!(header(&answer, "x-content-type-options"), ["nosniff"]);
        assert_eq!(header(&answer, "referrer-policy"), ["no-referrer"]);
        assert_eq!(header(&answer, "content-security-policy"), ["default-src 'none'; frame-ancestors 'none'"]);
        assert_eq!(header(&answer, "content-type").len(), usize::from(answer.body.is_some()));
        assert!(!answer.headers.iter().any(|(name, _)| name.starts_with("access-control")));
    }
    assert!(!format!("{session:?}").contains("canary"));
}

#[test]
fn g3_guarded_before_anything_is_read() {
    let ask = |method, path, sender| receive(&config(), &Incoming { method, path, sender, cookie: "" });
    let ours = Sender { content_type: "application/json", requested_with: "sign-in-with-x", ..Sender::default() };
    let status = |step: Step| if let Step::Answer(answer) = step { answer.status } else { 0 };
    assert_eq!(status(ask("POST", "/auth/x/exchange", ours)), 0);
    assert_eq!(status(ask("POST", "/auth/x/signout", ours)), 0);
    assert_eq!(status(ask("GET", "/auth/x/session", Sender::default())), 204);
    for path in ["/auth/x/exchange", "/auth/x/signout"] {
        assert_eq!(status(ask("POST", path, Sender::default())), 403);
        assert_eq!(status(ask("POST", path, Sender { sec_fetch_site: "same-site", ..ours })), 403);
        assert_eq!(status(ask("OPTIONS", path, ours)), 405);
    }
    assert_eq!(status(ask("GET", "/auth/x/session", Sender { sec_fetch_site: "cross-site", ..ours })), 403);
    assert_eq!(status(ask("GET", "/auth/x/callback", ours)), 404);
}
