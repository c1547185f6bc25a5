//! What a link may ask for, and when nothing happens.

use sign_in_with_x::server::guard::{Navigation, Sender};
use sign_in_with_x::server::held::start::{self, Click};
use sign_in_with_x::server::oauth1::Clock;
use sign_in_with_x::server::{Incoming, ServerConfig, Step, receive};

use super::{Browser, CALLBACK, NOW, click, confirmed, header, held, held_with, query_of};
use crate::kit::{NoEntropy, Os, s};
use crate::server::{config, on_this_machine, options};

/// A page of the host's, in a browser without Fetch Metadata.
fn get<'a>(path: &'a str, navigation: Navigation<'a>) -> Incoming<'a> {
    let sender = Sender { referer: "https://app.example/", ..Sender::default() };
    Incoming { method: "GET", path, sender, navigation, ..Incoming::default() }
}

fn window() -> Navigation<'static> {
    Navigation { accept: "text/html,*/*;q=0.8", ..Navigation::default() }
}

fn refused(config: &ServerConfig, incoming: &Incoming<'_>) -> u16 {
    let Step::Answer(answer) = receive(config, incoming) else { return 0 };
    assert!(header(&answer, "set-cookie").is_empty());
    answer.status
}

#[test]
fn g2_g4_a_link_becomes_a_state_a_verifier_and_a_cookie() {
    let config = held_with(|o| o.scope = "users.read tweet.read users.email".into());
    let answer = start::oauth2(&config, &click("?return_to=/account"), "", NOW, &mut Os::new());
    let location = header(&answer, "location")[0];
    assert!(
        location.starts_with("https://x.com/i/oauth2/authorize?response_type=code&client_id=client&"),
        "{location}"
    );
    let asked = query_of(location);
    assert_eq!((asked.get("redirect_uri"), asked.get("state").len()), (CALLBACK, 43));
    assert_eq!((asked.get("scope"), asked.get("code_challenge").len()), ("users.read tweet.read users.email", 43));
    let [cookie] = header(&answer, "set-cookie")[..] else { panic!() };
    assert!(cookie.starts_with("__Host-Http-sign-in-with-x-start="), "{cookie}");
    assert!(cookie.ends_with("; Path=/; Max-Age=600; Secure; HttpOnly; SameSite=Lax"), "{cookie}");
    assert!(!cookie.contains(asked.get("state")) && !cookie.contains("Domain"));
    assert_eq!(header(&answer, "cache-control"), ["no-store"]);
    assert_eq!(header(&answer, "referrer-policy"), ["no-referrer"]);
    assert!(start::oauth2(&config, &click(""), "", NOW, &mut NoEntropy).status == 500);
}

#[test]
fn g15_a_link_chooses_only_what_the_backend_allows() {
    let config = held();
    let other = "https://app.example/other";
    assert_eq!(Browser::default().start(&config, &format!("?redirect_uri={other}"), NOW).get("redirect_uri"), other);
    for query in [
        "?redirect_uri=https://evil.example/",
        "?redirect_uri=https://app.example/other/",
        "?return_to=/a&return_to=/b",
        "?redirect_uri=https://app.example/other&redirect_uri=https://app.example/other",
        "?return_to=%zz",
        "?state=s",
        "?state=S%26SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS",
    ] {
        let answer = start::oauth2(&config, &click(query), "", NOW, &mut Os::new());
        assert_eq!(answer.status, 400, "{query}");
        assert!(header(&answer, "set-cookie").is_empty() && header(&answer, "location").is_empty());
    }
    let asked = Browser::default().start(&config, "?scope=dm.read&client_id=evil&code_challenge=c", NOW);
    assert_eq!((asked.get("scope"), asked.get("client_id")), ("tweet.read users.read", "client"));
    assert_eq!(asked.get("state").len(), 43);
}

#[test]
fn g9_oauth1_asks_x_first() {
    let config = held();
    let asked = start::Asked::read(&config, &click("?force_login=true&screen_name=ada&return_to=/a")).unwrap();
    let request = start::oauth1_request(&config, &asked, Clock::new(NOW), &mut Os::new()).unwrap();
    assert_eq!(request.url, "https://api.x.com/oauth/request_token");
    let mut browser = Browser::default();
    let to = browser.start_oauth1(&config, "?force_login=true&screen_name=ada", "token");
    assert_eq!(to, "https://api.x.com/oauth/authenticate?oauth_token=token&force_login=true&screen_name=ada");
    let refused = start::oauth1(&config, &asked, &Default::default(), "", NOW, &mut Os::new());
    assert_eq!(refused.status, 502);
    assert!(header(&refused, "set-cookie").is_empty());
    assert!(refused.body.unwrap().contains("href=\"/a\""));
    assert_eq!(confirmed("t").status, 200);
}

