//! The backend half: what a host's server does between the browser and X, without a socket, a clock or a store of its
//! own.
//!
//! A request from the page comes in as data ([`Incoming`]), an answer goes out as data ([`Answer`]), and what X must be
//! asked in between is an [`HttpRequest`] that any HTTP client can send. `www/src/server` does so for JavaScript; axum,
//! actix and the rest call the same functions:
//!
//! 1. [`receive`] routes and guards what [`Incoming::read`] has read. A [`Step`] says what to do next.
//! 2. [`Step::Answer`], [`Step::Session`] and [`Step::SignOut`]: answer; look up or delete, then [`session_answer`] or
//!    [`signed_out`].
//! 3. Every other step belongs to a sign-in: a [`Conversation`] says what to send to X, and in the end what to answer, which
//!    [`Session`] to keep under which [`SessionId`], which sessions end, and which tokens are nobody's. It takes a loop of
//!    ten lines; `examples/axum` has it whole.
//! 4. A host that chose to mediate tokens ([`ServerOptions::token_mediating`]) has [`Step::Token`]: renew the session's
//!    access token when that is due, then [`token_answer`].
//! 5. [`refresh`] renews tokens, [`revoke`] and [`oauth1::invalidate`] take them back, [`sealed`] keeps them at rest,
//!    [`carried`] reads a session that is in its cookie. [`Rate`] and [`Spent`] are what a process remembers.
//!
//! What a conversation is made of is public too: [`exchange`] and [`user`] for the page's own sign-ins, [`held`] for those
//! that the backend starts where a host gave `secrets`, [`oauth1`] for the signed ones.
//!
//! This is the backend-for-frontend pattern (RFC 10017 §6.1): tokens stay in the stored [`Session`], and no function but
//! [`token_answer`] can put one into an [`Answer`]: the access token, where the host asks for it.
//!
//! The client that sends an [`HttpRequest`] must not follow redirects (a redirected request would carry the code, or
//! the `Authorization` header, somewhere else; CVE-2026-54605), must verify TLS, and must stop after
//! [`UPSTREAM_BODY_MAX`] bytes and [`UPSTREAM_TIMEOUT_MS`].
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod answer;
pub mod carried;
mod client;
pub mod config;
mod conversation;
pub mod cookie;
pub mod exchange;
mod failure;
pub mod guard;
mod handler;
mod headers;
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
mod turn;
pub mod user;

#[cfg(target_arch = "wasm32")]
mod bindings;

pub use answer::Answer;
pub use config::{ConfigError, OAuth1Options, ServerConfig, ServerOptions};
pub use conversation::Conversation;
pub use failure::{Failure, FailureCode};
pub use handler::{Incoming, Step, receive, session_answer, signed_in, signed_out};
pub use http::{HttpRequest, HttpResponse, Method, UPSTREAM_BODY_MAX, UPSTREAM_TIMEOUT_MS};
pub use mediated::token_answer;
pub use rate::{PER_MINUTE, Rate};
pub use route::Route;
pub use session::{Credentials, DEFAULT_LIFE_SECONDS, Former, Session, SessionId};
pub use spent::{NAMES_MAX, Spent};
pub use turn::{Kept, Outcome, Turn, Used};
