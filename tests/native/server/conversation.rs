//! A sign-in from the page's request to the last answer, as a host carries it.

mod carrying;
mod refusals;

use serde_json::json;
use sign_in_with_x::server::{
    Answer, Conversation, Credentials, HttpRequest, HttpResponse, Outcome, ServerConfig, Step, Turn, signed_in,
};

use super::held::{Browser, confirmed, held, query_of};
use super::{CALLBACK, NOW, VERIFIER, answered, body_with, header, on_this_machine, session_id};
use crate::kit::Os;

const PROFILE: &str = r#"{"data":{"id":"1","name":"Ada","username":"ada"}}"#;
const SESSION: &str = "__Host-Http-sign-in-with-x=";
const WAITING: &str = "__Host-Http-sign-in-with-x-start=";

type Talk<'a> = Conversation<&'a ServerConfig, Os>;

fn talk<'a>(config: &'a ServerConfig, cookies: &str) -> Talk<'a> {
    Conversation::new(config, cookies, Os::new())
}

fn tokens() -> HttpResponse {
    let body = json!({
        "token_type": "bearer", "access_token": "canary-access", "refresh_token": "canary-refresh",
        "scope": "users.read", "expires_in": 7200,
    });
    answered(200, &body.to_string())
}

fn access_token() -> HttpResponse {
    let body = "oauth_token=canary-access&oauth_token_secret=canary-secret&user_id=1&screen_name=ada".into();
    HttpResponse { status: 200, body, ..Default::default() }
}

/// X's clock is ten minutes ahead.
fn too_late() -> HttpResponse {
    HttpResponse { status: 401, date: "Fri, 15 Jan 2027 08:10:00 GMT".into(), ..Default::default() }
}

fn sent(turn: Turn) -> (HttpRequest, Option<String>) {
    let Turn::Send { request, used } = turn else { panic!("{turn:?}") };
    assert!(used.as_ref().is_none_or(|used| used.name.len() == 43 && used.ends_at == NOW + 600));
    (request, used.map(|used| used.name))
}

fn path(turn: Turn) -> String {
    let url = sent(turn).0.url;
    url.split_once("x.com").unwrap().1.split('?').next().unwrap().into()
}

fn done(turn: Turn) -> Outcome {
    let Turn::Done(outcome) = turn else { panic!("{turn:?}") };
    outcome
}

/// Nothing to keep, to end or to take back.
fn plain(outcome: Outcome) -> Answer {
    let Outcome { answer, kept, ends, dropped, .. } = outcome;
    assert!(kept.is_none() && ends.is_empty() && dropped.is_none());
    answer
}

const fn exchange() -> Step {
    Step::Exchange { before: None }
}
const fn oauth1_exchange() -> Step {
    Step::OAuth1Exchange { before: None }
}
const fn callback() -> Step {
    Step::Callback { before: None }
}
const fn start() -> Step {
    Step::Start { own_page: true, before: None }
}
const fn oauth1_start() -> Step {
    Step::OAuth1Start { own_page: true, before: None }
}

/// One that the backend began, and how it comes back: what `begin` is given, and what X answers until the last.
struct Begun {
    browser: Browser,
    step: Step,
    text: String,
    answers: Vec<HttpResponse>,
}

impl Begun {
    fn cookies(&self) -> String {
        self.browser.cookies()
    }
}

/// Every kind that uses a transaction.
fn begun() -> Vec<(&'static str, Begun)> {
    let config = held();
    let mut all = Vec::new();
    for (name, step) in [("exchange", exchange()), ("callback", callback())] {
        let mut browser = Browser::default();
        let state = browser.start(&config, "?return_to=/account", NOW).get("state").to_owned();
        let posted = json!({ "code": "canary-code", "state": state, "redirectUri": CALLBACK, "clientId": "client" });
        let text = if name == "exchange" { posted.to_string() } else { format!("?code=canary-code&state={state}") };
        all.push((name, Begun { browser, step, text, answers: vec![tokens(), answered(200, PROFILE)] }));
    }
    for (name, step) in [("oauth1/exchange", oauth1_exchange()), ("oauth1 callback", callback())] {
        let mut browser = Browser::default();
        browser.start_oauth1(&config, "?return_to=/account", "token");
        let posted = json!({ "oauthToken": "token", "oauthVerifier": "canary-verifier" });
        let query = "?oauth_token=token&oauth_verifier=canary-verifier";
        let text = if name == "oauth1/exchange" { posted.to_string() } else { query.into() };
        all.push((name, Begun { browser, step, text, answers: vec![access_token(), answered(200, PROFILE)] }));
    }
    all
}

