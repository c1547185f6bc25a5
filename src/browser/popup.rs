//! Pumps events into [`flow::popup`](crate::flow::popup).

use alloc::rc::Rc;
use core::cell::Cell;

use gloo::events::EventListener;
use gloo::timers::callback::Interval;
use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, EventTarget, MessageEvent, Window};

use super::storage::SessionStorage;
use super::{clock, page};
use crate::flow::attempt::Attempt;
use crate::flow::popup::{Event, Popup, Settled};
use crate::protocol::authorization_response::Approved;
use crate::protocol::envelope::ACKNOWLEDGED;
use crate::protocol::error::{Error, ErrorCode};
use crate::protocol::state::State;
use crate::protocol::transaction::{self, KEY_PREFIX};

/// Milliseconds between two looks at the window.
const LOOK_EVERY_MS: u32 = 250;

/// Hears how it ended, once.
type Done = Box<dyn FnOnce(Result<Approved, Error>)>;

struct Waiting {
    machine: Popup,
    done: Done,
    state: State,
    window: Option<Window>,
    channel: BroadcastChannel,
    _listeners: [EventListener; 2],
    _looks: Interval,
}

/// Taken out while an event is worked on, put back unless that was the last one: no borrow that could fail.
type Shared = Rc<Cell<Option<Box<Waiting>>>>;

/// Opens the window (by the page's function, inside the click) and waits for the answer.
pub(crate) fn open(attempt: Attempt, timeout_ms: u64, open: &Function, signal: &EventTarget, done: Done) {
    let Attempt { transaction, url } = attempt;
    let state = transaction.state().clone();
    // The window starts with a copy of this storage: written before it opens, the record tells the callback page whom
    // to answer. Where storage refuses, the copy in memory is enough for this page.
    let _ = transaction::put(&mut SessionStorage, &transaction);
    // Without channels no answer could come: as good as blocked.
    let Ok(channel) = BroadcastChannel::new(&[KEY_PREFIX, state.as_str()].concat()) else {
        transaction::remove(&mut SessionStorage, &state);
        return done(Err(Error::new(ErrorCode::PopupBlocked)));
    };
    let window = open.call1(&JsValue::NULL, &url.into()).ok().filter(JsValue::is_object);
    let window = window.map(JsCast::unchecked_into::<Window>);
    let shared: Shared = Rc::default();
    let opened_at = clock::monotonic();
    let listeners = [
        {
            let shared = Rc::clone(&shared);
            EventListener::new(&channel, "message", move |event| {
                let data = event.unchecked_ref::<MessageEvent>().data().as_string();
                let elapsed = clock::since(opened_at);
                feed(&shared, Event::Delivered { message: &data.unwrap_or_default(), elapsed });
            })
        },
        {
            let shared = Rc::clone(&shared);
            EventListener::new(signal, "abort", move |_| feed(&shared, Event::Aborted))
        },
    ];
    let looks = {
        let shared = Rc::clone(&shared);
        Interval::new(LOOK_EVERY_MS, move || look(&shared, clock::since(opened_at)))
    };
    let opened = window.is_some();
    let machine = Popup::new(transaction, timeout_ms);
    shared.set(Some(Box::new(Waiting { machine, done, state, window, channel, _listeners: listeners, _looks: looks })));
    feed(&shared, Event::Opened(opened));
}

fn look(shared: &Shared, elapsed: u64) {
    let Some(waiting) = shared.take() else { return };
    let closed = waiting.window.as_ref().is_none_or(|window| window.closed().unwrap_or(true));
    shared.set(Some(waiting));
    feed(shared, Event::Looked { closed, focused: page::has_focus(), elapsed });
}

fn feed(shared: &Shared, event: Event<'_>) {
    let Some(mut waiting) = shared.take() else { return };
    match waiting.machine.on(event) {
        Some(settled) => settle(*waiting, settled),
        None => shared.set(Some(waiting)),
    }
}

fn settle(waiting: Waiting, settled: Settled) {
    let Waiting { done, state, window, channel, .. } = waiting;
    transaction::remove(&mut SessionStorage, &state);
    if settled.acknowledge {
        let _ = channel.post_message(&ACKNOWLEDGED.into());
    }
    channel.close();
    if let Some(window) = window {
        // Without effect on a window that X cut off; the callback page closes itself.
        let _ = window.close();
    }
    done(settled.result);
}
