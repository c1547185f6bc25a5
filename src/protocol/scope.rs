//! Scopes: what an app asks a person for (RFC 6749 §3.3).

use super::text::{is_listed, pieces};

/// The least that a sign-in needs: `GET /2/users/me` wants both
/// (<https://docs.x.com/x-api/users/lookup/quickstart/authenticated-lookup>).
pub const DEFAULT_SCOPES: [&str; 2] = ["tweet.read", "users.read"];

/// [`DEFAULT_SCOPES`], as they are sent.
const DEFAULT: &str = "tweet.read users.read";

/// A list of scope tokens in the host's order, without repeats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scopes(Vec<String>);

/// A space-separated list with one space between its tokens and without repeats; an empty one becomes
/// [`DEFAULT_SCOPES`].
///
/// `None` when a token holds a character that RFC 6749 §3.3 does not allow.
#[inline(never)]
pub fn normalise(text: &str) -> Option<String> {
    let mut list = String::new();
    let given = pieces(text, b' ');
    let given = if given.clone().next().is_none() { pieces(DEFAULT, b' ') } else { given };
    for token in given {
        if !token.bytes().all(|b| matches!(b, 0x21 | 0x23..=0x5b | 0x5d..=0x7e)) {
            return None;
        }
        if is_listed(token, &list) {
            continue;
        }
        if !list.is_empty() {
            list.push(' ');
        }
        list.push_str(token);
    }
    Some(list)
}

impl Scopes {
    /// Reads a space-separated list, as [`normalise`] does.
    pub fn parse(text: &str) -> Option<Self> {
        Some(Self(normalise(text)?.split(' ').map(Into::into).collect()))
    }

    /// The tokens.
    pub fn tokens(&self) -> &[String] {
        &self.0
    }

    /// Whether a token is in the list.
    pub fn contains(&self, token: &str) -> bool {
        self.0.iter().any(|known| known == token)
    }

    /// The `scope` parameter: tokens with one space between them.
    pub fn join(&self) -> String {
        self.0.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::Scopes;

    #[test]
    fn a20_least_scope_by_default() {
        assert_eq!(Scopes::parse("").unwrap().join(), "tweet.read users.read");
    }

    #[test]
    fn tokens_keep_their_order_and_lose_repeats() {
        assert_eq!(Scopes::parse(" users.read  tweet.read users.read ").unwrap().join(), "users.read tweet.read");
        assert_eq!(Scopes::parse("tweet.read \"x\""), None);
        assert_eq!(Scopes::parse("tweet.read é"), None);
    }
}
