//! Which headers of a request, and of X's answer, are looked at.

use super::guard::{Navigation, Sender};
use super::handler::Incoming;
use super::http::HttpResponse;

impl<'a> Incoming<'a> {
    /// A request as it arrived. `path` and `query` are as written; `header` gives the value for a name in lower case: empty
    /// text for a header that is not there, and all values of one that came several times, joined by `, ` (`Cookie` by `; `).
    pub fn read(method: &'a str, path: &'a str, query: &str, header: impl Fn(&'static str) -> &'a str) -> Self {
        Self {
            method,
            path,
            query: !query.is_empty(),
            cookie: header("cookie"),
            sender: Sender {
                content_type: header("content-type"),
                requested_with: header("x-requested-with"),
                origin: header("origin"),
                sec_fetch_site: header("sec-fetch-site"),
                referer: header("referer"),
            },
            navigation: Navigation {
                sec_purpose: header("sec-purpose"),
                purpose: header("purpose"),
                x_purpose: header("x-purpose"),
                x_moz: header("x-moz"),
                next_router_prefetch: header("next-router-prefetch"),
                rsc: header("rsc"),
                sec_fetch_dest: header("sec-fetch-dest"),
                sec_fetch_mode: header("sec-fetch-mode"),
                accept: header("accept"),
            },
        }
    }
}

impl HttpResponse {
    /// An answer of X. `body` is at most [`UPSTREAM_BODY_MAX`](super::UPSTREAM_BODY_MAX) bytes, and empty in the place of a
    /// longer one, which is then read as nothing; `header` gives the value for a name in lower case, or empty text.
    pub fn read<'a>(status: u16, body: String, header: impl Fn(&'static str) -> &'a str) -> Self {
        Self {
            status,
            content_type: header("content-type").into(),
            rate_limit_reset: header("x-rate-limit-reset").into(),
            retry_after: header("retry-after").into(),
            date: header("date").into(),
            body,
        }
    }
}
