//! Whether a request really comes from the host's own page (RFC 10017 §6.1.3.3: a backend that works with cookies must
//! defend itself against cross-site request forgery).
//!
//! The defence that the RFC describes is a header that a form or an image cannot send: on a cross-origin request it
//! forces a preflight, and as we never answer one with permission (no CORS headers, on any route), the request itself
//! is never sent. That header is required on **every** request that changes something, and so is a JSON content type,
//! which forces a preflight too. What the browser says about the sender is a second, independent wall: `Origin` and
//! `Sec-Fetch-Site` are written by the browser, and where they are there they must name our own page.
//!
//! A request with neither of the two is let through by the second wall: every browser writes `Origin` on a `POST`
//! (Fetch §3.1), so it comes from a program or through a proxy that strips headers. A program has no victim's cookies
//! to send, and the first wall still stands.

use super::http::is_json;

/// The header and its value. Any page of ours sends it; no other origin can without a preflight.
pub const REQUESTED_WITH: &str = "sign-in-with-x";

/// What the guard looks at; empty text for a header that is not there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sender<'a> {
    /// `Content-Type`.
    pub content_type: &'a str,
    /// `X-Requested-With`.
    pub requested_with: &'a str,
    /// `Origin`.
    pub origin: &'a str,
    /// `Sec-Fetch-Site`.
    pub sec_fetch_site: &'a str,
}

/// Why a request was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forgery {
    /// No `X-Requested-With: sign-in-with-x`.
    Header,
    /// Not `application/json`.
    ContentType,
    /// `Sec-Fetch-Site` says that another site, a sibling sub-domain or the address bar sent it.
    Site,
    /// `Origin` is not the configured origin.
    Origin,
}

impl Forgery {
    /// A sentence for the developer.
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Header => "The request lacks the header X-Requested-With: sign-in-with-x.",
            Self::ContentType => "The request must be sent as application/json.",
            Self::Site => "The request must come from a page of the same origin.",
            Self::Origin => "The request's Origin is not the `origin` that the backend was given.",
        }
    }
}

/// Checks a request that changes something.
///
/// # Errors
/// The first wall that stopped it.
pub fn check_change(sender: &Sender<'_>, origin: &str) -> Result<(), Forgery> {
    if sender.requested_with != REQUESTED_WITH {
        return Err(Forgery::Header);
    }
    if !is_json(sender.content_type) {
        return Err(Forgery::ContentType);
    }
    // `none` is the address bar, a bookmark, a prefetch: never a script's POST.
    if !matches!(sender.sec_fetch_site, "" | "same-origin") {
        return Err(Forgery::Site);
    }
    // A page with `Referrer-Policy: no-referrer` may send `Origin: null` (Fetch §3.1). The browser's own word that the
    // sender is of our origin then decides; a sandboxed frame, the other source of `null`, is `cross-site`.
    let hidden = sender.origin == "null" && sender.sec_fetch_site == "same-origin";
    if sender.origin.is_empty() || sender.origin == origin || hidden { Ok(()) } else { Err(Forgery::Origin) }
}

/// Checks a request that only reads. It changes nothing and other origins cannot read the answer; refusing what the
/// browser calls foreign keeps the answer out of their processes as well.
///
/// # Errors
/// [`Forgery::Site`] or [`Forgery::Origin`].
pub fn check_read(sender: &Sender<'_>, origin: &str) -> Result<(), Forgery> {
    if !matches!(sender.sec_fetch_site, "" | "same-origin" | "none") {
        return Err(Forgery::Site);
    }
    if matches!(sender.origin, "" | "null") || sender.origin == origin { Ok(()) } else { Err(Forgery::Origin) }
}

#[cfg(test)]
mod tests {
    use super::{Forgery, Sender, check_change, check_read};

    const ORIGIN: &str = "https://app.example";

    const OURS: Sender<'static> = Sender {
        content_type: "application/json",
        requested_with: "sign-in-with-x",
        origin: ORIGIN,
        sec_fetch_site: "same-origin",
    };

    #[test]
    fn g3_what_may_change_something() {
        for (sender, expected) in [
            (OURS, Ok(())),
            (Sender { content_type: "Application/JSON; charset=utf-8", ..OURS }, Ok(())),
            (Sender { sec_fetch_site: "", ..OURS }, Ok(())),
            (Sender { origin: "", ..OURS }, Ok(())),
            (Sender { origin: "", sec_fetch_site: "", ..OURS }, Ok(())),
            (Sender { origin: "null", ..OURS }, Ok(())),
            (Sender { origin: "null", sec_fetch_site: "", ..OURS }, Err(Forgery::Origin)),
            (Sender { origin: "null", sec_fetch_site: "cross-site", ..OURS }, Err(Forgery::Site)),
            (Sender { requested_with: "", ..OURS }, Err(Forgery::Header)),
            (Sender { requested_with: "XMLHttpRequest", ..OURS }, Err(Forgery::Header)),
            (Sender { content_type: "", ..OURS }, Err(Forgery::ContentType)),
            (Sender { content_type: "text/plain", ..OURS }, Err(Forgery::ContentType)),
            (Sender { content_type: "text/plain; application/json", ..OURS }, Err(Forgery::ContentType)),
            (Sender { content_type: "application/x-www-form-urlencoded", ..OURS }, Err(Forgery::ContentType)),
            (Sender { content_type: "multipart/form-data; boundary=x", ..OURS }, Err(Forgery::ContentType)),
            (Sender { sec_fetch_site: "cross-site", ..OURS }, Err(Forgery::Site)),
            (Sender { sec_fetch_site: "same-site", ..OURS }, Err(Forgery::Site)),
            (Sender { sec_fetch_site: "none", ..OURS }, Err(Forgery::Site)),
            (Sender { sec_fetch_site: "same-origin, cross-site", ..OURS }, Err(Forgery::Site)),
            (Sender { origin: "https://evil.example", ..OURS }, Err(Forgery::Origin)),
            (Sender { origin: "https://sub.app.example", ..OURS }, Err(Forgery::Origin)),
            (Sender { origin: "http://app.example", ..OURS }, Err(Forgery::Origin)),
            (Sender { origin: "https://app.example:8443", ..OURS }, Err(Forgery::Origin)),
            (Sender { origin: "https://app.example.evil.example", ..OURS }, Err(Forgery::Origin)),
            (Sender { origin: "https://app.example, https://evil.example", ..OURS }, Err(Forgery::Origin)),
        ] {
            assert_eq!(check_change(&sender, ORIGIN), expected, "{sender:?}");
        }
    }

    #[test]
    fn g3_what_may_read() {
        let read = |origin, sec_fetch_site| check_read(&Sender { origin, sec_fetch_site, ..Sender::default() }, ORIGIN);
        assert_eq!(read("", "same-origin"), Ok(()));
        assert_eq!(read("", ""), Ok(()));
        assert_eq!(read("", "none"), Ok(()));
        assert_eq!(read(ORIGIN, ""), Ok(()));
        assert_eq!(read("", "cross-site"), Err(Forgery::Site));
        assert_eq!(read("", "same-site"), Err(Forgery::Site));
        assert_eq!(read("https://evil.example", ""), Err(Forgery::Origin));
    }
}
