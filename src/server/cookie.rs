//! The session cookie (RFC 10017 §6.1.3.2).
//!
//! It is `HttpOnly`, `SameSite=Strict`, for the whole host and no sub-domain. `Strict` works because the callback page
//! is a page of ours that posts the code itself: that request is same-origin, although the navigation from X was not.

use super::config::ServerConfig;
use super::session::SessionId;

/// On https. `__Host-Http-` makes the browser insist on `Secure`, `Path=/`, no `Domain`, and a setter that is a
/// response and not a script (RFC 6265bis §4.1.3); browsers that do not know it read the `__Host-` in it.
const SECURE_NAME: &str = "__Host-Http-sign-in-with-x";

/// On plain http, which the configuration allows on this machine only; browsers refuse the prefix there.
const LOOPBACK_NAME: &str = "sign-in-with-x";

/// The longest `Cookie` header that is read, in bytes.
const COOKIES_MAX: usize = 16_384;

/// The `Set-Cookie` of a new session.
pub fn set(config: &ServerConfig, id: &SessionId, life_seconds: u32) -> String {
    write(config, id.expose(), life_seconds)
}

/// The `Set-Cookie` that removes the session.
pub fn clear(config: &ServerConfig) -> String {
    write(config, "", 0)
}

/// The session id in a `Cookie` header. `None` when there is none, when it cannot be ours, and when two different ones
/// are there, which a neighbour on the same host can arrange on plain http: better nobody than a stranger.
pub fn read(config: &ServerConfig, header: &str) -> Option<SessionId> {
    if header.len() > COOKIES_MAX {
        return None;
    }
    let mut values = header
        .split(';')
        .filter_map(|pair| pair.trim_matches([' ', '\t']).split_once('='))
        .filter(|(name, _)| *name == self::name(config))
        .map(|(_, value)| value);
    let first = values.next()?;
    if values.all(|other| other == first) { SessionId::parse(first) } else { None }
}

fn name(config: &ServerConfig) -> &'static str {
    if config.origin.is_secure() { SECURE_NAME } else { LOOPBACK_NAME }
}

fn write(config: &ServerConfig, value: &str, max_age: u32) -> String {
    let secure = if config.origin.is_secure() { "; Secure" } else { "" };
    format!("{}={value}; Path=/; Max-Age={max_age}{secure}; HttpOnly; SameSite=Strict", name(config))
}
