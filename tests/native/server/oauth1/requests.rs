//! What is sent to X, and what a callback says.

use sign_in_with_x::protocol::secret::Secret;
use sign_in_with_x::server::oauth1::address::{Approval, approval};
use sign_in_with_x::server::oauth1::callback::{self, Callback};
use sign_in_with_x::server::oauth1::{Clock, Stamp, access_token, identity, invalidate, request_token, signed};
use sign_in_with_x::server::{ConfigError, FailureCode, Method, OAuth1Options, ServerConfig, ServerOptions};

use super::super::{CALLBACK, Counter, NOW, config, options};
use super::{access, fields, header, pair, stamp, with_oauth1};
use crate::kit::NoEntropy;

#[test]
fn g9_request_token() {
    let request = request_token::request(&with_oauth1(|_| {}), CALLBACK, stamp()).unwrap();
    assert_eq!((request.method, request.url.as_str()), (Method::Post, "https://api.x.com/oauth/request_token"));
    assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert!(fields(&request).is_empty());
    let sent = header(&request);
    let names: Vec<&str> = sent.pairs().iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "oauth_callback",
            "oauth_consumer_key",
            "oauth_nonce",
            "oauth_signature",
            "oauth_signature_method",
            "oauth_timestamp",
            "oauth_version"
        ]
    );
    assert_eq!(sent.get("oauth_callback"), CALLBACK);
    assert_eq!(sent.get("oauth_timestamp"), NOW.to_string());
    assert!(request.header("authorization").unwrap().contains("oauth_callback=\"https%3A%2F%2Fapp.example%2F"));

    let less = with_oauth1(|o| o.access = "read".into());
    let request = request_token::request(&less, request_token::OUT_OF_BAND, stamp()).unwrap();
    assert_eq!(header(&request).get("oauth_callback"), "oob");
    assert_eq!(fields(&request), [("x_auth_access_type".to_owned(), "read".to_owned())]);
}

#[test]
fn g9_the_host_that_is_called_is_the_host_that_is_signed_for() {
    let signature = |endpoint: &str| {
        let config = with_oauth1(|o| o.endpoint = endpoint.into());
        let request = request_token::request(&config, CALLBACK, stamp()).unwrap();
        (request.url.clone(), header(&request).get("oauth_signature").to_owned())
    };
    let (x, simulator) = (signature(""), signature("http://127.0.0.1:4000/"));
    assert_eq!(simulator.0, "http://127.0.0.1:4000/oauth/request_token");
    assert_ne!(x.1, simulator.1);
    assert_eq!(x, signature("https://api.x.com"));
}

#[test]
fn g9_nonces_are_random_ascii_and_never_the_same() {
    let mut entropy = Counter(0);
    let [first, second] = [(); 2].map(|()| {
        let stamp = Stamp::new(Clock::new(NOW), &mut entropy).unwrap();
        let request = request_token::request(&with_oauth1(|_| {}), CALLBACK, stamp).unwrap();
        header(&request).get("oauth_nonce").to_owned()
    });
    assert_ne!(first, second);
    assert_eq!(first.len(), 64);
    assert!(first.bytes().all(|b| b.is_ascii_alphanumeric()));
    assert!(Stamp::new(Clock::new(NOW), &mut NoEntropy).is_err());
}

#[test]
fn g9_where_a_person_approves() {
    let (config, asking) = (with_oauth1(|_| {}), with_oauth1(|o| o.always_ask = true));
    let url = |asked: Approval<'_>| approval(&config, &pair("a+b"), &asked).unwrap();
    assert_eq!(url(Approval::default()), "https://api.x.com/oauth/authenticate?oauth_token=a%2Bb");
    assert_eq!(
        approval(&asking, &pair("a+b"), &Approval { force_login: true, screen_name: "ada" }).unwrap(),
        "https://api.x.com/oauth/authorize?oauth_token=a%2Bb&force_login=true&screen_name=ada"
    );
    let strange = Approval { screen_name: "ada&oauth_token=x", ..Approval::default() };
    assert_eq!(url(strange), url(Approval::default()));
}

#[test]
fn g9_the_verifier_travels_in_the_body_and_is_signed() {
    let config = with_oauth1(|_| {});
    let ask = |verifier: &str| {
        access_token::request(&config, &pair("request"), &Secret::new(verifier.into()), stamp()).unwrap()
    };
    let request = ask("canary-verifier");
    assert_eq!(request.url, "https://api.x.com/oauth/access_token");
    assert_eq!(fields(&request), [("oauth_verifier".to_owned(), "canary-verifier".to_owned())]);
    assert_eq!(header(&request).get("oauth_token"), "request");
    assert!(!header(&request).has("oauth_verifier"));
    assert_ne!(header(&request).get("oauth_signature"), header(&ask("other")).get("oauth_signature"));
    assert!(!format!("{request:?}").contains("canary"), "{request:?}");
}

#[test]
fn g9_pins() {
    for (text, pin) in [("1234567", Some("1234567")), (" 123 4567 ", Some("1234567")), ("", None), ("123", None)] {
        assert_eq!(access_token::pin(text).as_ref().map(Secret::expose), pin, "{text}");
    }
    for text in ["1234567890123", "12345a", "１２３４５６７", "1234\n567"] {
        assert!(access_token::pin(text).is_none(), "{text}");
    }
}

