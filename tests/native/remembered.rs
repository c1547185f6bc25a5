//! What a page finds of the sign-ins that this tab began: before it leaves, after a reload, after Back.

use sign_in_with_x::flow::callback::{Awaited, Used, awaited, given_up, recall, resumable};
use sign_in_with_x::protocol::config::{Config, Options};
use sign_in_with_x::protocol::ports::{KeyValue, MemoryStore};
use sign_in_with_x::protocol::state::State;
use sign_in_with_x::protocol::transaction::{Flow, TRANSACTION_LIFE_MS};

use super::kit::{NOW, at, attempt, config, options, other, record, s, store};

fn third() -> State {
    State::parse(&"U".repeat(43)).unwrap()
}

/// A popup's record, with one more change.
fn popup(name: &str, value: &str) -> String {
    record(&[("flow", Some("popup")), (name, Some(value))])
}

/// A popup, another client's popup, and a redirect.
fn three() -> MemoryStore {
    store(&[(s(), popup("v", "1")), (other(), popup("client_id", "another")), (third(), record(&[]))])
}

#[test]
fn d9_popups_of_this_configuration_can_be_resumed() {
    let mut three = three();
    let found = resumable(&mut three, &config(), at(NOW + TRANSACTION_LIFE_MS));
    let states: Vec<_> = found.iter().map(|it| it.state().as_str().to_owned()).collect();
    assert_eq!(states, [s().as_str()]);
    assert_eq!(three.keys().len(), 3, "looking takes nothing away");
    let another = Config::new(&Options { client_id: "another", ..options() }).unwrap();
    assert_eq!(resumable(&mut three, &another, at(NOW))[0].state(), &other());
    assert!(resumable(&mut three, &config(), at(NOW + TRANSACTION_LIFE_MS + 1)).is_empty());
    assert!(three.keys().is_empty(), "B8: what is too old is swept out");
}

#[test]
fn c1_a_popup_s_answer_is_known_by_its_record() {
    let three = three();
    let mut used = Used::new();
    assert_eq!(awaited(&three, &used, &config(), &s()), Awaited::Result);
    assert_eq!(awaited(&three, &used, &config(), &other()), Awaited::No, "another client's");
    assert_eq!(awaited(&three, &used, &config(), &third()), Awaited::No, "a redirect's");
    // Where storage is off there is no record.
    assert_eq!(awaited(&MemoryStore::default(), &used, &config(), &s()), Awaited::Response);
    recall(&mut store(&[(s(), popup("v", "1"))]), &mut used, &config(), Some(s()), at(NOW));
    assert_eq!(awaited(&MemoryStore::default(), &used, &config(), &s()), Awaited::No, "answered here before");
}

#[test]
fn a6_what_the_same_client_asked_for_elsewhere_is_left_to_that_configuration() {
    for (field, value) in [("scope", "tweet.write"), ("exchange", "/another"), ("finish", "handoff")] {
        let mut one = store(&[(s(), popup(field, value))]);
        assert_eq!(awaited(&one, &Used::new(), &config(), &s()), Awaited::Other, "{field}");
        assert!(resumable(&mut one, &config(), at(NOW)).is_empty(), "{field}");
        let mut redirect = store(&[(s(), record(&[(field, Some(value))]))]);
        assert!(!given_up(&mut redirect, &config(), at(NOW + 1), 0), "{field}");
    }
}

#[test]
fn d12_whoever_comes_back_without_an_answer_has_given_the_redirect_up() {
    let mut three = three();
    let another = Config::new(&Options { client_id: "another", ..options() }).unwrap();
    assert!(!given_up(&mut three, &another, at(NOW + 10), 9), "another client's");
    assert!(!given_up(&mut three, &config(), at(NOW + 10), 10), "a link that this page has made");
    assert!(given_up(&mut three, &config(), at(NOW + 10), 9));
    assert_eq!(three.keys().len(), 2, "popups and other clients' attempts stay");
    assert!(!given_up(&mut three, &config(), at(NOW + 10), 9), "once");
    let mut old = store(&[(s(), record(&[]))]);
    assert!(!given_up(&mut old, &config(), at(NOW + TRANSACTION_LIFE_MS + 1), 0), "long over, and no news");
    assert!(old.keys().is_empty());
}

#[test]
fn d10_a_redirect_needs_its_record_and_a_popup_goes_on_in_memory() {
    assert!(attempt(3, Flow::Redirect, at(NOW)).needs_record);
    assert!(!attempt(3, Flow::Popup, at(NOW)).needs_record);
}
