//! The waiting popup: orders of events, and what each makes of it.

mod any_order;
mod closing;
mod messages;

use sign_in_with_x::flow::popup::{Answer, Event, Popup, Settled};
use sign_in_with_x::protocol::envelope::hand_over;
use sign_in_with_x::protocol::transaction::TRANSACTION_LIFE_MS;

use super::kit::{other, s, said, transaction};

const TIMEOUT: u64 = 120_000;

/// Events with times relative to the start, in milliseconds.
#[derive(Clone, Copy, Debug)]
enum Step {
    Opened(bool),
    /// A message as it is.
    Message(&'static str, u64),
    /// The callback page hands over its query and fragment.
    Handed(&'static str, u64),
    Look {
        closed: bool,
        focused: bool,
        at: u64,
    },
    GiveUp,
    Abort,
}
use Step::{Abort, GiveUp, Handed, Message, Opened};

const fn look(closed: bool, focused: bool, at: u64) -> Step {
    Step::Look { closed, focused, at }
}

/// The right answer, to be exchanged by this page.
const fn right(at: u64) -> Step {
    Handed("?code=c&state={S}", at)
}

/// The callback page's own word that it has exchanged the code.
const DONE: &str = "sign-in-with-x/1?v=1&status=200&id=1&username=a&asked=users.read";

fn waiting(timeout: u64) -> Popup {
    Popup::new(transaction(s(), &[("flow", Some("popup"))]), timeout)
}

fn filled(text: &str) -> String {
    text.replace("{S}", s().as_str()).replace("{T}", other().as_str())
}

/// Tells a machine one thing.
fn tell(popup: &mut Popup, step: Step) -> Option<Settled> {
    let message;
    popup.on(match step {
        Opened(opened) => Event::Opened(opened),
        Message(text, elapsed) => {
            message = filled(text);
            Event::Delivered { message: &message, elapsed }
        }
        Handed(tail, elapsed) => {
            message = hand_over(&filled(tail), 0);
            Event::Delivered { message: &message, elapsed }
        }
        Step::Look { closed, focused, at } => Event::Looked { closed, focused, elapsed: at },
        GiveUp => Event::GivenUp,
        Abort => Event::Aborted,
    })
}

/// What came of it in words: `ok c` for a code to be exchanged, `done a` for somebody who is signed in, an error's code,
/// `-` when nobody is told; with a `+` when an answer is still heard.
fn words(settled: Settled) -> String {
    let said = match settled.result {
        None => "-".into(),
        Some(Ok(Answer::Approved(approved))) => format!("ok {}", approved.code()),
        Some(Ok(Answer::Finished(finished))) => {
            format!("done {}", finished.user.map(|it| it.username).unwrap_or_default())
        }
        Some(Err(error)) => said(&error),
    };
    if settled.listening { said + "+" } else { said }
}

/// Every step that settled something, and what.
fn run(mut popup: Popup, steps: &[Step]) -> Vec<(usize, String)> {
    let told = steps.iter().enumerate().map(|(at, step)| (at, tell(&mut popup, *step)));
    told.filter_map(|(at, settled)| settled.map(|settled| (at, words(settled)))).collect()
}

/// In the order in which it is said: at which step, and what.
#[track_caller]
fn says(steps: &[Step], expected: &[(usize, &str)]) {
    let heard = run(waiting(TIMEOUT), steps);
    let heard: Vec<_> = heard.iter().map(|(at, said)| (*at, said.as_str())).collect();
    assert_eq!(heard, expected, "{steps:?}");
}

#[track_caller]
fn waits(steps: &[Step]) {
    says(steps, &[]);
}

#[test]
fn d3_blocked_or_open() {
    says(&[Opened(false)], &[(0, "popup_blocked")]);
    waits(&[Opened(true)]);
    says(&[Opened(false), right(10), GiveUp, Abort], &[(0, "popup_blocked")]);
}

#[test]
fn a7_the_first_answer_is_the_only_one() {
    says(&[right(10), right(10)], &[(0, "ok c")]);
    says(&[Message(DONE, 10), right(10), Message(DONE, 10)], &[(0, "done a")]);
    says(&[Handed("?code=c&state={T}", 10), right(11)], &[(0, "state_mismatch")]);
    says(&[right(10), GiveUp, Abort, Opened(false), look(true, true, TIMEOUT)], &[(0, "ok c")]);
}

#[test]
fn a22_a_popup_is_not_waited_for_forever() {
    waits(&[look(false, false, TIMEOUT - 1)]);
    says(&[look(false, false, TIMEOUT)], &[(0, "timeout+")]);
    says(&[look(true, true, TIMEOUT + 1), look(true, true, TIMEOUT + 2)], &[(0, "timeout+")]);
    assert_eq!(run(waiting(1), &[look(false, false, 1)]), [(0, "timeout+".into())]);
}

#[test]
fn d11_a_wait_of_ten_minutes_ends_once_and_for_good() {
    let waited = |steps: &[Step]| run(waiting(TRANSACTION_LIFE_MS), steps);
    let (last, over) = (look(false, true, TRANSACTION_LIFE_MS), look(false, true, TRANSACTION_LIFE_MS + 1));
    assert_eq!(waited(&[look(false, true, TRANSACTION_LIFE_MS - 1)]), []);
    assert_eq!(waited(&[last, over, over]), [(0, "timeout+".into()), (1, "-".into())]);
    // No look came in between: timers of background pages may sleep.
    assert_eq!(waited(&[over, right(1)]), [(0, "timeout".into())]);
}

#[test]
fn a22_an_abort_ends_it_for_good_before_and_after_opening() {
    says(&[Abort], &[(0, "cancelled")]);
    says(&[Opened(true), Abort, right(10)], &[(1, "cancelled")]);
    says(&[Abort, Opened(false), GiveUp, Abort], &[(0, "cancelled")]);
    // Whoever has been told already is not told again.
    says(&[GiveUp, Abort, right(10)], &[(0, "cancelled+"), (1, "-")]);
}

#[test]
fn c4_an_answer_counts_after_whatever_ended_the_waiting() {
    let away = look(true, false, 500);
    for (end, said) in [
        (&[GiveUp][..], "cancelled+"),
        (&[look(false, false, TIMEOUT)], "timeout+"),
        (&[away, look(true, true, 1000), look(true, true, 9000)], "cancelled+"),
    ] {
        let at = end.len() - 1;
        let then = |more: &[Step]| [end, more].concat();
        for (answer, late) in [(right(TRANSACTION_LIFE_MS), "ok c"), (Message(DONE, 200_000), "done a")] {
            says(&then(&[answer]), &[(at, said), (at + 1, late)]);
            says(&then(&[GiveUp, look(true, true, 150_000), answer, answer]), &[(at, said), (at + 3, late)]);
        }
    }
}

#[test]
fn a22_a_late_failure_tells_nobody_twice() {
    for failure in [
        Handed("?error=access_denied&state={S}", 10),
        Handed("?code=c&state={T}", 10),
        Message("sign-in-with-x/1?v=1&code=network", 10),
        Message("sign-in-with-x/1?v=1&restart=1", 10),
    ] {
        says(&[GiveUp, failure, right(11)], &[(0, "cancelled+"), (1, "-")]);
    }
}

#[test]
fn a19_an_answer_after_ten_minutes_is_expired_by_the_clock_that_goes_forward() {
    says(&[right(TRANSACTION_LIFE_MS)], &[(0, "ok c")]);
    says(&[right(TRANSACTION_LIFE_MS + 1)], &[(0, "expired")]);
}

#[test]
fn d9_a_popup_that_the_page_before_this_one_opened_is_listened_to() {
    let resumed = || Popup::resumed(transaction(s(), &[("flow", Some("popup"))]));
    let away = look(true, false, 500);
    for (steps, said) in [
        (&[Message(DONE, 10)][..], &[(0, "done a")][..]),
        // A code is left to whoever opened the popup, if that page is still there: it answers the first time.
        (&[right(10), right(260)], &[]),
        (&[right(10), right(260), right(510)], &[(2, "ok c")]),
        (&[right(10), right(260), Message(DONE, 510)], &[(2, "done a")]),
        // Nobody waits, so nobody is told of an end.
        (&[away, look(true, true, 1000), look(true, true, 9000), Message(DONE, 9001)], &[(3, "done a")]),
        (&[GiveUp, look(true, true, TRANSACTION_LIFE_MS), Message(DONE, 20)], &[(2, "done a")]),
        (&[look(true, true, TRANSACTION_LIFE_MS + 1), right(20)], &[(0, "-")]),
        (&[Abort, right(20)], &[(0, "-")]),
    ] {
        let heard = run(resumed(), steps);
        let heard: Vec<_> = heard.iter().map(|(at, said)| (*at, said.as_str())).collect();
        assert_eq!(heard, said, "{steps:?}");
    }
}
