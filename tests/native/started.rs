//! Sign-ins that the host's backend begins: the page keeps a name, and no secret.

use sign_in_with_x::flow::attempt::{Attempt, Request, begin};
use sign_in_with_x::flow::callback::{Awaited, Used, answered, awaited, recall, resumable};
use sign_in_with_x::flow::popup::{Answer, Event, Popup};
use sign_in_with_x::protocol::authorization_response::AuthorizationResponse;
use sign_in_with_x::protocol::config::{Config, Finish, Options};
use sign_in_with_x::protocol::envelope::hand_over;
use sign_in_with_x::protocol::form::Form;
use sign_in_with_x::protocol::outcome::read_exchange;
use sign_in_with_x::protocol::ports::{KeyValue, MemoryStore};
use sign_in_with_x::protocol::transaction::{Flow, Transaction};

use super::kit::{CALLBACK, Fixed, NOW, at, keep, options, other, read, record, s, said, store};

const OAUTH1: &str = "/auth/x/oauth1/start";
const YES: &str = "?oauth_token=canary-request&oauth_verifier=canary-proof";

fn started(start: &str) -> Config<'_> {
    Config::new(&Options { start, ..options() }).unwrap()
}

fn begun(config: &Config<'_>, byte: u8, flow: Flow, now: u64) -> Attempt {
    begin(config, &Request::default(), flow, &mut Fixed(byte), at(now)).unwrap()
}

/// The record of an attempt that the backend began there.
fn began_at(start: &str, flow: &str) -> String {
    record(&[
        ("finish", Some("start")),
        ("exchange", Some(start)),
        ("scope", Some("")),
        ("code_verifier", Some("")),
        ("flow", Some(flow)),
    ])
}

#[test]
fn g9_the_name_of_the_route_says_which_protocol() {
    for (start, oauth1) in [
        (OAUTH1, true),
        ("/api/oauth1/start?return_to=/a", true),
        ("/auth/x/start", false),
        ("/auth/x/start?next=/oauth1/start", false),
        ("/oauth1/start/", false),
        ("/myoauth1/start", false),
    ] {
        let config = started(start);
        assert_eq!((config.finish, config.finish.is_oauth1()), (Finish::Start(start), oauth1), "{start}");
        assert_eq!(config.scope, "", "the backend says what to ask for");
    }
    let both = Config::new(&Options { exchange: "/x/exchange", start: OAUTH1, ..options() }).unwrap();
    assert_eq!(both.finish, Finish::Start(OAUTH1), "exchange then says where the session is asked for");
    assert!(!Finish::Exchange(OAUTH1).is_oauth1() && !Finish::Handoff.is_oauth1());
}

#[test]
fn a4_a16_the_address_has_the_page_s_name_for_it_and_no_more() {
    let state = "CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk";
    let query = format!("redirect_uri=https%3A%2F%2Fapp.example%2Fauth%2Fx%2Fcallback&state={state}");
    for (start, mark) in [(OAUTH1, '?'), ("/auth/x/start?return_to=/a", '&'), ("/s", '?')] {
        let attempt = begin(&started(start), &Request::default(), Flow::Popup, &mut Fixed(9), at(NOW)).unwrap();
        assert_eq!(attempt.url, format!("{start}{mark}{query}"));
        assert_eq!(read(&attempt).code_verifier(), "", "the backend has its own");
        assert_eq!(read(&attempt).finish(), Finish::Start(start));
    }
    let with = |name| {
        let request = Request { params: vec![(name, "true")], ..Request::default() };
        begin(&started(OAUTH1), &request, Flow::Popup, &mut Fixed(9), at(NOW))
    };
    assert!(with("force_login").unwrap().url.ends_with("&force_login=true"));
    for name in ["state", "redirect_uri", "STATE"] {
        assert_eq!(said(&with(name).unwrap_err()), "invalid_config/params", "{name}");
    }
}

