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

/// The same two for sign-ins that the backend started (see [`held`](super::held)).
const SECURE_TRANSACTIONS: &str = "__Host-Http-sign-in-with-x-start";
const LOOPBACK_TRANSACTIONS: &str = "sign-in-with-x-start";

/// And for the page that asks before a sign-in begins ([`asked`]).
const SECURE_ASKED: &str = "__Host-Http-sign-in-with-x-asked";
const LOOPBACK_ASKED: &str = "sign-in-with-x-asked";

/// Seconds for which that page is remembered: for a click, and for clicks on the host's pages afterwards.
const ASKED_SECONDS: u64 = 600;

/// The longest `Cookie` header that is read, in bytes.
const COOKIES_MAX: usize = 16_384;

/// The `Set-Cookie` of a new session.
pub fn set(config: &ServerConfig, id: &SessionId, life_seconds: u32) -> String {
    write(config, &id.cookie(), life_seconds)
}

/// Whether a browser keeps it: name and value together are not too long ([`COOKIE_MAX`](super::sealed::COOKIE_MAX)).
pub fn fits(config: &ServerConfig, id: &SessionId) -> bool {
    name(config).len() + 1 + id.cookie().len() <= super::sealed::COOKIE_MAX
}

/// The `Set-Cookie` that removes the session.
pub fn clear(config: &ServerConfig) -> String {
    write(config, "", 0)
}

/// The session id in a `Cookie` header. `None` when there is none, when it cannot be ours, and when two different ones
/// are there, which a neighbour on the same host can arrange on plain http: better nobody than a stranger.
pub fn read(config: &ServerConfig, header: &str) -> Option<SessionId> {
    SessionId::parse(value(header, name(config))?)
}

/// Whether the browser has a cookie of that name, readable or not; an empty one is none.
pub(super) fn is_there(config: &ServerConfig, header: &str) -> bool {
    all(header, name(config)).any(|value| !value.is_empty())
}

/// The value of a cookie, if there is one only.
pub(super) fn value<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    if header.len() > COOKIES_MAX {
        return None;
    }
    let mut values = all(header, name);
    let first = values.next()?;
    values.all(|other| other == first).then_some(first)
}

fn all<'a>(header: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let pairs = header.split(';').filter_map(|pair| pair.trim_matches([' ', '\t']).split_once('='));
    pairs.filter(move |(known, _)| *known == name).map(|(_, value)| value)
}

fn name(config: &ServerConfig) -> &'static str {
    if config.origin.is_secure() { SECURE_NAME } else { LOOPBACK_NAME }
}

/// The name of the cookie of sign-ins that the backend started.
pub(super) fn transaction_name(config: &ServerConfig) -> &'static str {
    if config.origin.is_secure() { SECURE_TRANSACTIONS } else { LOOPBACK_TRANSACTIONS }
}

/// Its `Set-Cookie`. `Lax` where it must be there when X sends the person back.
pub(super) fn set_transactions(config: &ServerConfig, value: &str, max_age: u64, lax: bool) -> String {
    attributes(config, transaction_name(config), value, max_age, if lax { "Lax" } else { "Strict" })
}

/// Whether the person was asked, and went on from a page of the host's site. The cookie says no more than that it is there: as it
/// is `Strict`, no navigation that another site began brings it along.
pub(super) fn asked(config: &ServerConfig, header: &str) -> bool {
    value(header, asked_name(config)).is_some()
}

/// Its `Set-Cookie`.
pub(super) fn set_asked(config: &ServerConfig) -> String {
    attributes(config, asked_name(config), "1", ASKED_SECONDS, "Strict")
}

fn asked_name(config: &ServerConfig) -> &'static str {
    if config.origin.is_secure() { SECURE_ASKED } else { LOOPBACK_ASKED }
}

fn write(config: &ServerConfig, value: &str, max_age: u32) -> String {
    attributes(config, name(config), value, max_age.into(), "Strict")
}

fn attributes(config: &ServerConfig, name: &str, value: &str, max_age: u64, same_site: &str) -> String {
    let secure = if config.origin.is_secure() { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; Max-Age={max_age}{secure}; HttpOnly; SameSite={same_site}")
}
