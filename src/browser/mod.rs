//! The browser, as adapters without decisions: each does one thing the machines in `flow` ask for, or tells them what
//! happened. Every refusal of the browser becomes a value; nothing here panics or throws.

pub(crate) mod allocator;
pub(crate) mod clock;
pub(crate) mod entropy;
pub(crate) mod page;
#[cfg(feature = "browser")]
pub(crate) mod storage;
