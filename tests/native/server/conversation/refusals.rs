//! Every way a sign-in can fail, and what it leaves behind.

use serde_json::json;
use sign_in_with_x::server::held::finish;
use sign_in_with_x::server::{Conversation, Failure, Outcome, Step};

use super::{
    PROFILE, WAITING, begun, callback, done, exchange, oauth1_exchange, oauth1_start, plain, start, talk, tokens,
};
use crate::kit::{NoEntropy, s};
use crate::server::held::{Browser, held, query_of};
use crate::server::{CALLBACK, NOW, answered, body_with, header, on_this_machine, session_id};

/// Each of these used to be written by every host anew.
#[test]
fn a7_g4_g12_every_refusal_takes_the_transaction_out_of_the_cookie() {
    let config = held();
    let refuse = || answered(400, r#"{"error":"invalid_grant"}"#);
    let from_outside = [
        (Failure::timeout(), 504),
        (Failure::unreachable(), 502),
        (Failure::internal(), 500),
        (finish::unknown(), 400),
        (Failure::too_often(60), 429),
    ];
    for (name, begun) in begun() {
        for heard in 0..=begun.answers.len() {
            let started = || {
                let mut talk = talk(&config, &begun.cookies());
                drop(talk.begin(&begun.step, &begun.text, NOW));
                for answer in &begun.answers[..heard] {
                    drop(talk.heard(answer, NOW));
                }
                talk
            };
            let mut outcomes: Vec<(Outcome, u16)> =
                from_outside.iter().map(|(failure, status)| (started().failed(failure), *status)).collect();
            outcomes.push((started().too_often(60), 429));
            // When it is over nothing of X's is expected.
            let late = heard == begun.answers.len();
            let said = done(started().heard(&refuse(), NOW));
            let status = if late { 500 } else { said.answer.status };
            outcomes.push((said, status));
            for (outcome, status) in outcomes {
                let Outcome { answer, kept, ends, dropped, callback_page } = outcome;
                let after = format!("{name} after {heard}: {answer:?}");
                assert_eq!(answer.status, status, "{after}");
                assert!(answer.status >= 400 && kept.is_none() && ends.is_empty() && !callback_page, "{after}");
                let cookies = header(&answer, "set-cookie");
                assert_eq!(cookies.len(), 1, "{after}");
                assert!(cookies[0].starts_with(WAITING) && cookies[0].contains("Max-Age=0"), "{after}");
                assert_eq!(dropped.is_some(), heard > 0 && !name.starts_with("oauth1"), "{after}");
                let body = answer.body.unwrap();
                assert!(!body.contains("canary"), "{after}");
                assert_eq!(body.contains("href=\"/account\""), name.ends_with("callback"), "{after}: a way back");
            }
        }
    }
}

#[test]
fn a21_tokens_of_a_sign_in_that_failed_are_reported_to_be_taken_back() {
    let config = on_this_machine();
    let profiles = [answered(503, ""), answered(200, "{}"), answered(403, r#"{"title":"Forbidden"}"#)];
    for last in profiles.map(Some).into_iter().chain([None]) {
        let mut talk = talk(&config, "");
        drop(talk.begin(&exchange(), &body_with(|_| {}), NOW));
        assert!(talk.failed(&Failure::timeout()).dropped.is_none(), "X has given nothing yet");
        drop(talk.heard(&tokens(), NOW));
        let outcome = match &last {
            Some(answer) => done(talk.heard(answer, NOW)),
            None => talk.failed(&Failure::timeout()),
        };
        let dropped = outcome.dropped.unwrap();
        assert_eq!(dropped.access_token.expose(), "canary-access", "{last:?}");
        assert_eq!(dropped.refresh_token.unwrap().expose(), "canary-refresh");
        assert!(outcome.answer.status >= 500 && outcome.kept.is_none(), "{last:?}");
    }
}

#[test]
fn g9_g4_a_link_that_fails_says_so_where_somebody_reads_it() {
    let config = held();
    let page = format!("?state={}", s().as_str());
    for (query, popup) in [("?return_to=/account", false), (page.as_str(), true)] {
        let asked = || {
            let mut talk = talk(&config, "");
            drop(talk.begin(&oauth1_start(), query, NOW));
            talk
        };
        for outcome in [
            asked().too_often(60),
            asked().failed(&Failure::timeout()),
            done(
                asked()
                    .heard(&answered(403, r#"{"errors":[{"code":415,"message":"Callback URL not approved"}]}"#), NOW),
            ),
        ] {
            let answer = plain(outcome);
            if popup {
                assert_eq!(answer.status, 303);
                let told = query_of(header(&answer, "location")[0]);
                assert!(!told.get("error").is_empty() && told.get("state") == s().as_str());
            } else {
                assert!(answer.status >= 400 && answer.body.unwrap().contains("href=\"/account\""));
            }
        }
    }
    for step in [start(), oauth1_start()] {
        let answer = plain(done(talk(&config, "").begin(&step, "?redirect_uri=https://evil.example", NOW)));
        assert_eq!(
            (answer.status, header(&answer, "content-type")),
            (400, vec!["text/html; charset=utf-8"]),
            "{step:?}"
        );
    }
}

#[test]
fn a5_g4_what_this_browser_did_not_begin_asks_x_nothing() {
    let config = held();
    let (plain_config, nobody) = (super::super::config(), s());
    let state = nobody.as_str();
    let posted = json!({ "code": "c", "state": state, "redirectUri": CALLBACK, "clientId": "client" }).to_string();
    let approved = r#"{"oauthToken":"token","oauthVerifier":"v"}"#;
    for (config, step, text, status, page) in [
        (&config, exchange(), posted.as_str(), 400, false),
        (&config, exchange(), "{}", 400, false),
        (&config, oauth1_exchange(), approved, 400, false),
        (&config, callback(), &format!("?code=c&state={state}"), 400, true),
        (&config, callback(), "", 400, true),
        (&plain_config, exchange(), &posted, 404, false),
        // A host's mistake.
        (&config, Step::SignOut { id: None }, "", 500, false),
        (&config, Step::Session { id: session_id() }, "", 500, false),
    ] {
        let outcome = done(talk(config, "").begin(&step, text, NOW));
        assert_eq!(outcome.callback_page, page, "{step:?}");
        let answer = plain(outcome);
        assert_eq!((answer.status, header(&answer, "set-cookie").len()), (status, 0), "{step:?} {text}");
    }
    // X's answer to what was never asked.
    assert_eq!(plain(done(talk(&config, "").heard(&tokens(), NOW))).status, 500);
}

#[test]
fn g4_a_person_who_cancels_goes_back_and_x_is_not_asked() {
    let config = held();
    let mut browser = Browser::default();
    let state = browser.start(&config, "?return_to=/account", NOW).get("state").to_owned();
    browser.start_oauth1(&config, "?return_to=/account", "token");
    for query in [format!("?error=access_denied&state={state}"), "?denied=token".into()] {
        let answer = plain(done(talk(&config, &browser.cookies()).begin(&callback(), &query, NOW)));
        assert!(answer.status == 200 && answer.body.as_ref().unwrap().contains("url=/account"), "{query}");
        assert!(header(&answer, "set-cookie")[0].starts_with(WAITING), "{query}");
    }
}

#[test]
fn a3_without_randomness_nobody_is_signed_in() {
    let config = held();
    let mut talk = Conversation::new(&config, "", NoEntropy);
    drop(talk.begin(&exchange(), &body_with(|_| {}), NOW));
    drop(talk.heard(&tokens(), NOW));
    let outcome = done(talk.heard(&answered(200, PROFILE), NOW));
    assert_eq!((outcome.answer.status, outcome.kept.is_none(), outcome.dropped.is_some()), (500, true, true));
    for step in [start(), oauth1_start()] {
        assert_eq!(plain(done(Conversation::new(&config, "", NoEntropy).begin(&step, "", NOW))).status, 500);
    }
}
