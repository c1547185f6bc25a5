//! OAuth 2.0 as X speaks it: pure functions and types, no browser, no clock, no randomness of their own, no panics.
//!
//! What happens outside (entropy, storage) comes in through the traits of [`ports`]; time comes in as a
//! [`moment::Moment`]. Everything a stranger can send (callback URLs, messages, stored records) is parsed strictly and
//! answered with a typed [`error::Error`].
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

pub mod authorization_request;
pub mod authorization_response;
pub mod config;
pub mod endpoint;
pub mod envelope;
pub mod error;
pub mod form;
pub mod moment;
pub mod outcome;
pub mod pkce;
pub mod ports;
pub mod return_to;
pub mod scope;
pub mod secret;
pub mod state;
pub mod text;
pub mod token;
pub mod transaction;
pub mod user;
