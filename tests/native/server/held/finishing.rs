//! Coming back: posted by a page, or by X itself.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use sign_in_with_x::protocol::form::Form;
use sign_in_with_x::server::held::finish::{self, Arrived, Next};
use sign_in_with_x::server::held::start::{self, Click};
use sign_in_with_x::server::held::{Taken, beside, failed, landed, signed_in};
use sign_in_with_x::server::oauth1::{Clock, access_token, identity};
use sign_in_with_x::server::{self, Credentials, Failure, FailureCode, Former, HttpResponse, Session, SessionId, user};

use super::{Browser, CALLBACK, NOW, header, held, query_of};
use crate::kit::{Os, other, s};
use crate::server::{VERIFIER, answered, body_with, granted, session_id};

const PROFILE: &str = r#"{"data":{"id":"1","name":"Ada","username":"ada"}}"#;

fn session() -> Session {
    let tokens = granted("users.read tweet.read");
    Session {
        user: user::read(&tokens, &answered(200, PROFILE), NOW).unwrap(),
        credentials: Credentials::OAuth2(tokens),
    }
}

fn post(browser: &Browser, state: &str) -> Result<(Form, Taken), Failure> {
    let body = json!({ "code": "canary-code", "state": state, "redirectUri": CALLBACK, "clientId": "client" });
    let (request, taken) = finish::exchange(&held(), &body.to_string(), &browser.cookies(), NOW, &mut Os::new())?;
    Ok((Form::parse(request.body.unwrap().expose()).unwrap(), taken.unwrap()))
}

fn get(browser: &Browser, query: &str) -> Arrived {
    finish::callback(&held(), query, &browser.cookies(), NOW, &mut Os::new())
}

#[test]
fn g4_a_page_posts_the_state_and_the_backend_knows_the_verifier() {
    let mut browser = Browser::default();
    let asked = browser.start(&held(), "?return_to=/account", NOW);
    let (sent, taken) = post(&browser, asked.get("state")).unwrap();
    assert_eq!((sent.get("code"), sent.get("redirect_uri")), ("canary-code", CALLBACK));
    assert_eq!(sent.get("code_verifier").len(), 43);
    assert!(
        !format!("{taken:?}").contains(sent.get("code_verifier")) && !format!("{taken:?}").contains(asked.get("state"))
    );

    let answer = signed_in(&held(), &session_id(), &session(), &taken);
    let body: Value = serde_json::from_str(answer.body.as_ref().unwrap()).unwrap();
    assert_eq!(body["returnTo"], "/account");
    assert!(header(&answer, "set-cookie")[0].ends_with("SameSite=Strict"));
    browser.keep(&answer);
    let again = post(&browser, asked.get("state")).unwrap_err();
    assert_eq!((again.code, again.status), (FailureCode::InvalidGrant, 400), "used");
}

#[test]
fn g4_a6_what_a_page_began_that_page_finishes() {
    let (config, named) = (held(), format!("?state={}", s().as_str()));
    let mut browser = Browser::default();
    browser.start(&config, &named, NOW);
    browser.start_oauth1(&config, &named, "token");
    let before = browser.cookies();
    // X sends the person to the callback page, which may be a route of the backend's: nothing is spent there.
    for query in [
        format!("?code=c&state={}", s().as_str()),
        format!("?error=access_denied&state={}", s().as_str()),
        "?oauth_token=token&oauth_verifier=v".into(),
        "?denied=token".into(),
    ] {
        assert!(matches!(get(&browser, &query), Arrived::NotOurs), "{query}");
    }
    assert_eq!(browser.cookies(), before);
    assert!(post(&browser, s().as_str()).is_ok());

    let body = |state: Value| json!({ "oauthToken": "token", "oauthVerifier": "v", "state": state }).to_string();
    for state in [Value::Null, json!(""), json!(other().as_str()), json!("token")] {
        let failure = finish::oauth1(&config, &body(state), &browser.cookies(), NOW, &mut Os::new()).unwrap_err();
        assert_eq!(failure.code, FailureCode::InvalidGrant, "another attempt of the same browser");
    }
    assert!(finish::oauth1(&config, &body(json!(s().as_str())), &browser.cookies(), NOW, &mut Os::new()).is_ok());
    // A link without a page has no name for it.
    let mut plain = Browser::default();
    plain.start_oauth1(&config, "", "token");
    assert!(finish::oauth1(&config, &body(json!(s().as_str())), &plain.cookies(), NOW, &mut Os::new()).is_err());
}

