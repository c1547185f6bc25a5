//! Where a person approves a request token.

use super::super::config::ServerConfig;
use super::super::failure::Failure;
use super::{TokenPair, settings};
use crate::protocol::form;

/// How the person is asked.
#[derive(Clone, Copy, Debug, Default)]
pub struct Approval<'a> {
    /// Ask for the password even when somebody is signed in to X, so that another account can be chosen.
    pub force_login: bool,
    /// The account to suggest, without the `@`; empty for none.
    pub screen_name: &'a str,
}

/// The address. X sends a person who has approved the app before straight back (`/oauth/authenticate`), unless the option
/// `oauth1.alwaysAsk` says otherwise (`/oauth/authorize`).
///
/// A request token is no secret: it names an attempt, and is worth nothing without its own secret.
///
/// # Errors
/// `invalid_request` for a backend that was not given `oauth1`.
pub fn approval(config: &ServerConfig, token: &TokenPair, approval: &Approval<'_>) -> Result<String, Failure> {
    let consumer = settings(config)?;
    let mut url = consumer.at(if consumer.always_ask { "/oauth/authorize?" } else { "/oauth/authenticate?" });
    form::append(&mut url, "oauth_token", token.token.expose());
    if approval.force_login {
        form::append(&mut url, "force_login", "true");
    }
    if is_handle(approval.screen_name) {
        form::append(&mut url, "screen_name", approval.screen_name);
    }
    Ok(url)
}

fn is_handle(text: &str) -> bool {
    (1..=50).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}
