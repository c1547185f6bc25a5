//! Where a person lands after signing in: a place on the host's own origin, never anywhere else (RFC 9700 §4.11.1).

use super::text::{cut, pieces};

/// What a hostile or senseless value becomes.
pub const DEFAULT_RETURN_TO: &str = "/";

/// The longest value that is kept.
const MAX: usize = 2048;

/// Turns what a host page or a query asked for into a path, query and fragment on `origin`.
///
/// Taken: `/path?query#fragment`, and an absolute address on `origin` itself (its origin is cut off). Everything else
/// gives [`DEFAULT_RETURN_TO`]: other origins, `//host`, backslashes, control characters and spaces (which browsers
/// drop or turn into slashes), dot segments (which can fold into `//host`), schemes, and over-long values.
pub fn return_to(asked: &str, origin: &str) -> String {
    let rest = asked.strip_prefix(origin).unwrap_or(asked);
    if is_local(rest) { rest.into() } else { DEFAULT_RETURN_TO.into() }
}

fn is_local(text: &str) -> bool {
    let path = cut(text, b"?#").0;
    text.len() <= MAX
        && path.starts_with('/')
        && !path.as_bytes().windows(2).any(|pair| pair == b"//")
        && !pieces(path, b'/').any(is_dot_segment)
        && text.bytes().all(|b| b > b' ' && b != b'\\' && b != 0x7f)
}

/// `.` and `..` in every spelling that the URL standard folds away (`%2e` counts as a dot).
fn is_dot_segment(segment: &str) -> bool {
    let (mut rest, mut dots) = (segment, 0);
    while !rest.is_empty() {
        match rest.strip_prefix('.').or_else(|| rest.strip_prefix("%2e")).or_else(|| rest.strip_prefix("%2E")) {
            Some(tail) => (rest, dots) = (tail, dots + 1),
            None => return false,
        }
    }
    matches!(dots, 1 | 2)
}
