//! The waiting popup: orders of events, each with the one end it may have.

use sign_in_with_x::flow::popup::{Event, GRACE_MS, Popup};
use sign_in_with_x::protocol::envelope::{ACKNOWLEDGED, open, seal};
use sign_in_with_x::protocol::transaction::TRANSACTION_LIFE_MS;

use super::kit::{other, s, said, transaction};

const TIMEOUT: u64 = 120_000;

/// Events with times relative to the start, in milliseconds.
#[derive(Clone, Copy, Debug)]
enum Step {
    Opened(bool),
    Message(&'static str, u64),
    Look { closed: bool, focused: bool, at: u64 },
    Abort,
}
use Step::{Abort, Message, Opened};

const fn look(closed: bool, focused: bool, at: u64) -> Step {
    Step::Look { closed, focused, at }
}

/// How it ended: at which step, whether with an acknowledgement, and how. Panics when it ends twice.
fn run(timeout: u64, steps: &[Step]) -> Option<(usize, bool, String)> {
    let mut popup = Popup::new(transaction(s(), &[("flow", Some("popup"))]), timeout);
    let mut end = None;
    for (index, step) in steps.iter().enumerate() {
        let message;
        let event = match *step {
            Opened(opened) => Event::Opened(opened),
            Message(text, at) => {
                message = text.replace("{S}", s().as_str()).replace("{T}", other().as_str());
                Event::Delivered { message: &message, elapsed: at }
            }
            Step::Look { closed, focused, at } => Event::Looked { closed, focused, elapsed: at },
            Abort => Event::Aborted,
        };
        if let Some(settled) = popup.on(event) {
            assert!(end.is_none(), "ended twice: {steps:?}");
            let result = settled.result.map_or_else(|error| said(&error), |approved| format!("ok {}", approved.code()));
            end = Some((index, settled.acknowledge, result));
        }
    }
    end
}

/// The person is in the popup; X has cut the tie already.
const AWAY: Step = look(true, false, 500);
const RIGHT: &str = "sign-in-with-x/1?code=c&state={S}";

#[track_caller]
fn ends(steps: &[Step], at: usize, acknowledged: bool, result: &str) {
    assert_eq!(run(TIMEOUT, steps), Some((at, acknowledged, result.to_owned())), "{steps:?}");
}

#[track_caller]
fn waits(steps: &[Step]) {
    assert_eq!(run(TIMEOUT, steps), None, "{steps:?}");
}

#[test]
fn d1_blocked_or_open() {
    ends(&[Opened(false)], 0, false, "popup_blocked");
    waits(&[Opened(true)]);
    ends(&[Opened(false), Message(RIGHT, 10)], 0, false, "popup_blocked");
}

#[test]
fn a5_what_is_delivered_passes_the_same_checks_as_an_address() {
    for (message, result) in [
        (RIGHT, "ok c"),
        ("sign-in-with-x/1?state={S}&code=c#_=_", "ok c"),
        ("sign-in-with-x/1?code=c&state={T}", "state_mismatch"),
        ("sign-in-with-x/1?code=c&state=", "state_missing"),
        ("sign-in-with-x/1?code=c", "state_missing"),
        ("sign-in-with-x/1?", "state_missing"),
        ("sign-in-with-x/1#", "state_missing"),
        ("sign-in-with-x/1?code=c&state={S}&state={S}", "invalid_callback/repeated"),
        ("sign-in-with-x/1?code=c&state={S}&iss=https://evil.example", "invalid_callback/issuer"),
        ("sign-in-with-x/1?code=%ff&state={S}", "invalid_callback/encoding"),
        ("sign-in-with-x/1#access_token=t", "invalid_callback/token"),
        ("sign-in-with-x/1?error=access_denied&state={S}", "cancelled"),
        ("sign-in-with-x/1?error=server_error&state={S}", "provider_error/server_error"),
        ("sign-in-with-x/1?error=access_denied&state={T}", "state_mismatch"),
    ] {
        ends(&[Opened(true), Message(message, 10)], 1, true, result);
    }
}

#[test]
fn d2_what_is_not_our_message_is_not_heard() {
    for message in [
        "",
        "hello",
        "{\"code\":\"c\"}",
        ACKNOWLEDGED,
        "sign-in-with-x/1",
        "sign-in-with-x/1code=c&state={S}",
        "sign-in-with-x/2?code=c&state={S}",
        "sign-in-with-x/10?code=c&state={S}",
        " sign-in-with-x/1?code=c&state={S}",
        "Sign-In-With-X/1?code=c&state={S}",
        "?code=c&state={S}",
    ] {
        waits(&[Opened(true), Message(message, 10)]);
        ends(&[Opened(true), Message(message, 10), Message(RIGHT, 20)], 2, true, "ok c");
    }
}

#[test]
fn a7_the_first_answer_is_the_only_one() {
    ends(&[Opened(true), Message(RIGHT, 10), Message(RIGHT, 10)], 1, true, "ok c");
    ends(
        &[Opened(true), Message("sign-in-with-x/1?code=c&state={T}", 10), Message(RIGHT, 11)],
        1,
        true,
        "state_mismatch",
    );
    ends(&[Opened(true), Message(RIGHT, 10), Abort, Opened(false), look(true, true, TIMEOUT)], 1, true, "ok c");
    ends(&[Opened(true), Abort, Message(RIGHT, 10), Abort], 1, false, "cancelled");
    ends(&[Opened(true), look(false, true, TIMEOUT), Message(RIGHT, TIMEOUT), Abort], 1, false, "timeout");
}

#[test]
fn d3_closed_is_only_a_hint() {
    // X's pages cut the tie: `closed` at once, while the person types their password over there.
    waits(&[Opened(true), look(true, false, 100), look(true, false, 60_000), look(true, false, TIMEOUT - 1)]);
    ends(&[Opened(true), look(true, false, 100), look(true, false, 60_000), Message(RIGHT, 60_001)], 3, true, "ok c");
    // A focused page and an open window: the person looks something up.
    waits(&[Opened(true), look(false, true, 100), look(false, true, TIMEOUT - 1)]);
}

#[test]
fn d3_back_here_and_staying_means_closed() {
    ends(&[AWAY, look(true, true, 1000), look(true, true, 1000 + GRACE_MS)], 2, false, "cancelled");
    waits(&[AWAY, look(true, true, 1000), look(true, true, 999 + GRACE_MS)]);
    // One look proves nothing, however late it comes.
    waits(&[AWAY, look(true, true, 100_000)]);
    // Whoever never left this page has closed nothing: the popup is on its way, or opened behind.
    waits(&[Opened(true), look(true, true, 1000), look(true, true, TIMEOUT - 1)]);
}

#[test]
fn d3_going_back_and_forth_begins_the_grace_again() {
    for between in [look(true, false, 3000), look(false, true, 3000), look(false, false, 3000)] {
        waits(&[AWAY, look(true, true, 1000), between, look(true, true, 3500), look(true, true, 3499 + GRACE_MS)]);
        ends(
            &[AWAY, look(true, true, 1000), between, look(true, true, 3500), look(true, true, 3500 + GRACE_MS)],
            4,
            false,
            "cancelled",
        );
    }
}

#[test]
fn d3_a_success_within_the_grace_counts() {
    ends(&[AWAY, look(true, true, 1000), Message(RIGHT, 999 + GRACE_MS)], 2, true, "ok c");
    ends(&[AWAY, look(true, true, 1000), look(true, true, 9000), Message(RIGHT, 9001)], 2, false, "cancelled");
}

#[test]
fn a22_a_popup_is_not_waited_for_forever() {
    waits(&[Opened(true), look(false, false, TIMEOUT - 1)]);
    ends(&[Opened(true), look(false, false, TIMEOUT)], 1, false, "timeout");
    ends(&[Opened(true), look(true, true, TIMEOUT + 9_999_999)], 1, false, "timeout");
    assert_eq!(run(1, &[look(false, false, 1)]), Some((0, false, "timeout".into())));
}

#[test]
fn a7_an_answer_after_ten_minutes_is_expired() {
    // No look came in between: timers of background pages may sleep.
    ends(&[Opened(true), Message(RIGHT, TRANSACTION_LIFE_MS)], 1, true, "ok c");
    ends(&[Opened(true), Message(RIGHT, TRANSACTION_LIFE_MS + 1)], 1, true, "expired");
}

#[test]
fn a22_an_abort_ends_it_before_and_after_opening() {
    ends(&[Abort], 0, false, "cancelled");
    ends(&[Opened(true), Abort], 1, false, "cancelled");
    ends(&[Abort, Opened(false), Abort], 0, false, "cancelled");
}

#[test]
fn b5_a_message_is_the_callback_s_own_text_and_nothing_else() {
    for tail in ["?code=c&state=x", "#access_token=t", "?", "?a=b#c"] {
        assert_eq!(seal(tail), format!("sign-in-with-x/1{tail}"));
        assert_eq!(open(&seal(tail)), Some(tail));
    }
}
