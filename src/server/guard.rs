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

use core::fmt;

use super::http::is_json;

/// The header and its value. Any page of ours sends it; no other origin can without a preflight.
pub const REQUESTED_WITH: &str = "sign-in-with-x";

/// What the guard looks at; empty text for a header that is not there.
#[derive(Clone, Copy, Default)]
pub struct Sender<'a> {
    /// `Content-Type`.
    pub content_type: &'a str,
    /// `X-Requested-With`.
    pub requested_with: &'a str,
    /// `Origin`.
    pub origin: &'a str,
    /// `Sec-Fetch-Site`.
    pub sec_fetch_site: &'a str,
    /// `Referer`; for navigations of browsers that send no `Sec-Fetch-Site`.
    pub referer: &'a str,
}

/// Shows no referrer: the address may have a code in it, or what else a host puts into its own.
impl fmt::Debug for Sender<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { content_type, requested_with, origin, sec_fetch_site, referer } = self;
        f.debug_struct("Sender")
            .field("content_type", content_type)
            .field("requested_with", requested_with)
            .field("origin", origin)
            .field("sec_fetch_site", sec_fetch_site)
            .field("referer_bytes", &referer.len())
            .finish()
    }
}

/// What a browser or a framework says about a navigation; empty text for a header that is not there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Navigation<'a> {
    /// `Sec-Purpose`.
    pub sec_purpose: &'a str,
    /// `Purpose`.
    pub purpose: &'a str,
    /// `X-Purpose`.
    pub x_purpose: &'a str,
    /// `X-Moz`.
    pub x_moz: &'a str,
    /// `Next-Router-Prefetch`.
    pub next_router_prefetch: &'a str,
    /// `RSC`.
    pub rsc: &'a str,
    /// `Sec-Fetch-Dest`.
    pub sec_fetch_dest: &'a str,
    /// `Sec-Fetch-Mode`.
    pub sec_fetch_mode: &'a str,
    /// `Accept`; for browsers that send no `Sec-Fetch-Dest`.
    pub accept: &'a str,
}

/// Where a click comes from that begins a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Initiator {
    /// The host's own page, or the person themselves (the address bar, a bookmark): only they say where the person lands.
    Own,
    /// Another page of the host's site: the person lands at `/`.
    Site,
    /// Nobody says. It may be another site's, so it begins nothing yet.
    Unknown,
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
    /// `Sec-Fetch-Dest` or `Sec-Fetch-Mode` says that no person went there: a script, an image or a frame asked.
    Destination,
}

