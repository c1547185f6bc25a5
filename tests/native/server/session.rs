//! The cookie, the session, and what the page is answered.

use serde_json::{Value, json};
use sign_in_with_x::protocol::secret::Secret;
use sign_in_with_x::protocol::token::Tokens;
use sign_in_with_x::protocol::user::User;
use sign_in_with_x::server::guard::Sender;
use sign_in_with_x::server::{
    Answer, Credentials, Failure, Incoming, ServerConfig, ServerOptions, Session, SessionId, Step, cookie, receive,
    session_answer, signed_in, signed_out, user,
};

use super::{Counter, NOW, answered, config, granted, header, on_this_machine, options, session_id};

#[test]
fn g11_a_session_lasts_as_long_as_the_host_says_where_its_tokens_outlive_that() {
    let user =
        || User { id: "1".into(), username: "ada".into(), name: "Ada".into(), profile_image_url: None, email: None };
    let session = |tokens| Session { user: user(), credentials: Credentials::OAuth2(tokens) };
    let (without, mut with) = (granted(""), granted(""));
    with.refresh_token = Some(Secret::new("r".into()));
    let life = |seconds: u32, tokens: &Tokens| {
        let options = ServerOptions { session_seconds: seconds, ..options() };
        session(tokens.clone()).life_with(&ServerConfig::new(&options).unwrap())
    };
    let own = session(without.clone()).life_seconds();
    assert_eq!(
        [life(0, &without), life(86_400, &without), life(0, &with), life(86_400, &with)],
        [own, own, own, 86_400]
    );
}

#[test]
fn g16_a_cookie_may_carry_its_session() {
    let id = "A".repeat(43);
    let parsed =
        |text: &str| SessionId::parse(text).map(|id| (id.expose().to_owned(), id.carried().map(str::to_owned)));
    assert_eq!(parsed(&id), Some((id.clone(), None)));
    assert_eq!(parsed(&format!("{id}.sealed_-1")), Some((id.clone(), Some("sealed_-1".into()))));
    for wrong in
        [format!("{id}.a.b"), format!("{id}.a=b"), format!("{id}.a b"), format!("{}.a", "A".repeat(42)), ".a".into()]
    {
        assert_eq!(parsed(&wrong), None, "{wrong}");
    }
    let carrying = |bytes: usize| SessionId::parse(&id).unwrap().carrying("s".repeat(bytes));
    assert!(cookie::set(&config(), &carrying(3), 60).contains(&format!("={id}.sss;")));
    let room = 4096 - "__Host-Http-sign-in-with-x=".len() - 44;
    assert!(cookie::fits(&config(), &carrying(room)) && !cookie::fits(&config(), &carrying(room + 1)));
}

#[test]
fn g2_cookie_on_https() {
    let id = session_id();
    let set = cookie::set(&config(), &id, 7200);
    let expected =
        format!("__Host-Http-sign-in-with-x={}; Path=/; Max-Age=7200; Secure; HttpOnly; SameSite=Strict", id.expose());
    assert_eq!(set, expected);
    assert_eq!(
        cookie::clear(&config()),
        "__Host-Http-sign-in-with-x=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict"
    );
}

#[test]
fn g2_cookie_on_this_machine() {
    let set = cookie::set(&on_this_machine(), &session_id(), 60);
    assert!(set.starts_with("sign-in-with-x="), "{set}");
    assert!(set.ends_with("; Path=/; Max-Age=60; HttpOnly; SameSite=Strict"), "{set}");
}

#[test]
fn g13_cookie_headers_are_read_strictly() {
    let id = session_id();
    let (ours, other) = (id.expose(), "B".repeat(43));
    let name = "__Host-Http-sign-in-with-x";
    for (header, found) in [
        (format!("{name}={ours}"), true),
        (format!("a=b;  {name}={ours}; c"), true),
        (format!("{name}={ours}; {name}={ours}"), true),
        (format!("{name}={ours}; {name}={other}"), false),
        (format!("{name}=short"), false),
        (format!("{name}=\"{ours}\""), false),
        (format!("{name}={ours}="), false),
        (format!("x{name}={ours}"), false),
        (format!("sign-in-with-x={ours}"), false),
        (format!("__host-http-sign-in-with-x={ours}"), false),
        (String::new(), false),
        (";;;=;==".into(), false),
        (format!("{}; {name}={ours}", "a".repeat(20_000)), false),
    ] {
        let read = cookie::read(&config(), &header);
        assert_eq!(read.is_some(), found, "{header:.80}");
        assert!(read.is_none_or(|read| read.expose() == ours));
    }
}

/// It used to be answered like one of nobody's, and the person stayed signed in.
#[test]
fn g8_a_sign_out_says_when_it_could_not_read_whose() {
    let (name, ours) = ("__Host-Http-sign-in-with-x", "A".repeat(43));
    let signed_out = |cookie: &str| {
        let sender = Sender { content_type: "application/json", requested_with: "sign-in-with-x", ..Sender::default() };
        let path = "/auth/x/signout";
        match receive(&config(), &Incoming { method: "POST", path, sender, cookie, ..Incoming::default() }) {
            Step::SignOut { id } => Ok(id.is_some()),
            Step::Answer(answer) => Err((answer.status, header(&answer, "set-cookie").len())),
            step => panic!("{step:?}"),
        }
    };
    let long = "a".repeat(20_000);
    for unreadable in [
        format!("{name}=short"),
        format!("{name}={ours}; {name}={}", ours.replace('A', "B")),
        format!("a={long}; {name}={ours}"),
    ] {
        assert_eq!(signed_out(&unreadable), Err((400, 0)), "{unreadable:.80}");
    }
    for (nobody, id) in [(String::new(), false), (format!("{name}="), false), (format!("a={long}"), false)] {
        assert_eq!(signed_out(&nobody), Ok(id), "{nobody:.80}");
    }
    assert_eq!(signed_out(&format!("b=1; {name}={ours}")), Ok(true));
}

