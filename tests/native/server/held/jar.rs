//! The cookie that keeps them.

use proptest::prelude::*;
use sign_in_with_x::server::held::finish::{self, Arrived};
use sign_in_with_x::server::{ServerConfig, ServerOptions};

use super::{Browser, FIRST, NOW, held, held_with};
use crate::kit::Os;

fn opens(config: &ServerConfig, browser: &Browser, state: &str, now: u64) -> bool {
    let query = format!("?code=c&state={state}");
    matches!(finish::callback(config, &query, &browser.cookies(), now, &mut Os::new()), Arrived::Ours(..))
}

#[test]
fn g4_eight_at_a_time_for_ten_minutes() {
    let config = held();
    let mut browser = Browser::default();
    let states: Vec<String> =
        (0..10).map(|n| browser.start(&config, "?return_to=/a", NOW + n).get("state").to_owned()).collect();
    let alive: Vec<bool> = states.iter().map(|state| opens(&config, &browser, state, NOW + 10)).collect();
    assert_eq!(alive, [false, false, true, true, true, true, true, true, true, true]);
    assert!(opens(&config, &browser, &states[9], NOW + 9 + 599));
    assert!(!opens(&config, &browser, &states[9], NOW + 9 + 600));
    assert!(!opens(&config, &browser, &states[2], NOW + 2 + 600), "each by its own age");
}

#[test]
fn b8_a_cookie_never_grows_past_what_browsers_keep() {
    let config = held();
    let mut browser = Browser::default();
    let long = format!("?return_to=/{}", "a".repeat(2000));
    let states: Vec<String> = (0..4).map(|_| browser.start(&config, &long, NOW).get("state").to_owned()).collect();
    assert!(browser.cookies().len() <= 4096, "{}", browser.cookies().len());
    assert!(opens(&config, &browser, &states[3], NOW) && !opens(&config, &browser, &states[0], NOW));
}

/// Quotes are twice as long in JSON.
#[test]
fn g13_b8_a_landing_place_that_does_not_fit_is_left_out() {
    let config = held();
    let mut browser = Browser::default();
    let quotes = format!("?return_to=/{}", "\"".repeat(2047));
    let state = browser.start(&config, &quotes, NOW).get("state").to_owned();
    let query = format!("?error=access_denied&state={state}");
    let Arrived::Over(answer) = finish::callback(&config, &query, &browser.cookies(), NOW, &mut Os::new()) else {
        panic!()
    };
    assert!(answer.body.unwrap().contains("url=/\""));
}

#[test]
fn g16_another_backend_s_cookie_is_no_cookie() {
    let config = held();
    let mut browser = Browser::default();
    let state = browser.start(&config, "", NOW).get("state").to_owned();
    assert!(opens(&config, &browser, &state, NOW));
    let others: [&dyn Fn(&mut ServerOptions); 4] = [
        &|o| o.client_id = "another".into(),
        &|o| o.origin = "https://other.example".into(),
        &|o| o.secrets = vec![sign_in_with_x::protocol::secret::Secret::new(FIRST.replace('q', "r"))],
        &|o| drop(o.redirect_uris.remove(0)),
    ];
    for change in others {
        assert!(!opens(&held_with(change), &browser, &state, NOW));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn g13_no_cookie_and_no_query_panics(cookie in "__Host-Http-sign-in-with-x-start=[A-Za-z0-9_-]{0,80}|.{0,40}", query in ".{0,60}", body in ".{0,60}") {
        let config = held();
        let mut os = Os::new();
        prop_assert!(matches!(finish::callback(&config, &query, &cookie, NOW, &mut os), Arrived::NotOurs));
        prop_assert!(finish::exchange(&config, &body, &cookie, NOW, &mut os).is_err());
        prop_assert!(finish::oauth1(&config, &body, &cookie, NOW, &mut os).is_err());
    }
}
