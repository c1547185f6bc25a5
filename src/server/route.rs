//! Which of our routes a request is for.

/// A route below the base path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// `POST exchange`: the page brings a code and its verifier.
    Exchange,
    /// `GET start`: a plain link begins a sign-in.
    Start,
    /// `GET callback`: X sends the person back.
    Callback,
    /// `GET oauth1/start`: the same by OAuth 1.0a.
    OAuth1Start,
    /// `POST oauth1/exchange`: the page brings a request token and its verifier.
    OAuth1Exchange,
    /// `GET session`: who is signed in.
    Session,
    /// `POST signout`.
    SignOut,
    /// `POST token`: the page asks for the access token.
    Token,
}

/// Why there is no route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoRoute {
    /// The path is none of ours.
    NotFound,
    /// The path is ours, and the options do not open it.
    Closed(Route),
    /// The path is ours, the method is not; this one is.
    MethodNotAllowed(&'static str),
}

/// Finds the route. The path is compared as written: no decoding, no trailing slash, no case folding, so that nothing
/// in front of us can read it differently. `OPTIONS` is no method of ours: a preflight gets no permission.
///
/// A route that the options do not open is not there for any method.
pub(super) fn route(
    base_path: &str,
    method: &str,
    path: &str,
    is_open: impl Fn(Route) -> bool,
) -> Result<Route, NoRoute> {
    let below = path.strip_prefix(base_path).and_then(|rest| rest.strip_prefix('/'));
    let (route, allowed) = match below {
        Some("exchange") => (Route::Exchange, "POST"),
        Some("start") => (Route::Start, "GET"),
        Some("callback") => (Route::Callback, "GET"),
        Some("oauth1/start") => (Route::OAuth1Start, "GET"),
        Some("oauth1/exchange") => (Route::OAuth1Exchange, "POST"),
        Some("session") => (Route::Session, "GET"),
        Some("signout") => (Route::SignOut, "POST"),
        Some("token") => (Route::Token, "POST"),
        _ => return Err(NoRoute::NotFound),
    };
    if !is_open(route) {
        return Err(NoRoute::Closed(route));
    }
    if method == allowed { Ok(route) } else { Err(NoRoute::MethodNotAllowed(allowed)) }
}

#[cfg(test)]
mod tests {
    use super::NoRoute::{Closed, MethodNotAllowed, NotFound};
    use super::{Route, route};

    #[test]
    fn g3_only_these_methods_on_these_paths() {
        for (method, path, expected) in [
            ("POST", "/auth/x/exchange", Ok(Route::Exchange)),
            ("GET", "/auth/x/session", Ok(Route::Session)),
            ("POST", "/auth/x/signout", Ok(Route::SignOut)),
            ("POST", "/auth/x/token", Ok(Route::Token)),
            ("GET", "/auth/x/token", Err(MethodNotAllowed("POST"))),
            ("HEAD", "/auth/x/token", Err(MethodNotAllowed("POST"))),
            ("GET", "/auth/x/start", Ok(Route::Start)),
            ("GET", "/auth/x/callback", Ok(Route::Callback)),
            ("GET", "/auth/x/oauth1/start", Ok(Route::OAuth1Start)),
            ("POST", "/auth/x/oauth1/exchange", Ok(Route::OAuth1Exchange)),
            ("POST", "/auth/x/start", Err(MethodNotAllowed("GET"))),
            ("GET", "/auth/x/oauth1/exchange", Err(MethodNotAllowed("POST"))),
            ("GET", "/auth/x/oauth1", Err(NotFound)),
            ("GET", "/auth/x/exchange", Err(MethodNotAllowed("POST"))),
            ("OPTIONS", "/auth/x/exchange", Err(MethodNotAllowed("POST"))),
            ("GET", "/auth/x/signout", Err(MethodNotAllowed("POST"))),
            ("HEAD", "/auth/x/session", Err(MethodNotAllowed("GET"))),
            ("post", "/auth/x/exchange", Err(MethodNotAllowed("POST"))),
            ("POST", "/auth/x/exchange/", Err(NotFound)),
            ("POST", "/auth/x/%65xchange", Err(NotFound)),
            ("POST", "/auth/xexchange", Err(NotFound)),
            ("POST", "//auth/x/exchange", Err(NotFound)),
            ("POST", "/exchange", Err(NotFound)),
            ("POST", "/auth/x", Err(NotFound)),
            ("POST", "", Err(NotFound)),
        ] {
            assert_eq!(route("/auth/x", method, path, |_| true), expected, "{method} {path}");
        }
        for method in ["GET", "POST"] {
            let closed = route("/auth/x", method, "/auth/x/start", |route| route != Route::Start);
            assert_eq!(closed, Err(Closed(Route::Start)), "{method}");
        }
    }
}
