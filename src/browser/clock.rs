//! The device's clocks.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::protocol::moment::Moment;

#[wasm_bindgen]
extern "C" {
    /// Milliseconds since the page began. It only goes forward, whatever happens to the date.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    pub(crate) fn monotonic() -> f64;
    /// When that was, by a clock that the pages of one browser process share.
    #[wasm_bindgen(thread_local_v2, js_namespace = performance, js_name = timeOrigin)]
    static TIME_ORIGIN: f64;
}

/// Now.
pub(crate) fn now() -> Moment {
    Moment { date: whole(js_sys::Date::now()), steady: whole(TIME_ORIGIN.with(|origin| origin + monotonic())) }
}

/// Whole milliseconds since a [`monotonic`] moment.
pub(crate) fn since(moment: f64) -> u64 {
    whole(monotonic() - moment)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float casts to the nearest u64")]
fn whole(milliseconds: f64) -> u64 {
    milliseconds as u64
}
