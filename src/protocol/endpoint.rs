//! X's addresses, and the check that an address is one a sign-in may use.

use super::text::{cut, has, number, pieces};

/// Where a person approves the app. `twitter.com` has a session of its own and would ask for a second login
/// (<https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code>).
pub const AUTHORIZE: &str = "https://x.com/i/oauth2/authorize";
/// Where a backend exchanges the code; X answers it without CORS headers, so never from a page.
pub const TOKEN: &str = "https://api.x.com/2/oauth2/token";
/// Where a backend takes tokens back.
pub const REVOKE: &str = "https://api.x.com/2/oauth2/revoke";
/// Where X's API is; a backend's requests of OAuth 1.0a go below it.
pub const API: &str = "https://api.x.com";
/// Who signed in.
pub const USERS_ME: &str = "https://api.x.com/2/users/me";

/// An absolute `https` address, or a plain `http` one on this machine (`localhost`, `*.localhost`, `127.0.0.0/8`,
/// `[::1]`). No user info, no fragment, printable ASCII only.
///
/// It keeps the exact text it was made of (X compares redirect URIs byte by byte), owned or borrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HttpUrl<T = String> {
    text: T,
    /// Length of `scheme://host:port`.
    origin: usize,
}

/// Why an address was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrlProblem {
    /// Not `https://host…` or `http://host…`.
    NotAbsolute,
    /// Plain `http` and not this machine.
    NotSecure,
    /// It has a `#`; RFC 6749 §3.1.2 forbids fragments in redirect URIs.
    Fragment,
    /// It has user info, a space, a control character, a backslash, or something that is not ASCII.
    Characters,
}

impl HttpUrl {
    /// Reads an address and keeps a copy.
    ///
    /// # Errors
    /// A [`UrlProblem`] that says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, UrlProblem> {
        HttpUrl::borrow(text).map(|url| Self { text: text.into(), origin: url.origin })
    }
}

impl<'a> HttpUrl<&'a str> {
    /// Reads an address without a copy.
    ///
    /// # Errors
    /// A [`UrlProblem`] that says what is wrong with it.
    #[inline(never)]
    pub fn borrow(text: &'a str) -> Result<Self, UrlProblem> {
        let (secure, rest) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
            (Some(rest), _) => (true, rest),
            (_, Some(rest)) => (false, rest),
            _ => return Err(UrlProblem::NotAbsolute),
        };
        if has(text, b"#") {
            return Err(UrlProblem::Fragment);
        }
        if !text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\') {
            return Err(UrlProblem::Characters);
        }
        let authority = cut(rest, b"/?").0;
        if has(authority, b"@") {
            return Err(UrlProblem::Characters);
        }
        let host = host_of(authority).ok_or(UrlProblem::NotAbsolute)?;
        if !secure && !is_loopback(host) {
            return Err(UrlProblem::NotSecure);
        }
        Ok(Self { origin: text.len() - rest.len() + authority.len(), text })
    }
}

impl<T: AsRef<str>> HttpUrl<T> {
    /// The exact text.
    pub fn as_str(&self) -> &str {
        self.text.as_ref()
    }

    /// `scheme://host:port`, as written.
    pub fn origin(&self) -> &str {
        self.as_str().get(..self.origin).unwrap_or_default()
    }

    /// The path without the query; `/` when there is none.
    pub fn path(&self) -> &str {
        let rest = self.as_str().get(self.origin..).unwrap_or_default();
        let path = cut(rest, b"?").0;
        if path.is_empty() { "/" } else { path }
    }

    /// Whether another address, query and fragment aside, is the same place.
    pub fn is_place(&self, other: &str) -> bool {
        let other = cut(other, b"?#").0;
        other.strip_prefix(self.origin()).is_some_and(|path| path == self.path())
    }

    /// Whether it is `https`.
    pub fn is_secure(&self) -> bool {
        self.as_str().starts_with("https:")
    }
}

/// The host of `host`, `host:port`, `[v6]` or `[v6]:port`; `None` when it is empty, not
/// written as browsers write it, or the port is no number.
fn host_of(authority: &str) -> Option<&str> {
    let (host, port) = if authority.starts_with('[') {
        let end = cut(authority, b"]").0.len() + 1;
        (authority.get(..end)?, authority.get(end..)?)
    } else {
        cut(authority, b":")
    };
    let port_is_fine = match port.strip_prefix(':') {
        Some(digits) => number(digits).is_some_and(|port| port <= 65_535),
        None => port.is_empty(),
    };
    // As browsers write it, so that the address of a page can be compared: lower case, nothing encoded.
    let host_is_fine = host.len() > 2 * usize::from(host.starts_with('['))
        && host.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-._:[]".contains(&b));
    (host_is_fine && port_is_fine).then_some(host)
}