#[test]
fn g4_g9_a_page_names_what_it_begins_and_hears_of_what_cannot_begin() {
    let (config, named) = (held(), format!("?redirect_uri={CALLBACK}&state={}", s().as_str()));
    let asked = Browser::default().start(&config, &named, NOW);
    assert_eq!((asked.get("state"), asked.get("code_challenge").len()), (s().as_str(), 43));
    // OAuth 1.0a has no place for it at X.
    assert!(!Browser::default().start_oauth1(&config, &named, "token").contains(s().as_str()));

    // The callback page finds the attempt by its state, as when X itself says no.
    let asked = start::Asked::read(&config, &click(&named)).unwrap();
    let refused = start::oauth1(&config, &asked, &Default::default(), "", NOW, &mut Os::new());
    assert_eq!((refused.status, header(&refused, "set-cookie").len()), (303, 0));
    let [to] = header(&refused, "location")[..] else { panic!() };
    assert!(to.starts_with(&format!("{CALLBACK}?error=provider_error&error_description=")), "{to}");
    assert_eq!(query_of(to).get("state"), s().as_str());
    let unlucky = start::oauth2(&config, &click(&named), "", NOW, &mut NoEntropy);
    assert_eq!(query_of(header(&unlucky, "location")[0]).get("error"), "internal");
}

#[test]
fn g10_nothing_happens_before_a_click() {
    let none = window();
    for path in ["/auth/x/start", "/auth/x/oauth1/start", "/auth/x/callback"] {
        assert_eq!(refused(&held(), &get(path, none)), 0, "{path}");
        for navigation in [
            Navigation { sec_purpose: "prefetch;prerender", ..none },
            Navigation { purpose: "prefetch", ..none },
            Navigation { x_moz: "prefetch", ..none },
            Navigation { x_purpose: "preview", ..none },
            Navigation { next_router_prefetch: "1", ..none },
            Navigation { rsc: "1", ..none },
        ] {
            assert_eq!(refused(&held(), &get(path, navigation)), 425, "{path} {navigation:?}");
        }
        let frame = Navigation { sec_fetch_dest: "iframe", sec_fetch_mode: "navigate", ..none };
        assert_eq!(refused(&held(), &get(path, frame)), 403, "{path}");
    }
    let from =
        |path, sec_fetch_site| Incoming { sender: Sender { sec_fetch_site, ..Sender::default() }, ..get(path, none) };
    assert_eq!(refused(&held(), &from("/auth/x/start", "cross-site")), 403);
    assert_eq!(refused(&held(), &from("/auth/x/callback", "cross-site")), 0, "that is X");
}

/// The client's `doctor()` looks at the callback page. With a query a script would use up what X said.
#[test]
fn g3_the_host_s_own_script_reads_the_callback_page_without_a_query() {
    let script = Navigation { sec_fetch_dest: "empty", sec_fetch_mode: "cors", ..Navigation::default() };
    for (sec_fetch_site, query, status) in
        [("same-origin", false, 0), ("same-origin", true, 403), ("same-site", false, 403), ("cross-site", false, 403)]
    {
        let sender = Sender { sec_fetch_site, ..Sender::default() };
        let asked = Incoming { sender, query, ..get("/auth/x/callback", script) };
        assert_eq!(refused(&held(), &asked), status, "{sec_fetch_site} {query}");
    }
    for sec_fetch_dest in ["iframe", "image"] {
        let other = Navigation { sec_fetch_dest, ..script };
        let sender = Sender { sec_fetch_site: "same-origin", ..Sender::default() };
        assert_eq!(refused(&held(), &Incoming { sender, ..get("/auth/x/callback", other) }), 403, "{sec_fetch_dest}");
    }
    let sender = Sender { sec_fetch_site: "same-origin", ..Sender::default() };
    assert_eq!(
        refused(&held(), &Incoming { sender, ..get("/auth/x/start", script) }),
        403,
        "a sign-in it cannot begin"
    );
}

