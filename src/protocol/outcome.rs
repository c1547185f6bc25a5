//! How an exchange ended, as the flat form in which it crosses from the backend's answer to this crate.
//!
//! Two ways lead here: the page that exchanged the code itself, and the callback page of a redirect, which leaves a
//! note for the page the person lands on. The note holds no verifier or token, and no code either unless the host finishes
//! itself and needs it; it is taken out when it is read.

use super::config::Config;
use super::error::{Error, ErrorCode};
use super::form::Form;
use super::ports::KeyValue;
use super::return_to::return_to;
use super::scope::normalise;
use super::text::number;
use super::transaction::KEY_PREFIX;
use super::user::User;

/// A finished sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    /// The profile, when the backend sent one that is right.
    pub user: Option<User>,
    /// What was granted, as far as the backend says; otherwise what was asked for. Space-separated.
    pub scope: String,
    /// Where the person lands; empty when the form does not say.
    pub return_to: String,
}

/// How long the callback page's note is believed, in milliseconds: a page's loading time. A later one would announce a
/// sign-in that may be over.
pub const NOTE_LIFE_MS: u64 = 60_000;

/// A note of the callback page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The callback page exchanged the code, or failed to.
    Exchanged(Result<Finished, Error>),
    /// The host finishes itself: the callback's query, still to be checked.
    Response(String),
}

/// Reads the backend's answer: `status`, the profile's fields at top level, `scope`; or `error` and `hint`. `asked` and
/// `return_to` are what the page knows itself.
///
/// # Errors
/// `exchange_failed` with the backend's `error` as the reason, for any status but 2xx.
pub fn read_exchange(answer: &Form) -> Result<Finished, Error> {
    let field = |name| answer.get(name);
    if !matches!(number(field("status")), Some(200..=299)) {
        return Err(Error::reported(ErrorCode::ExchangeFailed, field("error"), field("hint")));
    }
    let scope = if field("scope").is_empty() { field("asked") } else { field("scope") };
    let scope = normalise(scope).ok_or_else(|| Error::because(ErrorCode::ExchangeFailed, "scope"))?;
    Ok(Finished { user: User::checked(&field), scope, return_to: field("return_to").into() })
}

/// Takes the note of the callback page out of the store, if there is one for this configuration.
///
/// A note that is too old, or not readable, is removed and not believed. Another client's is left alone.
pub fn take_note(store: &mut impl KeyValue, config: &Config<'_>, now: u64) -> Option<Note> {
    let key = [KEY_PREFIX, "outcome"].concat();
    let note = store.get(&key)?;
    let form = Form::parse(&note).unwrap_or_default();
    let field = |name| form.get(name);
    let readable = field("v") == "1";
    if readable && (field("client_id") != config.client_id || field("redirect_uri") != config.redirect_uri.as_str()) {
        return None;
    }
    store.remove(&key);
    let age = now.saturating_sub(number(field("created_at"))?);
    if !readable || age > NOTE_LIFE_MS {
        return None;
    }
    if !field("response").is_empty() {
        return Some(Note::Response(field("response").into()));
    }
    Some(Note::Exchanged(match ErrorCode::parse(field("code")) {
        Some(code) => Err(Error::reported(code, field("error"), field("hint"))),
        None => read_exchange(&form).map(|finished| Finished {
            return_to: return_to(&finished.return_to, config.redirect_uri.origin()),
            ..finished
        }),
    }))
}
