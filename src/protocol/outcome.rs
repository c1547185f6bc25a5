//! How an exchange ended, as the flat form in which it crosses from the backend's answer to this crate.
//!
//! Two ways lead here: the page that exchanged the code itself, and the callback page, which leaves a note: after a
//! redirect for the page the person lands on, after a popup for the page that waits. The note holds no verifier or token,
//! and no code either unless the page that reads it has to exchange it; it is taken out when it is read.

use super::config::{Config, Finish};
use super::error::{Error, ErrorCode};
use super::form::Form;
use super::ports::KeyValue;
use super::return_to::return_to;
use super::scope::normalise;
use super::text::{joined, number};
use super::transaction::KEY_PREFIX;
use super::user::User;

/// A finished sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    /// The profile, when the backend sent one that is right.
    pub user: Option<User>,
    /// What was granted, as far as the backend says; otherwise what was asked for. Space-separated; empty for OAuth 1.0a.
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
    /// Whoever reads this has to finish: the callback's query, still to be checked.
    Response(String),
    /// Nothing was exchanged; the person asked on the callback page to begin anew.
    Restart,
}

impl Note {
    /// Reads a note. `None` for anything that is none. Where the person lands is not believed here: the reader knows it,
    /// or has to check it.
    #[inline(never)]
    pub fn read(form: &Form) -> Option<Self> {
        let field = |name| form.get(name);
        if field("v") != "1" {
            return None;
        }
        if !field("response").is_empty() {
            return Some(Self::Response(field("response").into()));
        }
        if form.has("restart") {
            return Some(Self::Restart);
        }
        Some(Self::Exchanged(match ErrorCode::parse(field("code")) {
            Some(code) => Err(Error::reported(code, field("error"), field("hint"))),
            None => read_exchange(form),
        }))
    }
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
    // OAuth 1.0a knows no scopes, and where the backend begins the page asks for none.
    let scope = match scope {
        "" => String::new(),
        scope => normalise(scope).ok_or_else(|| Error::because(ErrorCode::ExchangeFailed, "scope"))?,
    };
    Ok(Finished { user: User::checked(&field), scope, return_to: field("return_to").into() })
}

/// Takes the note of the callback page out of the store, if there is one for this configuration.
///
/// A note that is too old, or not readable, is removed and not believed. Another client's is left alone.
pub fn take_note(store: &mut impl KeyValue, config: &Config<'_>, now: u64) -> Option<Note> {
    let key = joined(&[KEY_PREFIX, "outcome"]);
    let note = store.get(&key)?;
    let form = Form::parse(&note).unwrap_or_default();
    let field = |name| form.get(name);
    let read = Note::read(&form);
    let is_handoff = config.finish == Finish::Handoff;
    let is_for = field("redirect_uri") == config.redirect_uri.as_str()
        && match read {
            // A wish to begin anew is for whoever comes back to the same place.
            Some(Note::Restart) => true,
            _ => {
                field("client_id") == config.client_id
                    && field("asked") == config.scope
                    && form.has("handoff") == is_handoff
            }
        };
    if read.is_some() && !is_for {
        return None;
    }
    store.remove(&key);
    let age = now.saturating_sub(number(field("created_at"))?);
    match read {
        _ if age > NOTE_LIFE_MS => None,
        Some(Note::Exchanged(Ok(finished))) => {
            let return_to = return_to(&finished.return_to, config.redirect_uri.origin());
            Some(Note::Exchanged(Ok(Finished { return_to, ..finished })))
        }
        read => read,
    }
}
