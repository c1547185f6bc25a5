//! The callback: shape, state, transaction, expiry, issuer, the provider's error, the code.

use sign_in_with_x::protocol::authorization_response::{AuthorizationResponse, RESPONSE_MAX, Remembered};
use sign_in_with_x::protocol::config::{Config, Options};
use sign_in_with_x::protocol::error::{DESCRIPTION_MAX, Error, ErrorCode};
use sign_in_with_x::protocol::state::State;
use sign_in_with_x::protocol::transaction::TRANSACTION_LIFE_MS;

use super::kit::{CALLBACK, NOW, at, config, options, other, s, said, transaction};

/// Checks a query against the transaction of a state (or none); `Ok` holds the code.
fn answer(query: &str, stored: Option<State>, now: u64) -> Result<String, Error> {
    let remembered = match stored {
        Some(state) => Remembered::Transaction(Box::new(transaction(state, &[]))),
        None => Remembered::Nothing,
    };
    let approved = AuthorizationResponse::parse(query, config().finish)?.check(remembered, at(now))?;
    assert_eq!(approved.transaction().state(), &s());
    Ok(approved.code().to_owned())
}

fn verdict(query: &str, stored: Option<State>, now: u64) -> String {
    answer(query, stored, now).map_or_else(|error| said(&error), |code| format!("ok {code}"))
}

/// Against the right transaction, in time; `{S}` is its state.
fn in_order(query: &str) -> String {
    verdict(&query.replace("{S}", s().as_str()), Some(s()), NOW)
}

#[test]
fn a5_only_the_stored_state_passes() {
    let (ours, strange) = (s().as_str().to_owned(), other().as_str().to_owned());
    let received = [
        ("absent", "?code=c".to_owned()),
        ("empty", "?code=c&state=".to_owned()),
        ("S", format!("?code=c&state={ours}")),
        ("S′", format!("?code=c&state={strange}")),
        ("S twice", format!("?code=c&state={ours}&state={ours}")),
        ("S then S′", format!("?code=c&state={ours}&state={strange}")),
        ("S′ then S", format!("?code=c&state={strange}&state={ours}")),
        ("empty then S", format!("?code=c&state=&state={ours}")),
        ("S in another case", format!("?code=c&state={}", ours.to_lowercase())),
        ("S cut short", format!("?code=c&state={}", &ours[..42])),
        ("S and more", format!("?code=c&state={ours}S")),
        ("S and a space", format!("?code=c&state={ours}%20")),
        ("S and a NUL", format!("?code=c&state={ours}%00")),
        ("S under another name", format!("?code=c&State={ours}")),
        ("S in the fragment", format!("?code=c#state={ours}")),
        ("X's longest", format!("?code=c&state={}", "S".repeat(500))),
        ("over-long", format!("?code=c&state={}", "S".repeat(501))),
    ];
    let mut passed = Vec::new();
    for stored in [None, Some(s())] {
        for (name, query) in &received {
            match answer(query, stored.clone(), NOW) {
                Ok(code) => passed.push((stored.is_some(), *name, code)),
                Err(error) => {
                    let expected: &[_] = match (*name, stored.is_some()) {
                        ("absent" | "empty" | "S under another name" | "S in the fragment", _) => &["state_missing"],
                        (name, _) if name.contains("then") || name.contains("twice") => &["invalid_callback/repeated"],
                        ("over-long", _) => &["invalid_callback/size"],
                        (_, true) => &["state_mismatch"],
                        (_, false) => &["started_elsewhere"],
                    };
                    assert_eq!(said(&error), expected[0], "{name}, stored: {stored:?}");
                }
            }
        }
    }
    assert_eq!(passed, [(true, "S", "c".to_owned())]);
}

#[test]
fn a5_an_error_needs_the_state_too() {
    for (query, expected) in [
        ("?error=access_denied", "state_missing"),
        ("?error=access_denied&state=", "state_missing"),
        ("?error=access_denied&state=x", "state_mismatch"),
        ("?error=server_error&state=x", "state_mismatch"),
        ("?error=access_denied&state={S}", "cancelled"),
    ] {
        assert_eq!(in_order(query), expected, "{query}");
    }
}

#[test]
fn a5_every_way_of_not_knowing_is_a_refusal() {
    let query = format!("?code=c&state={}", s().as_str());
    for (remembered, expected) in [
        (Remembered::Nothing, "started_elsewhere"),
        (Remembered::Others, "state_mismatch"),
        (Remembered::Used, "already_used"),
        (Remembered::Transaction(Box::new(transaction(other(), &[]))), "state_mismatch"),
    ] {
        let refused =
            AuthorizationResponse::parse(&query, config().finish).unwrap().check(remembered, at(NOW)).unwrap_err();
        assert_eq!(said(&refused), expected);
    }
}