#[test]
fn g4_another_browser_and_another_state_begin_nothing() {
    let (mut one, mut other) = (Browser::default(), Browser::default());
    let ones = one.start(&held(), "", NOW).get("state").to_owned();
    let others = other.start(&held(), "", NOW).get("state").to_owned();
    for (browser, state) in [(&one, &others), (&other, &ones), (&Browser::default(), &ones), (&one, &"S".repeat(43))] {
        assert_eq!(post(browser, state).unwrap_err().code, FailureCode::InvalidGrant);
        assert!(matches!(get(browser, &format!("?code=c&state={state}")), Arrived::NotOurs));
    }
    let elsewhere =
        json!({ "code": "c", "state": ones, "redirectUri": "https://app.example/other", "clientId": "client" });
    let failure = finish::exchange(&held(), &elsewhere.to_string(), &one.cookies(), NOW, &mut Os::new()).unwrap_err();
    assert_eq!(failure.code, FailureCode::InvalidGrant);
    // One of the two protocols never finishes the other's.
    let mut mixed = Browser::default();
    mixed.start_oauth1(&held(), "", "token");
    assert!(post(&mixed, "token").is_err());
    assert!(matches!(get(&one, &format!("?oauth_token={ones}&oauth_verifier=v")), Arrived::NotOurs));
}

#[test]
fn g4_a_page_s_own_sign_in_goes_on_as_before() {
    let (request, taken) = finish::exchange(&held(), &body_with(|_| {}), "", NOW, &mut Os::new()).unwrap();
    assert!(taken.is_none());
    assert!(request.body.unwrap().expose().contains(VERIFIER));
    let both = body_with(|body| body["state"] = json!("S".repeat(43)));
    assert!(finish::exchange(&held(), &both, "", NOW, &mut Os::new()).unwrap().1.is_none());
    assert_eq!(finish::exchange(&held(), &" ".repeat(16_385), "", NOW, &mut Os::new()).unwrap_err().status, 413);
}

#[test]
fn b9_g2_without_javascript_from_a_link_to_a_session() {
    let mut browser = Browser::default();
    let asked = browser.start(&held(), "?return_to=/a?b=%22%27%26c%3Cx", NOW);
    let Arrived::Ours(Next::OAuth2(request), taken) =
        get(&browser, &format!("?state={}&code=canary-code", asked.get("state")))
    else {
        panic!()
    };
    assert_eq!(request.url, "https://api.x.com/2/oauth2/token");
    let answer = landed(&held(), &session_id(), &session(), &taken);
    assert_eq!(answer.status, 200);
    assert_eq!(header(&answer, "content-type"), ["text/html; charset=utf-8"]);
    let page = answer.body.as_ref().unwrap();
    let (_, styled) = page.split_once("<style>").unwrap();
    let (style, rest) = styled.split_once("</style>").unwrap();
    let policy = format!(
        "default-src 'none'; frame-ancestors 'none'; style-src 'sha256-{}'",
        STANDARD.encode(Sha256::digest(style))
    );
    assert_eq!(header(&answer, "content-security-policy"), [policy]);
    assert!(!rest.contains("style") && !page.contains("<script"), "{page}");
    assert!(page.contains("content=\"0;url=/a?b=&quot;&#39;&amp;c&lt;x\""), "{page}");
    assert!(!page.contains("canary") && !page.contains(asked.get("state")));
    browser.keep(&answer);
    assert!(browser.cookies().starts_with("__Host-Http-sign-in-with-x="), "the session, and no transaction");
    assert!(matches!(get(&browser, &format!("?state={}&code=c", asked.get("state"))), Arrived::NotOurs));

    let failure = failed(&Failure::timeout(), &taken);
    assert_eq!(failure.status, 504);
    assert!(failure.body.as_ref().unwrap().contains("upstream_unreachable"));
    assert!(header(&failure, "set-cookie")[0].contains("Max-Age=0"));
}