#[test]
fn g1_g8_a_page_s_own_sign_in_ends_with_a_session_to_keep() {
    let config = on_this_machine();
    let before = session_id();
    let mut talk = talk(&config, &format!("sign-in-with-x={}", before.expose()));
    let (request, used) = sent(talk.begin(&exchange(), &body_with(|_| {}), NOW));
    assert!(request.body.unwrap().expose().contains(VERIFIER) && used.is_none());
    assert_eq!(path(talk.heard(&tokens(), NOW)), "/2/users/me");
    let outcome = done(talk.heard(&answered(200, PROFILE), NOW));
    assert!(!format!("{talk:?} {outcome:?}").contains("canary"), "{outcome:?}");

    let Outcome { answer, callback_page, kept: Some(kept), ends, dropped: None } = outcome else { panic!() };
    assert_eq!((answer.status, callback_page, kept.life_seconds), (200, false, 7200));
    assert_eq!(kept.session.user.username, "ada");
    assert_eq!(answer, signed_in(&config, &kept.id, &kept.session), "with the cookie of that session");
    assert!(header(&answer, "set-cookie")[0].contains(kept.id.expose()));
    assert_ne!(kept.id.expose(), before.expose());
    assert_eq!((ends.len(), ends[0].id.expose(), ends[0].ends_at), (1, before.expose(), 0));
    let Credentials::OAuth2(kept) = kept.session.credentials else { panic!() };
    assert_eq!(kept.refresh_token.unwrap().expose(), "canary-refresh");
}