#[test]
fn a1_tokens_are_refused_wherever_they_are() {
    for token in ["access_token", "id_token", "token"] {
        for query in [
            format!("?{token}=t"),
            format!("?{token}=t&state={{S}}"),
            format!("?code=c&state={{S}}&{token}=t"),
            format!("?code=c&state={{S}}&{token}="),
            format!("?code=c&state={{S}}&{token}=t&{token}=t"),
            format!("#{token}=t"),
            format!("#state={{S}}&{token}=t"),
            format!("?code=c&state={{S}}#{token}=t&token_type=bearer"),
            format!("?code=c&state={{S}}#{token}=a&{token}=b"),
            format!("?code=c&state={{S}}#%{:02x}{}=t", token.as_bytes()[0], &token[1..]),
        ] {
            assert_eq!(in_order(&query), "invalid_callback/token", "{query}");
        }
    }
    assert_eq!(in_order("?code=c&state={S}#_=_"), "ok c");
    assert_eq!(in_order("?code=c&state={S}&token_type=bearer"), "ok c");
}

#[test]
fn a1_a_fragment_that_cannot_be_read_hides_no_token() {
    for query in ["?code=c&state={S}#access_token=t&x=%", "?code=c&state={S}#%ff=1&id_token=t"] {
        assert!(in_order(query).starts_with("invalid_callback/"), "{query}");
    }
}

#[test]
fn a9_shapes() {
    for (query, expected) in [
        ("?code=c&state={S}", "ok c"),
        ("?state={S}&code=c", "ok c"),
        ("code=c&state={S}", "state_missing"),
        ("https://app.example/auth/x/callback?code=c&state={S}", "ok c"),
        // Unknown parameters are ignored (RFC 6749 §4.1.2), repeated or not.
        ("?code=c&state={S}&lang=en&lang=de&utm_source=x", "ok c"),
        ("?&&code=c&&state={S}&", "ok c"),
        ("?code=a%2Bb+c&state={S}", "ok a+b c"),
        ("?%63ode=c&%73tate={S}", "ok c"),
        // §3.1: never more than once, not even with the same value.
        ("?code=c&code=c&state={S}", "invalid_callback/repeated"),
        ("?code=c&code=d&state={S}", "invalid_callback/repeated"),
        ("?code=c&%63ode=d&state={S}", "invalid_callback/repeated"),
        ("?error=a&error=b&state={S}", "invalid_callback/repeated"),
        ("?code=c&state={S}&iss=https://x.com&iss=https://x.com", "invalid_callback/repeated"),
        ("?error=a&error_description=b&error_description=c&state={S}", "invalid_callback/repeated"),
        ("?code=c&error=access_denied&state={S}", "invalid_callback/code_and_error"),
        ("?code=c&error=&state={S}", "invalid_callback/code_and_error"),
        ("?code=&error=access_denied&state={S}", "invalid_callback/code_and_error"),
        ("?code=&state={S}", "invalid_callback/no_code"),
        ("?code&state={S}", "invalid_callback/no_code"),
        ("?code=%&state={S}", "invalid_callback/encoding"),
        ("?code=%4&state={S}", "invalid_callback/encoding"),
        ("?code=%zz&state={S}", "invalid_callback/encoding"),
        ("?code=%ff&state={S}", "invalid_callback/encoding"),
        ("?code=%c0%af&state={S}", "invalid_callback/encoding"),
        ("?code=%ed%a0%80&state={S}", "invalid_callback/encoding"),
        ("?code=c&state={S}&unknown=%", "invalid_callback/encoding"),
        ("?code=c;state={S}", "state_missing"),
        ("", "state_missing"),
        ("?", "state_missing"),
        ("#", "state_missing"),
        ("?code=SAVE50", "state_missing"),
    ] {
        assert_eq!(in_order(query), expected, "{query}");
    }
}

#[test]
fn a9_sizes_are_capped() {
    let with = |size: usize| {
        let start = format!("?code=c&state={}&x=", s().as_str());
        in_order(&format!("{start}{}", "x".repeat(size - start.len())))
    };
    assert_eq!(with(RESPONSE_MAX), "ok c");
    assert_eq!(with(RESPONSE_MAX + 1), "invalid_callback/too_long");
    let fragment = format!("?code=c&state={}#{}", s().as_str(), "x".repeat(RESPONSE_MAX));
    assert_eq!(in_order(&fragment), "invalid_callback/too_long");
    // Only what a stranger chose counts: the host's own address is as long as it is.
    let address = format!("https://app.example/{}?code=c&state={}", "p".repeat(RESPONSE_MAX), s().as_str());
    assert_eq!(in_order(&address), "ok c");
}