#[test]
fn a6_attempts_of_the_two_protocols_are_not_taken_for_one_another() {
    let (one, two) = (started(OAUTH1), started("/auth/x/start"));
    let mut store = store(&[(s(), began_at(OAUTH1, "popup")), (other(), began_at("/auth/x/start", "popup"))]);
    for (config, own) in [(&one, s()), (&two, other())] {
        let found = resumable(&mut store, config, at(NOW));
        assert_eq!(found.iter().map(Transaction::state).collect::<Vec<_>>(), [&own]);
        assert_eq!(awaited(&store, &Used::new(), config, &own), Awaited::Result);
    }
    assert_eq!(awaited(&store, &Used::new(), &one, &other()), Awaited::Other);
    // A10: to OAuth 2.0 this is no callback at all, and to OAuth 1.0a nothing else is.
    let url = format!("{CALLBACK}{YES}");
    assert!(AuthorizationResponse::find(&two, &url).is_none());
    assert!(AuthorizationResponse::find(&one, &url).unwrap().unwrap().is_oauth1());
    for tail in ["?denied=", "?denied=t", "?oauth_token=t&oauth_verifier=v&coupon=SAVE50"] {
        assert!(AuthorizationResponse::find(&one, &format!("{CALLBACK}{tail}")).unwrap().is_ok(), "{tail}");
    }
    for tail in [
        "?code=SAVE50",
        "?oauth_token=t&oauth_verifier=v&code=SAVE50",
        "?denied=t&error=e",
        "?oauth_token=t",
        "?oauth_verifier=v",
        "?denied=t&oauth_token=a&oauth_verifier=b",
        "",
    ] {
        assert!(AuthorizationResponse::find(&one, &format!("{CALLBACK}{tail}")).is_none(), "{tail}");
    }
    assert!(AuthorizationResponse::find(&one, &format!("https://app.example/other{YES}")).is_none());
}

#[test]
fn g9_a5_the_newest_attempt_of_the_window_is_answered_once() {
    let config = started(OAUTH1);
    let (old, new) = (begun(&config, 1, Flow::Redirect, NOW), begun(&config, 2, Flow::Redirect, NOW + 5));
    let mut store = MemoryStore::default();
    for attempt in [&new, &old] {
        keep(&mut store, attempt);
    }
    let mut used = Used::new();
    let mut arrive = |store: &mut MemoryStore, tail: &str| {
        let response = AuthorizationResponse::parse(tail, config.finish)?;
        let state = answered(store, &config, &response, at(NOW + 10));
        response.check(recall(store, &mut used, &config, state, at(NOW + 10)), at(NOW + 10))
    };
    let approved = arrive(&mut store, YES).unwrap();
    assert_eq!(*approved.transaction().state(), new.state);
    assert_eq!((approved.oauth1(), approved.code()), (("canary-request", "canary-proof"), ""));
    assert!(!format!("{approved:?}").contains("canary"), "B5");
    assert_eq!(arrive(&mut store, "?denied=t").unwrap_err().code.as_str(), "cancelled");
    assert!(store.keys().is_empty());
    assert_eq!(said(&arrive(&mut store, YES).unwrap_err()), "started_elsewhere");
    assert_eq!(said(&arrive(&mut store, "?code=c").unwrap_err()), "state_missing");
    // A state that could be none of ours names nothing, and finds nothing.
    keep(&mut store, &new);
    assert_eq!(said(&arrive(&mut store, &format!("{YES}&state=x")).unwrap_err()), "state_mismatch");
}

#[test]
fn g9_a_page_that_waits_judges_what_a_window_hands_over() {
    for (tail, expected) in [
        (YES, "canary-proof"),
        ("?denied=canary-request", "cancelled"),
        ("?code=c", "state_missing"),
        ("?oauth_token=a&oauth_token=b&oauth_verifier=v", "invalid_callback/repeated"),
    ] {
        let mut popup = Popup::new(read(&begun(&started(OAUTH1), 1, Flow::Popup, NOW)), 600_000);
        let settled = popup.on(Event::Delivered { message: &hand_over(tail, 0), elapsed: 1 }).unwrap();
        match settled.result.unwrap() {
            Ok(Answer::Approved(approved)) => assert_eq!(approved.oauth1().1, expected),
            Ok(Answer::Finished(_)) => panic!("nothing was exchanged"),
            Err(error) => assert_eq!(said(&error), expected, "{tail}"),
        }
    }
    let mut popup = Popup::new(read(&begun(&started("/auth/x/start"), 1, Flow::Popup, NOW)), 600_000);
    let settled = popup.on(Event::Delivered { message: &hand_over(YES, 0), elapsed: 1 }).unwrap();
    assert_eq!(said(&settled.result.unwrap().unwrap_err()), "state_missing");
}

#[test]
fn d10_oauth1_needs_a_record_in_the_window_that_comes_back() {
    for flow in [Flow::Popup, Flow::Redirect] {
        assert!(begun(&started(OAUTH1), 1, flow, NOW).needs_record);
    }
    assert!(!begun(&started("/auth/x/start"), 1, Flow::Popup, NOW).needs_record);
}

#[test]
fn a20_where_there_are_no_scopes_none_are_made_up() {
    let none = read_exchange(&Form::parse("status=200&id=1&username=a&name=A&scope=&asked=").unwrap()).unwrap();
    assert_eq!((none.scope.as_str(), none.user.unwrap().id.as_str()), ("", "1"));
    let some = read_exchange(&Form::parse("status=200&scope=users.read&asked=").unwrap()).unwrap();
    assert_eq!(some.scope, "users.read");
}
