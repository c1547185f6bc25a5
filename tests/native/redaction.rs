//! Nothing that prints itself prints a secret (B5), whatever it is wrapped in.

use sign_in_with_x::flow::attempt::{Request, begin};
use sign_in_with_x::flow::callback::{Used, recall};
use sign_in_with_x::flow::popup::{Answer, Popup, Settled};
use sign_in_with_x::protocol::authorization_response::{AuthorizationResponse, Remembered};
use sign_in_with_x::protocol::form::Form;
use sign_in_with_x::protocol::pkce::CodeVerifier;
use sign_in_with_x::protocol::secret::Secret;
use sign_in_with_x::protocol::transaction::Flow;

use super::kit::{NOW, Os, at, config, read, record, s, store, transaction};

/// Fails when a text holds a canary: the verifier, the code or the state.
#[track_caller]
fn clean(what: &str, text: &str) {
    for canary in ["canary", s().as_str()] {
        assert!(!text.contains(canary), "{what} shows {canary}: {text}");
    }
}

fn response() -> AuthorizationResponse {
    AuthorizationResponse::parse(&format!("?code=canary-code&state={}", s().as_str()), config().finish).unwrap()
}

#[test]
fn b5_secrets_and_verifiers() {
    clean("Secret", &format!("{:?} {:#?}", Secret::new("canary".into()), Some(Secret::new("canary".into()))));
    let verifier = CodeVerifier::generate(&mut Os::new()).unwrap();
    assert!(!format!("{verifier:?}").contains(verifier.expose()));
}

#[test]
fn s1_transactions_and_what_holds_one() {
    let held = transaction(s(), &[]);
    clean("Transaction", &format!("{held:?} {held:#?}"));
    clean("Remembered", &format!("{:?}", Remembered::Transaction(Box::new(held.clone()))));
    clean("Popup", &format!("{:?}", Popup::new(held, 1)));
}

#[test]
fn b5_callbacks_before_and_after_the_check() {
    clean("AuthorizationResponse", &format!("{:?}", response()));
    let approved = response().check(Remembered::Transaction(Box::new(transaction(s(), &[]))), at(NOW)).unwrap();
    clean("Approved", &format!("{approved:?} {approved:#?}"));
    let settled = Settled { listening: false, result: Some(Ok(Answer::Approved(approved))) };
    clean("Settled", &format!("{settled:?}"));
}

#[test]
fn b5_states_and_forms() {
    clean("State", &format!("{:?}", s()));
    let form = Form::parse(&record(&[])).unwrap();
    clean("Form", &format!("{form:?}"));
    let mut used = Used::new();
    recall(&mut store(&[(s(), record(&[]))]), &mut used, &config(), Some(s()), at(NOW));
    clean("Used", &format!("{used:?}"));
}

#[test]
fn b5_an_attempt_shows_neither_its_state_nor_its_address() {
    let attempt = begin(&config(), &Request::default(), Flow::Popup, &mut Os::new(), at(NOW)).unwrap();
    let shown = format!("{attempt:?}");
    for hidden in [attempt.state.as_str(), read(&attempt).code_verifier(), "code_challenge"] {
        assert!(!shown.contains(hidden), "{hidden} in {shown}");
    }
}

#[test]
fn b5_no_error_repeats_what_came_in() {
    for tail in [
        "?code=canary&code=canary&state={S}",
        "?code=canary%ff&state={S}",
        "?code=canary&error=x&state={S}",
        "?access_token=canary",
        "#id_token=canary",
        "?code=canary",
        "?code=canary&state={S}{S}{S}{S}{S}{S}{S}{S}{S}{S}{S}{S}{S}",
    ] {
        let error = AuthorizationResponse::parse(&tail.replace("{S}", s().as_str()), config().finish).unwrap_err();
        clean(tail, &format!("{error} {error:?}"));
    }
    for remembered in [Remembered::Nothing, Remembered::Others, Remembered::Used] {
        let error = response().check(remembered, at(NOW)).unwrap_err();
        clean("check", &format!("{error} {error:?}"));
    }
}
