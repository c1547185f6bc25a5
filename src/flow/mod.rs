//! The popup and the redirect as state machines without input or output.
//!
//! A browser adapter tells a machine what happened and does what it answers; it decides nothing itself. So every order
//! of events (a late message, a popup that seems closed, a page restored by Back) is a row in a native table test.
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

pub mod attempt;
pub mod callback;
pub mod choose;
pub mod popup;
