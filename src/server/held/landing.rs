//! Where a person lands who came without JavaScript: a page of the backend's that goes on by itself, or asks.
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

/// As `www/src/callback.css`, for pages that say less.
const LOOK: &str = include_str!("page.css");

/// The answer to a start that nobody says where it comes from: another site's, perhaps. The link leads to the same address
/// (an empty reference: with its query), and the click on it comes from a page of the host's site, so the browser sends
/// its `Strict` cookies along: the one that says so, and the sign-ins that wait.
pub(in crate::server) fn ask(config: &ServerConfig) -> Answer {
    let why =
        "Your browser does not say where you come from. Go on if you want to sign in here with your account at X.";
    page(200, "Sign in with X", &[why], Link { to: "", text: "Go on to X" }, false)
        .with("set-cookie", cookie::set_asked(config))
}

/// The answer to `GET callback` for a sign-in that succeeded. Store the session under `id` first.
pub fn landed(config: &ServerConfig, id: &SessionId, session: &Session, taken: &Taken) -> Answer {
    let going_on = page(200, "Signed in", &[], Link::back(&taken.return_to), true);
    taken.spent(going_on.with("set-cookie", cookie::set(config, id, session.life_with(config))))
}

/// The answer to `GET callback` for a sign-in that failed: the error's code, what to do about it, and a way back.
pub fn failed(failure: &Failure, taken: &Taken) -> Answer {
    taken.spent(failed_at(failure, &taken.return_to))
}

/// Back to where the person was, as if nothing had been.
pub(super) fn back(taken: &Taken) -> Answer {
    taken.spent(page(200, "Not signed in", &[], Link::back(&taken.return_to), true))
}

/// The same where there is no transaction: for [`finish::unknown`](super::finish::unknown) when the host has no static
/// callback page, and for a link that could not be read.
pub fn failed_unknown(failure: &Failure) -> Answer {
    failed_at(failure, "/")
}

pub(super) fn failed_at(failure: &Failure, return_to: &str) -> Answer {
    // Whoever tries a backend out sees nothing else of it. A page of ours has the same by `POST exchange`.
    let code = [failure.code.as_str(), &failure.reason].join(" ");
    let details = [code.trim_end(), &failure.hint];
    let page = page(failure.status, "The sign-in did not work", &details, Link::back(return_to), false);
    match failure.retry_after {
        Some(seconds) => page.with("retry-after", seconds.to_string()),
        None => page,
    }
}

/// The page's one link.
struct Link<'a> {
    to: &'a str,
    text: &'a str,
}

impl<'a> Link<'a> {
    const fn back(to: &'a str) -> Self {
        Self { to, text: "Go on" }
    }
}

fn page(status: u16, title: &str, details: &[&str], Link { to, text }: Link<'_>, at_once: bool) -> Answer {
    let to = escape(to);
    let refresh = if at_once { format!("<meta http-equiv=\"refresh\" content=\"0;url={to}\">") } else { String::new() };
    let details: String = details.iter().map(|detail| format!("<p>{}</p>", escape(detail))).collect();
    Answer::html(
        status,
        LOOK,
        format!(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">{refresh}\
             <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">\
             <title>{title}</title><style>{LOOK}</style>\
             <main><h1>{title}</h1>{details}<p><a href=\"{to}\">{text}</a></p></main></html>"
        ),
    )
}

/// Text for an attribute or an element.
fn escape(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    text::escape(&mut out, raw);
    out
}
