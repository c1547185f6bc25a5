//! Every order of events: whoever waits hears one end, and perhaps a late success after it; nothing after that.

use proptest::prelude::*;
use sign_in_with_x::flow::popup::Popup;
use sign_in_with_x::protocol::transaction::TRANSACTION_LIFE_MS;

use super::super::kit::{s, transaction};
use super::{Abort, DONE, GiveUp, Handed, Message, Opened, Step, TIMEOUT, look, tell, waiting};

/// One event, and how many milliseconds after the one before it.
fn event() -> impl Strategy<Value = (Step, u64)> {
    let message = proptest::sample::select(vec![
        Handed("?code=c&state={S}", 0),
        Handed("?code=c&state={T}", 0),
        Handed("?error=access_denied&state={S}", 0),
        Handed("", 0),
        Message(DONE, 0),
        Message("sign-in-with-x/1?v=1&code=network", 0),
        Message("sign-in-with-x/1?v=1&restart=1", 0),
        Message("sign-in-with-x/1 ok", 0),
        Message("noise", 0),
    ]);
    let looked = any::<(bool, bool)>().prop_map(|(closed, focused)| look(closed, focused, 0));
    // Mostly what happens often: looks.
    let step = prop_oneof![
        6 => looked,
        2 => message,
        1 => Just(GiveUp),
        1 => Just(Abort),
        1 => any::<bool>().prop_map(Opened),
    ];
    let pause = prop_oneof![4 => 0_u64..6000, 1 => Just(TIMEOUT), 1 => Just(TRANSACTION_LIFE_MS)];
    (step, pause)
}

/// The same event at a moment.
fn at(step: Step, elapsed: u64) -> Step {
    match step {
        Handed(tail, _) => Handed(tail, elapsed),
        Message(text, _) => Message(text, elapsed),
        Step::Look { closed, focused, .. } => look(closed, focused, elapsed),
        other => other,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a22_c4_one_end_and_at_most_one_late_success(
        events in proptest::collection::vec(event(), 0..40), resumed: bool, timeout in 1..=TRANSACTION_LIFE_MS
    ) {
        let mut popup = if resumed {
            Popup::resumed(transaction(s(), &[("flow", Some("popup"))]))
        } else {
            waiting(timeout)
        };
        let (mut failures, mut successes, mut is_over, mut elapsed) = (0, 0, false, 0);
        for (step, pause) in events {
            elapsed += pause;
            let Some(settled) = tell(&mut popup, at(step, elapsed)) else { continue };
            prop_assert!(!is_over, "silent after the end: {step:?}");
            match settled.result {
                Some(Ok(_)) => successes += 1,
                Some(Err(_)) => failures += 1,
                None => prop_assert!(resumed || failures == 1, "somebody waits, and is told nothing: {step:?}"),
            }
            prop_assert!(!settled.listening || failures == 1, "listening on is for whoever has been told");
            is_over = !settled.listening;
            prop_assert!(failures <= 1 && successes <= 1 && (is_over || successes == 0));
            prop_assert!(!resumed || failures == 0, "nobody waits for a resumed one");
        }
        // Whatever came before, ten minutes are the end.
        tell(&mut popup, look(false, false, elapsed.max(TRANSACTION_LIFE_MS) + 1));
        for step in [Message(DONE, 1), GiveUp, Abort, Opened(false), look(true, true, 1)] {
            prop_assert!(tell(&mut popup, step).is_none());
        }
    }
}
