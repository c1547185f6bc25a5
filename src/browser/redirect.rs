//! Pumps events into [`flow::redirect`](crate::flow::redirect).

use alloc::rc::Rc;
use core::cell::Cell;

use gloo::events::EventListener;
use wasm_bindgen::JsCast as _;
use web_sys::{EventTarget, PageTransitionEvent};

use super::page;
use super::storage::SessionStorage;
use crate::flow::attempt::Attempt;
use crate::flow::redirect::{Action, Event, Redirect};
use crate::protocol::error::Error;
use crate::protocol::transaction;

/// Hears how it ended. Success is on the next page, so it only ever hears an error.
type Done = Box<dyn FnOnce(Error)>;

struct Leaving {
    machine: Redirect,
    done: Done,
    _listeners: [EventListener; 2],
}

/// Taken out while an event is worked on, put back unless that was the last one.
type Shared = Rc<Cell<Option<Box<Leaving>>>>;

/// Leaves for X.
pub(crate) fn leave(attempt: Attempt, signal: &EventTarget, done: Done) {
    let shared = Shared::default();
    let (machine, first) = Redirect::new(attempt);
    let listeners = [
        listen(&page::window(), "pageshow", &shared, Event::ShownAgain),
        listen(signal, "abort", &shared, Event::Aborted),
    ];
    shared.set(Some(Box::new(Leaving { machine, done, _listeners: listeners })));
    if let Action::Store(record) = first {
        feed(&shared, Event::Stored(transaction::put(&mut SessionStorage, &record).is_ok()));
    }
}

fn listen(target: &EventTarget, name: &'static str, shared: &Shared, event: Event) -> EventListener {
    let shared = Rc::clone(shared);
    EventListener::new(target, name, move |happened| {
        // The first `pageshow` of a page is its loading, not its return.
        if event != Event::ShownAgain || happened.unchecked_ref::<PageTransitionEvent>().persisted() {
            feed(&shared, event);
        }
    })
}

fn feed(shared: &Shared, event: Event) {
    let Some(mut leaving) = shared.take() else { return };
    match leaving.machine.on(event) {
        Some(Action::Settle(state, error)) => {
            transaction::remove(&mut SessionStorage, &state);
            (leaving.done)(error);
        }
        action => {
            shared.set(Some(leaving));
            if let Some(Action::Navigate(url)) = action {
                page::navigate(&url);
            }
        }
    }
}