/// The id that is stored and sent is made here; what a browser brings only says which session to end.
#[test]
fn g8_a_sign_in_gets_a_new_session() {
    let planted = "P".repeat(43);
    let cookie = format!("__Host-Http-sign-in-with-x={planted}");
    let incoming = Incoming {
        method: "POST",
        path: "/auth/x/exchange",
        sender: Sender { content_type: "application/json", requested_with: "sign-in-with-x", ..Sender::default() },
        cookie: &cookie,
        ..Incoming::default()
    };
    let Step::Exchange { before: Some(before) } = receive(&config(), &incoming) else { panic!() };
    assert_eq!(before.expose(), planted);

    let mut entropy = Counter(0);
    let [first, second] = [(); 2].map(|()| SessionId::generate(&mut entropy).unwrap());
    assert_eq!(first.expose().len(), 43);
    assert_ne!(first.expose(), second.expose());
    assert!(!format!("{first:?}").contains(first.expose()));
}

#[test]
fn g1_g17_answers_carry_no_token_and_the_right_headers() {
    let profile = r#"{"data":{"id":"1","name":"Ada","username":"ada"}}"#;
    let tokens = granted("users.read tweet.read");
    let user = user::read(&tokens, &answered(200, profile), NOW).unwrap();
    let session = Session { user, credentials: Credentials::OAuth2(tokens) };
    assert_eq!(session.life_seconds(), 7200);

    let failure = Answer::from(&Failure::unreachable());
    let (id, config) = (session_id(), config());
    let signed_in = signed_in(&config, &id, &session);
    let expected =
        json!({ "user": { "id": "1", "name": "Ada", "username": "ada" }, "scopes": ["users.read", "tweet.read"] });
    assert_eq!(serde_json::from_str::<Value>(signed_in.body.as_ref().unwrap()).unwrap(), expected);
    assert_eq!(signed_in.body, session_answer(Some(&session)).body);

    for answer in [signed_in, session_answer(Some(&session)), session_answer(None), signed_out(&config), failure] {
        assert!(!format!("{answer:?}").contains("canary"));
        assert_eq!(header(&answer, "cache-control"), ["no-store"]);
        assert_eq!(header(&answer, "x-content-type-options"), ["nosniff"]);
        assert_eq!(header(&answer, "referrer-policy"), ["no-referrer"]);
        assert_eq!(header(&answer, "content-security-policy"), ["default-src 'none'; frame-ancestors 'none'"]);
        assert_eq!(header(&answer, "content-type").len(), usize::from(answer.body.is_some()));
        assert!(!answer.headers.iter().any(|(name, _)| name.starts_with("access-control")));
    }
    assert!(!format!("{session:?}").contains("canary"));
}

#[test]
fn g12_nothing_of_the_backend_prints_a_secret() {
    let id = session_id();
    let cookie = format!("__Host-Http-sign-in-with-x={}", id.expose());
    let answer = signed_out(&config()).status;
    assert_eq!(answer, 204);
    let set = Answer {
        status: 303,
        headers: vec![("set-cookie", cookie.clone()), ("location", format!("https://x.com/?state={}", id.expose()))],
        body: Some(id.expose().into()),
    };
    let referer = format!("https://app.example/reset?token={}", id.expose());
    let sender = Sender { referer: &referer, ..Sender::default() };
    let incoming = Incoming { method: "GET", path: "/auth/x/session", cookie: &cookie, sender, ..Incoming::default() };
    let shown = format!("{set:?} {:?} {incoming:?} {:?}", Step::Answer(set.clone()), receive(&config(), &incoming));
    assert!(!shown.contains(id.expose()), "{shown}");
    assert!(shown.contains("set-cookie") && shown.contains("/auth/x/session"), "{shown}");
}

#[test]
fn g3_guarded_before_anything_is_read() {
    let ask = |method, path, sender| receive(&config(), &Incoming { method, path, sender, ..Incoming::default() });
    let ours = Sender { content_type: "application/json", requested_with: "sign-in-with-x", ..Sender::default() };
    let status = |step: Step| if let Step::Answer(answer) = step { answer.status } else { 0 };
    assert_eq!(status(ask("POST", "/auth/x/exchange", ours)), 0);
    assert_eq!(status(ask("POST", "/auth/x/signout", ours)), 0);
    assert_eq!(status(ask("GET", "/auth/x/session", Sender::default())), 204);
    for path in ["/auth/x/exchange", "/auth/x/signout"] {
        assert_eq!(status(ask("POST", path, Sender::default())), 403);
        assert_eq!(status(ask("POST", path, Sender { sec_fetch_site: "same-site", ..ours })), 403);
        assert_eq!(status(ask("OPTIONS", path, ours)), 405);
    }
    assert_eq!(status(ask("GET", "/auth/x/session", Sender { sec_fetch_site: "cross-site", ..ours })), 403);
    assert_eq!(status(ask("GET", "/auth/x/callback", ours)), 404);
}
