//! What is heard, and what is made of it.

use sign_in_with_x::flow::popup::{Answer, Event};
use sign_in_with_x::protocol::envelope::{ACKNOWLEDGED, ENVELOPE_PREFIX, hand_over, open};
use sign_in_with_x::protocol::form::Form;
use sign_in_with_x::protocol::outcome::Note;

use super::{Handed, Message, TIMEOUT, right, says, tell, waiting, waits};

#[test]
fn a5_what_is_handed_over_passes_the_same_checks_as_an_address() {
    for (tail, result) in [
        ("?code=c&state={S}", "ok c"),
        ("?state={S}&code=c#_=_", "ok c"),
        ("?code=c&state={T}", "state_mismatch"),
        ("?code=c&state=", "state_missing"),
        ("?code=c", "state_missing"),
        ("?", "state_missing"),
        ("#", "state_missing"),
        ("?code=c&state={S}&state={S}", "invalid_callback/repeated"),
        ("?code=c&state={S}&iss=https://evil.example", "invalid_callback/issuer"),
        ("?code=%ff&state={S}", "invalid_callback/encoding"),
        ("#access_token=t", "invalid_callback/token"),
        ("?token=", "invalid_callback/token"),
        ("?error=access_denied&state={S}", "cancelled"),
        ("?error=server_error&state={S}", "provider_error/server_error"),
        ("?error=access_denied&state={T}", "state_mismatch"),
    ] {
        says(&[Handed(tail, 10)], &[(0, result)]);
    }
}

#[test]
fn c1_the_callback_page_s_own_word_ends_the_wait() {
    for (note, result) in [
        ("status=200&id=1&username=a", "done a"),
        ("status=200", "done "),
        // A profile that cannot be right is none; the session is there all the same.
        ("status=200&id=x&username=a", "done "),
        ("code=exchange_failed&error=invalid_grant&hint=late", "exchange_failed/invalid_grant"),
        ("code=cancelled", "cancelled"),
        ("code=provider_error&error=server_error", "provider_error/server_error"),
        ("code=unheard-of", "exchange_failed"),
        ("status=500&error=x", "exchange_failed/x"),
        ("", "exchange_failed"),
        ("restart=1&created_at=1", "cancelled"),
    ] {
        let mut popup = waiting(TIMEOUT);
        let message = format!("{ENVELOPE_PREFIX}v=1&{note}");
        let settled = popup.on(Event::Delivered { message: &message, elapsed: 10 }).unwrap();
        assert_eq!(super::words(settled), result, "{note}");
        assert!(tell(&mut popup, right(11)).is_none());
    }
}

/// Where the person lands was settled when they left; a message does not decide it (B4).
#[test]
fn b4_no_message_says_where_the_person_lands() {
    let message = format!("{ENVELOPE_PREFIX}v=1&status=200&return_to=https%3A%2F%2Fevil.example");
    let settled = waiting(TIMEOUT).on(Event::Delivered { message: &message, elapsed: 1 }).unwrap();
    let Some(Ok(Answer::Finished(finished))) = settled.result else { panic!("finished") };
    assert_eq!(finished.return_to, "/account");
}

#[test]
fn c2_what_is_not_our_message_is_not_heard() {
    let huge: &'static str = Box::leak((ENVELOPE_PREFIX.to_owned() + &"v=1&".repeat(100_000)).into());
    for message in [
        "",
        "hello",
        "{\"code\":\"c\"}",
        ACKNOWLEDGED,
        ENVELOPE_PREFIX,
        "sign-in-with-x/1",
        "sign-in-with-x/1v=1&status=200",
        "sign-in-with-x/1?v=2&status=200",
        "sign-in-with-x/1?V=1&status=200",
        "sign-in-with-x/1?status=200",
        "sign-in-with-x/1?v=1&v=1&status=200",
        "sign-in-with-x/1?v=1&status=200&x=%",
        "sign-in-with-x/1?v=1&status=200&x=%ff",
        // The form of an earlier version.
        "sign-in-with-x/1?code=c&state={S}",
        "sign-in-with-x/2?v=1&status=200",
        "sign-in-with-x/10?v=1&status=200",
        " sign-in-with-x/1?v=1&status=200",
        "Sign-In-With-X/1?v=1&status=200",
        "v=1&status=200",
        "?code=c&state={S}",
        huge,
    ] {
        waits(&[Message(message, 10)]);
        says(&[Message(message, 10), right(20)], &[(1, "ok c")]);
    }
}

/// Whoever can write into the channel (a script of this origin already) can end a wait, but get no code exchanged that X
/// did not give for this very attempt (C3).
#[test]
fn c3_a_forged_message_has_nothing_exchanged() {
    for tail in
        ["?code=evil", "?code=evil&state={T}", "?code=evil&state=", "?code=evil&state={S}S", "?code=evil#state={S}"]
    {
        let settled = tell(&mut waiting(TIMEOUT), Handed(tail, 10)).unwrap();
        assert!(matches!(settled.result, Some(Err(_))), "{tail}");
    }
}

#[test]
fn c3_a_message_is_a_version_and_a_note_of_the_callback_s_own_text() {
    for tail in ["?code=c&state=x", "#access_token=t", "?", "?a=b#c", "?%ff&=+"] {
        let message = hand_over(tail, 7);
        let note = Form::parse(open(&message).unwrap()).unwrap();
        let names: Vec<_> = note.pairs().iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["v", "created_at", "response"], "{message}");
        assert_eq!(Note::read(&note), Some(Note::Response(tail.into())));
    }
}
