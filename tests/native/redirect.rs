//! The departure of the whole page: stored first, then gone; one end at most.

use Event::{Aborted, ShownAgain, Stored};
use sign_in_with_x::flow::redirect::{Action, Event, Redirect};
use sign_in_with_x::protocol::transaction::Flow;

use super::kit::{NOW, attempt, said};

/// What each event was answered with, `-` for silence.
fn run(events: &[Event]) -> Vec<String> {
    let attempt = attempt(3, Flow::Redirect, NOW);
    let (state, url) = (attempt.transaction.state().clone(), attempt.url.clone());
    let (mut machine, first) = Redirect::new(attempt);
    let Action::Store(stored) = first else { panic!("it stores before anything else") };
    assert_eq!(stored.state(), &state);
    let answers = events.iter().map(|event| match machine.on(*event) {
        None => "-".to_owned(),
        Some(Action::Store(_)) => "store".to_owned(),
        Some(Action::Navigate(to)) => {
            assert_eq!(to, url);
            "navigate".to_owned()
        }
        Some(Action::Settle(which, error)) => {
            assert_eq!(which, state, "forgets its own record");
            said(&error)
        }
    });
    answers.collect()
}

#[test]
fn d6_departures() {
    for (events, answers) in [
        (&[Stored(true)][..], &["navigate"][..]),
        // A person who comes back to a browser that forgot them has typed their password for nothing.
        (&[Stored(false)], &["storage_unavailable"]),
        (&[Stored(false), Stored(true), ShownAgain, Aborted], &["storage_unavailable", "-", "-", "-"]),
        (&[Stored(true), ShownAgain], &["navigate", "cancelled"]),
        (&[Stored(true), ShownAgain, ShownAgain, Aborted], &["navigate", "cancelled", "-", "-"]),
        (&[Stored(true), Aborted], &["navigate", "cancelled"]),
        (&[Stored(true), Aborted, Stored(true), ShownAgain], &["navigate", "cancelled", "-", "-"]),
        (&[Aborted], &["cancelled"]),
        (&[Aborted, Stored(true)], &["cancelled", "-"]),
        (&[ShownAgain, Stored(true)], &["cancelled", "-"]),
        (&[Stored(true), Stored(true)], &["navigate", "-"]),
        (&[], &[]),
    ] {
        assert_eq!(run(events), answers, "{events:?}");
    }
}

#[test]
fn a22_no_order_of_events_leaves_or_settles_twice() {
    let all = [Stored(true), Stored(false), ShownAgain, Aborted];
    for a in all {
        for b in all {
            for c in all {
                for d in all {
                    let answers = run(&[a, b, c, d]);
                    let count = |wanted: &str| answers.iter().filter(|answer| *answer == wanted).count();
                    assert!(count("navigate") <= 1 && count("store") == 0, "{answers:?}");
                    assert!(answers.len() - count("navigate") - count("-") <= 1, "{answers:?}");
                    if let Some(end) = answers.iter().position(|answer| !matches!(answer.as_str(), "-" | "navigate")) {
                        assert!(answers[end + 1..].iter().all(|answer| answer == "-"), "{answers:?}");
                    }
                }
            }
        }
    }
}
