//! Transactions in a store: bounded in number and age, and honest about a store that is not there.

use sign_in_with_x::protocol::moment::Moment;
use sign_in_with_x::protocol::ports::{KeyValue, MemoryStore};
use sign_in_with_x::protocol::transaction::{
    Flow, KEY_PREFIX, TRANSACTION_LIFE_MS, TRANSACTIONS_MAX, Transaction, make_room, peek, remove, sweep,
};

use super::kit::{DAY, NOW, Os, at, attempt, config, keep, key, read, record, s, store};
use sign_in_with_x::flow::attempt::{Request, begin};

fn start(store: &mut MemoryStore, os: &mut Os, now: Moment) -> Transaction {
    let attempt = begin(&config(), &Request::default(), Flow::Redirect, os, now).unwrap();
    keep(store, &attempt);
    make_room(store, &attempt.state, now);
    read(&attempt)
}

#[test]
fn b8_two_hundred_abandoned_starts_stay_below_the_cap() {
    let (mut store, mut os) = (MemoryStore::default(), Os::new());
    for n in 0..200 {
        let newest = start(&mut store, &mut os, at(NOW + n));
        assert!(store.keys().len() <= TRANSACTIONS_MAX, "{n}");
        assert!(peek(&store, newest.state().clone()).is_some(), "the newest is there");
    }
    let ages: Vec<_> = sweep(&mut store, at(NOW + 199)).iter().map(|it| it.created_at().date).collect();
    assert_eq!(ages.len(), TRANSACTIONS_MAX);
    assert!(ages.iter().all(|at| *at >= NOW + 200 - TRANSACTIONS_MAX as u64), "the oldest went first: {ages:?}");
}

#[test]
fn b8_the_next_start_sweeps_what_is_expired_or_unreadable_and_nothing_else() {
    let (mut store, mut os) = (MemoryStore::default(), Os::new());
    let old = start(&mut store, &mut os, at(NOW));
    let young = start(&mut store, &mut os, at(NOW + TRANSACTION_LIFE_MS));
    store.set(&key(&s()), "unreadable");
    for foreign in ["sign-in-with-x:outcome", "sign-in-with-x:", "SSSS", "sign-in-with-y:x"] {
        store.set(foreign, "kept");
    }
    let newest = start(&mut store, &mut os, at(NOW + TRANSACTION_LIFE_MS + 1));
    assert!(peek(&store, old.state().clone()).is_none());
    assert!(store.get(&key(&s())).is_none());
    for kept in [&young, &newest] {
        assert!(peek(&store, kept.state().clone()).is_some());
    }
    assert_eq!(store.keys().len(), 6);
}

#[test]
fn b8_every_key_begins_alike() {
    let (mut store, mut os) = (MemoryStore::default(), Os::new());
    let transaction = start(&mut store, &mut os, at(NOW));
    assert_eq!(store.keys(), [format!("{KEY_PREFIX}{}", transaction.state().as_str())]);
    remove(&mut store, transaction.state());
    remove(&mut store, transaction.state());
    assert!(store.keys().is_empty());
}

#[test]
fn s1_ten_minutes_and_no_more() {
    const { assert!(TRANSACTION_LIFE_MS <= 600_000) }
    let transaction = read(&attempt(1, Flow::Popup, at(NOW)));
    for (age, expired) in [(0, false), (TRANSACTION_LIFE_MS, false), (TRANSACTION_LIFE_MS + 1, true), (DAY, true)] {
        assert_eq!(transaction.is_expired(at(NOW + age)), expired, "{age}");
    }
    assert!(!transaction.is_expired(at(NOW - DAY)), "a clock set back makes nobody older");
}

#[test]
fn a19_a_clock_that_is_wrong_all_along_still_signs_in() {
    for now in [NOW - DAY, NOW + DAY, 0, u64::MAX - TRANSACTION_LIFE_MS] {
        let (mut store, mut os) = (MemoryStore::default(), Os::new());
        let transaction = start(&mut store, &mut os, at(now));
        let found = peek(&store, transaction.state().clone()).unwrap();
        assert!(!found.is_expired(at(now + TRANSACTION_LIFE_MS)), "{now}");
    }
}

#[test]
fn a19_a_date_that_is_set_meanwhile_makes_nobody_older() {
    let transaction = read(&attempt(1, Flow::Popup, at(NOW)));
    let later = at(NOW + 1000);
    for (now, expired) in [
        (Moment { date: later.date + DAY, ..later }, false),
        (Moment { date: later.date - DAY, ..later }, false),
        // The other clock began anew, in another process, or went on while the device slept.
        (Moment { steady: 0, ..later }, false),
        (Moment { steady: 5, ..at(NOW + DAY) }, false),
        (Moment { steady: later.steady + DAY, ..later }, false),
        (at(NOW + DAY), true),
    ] {
        assert_eq!(transaction.is_expired(now), expired, "{now:?}");
    }
}

#[test]
fn a19_after_a_clock_set_back_new_attempts_are_still_kept_and_bounded() {
    let (mut store, mut os) = (MemoryStore::default(), Os::new());
    for n in 0..20 {
        let now = if n < 10 { NOW } else { NOW - DAY };
        let newest = start(&mut store, &mut os, at(now + n));
        assert!(peek(&store, newest.state().clone()).is_some());
        assert!(store.keys().len() <= TRANSACTIONS_MAX);
    }
}

#[test]
fn a6_a_record_says_all_that_it_is_bound_to() {
    let attempt = attempt(5, Flow::Popup, at(NOW));
    let (written, state) = (attempt.record.clone(), attempt.state.clone());
    for part in [
        "v=1",
        "purpose=sign-in",
        "flow=popup",
        "finish=exchange",
        "client_id=client",
        "created_at=1800000000000",
        "steady_at=1800000000000",
    ] {
        assert!(written.split('&').any(|pair| pair == part), "{part} in {written}");
    }
    let found = Transaction::decode(state, &written).unwrap();
    assert!(found.is_for(&config()));
    assert_eq!(found.flow(), Flow::Popup);
    assert_eq!(found.code_verifier(), read(&attempt).code_verifier());
    assert_eq!(found.scope(), "tweet.read users.read");
}

#[test]
fn b8_a_full_house_does_not_grow() {
    let records: Vec<_> = (0..8)
        .map(|n| {
            let state = sign_in_with_x::protocol::state::State::parse(&format!("{n:043}")).unwrap();
            (state, record(&[("created_at", Some(&(NOW + n).to_string()))]))
        })
        .collect();
    let mut store = store(&records);
    let newest = attempt(1, Flow::Popup, at(NOW + 10));
    keep(&mut store, &newest);
    make_room(&mut store, &newest.state, at(NOW + 10));
    assert_eq!(store.keys().len(), TRANSACTIONS_MAX);
    assert!(peek(&store, records[0].0.clone()).is_none() && peek(&store, records[1].0.clone()).is_some());
}
