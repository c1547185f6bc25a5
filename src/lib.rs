#![doc = include_str!("crate.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;

pub mod button;
pub mod flow;
pub mod protocol;

#[cfg(all(target_arch = "wasm32", feature = "click"))]
pub mod bindings;
#[cfg(all(target_arch = "wasm32", feature = "click"))]
mod browser;

#[cfg(feature = "server")]
pub mod server;