#[test]
fn g9_callbacks() {
    let verdict = |query: &str| match callback::parse(query) {
        Some(Callback::Approved { token, verifier }) => format!("approved {} {}", token.expose(), verifier.expose()),
        Some(Callback::Denied { token }) => format!("denied {}", token.expose()),
        None => "refused".into(),
    };
    for (query, expected) in [
        ("?oauth_token=t&oauth_verifier=v", "approved t v"),
        ("oauth_verifier=v&provider=x&oauth_token=t", "approved t v"),
        ("?denied=t", "denied t"),
        ("?provider=x&denied=t", "denied t"),
        ("", "refused"),
        ("?oauth_token=t", "refused"),
        ("?oauth_verifier=v", "refused"),
        ("?oauth_token=&oauth_verifier=v", "refused"),
        ("?oauth_token=t&oauth_verifier=v&oauth_verifier=w", "refused"),
        ("?oauth_token=t&oauth_token=t&oauth_verifier=v", "refused"),
        ("?denied=t&denied=t", "refused"),
        ("?denied=", "refused"),
        ("?denied=t&oauth_token=t&oauth_verifier=v", "refused"),
        ("?denied=t&oauth_verifier=v", "refused"),
        ("?oauth_token=t&oauth_verifier=v&code=c", "refused"),
        ("?oauth_token=t&oauth_verifier=v&state=s", "refused"),
        ("?oauth_token=t&oauth_verifier=%zz", "refused"),
        ("?oauth_token=t%20t&oauth_verifier=v", "refused"),
        (&format!("?denied={}", "t".repeat(600)), "refused"),
    ] {
        assert_eq!(verdict(query), expected, "{query}");
    }
    let came = callback::parse("?oauth_token=canary-t&oauth_verifier=canary-v").unwrap();
    assert!(came.is_for(&pair("canary-t")));
    for other in ["", "canary", "canary-T", "canary-tt"] {
        assert!(!came.is_for(&pair(other)), "{other}");
    }
    assert!(!format!("{came:?}").contains("canary"));
}

#[test]
fn g9_who_it_is_and_taking_it_back() {
    let (plain, email) = (with_oauth1(|_| {}), with_oauth1(|o| o.email = true));
    let request = identity::request(&plain, &access(None), stamp()).unwrap();
    assert_eq!(request.method, Method::Get);
    assert_eq!(request.url, "https://api.x.com/2/users/me?user.fields=id%2Cname%2Cusername%2Cprofile_image_url");
    assert!(request.body.is_none() && request.header("content-type").is_none());
    assert_eq!(header(&request).get("oauth_token"), "access");

    let request = identity::request(&email, &access(None), stamp()).unwrap();
    let expected = "https://api.x.com/1.1/account/verify_credentials.json\
                    ?include_entities=false&skip_status=true&include_email=true";
    assert_eq!(request.url, expected);

    let request = invalidate::request(&plain, &pair("access"), stamp()).unwrap();
    assert_eq!(
        (request.method, request.url.as_str()),
        (Method::Post, "https://api.x.com/1.1/oauth/invalidate_token.json")
    );
}

#[test]
fn g9_a_backend_without_a_consumer_key_signs_nothing() {
    let failure = request_token::request(&config(), CALLBACK, stamp()).unwrap_err();
    assert_eq!((failure.code, failure.status), (FailureCode::InvalidRequest, 404));
    assert!(failure.hint.contains("oauth1"));
    let any = signed(&with_oauth1(|_| {}), None, Method::Get, "not an address", &[], stamp());
    assert_eq!(any.unwrap_err().code, FailureCode::Internal);
    let lost = signed(&with_oauth1(|_| {}), None, Method::Get, "https://api.x.com/", &[("a", "b")], stamp());
    assert_eq!(lost.unwrap_err().code, FailureCode::Internal, "signed and never sent");
}

#[test]
fn g15_options_of_oauth1_that_cannot_be_right() {
    let secret = |text: &str| Secret::new(text.into());
    let right = || OAuth1Options { consumer_key: "key".into(), consumer_secret: secret("s"), ..Default::default() };
    let refused = |change: &dyn Fn(&mut OAuth1Options)| {
        let mut oauth1 = right();
        change(&mut oauth1);
        let ConfigError { option, .. } = ServerConfig::new(&ServerOptions { oauth1, ..options() }).unwrap_err();
        option
    };
    for key in ["", "undefined", "null", "two words", "line\n"] {
        assert_eq!(refused(&|o| o.consumer_key = key.into()), "oauth1.consumerKey", "{key}");
    }
    for text in ["", "undefined", "null", "line\n", "é"] {
        assert_eq!(refused(&|o| o.consumer_secret = secret(text)), "oauth1.consumerSecret", "{text}");
    }
    assert_eq!(refused(&|o| o.access = "all".into()), "oauth1.access");
    for endpoint in ["http://api.x.com", "//api.x.com", "https://api.x.com?a=b", "https://api.x.com/#"] {
        assert_eq!(refused(&|o| o.endpoint = endpoint.into()), "endpoints.oauth1", "{endpoint}");
    }
    let shown = format!("{:?}", with_oauth1(|_| {}));
    assert!(!shown.contains("canary"), "{shown}");
}
