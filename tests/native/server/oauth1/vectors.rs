//! Published signatures, from one table that other languages' tests can read too.

use proptest::prelude::*;
use serde::Deserialize;
use sign_in_with_x::protocol::secret::Secret;
use sign_in_with_x::server::Method;
use sign_in_with_x::server::oauth1::signature::{base_string, signature};
use sign_in_with_x::server::oauth1::signed;

use super::{fields, header, pair, stamp, with_oauth1};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Vector {
    name: String,
    method: String,
    url: String,
    form: Vec<(String, String)>,
    oauth: Vec<(String, String)>,
    consumer_secret: String,
    token_secret: String,
    base_string: String,
    signature: String,
}

#[test]
fn g9_published_signatures() {
    let vectors: Vec<Vector> = serde_json::from_str(include_str!("../../../fixtures/oauth1-vectors.json")).unwrap();
    assert_eq!(vectors.len(), 15);
    for v in vectors {
        let parameters: Vec<(&str, &str)> =
            v.form.iter().chain(&v.oauth).map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let base = base_string(&v.method, &v.url, &parameters).unwrap();
        assert_eq!(base, v.base_string, "{}", v.name);
        let signed = signature(&base, &Secret::new(v.consumer_secret), &Secret::new(v.token_secret)).unwrap();
        assert_eq!(signed, v.signature, "{}", v.name);
    }
}

proptest! {
    /// Where a parameter travels does not change the signature, and neither does the order.
    #[test]
    fn g9_order_and_place_do_not_count(mut pairs in prop::collection::vec((".{0,8}", ".{0,8}"), 0..8), cut in 0_usize..8) {
        let base = |pairs: &[(String, String)], at: usize| {
            let (query, rest) = pairs.split_at(at.min(pairs.len()));
            let mut url = String::from("https://api.x.com/a?");
            for (name, value) in query {
                sign_in_with_x::protocol::form::append(&mut url, name, value);
            }
            let rest: Vec<_> = rest.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            base_string("POST", &url, &rest).unwrap()
        };
        let first = base(&pairs, 0);
        prop_assert_eq!(&first, &base(&pairs, cut));
        pairs.reverse();
        prop_assert_eq!(&first, &base(&pairs, cut));
        // Three parts, whatever is in them.
        prop_assert_eq!(first.split('&').count(), 3);
    }

    /// What is sent is what was signed.
    #[test]
    fn g9_a_request_carries_its_own_signature(pairs in prop::collection::vec((".{1,8}", ".{0,8}"), 0..6), query in "[a-z]{1,5}=[a-z%20]{0}x") {
        let given: Vec<_> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let url = format!("https://api.x.com/1.1/any.json?{query}");
        let request = signed(&with_oauth1(|_| {}), Some(&pair("t")), Method::Post, &url, &given, stamp()).unwrap();
        prop_assert_eq!(fields(&request), pairs);
        let header = header(&request);
        let body = fields(&request);
        let sent: Vec<_> = header.pairs().iter().chain(&body)
            .filter(|(name, _)| name != "oauth_signature").map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let base = base_string("POST", &request.url, &sent).unwrap();
        let secret = |text: &str| Secret::new(text.into());
        let expected = signature(&base, &secret("canary-consumer-secret"), &secret("canary-token-secret")).unwrap();
        prop_assert_eq!(header.get("oauth_signature"), expected);
    }

    #[test]
    fn g13_no_address_and_no_parameter_panics(method in ".{0,8}", url in ".{0,40}", pairs in prop::collection::vec((".{0,8}", ".{0,8}"), 0..4)) {
        let given: Vec<_> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let _ = base_string(&method, &url, &given);
    }
}
