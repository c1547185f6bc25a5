//! The authorization request, read back by an independent parser.

use std::collections::BTreeMap;

use proptest::prelude::*;
use sign_in_with_x::flow::attempt::{Attempt, Request, begin};
use sign_in_with_x::protocol::authorization_request::{RESERVED, authorization_url};
use sign_in_with_x::protocol::config::{Config, Options};
use sign_in_with_x::protocol::error::Error;
use sign_in_with_x::protocol::transaction::Flow;
use url::Url;

use super::kit::{CALLBACK, Fixed, NOW, Os, at, config, options, read, s, said};

const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

fn request<'a>(return_to: &'a str, params: &[(&'a str, &'a str)]) -> Result<Attempt, Error> {
    begin(&config(), &Request { return_to, params: params.to_vec() }, Flow::Popup, &mut Fixed(9), at(NOW))
}

/// Name → every value it has.
fn parameters(url: &str) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::<_, Vec<String>>::new();
    for (name, value) in Url::parse(url).unwrap().query_pairs() {
        found.entry(name.into_owned()).or_default().push(value.into_owned());
    }
    found
}

#[test]
fn a2_a20_the_request_is_x_s_documented_one() {
    let url = authorization_url(&config(), &s(), CHALLENGE, &[]).unwrap();
    assert_eq!(
        url,
        "https://x.com/i/oauth2/authorize?response_type=code&client_id=client\
         &redirect_uri=https%3A%2F%2Fapp.example%2Fauth%2Fx%2Fcallback&scope=tweet.read%20users.read\
         &state=SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS\
         &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"
    );
}

#[test]
fn a2_the_challenge_in_the_address_is_that_of_the_verifier_in_the_record() {
    // 32 × 0x09 and SHA-256 of its base64url, computed with Python's hashlib.
    let attempt = request("/", &[]).unwrap();
    assert_eq!(read(&attempt).code_verifier(), "CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk");
    assert_eq!(parameters(&attempt.url)["code_challenge"], ["g80hPkaKL7rbUpYj1pvTaDr7jxOh8KvDFn00a94wNxk"]);
    let random = begin(&config(), &Request::default(), Flow::Popup, &mut Os::new(), at(NOW)).unwrap();
    assert!(!random.url.contains(read(&random).code_verifier()), "the verifier stays here");
}

#[test]
fn a4_what_the_host_remembers_never_shows_in_the_address() {
    let plain = request("/", &[]).unwrap();
    let long = format!("/{}", "x".repeat(5000));
    for return_to in
        ["/account?tab=1#top", "https://app.example/deep/link", long.as_str(), "//evil.example", "{\"a\":1}"]
    {
        let attempt = request(return_to, &[]).unwrap();
        assert_eq!(attempt.url, plain.url, "{return_to}");
        assert_eq!(attempt.state.as_str().len(), 43);
    }
    assert_eq!(read(&request("/account?tab=1#top", &[]).unwrap()).return_to(), "/account?tab=1#top");
}

#[test]
fn a8_the_callback_is_sent_byte_for_byte() {
    for redirect_uri in
        [CALLBACK, "https://app.example/cb/", "https://app.example/a%20b?c=%2F&d=e", "http://127.0.0.1:3000/cb"]
    {
        let config = Config::new(&Options { redirect_uri, ..options() }).unwrap();
        let attempt = begin(&config, &Request::default(), Flow::Popup, &mut Fixed(1), at(NOW)).unwrap();
        assert_eq!(parameters(&attempt.url)["redirect_uri"], [redirect_uri]);
        assert_eq!(read(&attempt).redirect_uri(), redirect_uri);
    }
}

#[test]
fn a16_the_protocol_s_own_names_are_refused_in_any_case() {
    for name in RESERVED.split(' ') {
        for spelt in [name.to_owned(), name.to_uppercase(), name.replace('e', "E")] {
            let refused = authorization_url(&config(), &s(), CHALLENGE, &[(&spelt, "x")]).unwrap_err();
            assert_eq!(said(&refused), "invalid_config/params", "{spelt}");
        }
    }
    for params in [&[("", "x")][..], &[("a", "1"), ("a", "2")], &[("a", "1"), ("b", ""), ("a", "1")]] {
        assert_eq!(said(&request("/", params).unwrap_err()), "invalid_config/params", "{params:?}");
    }
}

#[test]
fn a16_a_value_cannot_open_a_parameter_of_its_own() {
    let url =
        request("/", &[("lang", "en&redirect_uri=https://evil.example#&state=x"), ("a&scope", "=&?#")]).unwrap().url;
    let found = parameters(&url);
    assert_eq!(found["lang"], ["en&redirect_uri=https://evil.example#&state=x"]);
    assert_eq!(found["a&scope"], ["=&?#"]);
    assert_eq!(found["redirect_uri"], [CALLBACK]);
    assert_eq!(Url::parse(&url).unwrap().fragment(), None);
}

#[test]
fn a16_an_endpoint_s_own_query_cannot_speak_for_the_protocol() {
    let refused =
        Config::new(&Options { authorize: "http://localhost:4000/authorize?state=x", ..options() }).unwrap_err();
    assert_eq!((refused.code.as_str(), refused.reason()), ("invalid_config", "endpoints"));
}

/// Names near the reserved ones and names of every other kind.
fn names() -> impl Strategy<Value = String> {
    let reserved = RESERVED.split(' ').collect::<Vec<_>>();
    prop_oneof![
        any::<String>(),
        "[a-zA-Z_.&=#?%+ ]{0,12}",
        proptest::sample::select(reserved.clone()).prop_map(str::to_owned),
        proptest::sample::select(reserved.clone()).prop_map(|name| format!(" {name}")),
        proptest::sample::select(reserved.clone()).prop_map(|name| format!("x&{name}=")),
        proptest::sample::select(reserved).prop_map(str::to_uppercase),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a16_no_parameter_overrides_or_injects_a_reserved_one(
        extra in proptest::collection::vec((names(), any::<String>()), 0..5)
    ) {
        let pairs: Vec<_> = extra.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let mut distinct: Vec<_> = pairs.iter().map(|(name, _)| *name).collect();
        distinct.sort_unstable();
        distinct.dedup();
        let forbidden = distinct.len() < pairs.len()
            || distinct.iter().any(|name| name.is_empty() || RESERVED.split(' ').any(|reserved| reserved == name.to_ascii_lowercase()));
        match request("/", &pairs) {
            Err(error) => {
                prop_assert!(forbidden);
                prop_assert_eq!(said(&error), "invalid_config/params");
            }
            Ok(attempt) => {
                prop_assert!(!forbidden);
                let mut found = parameters(&attempt.url);
                for (name, value) in [
                    ("response_type", "code"),
                    ("client_id", "client"),
                    ("redirect_uri", CALLBACK),
                    ("scope", "tweet.read users.read"),
                    ("state", attempt.state.as_str()),
                    ("code_challenge", "g80hPkaKL7rbUpYj1pvTaDr7jxOh8KvDFn00a94wNxk"),
                    ("code_challenge_method", "S256"),
                ].into_iter().chain(pairs) {
                    prop_assert_eq!(found.remove(name), Some(vec![value.to_owned()]), "{}", name);
                }
                prop_assert!(found.is_empty(), "{:?}", found);
                let url = Url::parse(&attempt.url).unwrap();
                prop_assert_eq!((url.host_str(), url.path()), (Some("x.com"), "/i/oauth2/authorize"));
                prop_assert_eq!(url.fragment(), None);
            }
        }
    }
}
