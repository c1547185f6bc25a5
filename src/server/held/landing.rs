//! Where a person lands who came without JavaScript: a page of the backend's that goes on by itself.
//!
//! Not a redirect: that would go on with the navigation that X began, and the browser would not send the session's
//! `SameSite=Strict` cookie to the page it leads to (RFC 6265bis §5.2). A refresh is a navigation of our own page's; it
//! also takes the code's place in the history.

use super::jar::Taken;
use crate::protocol::text;
use crate::server::answer::Answer;
use crate::server::config::ServerConfig;
use crate::server::cookie;
use crate::server::failure::Failure;
use crate::server::session::{Session, SessionId};

/// The answer to `GET callback` for a sign-in that succeeded. Store the session under `id` first.
pub fn landed(config: &ServerConfig, id: &SessionId, session: &Session, taken: &Taken) -> Answer {
    let going_on = page(200, "Signed in", "", &taken.return_to, true);
    taken.spent(going_on.with("set-cookie", cookie::set(config, id, session.life_with(config))))
}

/// The answer to `GET callback` for a sign-in that failed: the error's code, and a way back.
pub fn failed(failure: &Failure, taken: &Taken) -> Answer {
    taken.spent(failed_at(failure, &taken.return_to))
}

/// Back to where the person was, as if nothing had been.
pub(super) fn back(taken: &Taken) -> Answer {
    taken.spent(page(200, "Not signed in", "", &taken.return_to, true))
}

/// The same where there is no transaction: for [`finish::unknown`](super::finish::unknown) when the host has no static
/// callback page, and for a link that could not be read.
pub fn failed_unknown(failure: &Failure) -> Answer {
    failed_at(failure, "/")
}

pub(super) fn failed_at(failure: &Failure, return_to: &str) -> Answer {
    let page = page(failure.status, "The sign-in did not work", failure.code.as_str(), return_to, false);
    match failure.retry_after {
        Some(seconds) => page.with("retry-after", seconds.to_string()),
        None => page,
    }
}

fn page(status: u16, title: &str, detail: &str, return_to: &str, at_once: bool) -> Answer {
    let to = escape(return_to);
    let refresh = if at_once { format!("<meta http-equiv=\"refresh\" content=\"0;url={to}\">") } else { String::new() };
    let detail = if detail.is_empty() { String::new() } else { format!("<p>{}</p>", escape(detail)) };
    Answer::html(
        status,
        format!(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">{refresh}\
             <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">\
             <title>{title}</title><h1>{title}</h1>{detail}<p><a href=\"{to}\">Go on</a></p></html>"
        ),
    )
}

/// Text for an attribute or an element.
fn escape(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    text::escape(&mut out, raw);
    out
}
