//! What a page finds of the sign-ins that this tab began: before it leaves, after a reload, after Back.

use sign_in_with_x::flow::attempt::remember;
use sign_in_with_x::flow::callback::{Used, given_up, may_be_awaited, recall, resumable};
use sign_in_with_x::protocol::config::{Config, Options};
use sign_in_with_x::protocol::ports::{KeyValue, MemoryStore, Refused};
use sign_in_with_x::protocol::state::State;
use sign_in_with_x::protocol::transaction::{Flow, TRANSACTION_LIFE_MS};

use super::kit::{NOW, at, attempt, config, options, other, record, s, said, store};

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
    assert!(may_be_awaited(&three, &used, &config(), &s()));
    assert!(!may_be_awaited(&three, &used, &config(), &other()), "another client's");
    assert!(!may_be_awaited(&three, &used, &config(), &third()), "a redirect's");
    // Where storage is off, or was copied before the attempt began, there is no record.
    assert!(may_be_awaited(&MemoryStore::default(), &used, &config(), &s()));
    recall(&mut store(&[(s(), popup("v", "1"))]), &mut used, &config(), Some(s()), at(NOW));
    assert!(!may_be_awaited(&MemoryStore::default(), &used, &config(), &s()), "answered here before");
}

#[test]
fn d12_whoever_comes_back_without_an_answer_has_given_the_redirect_up() {
    let mut three = three();
    let another = Config::new(&Options { client_id: "another", ..options() }).unwrap();
    assert!(!given_up(&mut three, &another, at(NOW)), "another client's");
    assert!(given_up(&mut three, &config(), at(NOW)));
    assert_eq!(three.keys().len(), 2, "popups and other clients' attempts stay");
    assert!(!given_up(&mut three, &config(), at(NOW)), "once");
    let mut old = store(&[(s(), record(&[]))]);
    assert!(!given_up(&mut old, &config(), at(NOW + TRANSACTION_LIFE_MS + 1)), "long over, and no news");
    assert!(old.keys().is_empty());
}

/// A browser that keeps nothing.
struct Nothing;

impl KeyValue for Nothing {
    fn get(&self, _: &str) -> Option<String> {
        None
    }

    fn set(&mut self, _: &str, _: &str) -> Result<(), Refused> {
        Err(Refused)
    }

    fn remove(&mut self, _: &str) {}

    fn keys(&self) -> Vec<String> {
        Vec::new()
    }
}

#[test]
fn d10_a_redirect_without_storage_does_not_leave_and_a_popup_goes_on_in_memory() {
    let (redirect, popup) = (attempt(3, Flow::Redirect, at(NOW)), attempt(3, Flow::Popup, at(NOW)));
    assert_eq!(said(&remember(&mut Nothing, &redirect.transaction).unwrap_err()), "storage_unavailable");
    assert!(remember(&mut Nothing, &popup.transaction).is_ok());
    let mut kept = MemoryStore::default();
    assert!(remember(&mut kept, &redirect.transaction).is_ok());
    assert_eq!(kept.keys().len(), 1);
}
