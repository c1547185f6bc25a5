//! What holds without a browser: the rules of the protocol, the state machines, the layers of the source. One file per
//! subject; names begin with the requirement they answer for.
#![cfg(not(target_arch = "wasm32"))]

mod arrival;
mod authorization_request;
mod authorization_response;
mod callback_page;
mod config;
mod declarative;
mod entropy;
mod hostile;
mod kit;
mod layers;
mod link;
mod popup;
mod redaction;
mod remembered;
mod return_to;
#[cfg(feature = "server")]
mod server;
mod started;
mod transaction;
mod words;
