//! A host without a store: the cookie is the session.

use serde_json::json;
use sign_in_with_x::server::{Credentials, Session, carried};

use super::{PROFILE, begun, done, exchange, talk, tokens};
use crate::server::held::{Browser, held, held_with};
use crate::server::{NOW, answered, body_with, on_this_machine, session_id};

/// A token that works once would be lost when two requests bring the same cookie.
#[test]
fn g7_g8_a_host_without_a_store_has_the_session_in_the_cookie() {
    let config = held_with(|options| options.session_seconds = 600);
    let mut browser = Browser::default();
    let sign_in = |browser: &mut Browser, now: u64| {
        let mut talk = talk(&config, &browser.cookies()).carrying();
        drop(talk.begin(&exchange(), &body_with(|_| {}), now));
        drop(talk.heard(&tokens(), now));
        let outcome = done(talk.heard(&answered(200, PROFILE), now));
        browser.keep(&outcome.answer);
        outcome
    };
    let first = sign_in(&mut browser, NOW).kept.unwrap();
    assert!(!browser.cookies().contains("canary"), "sealed");
    assert_eq!(first.life_seconds, 7200, "as long as the access token, which nothing renews");
    let refresh = |session: &Session| match &session.credentials {
        Credentials::OAuth2(tokens) => tokens.refresh_token.as_ref().map(|token| token.expose().to_owned()),
        Credentials::OAuth1(_) => None,
    };
    assert_eq!(refresh(&first.session), None, "not to be used");

    let opened = carried::open(&config, &first.id, NOW + 60).unwrap();
    assert_eq!((opened.session.user.username.as_str(), opened.ends_at), ("ada", (NOW + 7200) * 1000));
    assert_eq!(opened.session.life_seconds(), 7140, "counted from now");
    assert_eq!(refresh(&opened.session).as_deref(), Some("canary-refresh"), "to be taken back");
    assert!(!format!("{opened:?}").contains("canary"));
    assert!(carried::open(&config, &first.id, NOW + 7200).is_none(), "over");
    assert!(carried::open(&config, &session_id(), NOW).is_none(), "none is carried");
    let moved = session_id().carrying(first.id.carried().unwrap().into());
    assert!(carried::open(&config, &moved, NOW).is_none(), "another's name");

    let second = sign_in(&mut browser, NOW + 60);
    assert_eq!(second.ends[0].id.expose(), first.id.expose());
    assert_eq!(second.ends[0].ends_at, (NOW + 7200) * 1000);
    browser.0[0].1 = first.id.expose().to_owned() + ".forged";
    assert!(sign_in(&mut browser, NOW + 60).ends.is_empty(), "one that does not open is nobody's");

    // OAuth 1.0a: the pair, and its person.
    let (_, begun) = begun().pop().unwrap();
    let mut talk = talk(&config, &begun.cookies()).carrying();
    drop(talk.begin(&begun.step, &begun.text, NOW));
    drop(talk.heard(&begun.answers[0], NOW));
    let kept = done(talk.heard(&begun.answers[1], NOW)).kept.unwrap();
    let opened = carried::open(&config, &kept.id, NOW).unwrap();
    let Credentials::OAuth1(token) = opened.session.credentials else { panic!() };
    assert_eq!((token.pair.secret.expose(), token.user_id.as_deref()), ("canary-secret", Some("1")));
}

#[test]
fn g7_a_session_that_fits_in_no_cookie_is_refused_and_taken_back() {
    let long = json!({ "token_type": "bearer", "access_token": "a".repeat(4000), "scope": "users.read" });
    let on_disk = on_this_machine();
    for (config, hint) in [(&held(), "does not fit"), (&on_disk, "session store")] {
        let mut talk = talk(config, "").carrying();
        drop(talk.begin(&exchange(), &body_with(|_| {}), NOW));
        drop(talk.heard(&answered(200, &long.to_string()), NOW));
        let outcome = done(talk.heard(&answered(200, PROFILE), NOW));
        assert_eq!((outcome.answer.status, outcome.kept.is_none(), outcome.dropped.is_some()), (500, true, true));
        assert!(outcome.answer.body.unwrap().contains(hint));
    }
}
