//! The backend half: what a host's server does between the browser and X, without a socket, a clock or a store of its
//! own.
//!
//! A request from the page comes in as data ([`Incoming`]), an answer goes out as data ([`Answer`]), and what X must be
//! asked in between is an [`HttpRequest`] that any HTTP client can send. `www/src/server` does so for JavaScript; axum,
//! actix and the rest call the same functions:
//!
//! 1. [`receive`] routes and guards. A [`Step`] says what to do next.
//! 2. [`Step::Exchange`]: [`exchange::request`] → send → [`exchange::tokens`] → [`user::request`] → send →
//!    [`user::read`] → [`signed_in`], and store the [`Session`] under its new [`SessionId`].
//! 3. [`Step::Session`] and [`Step::SignOut`]: look up or delete, then [`session_answer`] or [`signed_out`].
//!
//! 4. A host that gave `secrets` has sign-ins that the backend starts as well ([`held`]):
//!    - [`Step::Start`]: answer with [`held::start::oauth2`].
//!    - [`Step::OAuth1Start`]: [`held::start::Asked::read`] → [`held::start::oauth1_request`] → send →
//!      [`held::start::oauth1`] is the answer.
//!    - [`Step::Exchange`]: [`held::finish::exchange`] in place of [`exchange::request`]; when it took a transaction,
//!      answer with [`held::signed_in`], and send every failure through [`held::Taken::spent`].
//!    - [`Step::OAuth1Exchange`]: [`held::finish::oauth1`] → [`held::finish::Verified::request`] → send →
//!      [`oauth1::access_token::read`] → [`oauth1::identity::request`] → send → [`oauth1::identity::read`] →
//!      [`held::signed_in`].
//!    - [`Step::Callback`]: [`held::finish::callback`], then as for the two before, but answered with [`held::landed`] or
//!      [`held::failed`]; [`held::finish::Arrived::NotOurs`] is answered with the host's static callback page.
//!
//!    Signed requests are sent once more when [`oauth1::Clock::corrected_by`] gives another clock.
//! 5. A host that chose to mediate tokens ([`ServerOptions::token_mediating`]) has [`Step::Token`]: renew the session's
//!    access token when that is due, then [`token_answer`].
//! 6. [`refresh`] renews tokens, [`revoke`] and [`oauth1::invalidate`] take them back, [`sealed`] keeps them at rest.
//!
//! This is the backend-for-frontend pattern (RFC 10017 §6.1): tokens stay in the stored [`Session`], and no function but
//! [`token_answer`] can put one into an [`Answer`]: the access token, where the host asks for it.
//!
//! The client that sends an [`HttpRequest`] must not follow redirects (a redirected request would carry the code, or
//! the `Authorization` header, somewhere else; CVE-2026-54605), must verify TLS, and must stop after
//! [`UPSTREAM_BODY_MAX`] bytes and [`UPSTREAM_TIMEOUT_MS`].
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod answer;
mod client;
pub mod config;
pub mod cookie;
pub mod exchange;
mod failure;
pub mod guard;
mod handler;
pub mod held;
mod http;
mod mediated;
pub mod oauth1;
mod problem;
mod rate;
pub mod refresh;
pub mod revoke;
mod route;
pub mod sealed;
mod session;
mod spent;
pub mod user;

#[cfg(target_arch = "wasm32")]
mod bindings;

pub use answer::Answer;
pub use config::{ConfigError, OAuth1Options, ServerConfig, ServerOptions};
pub use failure::{Failure, FailureCode};
pub use handler::{Incoming, Step, receive, session_answer, signed_in, signed_out};
pub use http::{HttpRequest, HttpResponse, Method, UPSTREAM_BODY_MAX, UPSTREAM_TIMEOUT_MS};
pub use mediated::token_answer;
pub use rate::{PER_MINUTE, Rate};
pub use route::Route;
pub use session::{Credentials, DEFAULT_LIFE_SECONDS, Former, Session, SessionId};
pub use spent::{NAMES_MAX, Spent};
