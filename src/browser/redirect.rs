//! Pumps events into [`flow::redirect`](crate::flow::redirect).

use alloc::rc::Rc;
use core::cell::RefCell;

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
    _listeners: [Option<EventListener>; 2],
}

/// Leaves for X.
pub(crate) fn leave(attempt: Attempt, signal: Option<&EventTarget>, done: Done) {
    let shared = Rc::new(RefCell::new(None));
    let (machine, first) = Redirect::new(attempt);
    let listeners = [
        web_sys::window().map(|window| listen(&window, "pageshow", &shared, Event::ShownAgain)),
        signal.map(|signal| listen(signal, "abort", &shared, Event::Aborted)),
    ];
    *shared.borrow_mut() = Some(Leaving { machine, done, _listeners: listeners });
    perform(&shared, first);
}

fn listen(
    target: &EventTarget,
    name: &'static str,
    shared: &Rc<RefCell<Option<Leaving>>>,
    event: Event,
) -> EventListener {
    let shared = Rc::clone(shared);
    EventListener::new(target, name, move |happened| {
        // The first `pageshow` of a page is its loading, not its return.
        if happened.dyn_ref::<PageTransitionEvent>().is_none_or(PageTransitionEvent::persisted) {
            feed(&shared, event);
        }
    })
}

fn feed(shared: &Rc<RefCell<Option<Leaving>>>, event: Event) {
    let actions = shared.borrow_mut().as_mut().map(|leaving| leaving.machine.on(event));
    for action in actions.unwrap_or_default() {
        perform(shared, action);
    }
}

fn perform(shared: &Rc<RefCell<Option<Leaving>>>, action: Action) {
    match action {
        Action::Store(record) => {
            let stored = transaction::put(&mut SessionStorage::open(), &record).is_ok();
            feed(shared, Event::Stored(stored));
        }
        Action::Navigate(url) => page::navigate(&url),
        Action::Forget(state) => transaction::remove(&mut SessionStorage::open(), &state),
        Action::Settle(error) => {
            let leaving = shared.borrow_mut().take();
            if let Some(leaving) = leaving {
                (leaving.done)(error);
            }
        }
    }
}