impl Forgery {
    /// A sentence for the developer.
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Header => "The request lacks the header X-Requested-With: sign-in-with-x.",
            Self::ContentType => "The request must be sent as application/json.",
            Self::Site => "The request must come from a page of the same origin.",
            Self::Destination => "A sign-in needs a window of its own: link to it, or open a popup on it.",
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

/// Whether nobody clicked yet: a prefetch or prerender (the four headers that browsers have used for it), or Next.js
/// fetching a page ahead. Frameworks and browsers ask for links they merely see (nextjs-auth0#2748).
pub fn is_prefetch(navigation: &Navigation<'_>) -> bool {
    let says = [navigation.sec_purpose, navigation.purpose, navigation.x_purpose, navigation.x_moz];
    let ahead = |text: &str| {
        let text = text.to_ascii_lowercase();
        ["prefetch", "prerender", "preview"].iter().any(|word| text.contains(word))
    };
    says.into_iter().any(ahead) || !navigation.next_router_prefetch.is_empty() || !navigation.rsc.is_empty()
}

/// Checks that a person goes there in a window. Browsers that send no such header ask for HTML there, and for images and
/// scripts they do not.
///
/// # Errors
/// [`Forgery::Destination`].
pub fn check_navigation(navigation: &Navigation<'_>) -> Result<(), Forgery> {
    let window = match navigation.sec_fetch_dest {
        "" => navigation.accept.to_ascii_lowercase().contains("text/html"),
        dest => dest == "document",
    };
    let window = window && matches!(navigation.sec_fetch_mode, "" | "navigate");
    if window { Ok(()) } else { Err(Forgery::Destination) }
}

/// Checks what comes to `GET callback`: a person, or a script of the host's own page that reads the static page there (the
/// client's `doctor()`). With a query it would use up what X said, so a script gets the page only without one.
///
/// # Errors
/// [`Forgery::Destination`].
pub fn check_callback(sender: &Sender<'_>, navigation: &Navigation<'_>, query: bool) -> Result<(), Forgery> {
    let own_script = match navigation.sec_fetch_dest {
        "" => sender.sec_fetch_site.is_empty() && navigation.sec_fetch_mode.is_empty(),
        dest => dest == "empty" && sender.sec_fetch_site == "same-origin",
    };
    if own_script && !query { Ok(()) } else { check_navigation(navigation) }
}

/// Checks a navigation that begins a sign-in. No other site may begin one: X sends a person who has approved the app
/// before straight back, so that would sign people in who asked for nothing.
///
/// Browsers without Fetch Metadata (Safari before 16.4) name the page in `Referer`, if the host's policy lets them, and a
/// site that hides its links from it is [`Initiator::Unknown`].
///
/// # Errors
/// [`Forgery::Destination`] or [`Forgery::Site`].
pub fn check_start(sender: &Sender<'_>, navigation: &Navigation<'_>, origin: &str) -> Result<Initiator, Forgery> {
    check_navigation(navigation)?;
    match sender.sec_fetch_site {
        "same-origin" | "none" => Ok(Initiator::Own),
        "same-site" => Ok(Initiator::Site),
        "" => {
            let named = if sender.origin.is_empty() { sender.referer } else { sender.origin };
            let rest = named.strip_prefix(origin);
            match named {
                "" | "null" => Ok(Initiator::Unknown),
                _ if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/')) => Ok(Initiator::Own),
                _ => Err(Forgery::Site),
            }
        }
        _ => Err(Forgery::Site),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        Forgery, Initiator, Navigation, Sender, check_callback, check_change, check_navigation, check_read,
        check_start, is_prefetch,
    };

    #[test]
    fn g10_what_is_no_click() {
        let none = Navigation::default();
        let clicked = Navigation { sec_fetch_dest: "document", sec_fetch_mode: "navigate", ..none };
        assert!(!is_prefetch(&none) && !is_prefetch(&clicked));
        for navigation in [
            Navigation { sec_purpose: "prefetch", ..clicked },
            Navigation { sec_purpose: "prefetch;prerender", ..clicked },
            Navigation { sec_purpose: "prefetch;anonymous-client-ip", ..clicked },
            Navigation { purpose: "prefetch", ..clicked },
            Navigation { purpose: "Prefetch", ..none },
            Navigation { x_purpose: "preview", ..none },
            Navigation { x_moz: "prefetch", ..none },
            Navigation { next_router_prefetch: "1", ..none },
            Navigation { rsc: "1", ..none },
        ] {
            assert!(is_prefetch(&navigation), "{navigation:?}");
        }
    }

    #[test]
    fn g3_what_may_begin_a_sign_in() {
        let at =
            |sec_fetch_dest, sec_fetch_mode| Navigation { sec_fetch_dest, sec_fetch_mode, ..Navigation::default() };
        for (dest, mode, fine) in [
            ("", "", false),
            ("document", "navigate", true),
            ("iframe", "navigate", false),
            ("image", "no-cors", false),
            ("empty", "cors", false),
            ("document", "cors", false),
            ("script", "", false),
        ] {
            assert_eq!(check_navigation(&at(dest, mode)).is_ok(), fine, "{dest} {mode}");
        }
    }

    #[test]
    fn g10_a_browser_without_fetch_metadata_says_by_accept_that_it_is_no_image() {
        for (accept, fine) in [
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true),
            ("Text/HTML", true),
            ("image/png,image/svg+xml,image/*;q=0.8,video/*;q=0.8,*/*;q=0.5", false),
            ("text/css,*/*;q=0.1", false),
            ("*/*", false),
            ("", false),
        ] {
            let old = Navigation { accept, ..Navigation::default() };
            let sender = Sender { referer: "https://app.example/forum", ..Sender::default() };
            assert_eq!(check_navigation(&old).is_ok(), fine, "{accept}");
            assert_eq!(check_start(&sender, &old, ORIGIN).is_ok(), fine, "{accept}");
            assert_eq!(check_callback(&sender, &old, true).is_ok(), fine, "{accept}");
            assert_eq!(check_callback(&sender, &old, false), Ok(()), "the page alone, for doctor()");
        }
        let image = Navigation { accept: "text/html", sec_fetch_dest: "image", ..Navigation::default() };
        assert!(check_navigation(&image).is_err());
    }

    #[test]
    fn g3_b4_who_may_begin_a_sign_in_and_who_says_where_it_ends() {
        let window = Navigation { sec_fetch_dest: "document", sec_fetch_mode: "navigate", ..Navigation::default() };
        for (sec_fetch_site, origin, referer, expected) in [
            ("same-origin", "", "", Ok(Initiator::Own)),
            ("none", "", "", Ok(Initiator::Own)),
            ("same-site", "", "https://sub.app.example/", Ok(Initiator::Site)),
            ("cross-site", "", "", Err(Forgery::Site)),
            ("same-origin, cross-site", "", "", Err(Forgery::Site)),
            ("Same-Origin", "", "", Err(Forgery::Site)),
            ("anything", "", "", Err(Forgery::Site)),
            ("", "", "", Ok(Initiator::Unknown)),
            ("", "null", "", Ok(Initiator::Unknown)),
            ("", "", "https://app.example/page?a=b", Ok(Initiator::Own)),
            ("", "", "https://app.example", Ok(Initiator::Own)),
            ("", ORIGIN, "", Ok(Initiator::Own)),
            ("", "https://evil.example", "https://app.example/", Err(Forgery::Site)),
            ("", "", "https://app.example.evil.example/", Err(Forgery::Site)),
            ("", "", "https://app.example:8443/", Err(Forgery::Site)),
            ("", "", "https://evil.example/https://app.example/", Err(Forgery::Site)),
        ] {
            let sender = Sender { sec_fetch_site, origin, referer, ..Sender::default() };
            assert_eq!(check_start(&sender, &window, ORIGIN), expected, "{sender:?}");
        }
    }

    const ORIGIN: &str = "https://app.example";

    const OURS: Sender<'static> = Sender {
        content_type: "application/json",
        requested_with: "sign-in-with-x",
        origin: ORIGIN,
        sec_fetch_site: "same-origin",
        referer: "",
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