#[test]
fn g4_every_kind_that_the_backend_began_claims_its_transaction_and_ends_signed_in() {
    let config = held();
    for (name, begun) in begun() {
        let mut talk = talk(&config, &begun.cookies());
        let (_, used) = sent(talk.begin(&begun.step, &begun.text, NOW));
        let again = self::talk(&config, &begun.cookies()).begin(&begun.step, &begun.text, NOW);
        assert!(used.is_some() && used == sent(again).1, "{name}: of two one can be claimed");
        let mut turn = talk.heard(&begun.answers[0], NOW);
        assert!(matches!(turn, Turn::Send { used: None, .. }), "{name}: claimed once");
        turn = talk.heard(&begun.answers[1], NOW);
        let Outcome { answer, kept: Some(kept), ends, dropped: None, .. } = done(turn) else { panic!("{name}") };
        let cookies = header(&answer, "set-cookie");
        assert_eq!((answer.status, cookies.len(), ends.len()), (200, 2, 0), "{name}");
        assert!(cookies.iter().any(|set| set.starts_with(SESSION) && set.contains(kept.id.expose())), "{name}");
        assert!(cookies.iter().any(|set| set.starts_with(WAITING) && set.contains("Max-Age=0")), "{name}");
        let lands = if name.ends_with("exchange") { r#""returnTo":"/account""# } else { "url=/account" };
        assert!(answer.body.as_ref().unwrap().contains(lands), "{name}: {:?}", answer.body);
    }
}

#[test]
fn g8_the_sessions_of_everything_that_waits_end() {
    let config = held();
    let old = session_id();
    let mut browser = Browser(vec![("__Host-Http-sign-in-with-x".into(), old.expose().into())]);
    let click = |browser: &mut Browser| {
        let answer = plain(done(talk(&config, &browser.cookies()).begin(&start(), "", NOW)));
        browser.keep(&answer);
        query_of(header(&answer, "location")[0]).get("state").to_owned()
    };
    let states = [click(&mut browser), click(&mut browser)];
    // From X the session's cookie does not come along.
    let strict = browser.0.remove(0);
    let finish = |browser: &Browser, step: &Step, text: &str| {
        let mut talk = talk(&config, &browser.cookies());
        drop(talk.begin(step, text, NOW));
        drop(talk.heard(&tokens(), NOW));
        done(talk.heard(&answered(200, PROFILE), NOW))
    };
    let first = finish(&browser, &callback(), &format!("?code=c&state={}", states[0]));
    assert_eq!(first.ends.iter().map(|one| one.id.expose()).collect::<Vec<_>>(), [strict.1.as_str()]);
    browser.keep(&first.answer);
    browser.0.retain(|(name, _)| name.ends_with("-start"));
    let kept = first.kept.unwrap().id;

    // The page's own, while the other one still waits: it ends what that one would have ended.
    let second = finish(&browser, &exchange(), &body_with(|_| {}));
    assert_eq!(second.ends.iter().map(|one| one.id.expose()).collect::<Vec<_>>(), [kept.expose()]);
    browser.keep(&second.answer);
    browser.0.retain(|(name, _)| name.ends_with("-start"));
    let third = finish(&browser, &callback(), &format!("?code=c&state={}", states[1]));
    assert_eq!(third.ends[0].id.expose(), second.kept.unwrap().id.expose());
}

#[test]
fn g4_g9_a_link_begins_at_once_or_with_a_request_token() {
    let config = held();
    let answer = plain(done(talk(&config, "").begin(&start(), "?return_to=/account", NOW)));
    assert_eq!((answer.status, header(&answer, "set-cookie").len()), (303, 1));

    let mut talk = talk(&config, "");
    assert_eq!(path(talk.begin(&oauth1_start(), "?return_to=/account", NOW)), "/oauth/request_token");
    let answer = plain(done(talk.heard(&confirmed("token"), NOW)));
    assert_eq!((answer.status, header(&answer, "set-cookie").len()), (303, 1));
    assert!(header(&answer, "location")[0].ends_with("oauth_token=token"));
}

#[test]
fn g9_a_request_with_a_wrong_time_is_signed_once_more() {
    let config = held();
    let stamped = |turn: Turn| {
        let (request, _) = sent(turn);
        let (_, rest) = request.header("authorization").unwrap().split_once("oauth_timestamp=\"").unwrap();
        (request.url.rsplit('/').next().unwrap().to_owned(), rest.split('"').next().unwrap().parse::<u64>().unwrap())
    };
    let mut start = talk(&config, "");
    assert_eq!(stamped(start.begin(&oauth1_start(), "", NOW)), ("request_token".into(), NOW));
    assert_eq!(stamped(start.heard(&too_late(), NOW)), ("request_token".into(), NOW + 600));
    assert_eq!(plain(done(start.heard(&too_late(), NOW))).status, 502, "once");

    let (_, begun) = begun().pop().unwrap();
    let mut talk = talk(&config, &begun.cookies());
    assert_eq!(stamped(talk.begin(&begun.step, &begun.text, NOW)).1, NOW);
    let corrected = talk.heard(&too_late(), NOW);
    assert!(matches!(corrected, Turn::Send { used: None, .. }), "claimed once");
    assert_eq!(stamped(corrected), ("access_token".into(), NOW + 600));
    let (profile, time) = stamped(talk.heard(&access_token(), NOW));
    assert!(profile.starts_with("me?") && time == NOW + 600, "and goes on by X's clock");
    assert!(done(talk.heard(&answered(200, PROFILE), NOW)).kept.is_some());

    // A clock that goes wrong between the two.
    let mut talk = self::talk(&config, &begun.cookies());
    drop(talk.begin(&begun.step, &begun.text, NOW));
    drop(talk.heard(&access_token(), NOW));
    assert_eq!(stamped(talk.heard(&too_late(), NOW)).1, NOW + 600);
    assert_eq!(done(talk.heard(&too_late(), NOW)).kept.map(|kept| kept.life_seconds), None, "once");
}
