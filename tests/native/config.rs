//! Options: what is refused, with which reason, and what is assumed.

use sign_in_with_x::protocol::config::{Config, DEFAULT_EXCHANGE, Finish, FlowChoice, Options};
use sign_in_with_x::protocol::error::ErrorCode;
use sign_in_with_x::protocol::transaction::TRANSACTION_LIFE_MS;

use super::kit::{CALLBACK, options, said};

/// The sentences: those that a page has at once, and the others.
const SENTENCES: [&str; 2] = [include_str!("../../www/src/errors.js"), include_str!("../../www/src/sentences.js")];

/// `(what, options, reason)`: every reason at least once.
fn refused() -> Vec<(Options<'static>, &'static str)> {
    let with = |change: fn(&mut Options<'static>)| {
        let mut options = options();
        change(&mut options);
        options
    };
    vec![
        (Options::default(), "client_id"),
        (with(|o| o.client_id = ""), "client_id"),
        (with(|o| o.client_id = "undefined"), "client_id"),
        (with(|o| o.client_id = "null"), "client_id"),
        (with(|o| o.client_id = "a b"), "client_id"),
        (with(|o| o.client_id = " client"), "client_id"),
        (with(|o| o.client_id = "client\n"), "client_id"),
        (with(|o| o.client_id = "clïent"), "client_id"),
        (with(|o| o.redirect_uri = ""), "redirect_uri_not_absolute"),
        (with(|o| o.redirect_uri = "/cb"), "redirect_uri_not_absolute"),
        (with(|o| o.redirect_uri = "//app.example/cb"), "redirect_uri_not_absolute"),
        (with(|o| o.redirect_uri = "javascript:alert(1)"), "redirect_uri_not_absolute"),
        (with(|o| o.redirect_uri = "myapp://cb"), "redirect_uri_not_absolute"),
        (with(|o| o.redirect_uri = "HTTPS://app.example/cb"), "redirect_uri_not_absolute"),
        (with(|o| o.redirect_uri = "http://app.example/cb"), "redirect_uri_not_secure"),
        (with(|o| o.redirect_uri = "http://0.0.0.0/cb"), "redirect_uri_not_secure"),
        (with(|o| o.redirect_uri = "http://192.168.0.1/cb"), "redirect_uri_not_secure"),
        (with(|o| o.redirect_uri = "http://notlocalhost/cb"), "redirect_uri_not_secure"),
        (with(|o| o.redirect_uri = "http://127.0.0.1.evil.example/cb"), "redirect_uri_not_secure"),
        (with(|o| o.redirect_uri = "http://localhost.evil.example/cb"), "redirect_uri_not_secure"),
        (with(|o| o.redirect_uri = "https://app.example/cb#"), "redirect_uri_fragment"),
        (with(|o| o.redirect_uri = "https://app.example/#/cb"), "redirect_uri_fragment"),
        (with(|o| o.redirect_uri = "https://user@app.example/cb"), "redirect_uri_characters"),
        (with(|o| o.redirect_uri = "https://app.example/c b"), "redirect_uri_characters"),
        (with(|o| o.redirect_uri = "https://app.example\\cb"), "redirect_uri_characters"),
        (with(|o| o.redirect_uri = "https://app.example/\u{e9}"), "redirect_uri_characters"),
        (with(|o| o.scope = "tweet.read \"x\""), "scope"),
        (with(|o| o.scope = "tweet.read\nusers.read"), "scope"),
        (with(|o| o.scope = "tweet.read\\"), "scope"),
        (with(|o| o.exchange = "auth/exchange"), "exchange"),
        (with(|o| o.exchange = "//evil.example/x"), "exchange"),
        (with(|o| o.exchange = "/\\evil.example"), "exchange"),
        (with(|o| o.exchange = "/a\tb"), "exchange"),
        (with(|o| o.exchange = "http://api.example/x"), "exchange"),
        (with(|o| o.exchange = "javascript:alert(1)"), "exchange"),
        (with(|o| o.exchange = "data:,"), "exchange"),
        (with(|o| (o.exchange, o.handoff) = ("/x", true)), "exchange"),
        (with(|o| o.exchange = "/auth/x/exchange#"), "exchange"),
        (with(|o| o.start = "auth/x/start"), "start"),
        (with(|o| o.start = "//evil.example/start"), "start"),
        (with(|o| o.start = "/\\evil.example"), "start"),
        (with(|o| o.start = "http://api.example/start"), "start"),
        (with(|o| o.start = "https://evil.example/auth/x/oauth1/start"), "start"),
        (with(|o| o.start = "https://app.example/auth/x/start"), "start"),
        (with(|o| o.start = "javascript:alert(1)"), "start"),
        (with(|o| o.start = "/auth/x/start#oauth1/start"), "start"),
        (with(|o| (o.start, o.handoff) = ("/auth/x/start", true)), "start"),
        (with(|o| o.flow = "Popup"), "flow"),
        (with(|o| o.flow = "window"), "flow"),
        (with(|o| o.authorize = "http://x.com/i/oauth2/authorize"), "endpoints"),
        (with(|o| o.authorize = "javascript:alert(1)"), "endpoints"),
        (with(|o| o.authorize = "data:text/html,x"), "endpoints"),
        (with(|o| o.authorize = "//evil.example"), "endpoints"),
        (with(|o| o.authorize = "https://x.com@evil.example/"), "endpoints"),
        (with(|o| o.timeout = "0"), "timeout"),
        (with(|o| o.timeout = "-1"), "timeout"),
        (with(|o| o.timeout = "1.5"), "timeout"),
        (with(|o| o.timeout = "NaN"), "timeout"),
        (with(|o| o.timeout = "Infinity"), "timeout"),
        (with(|o| o.timeout = "18446744073709551616"), "timeout"),
    ]
}