#[test]
fn g3_g9_routes_that_the_options_do_not_open_are_not_there() {
    let none = window();
    for path in ["/auth/x/start", "/auth/x/oauth1/start", "/auth/x/callback"] {
        assert_eq!(refused(&config(), &get(path, none)), 404, "{path}");
    }
    let without = held_with(|o| o.oauth1 = options().oauth1);
    assert_eq!(refused(&without, &get("/auth/x/oauth1/start", none)), 404);
    assert_eq!(refused(&without, &get("/auth/x/start", none)), 0);
    let posted = Incoming { method: "POST", path: "/auth/x/oauth1/exchange", ..Incoming::default() };
    assert_eq!(refused(&held(), &posted), 403, "guarded");
    assert!(on_this_machine().secrets().is_none());
}

#[test]
fn b4_who_may_say_where_it_ends() {
    let config = held();
    let lands = |own_page| {
        let click = Click { query: "?return_to=/account", own_page, before: None };
        let answer = start::oauth1(
            &config,
            &start::Asked::read(&config, &click).unwrap(),
            &Default::default(),
            "",
            NOW,
            &mut Os::new(),
        );
        answer.body.unwrap().contains("href=\"/account\"")
    };
    assert!(lands(true) && !lands(false));

    let none = window();
    let started = |sec_fetch_site, referer| {
        let sender = Sender { sec_fetch_site, referer, ..Sender::default() };
        match receive(&config, &Incoming { sender, ..get("/auth/x/start", none) }) {
            Step::Start { own_page, .. } => Some(own_page),
            _ => None,
        }
    };
    assert_eq!(started("same-origin", ""), Some(true));
    assert_eq!(started("same-site", ""), Some(false));
    assert_eq!(started("", ""), None, "it asks");
    assert_eq!(started("", "https://app.example/page"), Some(true));
    assert_eq!(started("", "https://evil.example/"), None);
}

#[test]
fn g10_what_nobody_says_where_it_comes_from_asks_first() {
    let config = held();
    for path in ["/auth/x/start", "/auth/x/oauth1/start"] {
        let unnamed = Incoming { sender: Sender::default(), ..get(path, window()) };
        let Step::Answer(page) = receive(&config, &unnamed) else { panic!("{path}") };
        let [cookie] = header(&page, "set-cookie")[..] else { panic!() };
        assert_eq!(
            cookie,
            "__Host-Http-sign-in-with-x-asked=1; Path=/; Max-Age=600; Secure; HttpOnly; SameSite=Strict"
        );
        assert_eq!((page.status, header(&page, "location").len()), (200, 0));
        let body = page.body.unwrap();
        assert!(body.contains("<a href=\"\">Go on to X</a>") && !body.contains("refresh"), "{body}");
        for (cookie, begins) in [
            ("__Host-Http-sign-in-with-x-asked=1", true),
            ("a=b; __Host-Http-sign-in-with-x-asked=1", true),
            ("sign-in-with-x-asked=1", false),
            ("__Host-Http-sign-in-with-x-asked=1; __Host-Http-sign-in-with-x-asked=2", false),
        ] {
            let step = receive(&config, &Incoming { cookie, ..unnamed });
            let asked = matches!(step, Step::Start { own_page: false, .. } | Step::OAuth1Start { own_page: false, .. });
            assert_eq!(asked, begins, "{path} {cookie}");
        }
        let elsewhere = Sender { referer: "https://evil.example/", ..Sender::default() };
        let cookie = "__Host-Http-sign-in-with-x-asked=1";
        assert_eq!(refused(&config, &Incoming { sender: elsewhere, cookie, ..unnamed }), 403);
        let image = Navigation { accept: "image/png,*/*;q=0.8", ..Navigation::default() };
        assert_eq!(refused(&config, &get(path, image)), 403, "an image on a page of the host's");
    }
}

/// RFC 10017 §6.1.3.2: `Strict` where it is possible.
#[test]
fn g2_the_cookie_is_strict_where_a_page_of_the_host_posts() {
    let config = held();
    let mut browser = Browser::default();
    let mut same_site = |query: &str| {
        let answer = start::oauth2(&config, &click(query), &browser.cookies(), NOW, &mut Os::new());
        browser.keep(&answer);
        header(&answer, "set-cookie")[0].rsplit_once('=').unwrap().1.to_owned()
    };
    let page = "?redirect_uri=https://app.example/other";
    assert_eq!([same_site(page), same_site(page), same_site(""), same_site(page)], ["Strict", "Strict", "Lax", "Lax"]);
}