#[test]
fn b6_a_person_who_cancels_is_back_where_they_were() {
    let mut browser = Browser::default();
    let state = browser.start(&held(), "?return_to=/a", NOW).get("state").to_owned();
    browser.start_oauth1(&held(), "?return_to=/b", "token");
    for (query, to) in [(format!("?error=access_denied&state={state}"), "/a"), ("?denied=token".into(), "/b")] {
        let Arrived::Over(answer) = get(&browser, &query) else { panic!("{query}") };
        assert_eq!(answer.status, 200);
        assert!(answer.body.as_ref().unwrap().contains(&format!("url={to}\"")));
        browser.keep(&answer);
    }
    assert_eq!(browser.cookies(), "");
    let state = browser.start(&held(), "", NOW).get("state").to_owned();
    for tail in ["error=server_error", "error=<b>", "code=a%20b", "code=c&iss=https://evil.example"] {
        let Arrived::Over(answer) = get(&browser, &format!("?state={state}&{tail}")) else { panic!("{tail}") };
        assert!(answer.status >= 400 && !answer.body.unwrap().contains("<b>"), "{tail}");
    }
}

/// The page's own parser (`AuthorizationResponse::parse`) decides: what it refuses is not looked at, and spends nothing.
#[test]
fn a9_a11_a1_a_callback_is_read_as_the_page_reads_it() {
    let mut browser = Browser::default();
    let state = browser.start(&held(), "?return_to=/a", NOW).get("state").to_owned();
    for tail in [
        "code=c&code=d",
        "error=x&error=y",
        "state=t&code=c",
        "code=c&error=x",
        "code=",
        "code=c&iss=https://x.com&iss=https://x.com",
        "error=x&error_description=a&error_description=b",
        "code=c&access_token=t",
        "code=c&id_token=t",
        "token=t",
        "code=%ff",
        "code=%zz",
        &format!("code={}", "c".repeat(8192)),
    ] {
        assert!(matches!(get(&browser, &format!("?state={state}&{tail}")), Arrived::NotOurs), "{tail:.60}");
    }
    let ours = |tail: &str| get(&browser, &format!("?state={state}&{tail}"));
    assert!(matches!(ours("code=c&iss=https://x.com"), Arrived::Ours(..)));
    assert!(matches!(get(&browser, &format!("state={state}&code=c")), Arrived::Ours(..)), "without its question mark");
    let status = |tail: &str| if let Arrived::Over(answer) = ours(tail) { answer.status } else { 0 };
    assert_eq!(status("code=c&iss=https://evil.example"), 400);
    // X documents no parameters of a refusal; libraries saw a bare state. The person came back, and said no.
    assert_eq!(
        [status(""), status("x=y"), status("error=access_denied"), status("error=server_error")],
        [200, 200, 200, 502]
    );
}

/// The cookie of the session does not come along from X.
#[test]
fn g8_the_session_before_is_named_by_the_transaction() {
    let before = |ends_at| Some(Former { id: session_id(), ends_at });
    for (given, ends_at) in [(None, None), (before(0), Some(0)), (before(1_900_000_000_123), Some(1_900_000_000_123))] {
        let mut browser = Browser::default();
        let state = begin(&mut browser, given);
        assert!(!browser.cookies().contains(session_id().expose()), "sealed");
        let Arrived::Ours(_, taken) = get(&browser, &format!("?code=c&state={state}")) else { panic!() };
        assert_eq!(taken.before.first().map(|former| former.ends_at), ends_at);
        assert!(taken.before.iter().all(|former| former.id.expose() == session_id().expose()));
        assert_eq!(taken.ends_at, NOW + 600);
        assert!(!format!("{taken:?}").contains("__Host"));
    }
}