#[test]
fn a8_h1_options_that_are_refused() {
    for (options, reason) in refused() {
        assert_eq!(said(&Config::new(&options).unwrap_err()), format!("invalid_config/{reason}"), "{options:?}");
    }
}

#[test]
fn h1_every_reason_has_a_sentence_for_people() {
    let mut reasons: Vec<_> = refused().into_iter().map(|(_, reason)| reason).collect();
    reasons.extend(["secret", "params"]);
    for reason in reasons {
        let words = format!("\n  {reason}: ");
        assert!(SENTENCES.iter().any(|text| text.contains(&words)), "there are no words for {reason}");
    }
}

#[test]
fn a22_the_engine_and_the_glue_know_the_same_codes() {
    let mut in_javascript: Vec<_> = SENTENCES
        .iter()
        .flat_map(|text| text.lines())
        .filter_map(|line| line.strip_prefix("  ").filter(|rest| !rest.starts_with([' ', ']'])))
        .filter_map(|line| line.split_once(": [").map(|(code, _)| code))
        .collect();
    let mut in_rust = ErrorCode::ALL.map(ErrorCode::as_str);
    in_javascript.sort_unstable();
    in_rust.sort_unstable();
    assert_eq!(in_javascript, in_rust);
}

#[test]
fn a8_the_callback_is_kept_byte_for_byte() {
    for redirect_uri in [CALLBACK, "https://app.example", "https://app.example/cb/?a=%2f", "http://127.0.0.1:3000/cb"] {
        assert_eq!(Config::new(&Options { redirect_uri, ..options() }).unwrap().redirect_uri.as_str(), redirect_uri);
    }
}

#[test]
fn a20_what_is_assumed() {
    let config = Config::new(&options()).unwrap();
    assert_eq!(config.scope, "tweet.read users.read");
    assert_eq!(config.finish, Finish::Exchange(DEFAULT_EXCHANGE));
    assert_eq!(config.flow, FlowChoice::Auto);
    assert_eq!(config.authorize.as_str(), "https://x.com/i/oauth2/authorize");
    assert_eq!(config.timeout_ms, TRANSACTION_LIFE_MS);
}

#[test]
fn a20_more_scopes_are_opt_in() {
    for (asked, sent) in [
        ("", "tweet.read users.read"),
        ("  ", "tweet.read users.read"),
        ("users.read tweet.read offline.access", "users.read tweet.read offline.access"),
        (" users.email  users.read users.email ", "users.email users.read"),
    ] {
        assert_eq!(Config::new(&Options { scope: asked, ..options() }).unwrap().scope, sent, "{asked}");
    }
}

#[test]
fn options_that_are_taken() {
    for exchange in ["/x", "/a/b?c=d", "https://api.example/x", "http://127.0.0.1:3000/x", "http://localhost:1/x"] {
        let config = Config::new(&Options { exchange, ..options() }).unwrap();
        assert_eq!(config.finish, Finish::Exchange(exchange));
    }
    assert_eq!(Config::new(&Options { handoff: true, ..options() }).unwrap().finish, Finish::Handoff);
    for (timeout, milliseconds) in [("1", 1), ("1000", 1000), ("999999999", TRANSACTION_LIFE_MS)] {
        assert_eq!(Config::new(&Options { timeout, ..options() }).unwrap().timeout_ms, milliseconds);
    }
    for (flow, choice) in [("auto", FlowChoice::Auto), ("popup", FlowChoice::Popup), ("redirect", FlowChoice::Redirect)]
    {
        assert_eq!(Config::new(&Options { flow, ..options() }).unwrap().flow, choice);
    }
}

#[test]
fn a13_no_option_carries_a_secret_into_a_page() {
    for name in ["clientSecret", "client_secret", "secret", "SECRET", "consumerSecret", "apiSecretKey", "mySeCrEt"] {
        assert_eq!(said(&Config::refuse_secret(name).unwrap_err()), "invalid_config/secret", "{name}");
    }
    for name in ["", "clientId", "secre", "s-ecret", "sécret"] {
        assert!(Config::refuse_secret(name).is_ok(), "{name}");
    }
}
