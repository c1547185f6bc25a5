//! The device's clock.

/// Milliseconds since the Unix epoch.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float casts to the nearest u64")]
pub(crate) fn now() -> u64 {
    js_sys::Date::now() as u64
}
