//! The device's clocks.

use wasm_bindgen::prelude::wasm_bindgen;

use super::page::time_origin;
use crate::protocol::moment::Moment;

#[wasm_bindgen]
extern "C" {
    /// Milliseconds since the page began. It only goes forward, whatever happens to the date.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    pub(crate) fn monotonic() -> f64;
    /// Milliseconds since the Unix epoch, by the device's date.
    #[wasm_bindgen(js_namespace = Date, js_name = now)]
    fn date() -> f64;
}

/// Now.
pub(crate) fn now() -> Moment {
    Moment { date: whole(date()), steady: whole(time_origin() + monotonic()) }
}

/// Whole milliseconds since a [`monotonic`] moment.
#[cfg(feature = "browser")]
pub(crate) fn since(moment: f64) -> u64 {
    whole(monotonic() - moment)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float casts to the nearest u64")]
fn whole(milliseconds: f64) -> u64 {
    milliseconds as u64
}