/// Of two tabs the second used to end what the first had found, and left the first's session without an end.
#[test]
fn g8_a_session_that_comes_about_meanwhile_is_ended_by_what_still_waits() {
    let config = held();
    let former = |letter: &str| Former { id: SessionId::parse(&letter.repeat(43)).unwrap(), ends_at: 7 };
    let named = |before: &[Former]| -> String { before.iter().map(|one| &one.id.expose()[..1]).collect() };
    let mut browser = Browser::default();
    let states = [None, Some("A"), Some("B"), Some("A")].map(|before| begin(&mut browser, before.map(former)));
    let arrive = |browser: &Browser, state: &str| {
        let Arrived::Ours(_, taken) = get(browser, &format!("?code=c&state={state}")) else { panic!() };
        taken
    };

    let taken = arrive(&browser, &states[0]);
    assert_eq!(named(&taken.before), "AB", "whatever this browser had, each once");
    let mut elsewhere = browser.clone();
    elsewhere.keep(&failed(&finish::unknown(), &taken));
    assert_eq!(named(&arrive(&elsewhere, &states[1]).before), "AB", "one that failed left no session");

    let taken = taken.followed_by(&config, &former("C"), NOW, &mut Os::new()).unwrap();
    browser.keep(&landed(&config, &former("C").id, &session(), &taken));
    let taken = arrive(&browser, &states[1]);
    assert_eq!((named(&taken.before).as_str(), taken.before[0].ends_at), ("C", 7));

    let (before, cookie) =
        beside(&config, &browser.cookies(), &former("D"), NOW, &mut Os::new()).unwrap().expect("they wait");
    assert_eq!(named(&before), "C");
    let mut answer = server::signed_in(&config, &former("D").id, &session());
    answer.headers.push(("set-cookie", cookie));
    browser.keep(&answer);
    assert_eq!(named(&arrive(&browser, &states[2]).before), "D", "by a page's own sign-in too");
    assert!(beside(&config, "", &former("D"), NOW, &mut Os::new()).unwrap().is_none());
}

fn begin(browser: &mut Browser, before: Option<Former>) -> String {
    let click = Click { query: "", own_page: true, before };
    let answer = start::oauth2(&held(), &click, &browser.cookies(), NOW, &mut Os::new());
    browser.keep(&answer);
    query_of(header(&answer, "location")[0]).get("state").to_owned()
}

#[test]
fn g9_oauth1_from_a_link_to_a_session() {
    let config = held();
    let mut browser = Browser::default();
    browser.start_oauth1(&config, "?return_to=/account", "token");
    let body = |token: &str| json!({ "oauthToken": token, "oauthVerifier": "verifier" }).to_string();
    for bad in ["", "{}", "null", r#"{"oauthToken":"token"}"#, r#"{"oauthToken":"to ken","oauthVerifier":"v"}"#] {
        let failure = finish::oauth1(&config, bad, &browser.cookies(), NOW, &mut Os::new()).unwrap_err();
        assert_eq!(failure.code, FailureCode::InvalidRequest, "{bad}");
    }
    let swapped = finish::oauth1(&config, &body("another"), &browser.cookies(), NOW, &mut Os::new()).unwrap_err();
    assert_eq!(swapped.code, FailureCode::InvalidGrant);
    let (verified, taken) = finish::oauth1(&config, &body("token"), &browser.cookies(), NOW, &mut Os::new()).unwrap();
    let request = verified.request(&config, Clock::new(NOW), &mut Os::new()).unwrap();
    assert_eq!(request.url, "https://api.x.com/oauth/access_token");
    assert!(!format!("{verified:?} {request:?}").contains("canary"));

    let form = HttpResponse {
        status: 200,
        body: "oauth_token=canary-access&oauth_token_secret=canary-secret&user_id=1&screen_name=ada".into(),
        ..Default::default()
    };
    let token = access_token::read(&form, NOW).unwrap();
    let user = identity::read(&config, &token, &answered(200, PROFILE), NOW).unwrap();
    let session = Session { user, credentials: Credentials::OAuth1(token) };
    assert_eq!((session.life_seconds(), session.scopes().len()), (7200, 0));
    let answer = signed_in(&config, &session_id(), &session, &taken);
    assert!(!format!("{answer:?} {session:?}").contains("canary"));
    browser.keep(&answer);
    assert!(finish::oauth1(&config, &body("token"), &browser.cookies(), NOW, &mut Os::new()).is_err(), "used");

    // The same, sent by X to the backend's own callback.
    browser.start_oauth1(&config, "", "second");
    let Arrived::Ours(Next::OAuth1(_), taken) = get(&browser, "?oauth_token=second&oauth_verifier=v") else { panic!() };
    assert_eq!((taken.return_to.as_str(), taken.name().len()), ("/", 43));
}