#[test]
fn a10_a_host_s_own_parameters_are_no_callback() {
    let config = config();
    for url in [
        "https://app.example/?code=SAVE50".to_owned(),
        format!("https://app.example/?code=c&state={}", s().as_str()),
        "https://app.example/auth/x/callback?code=x".to_owned(),
        "https://app.example/auth/x/callback?code=x&state=".to_owned(),
        "https://app.example/auth/x/callback?error=x".to_owned(),
        "https://app.example/auth/x/callback?state=california".to_owned(),
        "https://app.example/auth/x/callback?state=california&error=".to_owned(),
        "https://app.example/auth/x/callback".to_owned(),
        "https://app.example/auth/x/callback#code=x".to_owned(),
        format!("https://app.example/auth/x/callback/?code=c&state={}", s().as_str()),
        format!("https://app.example/AUTH/x/callback?code=c&state={}", s().as_str()),
        format!("http://app.example/auth/x/callback?code=c&state={}", s().as_str()),
        format!("https://evil.example/auth/x/callback?code=c&state={}", s().as_str()),
        format!("https://app.example.evil/auth/x/callback?code=c&state={}", s().as_str()),
        format!("/auth/x/callback?code=c&state={}", s().as_str()),
        String::new(),
    ] {
        assert!(AuthorizationResponse::find(&config, &url).is_none(), "{url}");
    }
    let at_root = Config::new(&Options { redirect_uri: "https://app.example/", ..options() }).unwrap();
    assert!(AuthorizationResponse::find(&at_root, "https://app.example/?code=SAVE50").is_none());
}

#[test]
fn a10_what_is_one_is_found_even_when_it_is_wrong() {
    let state = s();
    for (tail, expected) in [
        (format!("?code=c&state={}", state.as_str()), "ok"),
        (format!("?error=access_denied&state={}", state.as_str()), "ok"),
        ("?code=c&state=short".to_owned(), "ok"),
        (format!("?code=c&code=c&state={}", state.as_str()), "invalid_callback/repeated"),
        ("#access_token=t".to_owned(), "invalid_callback/token"),
        ("?access_token=t".to_owned(), "invalid_callback/token"),
        ("?code=%".to_owned(), "invalid_callback/encoding"),
    ] {
        let found = AuthorizationResponse::find(&config(), &format!("{CALLBACK}{tail}")).unwrap();
        assert_eq!(found.map_or_else(|error| said(&error), |_| "ok".into()), expected, "{tail}");
    }
}

#[test]
fn a11_an_issuer_that_is_named_must_be_x() {
    for (iss, expected) in [
        ("https://x.com", "ok c"),
        ("https%3A%2F%2Fx.com", "ok c"),
        ("https://x.com/", "invalid_callback/issuer"),
        ("https://X.com", "invalid_callback/issuer"),
        ("http://x.com", "invalid_callback/issuer"),
        ("https://x.com.evil.example", "invalid_callback/issuer"),
        ("https://evil.example", "invalid_callback/issuer"),
        ("", "invalid_callback/issuer"),
    ] {
        assert_eq!(in_order(&format!("?code=c&state={{S}}&iss={iss}")), expected, "{iss}");
    }
    // Before the provider's error: another provider's word about itself is none of ours.
    assert_eq!(in_order("?error=access_denied&state={S}&iss=https://evil.example"), "invalid_callback/issuer");
}

#[test]
fn a19_expiry_is_an_age() {
    let query = format!("?code=c&state={}", s().as_str());
    for (age, expected) in
        [(0, "ok c"), (TRANSACTION_LIFE_MS, "ok c"), (TRANSACTION_LIFE_MS + 1, "expired"), (u64::MAX - NOW, "expired")]
    {
        assert_eq!(verdict(&query, Some(s()), NOW + age), expected, "{age}");
    }
    // Old and refused: the age comes first.
    let refused = format!("?error=access_denied&state={}", s().as_str());
    assert_eq!(verdict(&refused, Some(s()), NOW + TRANSACTION_LIFE_MS + 1), "expired");
}

#[test]
fn a19_a_clock_set_back_meanwhile_refuses_nobody() {
    let query = format!("?code=c&state={}", s().as_str());
    for now in [NOW - 1, NOW - super::kit::DAY, 0] {
        assert_eq!(verdict(&query, Some(s()), now), "ok c");
    }
}

#[test]
fn b6_the_person_s_no_is_no_error_of_x() {
    for (query, expected) in [
        ("?error=access_denied&state={S}", "cancelled"),
        ("?error=access_denied&error_description=The+user+said+no&state={S}", "cancelled"),
        ("?state={S}", "cancelled"),
        ("?error=&state={S}", "cancelled"),
        ("?error=server_error&state={S}", "provider_error/server_error"),
        ("?error=ACCESS_DENIED&state={S}", "provider_error/ACCESS_DENIED"),
        ("?error=invalid_scope&state={S}", "provider_error/invalid_scope"),
    ] {
        assert_eq!(in_order(query), expected, "{query}");
    }
}

#[test]
fn b6_x_s_words_are_cut_and_cannot_steer_a_terminal() {
    let hostile = "%1b%5b31m%0d%0a%00%3cimg+src%3dx+onerror%3dalert(1)%3e";
    let query =
        format!("?error=e{hostile}&error_description={hostile}{}&state={}", "%e2%98%83".repeat(500), s().as_str());
    let error = answer(&query, Some(s()), NOW).unwrap_err();
    assert_eq!(error.code, ErrorCode::ProviderError);
    assert!(error.reason().len() <= DESCRIPTION_MAX && error.description().len() <= DESCRIPTION_MAX);
    assert!(!error.to_string().chars().any(char::is_control), "{error:?}");
    assert!(error.description().starts_with("[31m<img src=x onerror=alert(1)>☃"), "text stays text");
}