/// Hosts that browsers treat as this machine and as a secure context (W3C Secure Contexts §3.1).
fn is_loopback(host: &str) -> bool {
    let v4 = |host: &str| {
        let parts = pieces(host, b'.');
        // Three dots and no more: `pieces` leaves empty ones out.
        parts.clone().count() == 4
            && host.bytes().filter(|b| *b == b'.').count() == 3
            && host.starts_with("127.")
            && parts.into_iter().all(|part| number(part).is_some_and(|n| n <= 255))
    };
    host == "localhost" || host.ends_with(".localhost") || host == "[::1]" || v4(host)
}

#[cfg(test)]
mod tests {
    use super::{API, AUTHORIZE, HttpUrl, REVOKE, TOKEN, USERS_ME, UrlProblem};

    #[test]
    fn h3_only_x_hosts() {
        for address in [API, AUTHORIZE, REVOKE, TOKEN, USERS_ME] {
            let origin = HttpUrl::parse(address).unwrap().origin().to_owned();
            assert!(["https://x.com", "https://api.x.com"].contains(&origin.as_str()), "{address}");
        }
    }

    #[test]
    fn a8_addresses_that_are_refused() {
        use UrlProblem::{Characters, Fragment, NotAbsolute, NotSecure};
        for (text, problem) in [
            ("", NotAbsolute),
            ("/callback", NotAbsolute),
            ("//app.example/callback", NotAbsolute),
            ("app.example/callback", NotAbsolute),
            ("javascript:alert(1)//https://", NotAbsolute),
            ("ftp://app.example/", NotAbsolute),
            ("https://", NotAbsolute),
            ("https:///callback", NotAbsolute),
            ("https://[]/", NotAbsolute),
            ("https://App.example/", NotAbsolute),
            ("https://app%2eexample/", NotAbsolute),
            ("https://app.example:port/", NotAbsolute),
            ("https://app.example:70000/", NotAbsolute),
            ("http://app.example/", NotSecure),
            ("http://127.0.0.1.evil.example/", NotSecure),
            ("http://localhost.evil.example/", NotSecure),
            ("http://127.0.0.1@evil.example/", Characters),
            ("http://[::2]/", NotSecure),
            ("http://127..0.0.1/", NotSecure),
            ("http://.127.0.0.1/", NotSecure),
            ("https://app.example/#", Fragment),
            ("https://app.example/a b", Characters),
            ("https://app.example\\@evil.example/", Characters),
            ("https://app.example/\u{e9}", Characters),
            ("https://app.example/\n", Characters),
        ] {
            assert_eq!(HttpUrl::parse(text), Err(problem), "{text}");
        }
    }

    #[test]
    fn a8_addresses_that_are_taken() {
        for (text, origin, path) in [
            ("https://app.example/auth/x/callback", "https://app.example", "/auth/x/callback"),
            ("https://app.example", "https://app.example", "/"),
            ("https://app.example?a=/b", "https://app.example", "/"),
            ("http://127.0.0.1:3000/cb/", "http://127.0.0.1:3000", "/cb/"),
            ("http://127.9.9.9/cb", "http://127.9.9.9", "/cb"),
            ("http://[::1]:8080/cb", "http://[::1]:8080", "/cb"),
            ("http://localhost/cb", "http://localhost", "/cb"),
            ("http://app.localhost:1/cb", "http://app.localhost:1", "/cb"),
        ] {
            let url = HttpUrl::parse(text).unwrap();
            assert_eq!((url.as_str(), url.origin(), url.path()), (text, origin, path));
        }
    }

    #[test]
    fn a10_the_same_place() {
        let url = HttpUrl::parse("https://app.example/cb").unwrap();
        for (other, same) in [
            ("https://app.example/cb?code=1#x", true),
            ("https://app.example/cb", true),
            ("https://app.example/cb/", false),
            ("https://app.example/cbx?code=1", false),
            ("https://app.example.evil/cb", false),
            ("https://app.example", false),
        ] {
            assert_eq!(url.is_place(other), same, "{other}");
        }
        assert!(HttpUrl::parse("https://app.example").unwrap().is_place("https://app.example/?code=1"));
    }
}
