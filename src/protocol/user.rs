//! The person who signed in.

use serde::{Deserialize, Serialize};

use super::endpoint::HttpUrl;
use super::text::{clean, has};

/// A profile as the page sees it: a few fields of X's `GET /2/users/me`
/// (<https://docs.x.com/x-api/users/lookup/quickstart/authenticated-lookup>), renamed to one style.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// X's numeric account id as a decimal string; it can exceed 2⁵³. The only field to key an account on.
    pub id: String,
    /// The @handle without the `@`. It can change.
    pub username: String,
    /// The display name.
    pub name: String,
    /// The avatar's address, when X sent one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile_image_url: Option<String>,
    /// A confirmed e-mail address; only with the scope `users.email`, and absent when the account has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// A profile as X sends it; fields that are not listed are ignored.
#[derive(Deserialize)]
pub struct UserBody {
    id: String,
    username: String,
    name: String,
    profile_image_url: Option<String>,
    confirmed_email: Option<String>,
}

/// Longest display name that is kept, in characters. X allows 50; older ones are longer.
const NAME_MAX: usize = 200;

impl User {
    /// A profile from named text fields (`id`, `username`, `name`, `profileImageUrl`, `email`; empty means absent).
    ///
    /// `None` unless `id` is a decimal number and `username` is a handle. An avatar that is not an `https` address (or
    /// one on this machine) is dropped, not shown; so is an e-mail address that is none.
    pub fn checked<'a>(field: &impl Fn(&'static str) -> &'a str) -> Option<Self> {
        let given = |name| Some(field(name).to_owned()).filter(|text| !text.is_empty());
        let (id, username) = (field("id"), field("username"));
        (is_id(id) && is_handle(username)).then(|| Self {
            id: id.into(),
            username: username.into(),
            name: clean(field("name"), NAME_MAX),
            profile_image_url: given("profileImageUrl").filter(|url| HttpUrl::borrow(url).is_ok()),
            email: given("email").filter(|text| is_address(text)),
        })
    }

    /// A profile of X's. An e-mail address is never taken without the scope for it, and never made up
    /// (CVE-2026-53516).
    pub fn from_x(body: &UserBody, email_granted: bool) -> Option<Self> {
        let text = |optional: &'_ Option<String>| optional.clone().unwrap_or_default();
        let (avatar, email) = (text(&body.profile_image_url), text(&body.confirmed_email));
        Self::checked(&|name| match name {
            "id" => &body.id,
            "username" => &body.username,
            "name" => &body.name,
            "profileImageUrl" => &avatar,
            "email" if email_granted => &email,
            _ => "",
        })
    }
}

fn is_id(text: &str) -> bool {
    (1..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// 15 characters by today's rules; some older accounts have more.
fn is_handle(text: &str) -> bool {
    (1..=50).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn is_address(text: &str) -> bool {
    text.len() <= 254 && has(text, b"@") && text.bytes().all(|b| b > b' ' && b != 0x7f)
}

#[cfg(test)]
mod tests {
    use super::{User, UserBody};

    fn body() -> UserBody {
        UserBody {
            id: "2244994945".into(),
            username: "XDevelopers".into(),
            name: "X Developers".into(),
            profile_image_url: Some("https://pbs.twimg.com/profile_images/1/a_normal.jpg".into()),
            confirmed_email: Some("dev@example.com".into()),
        }
    }

    #[test]
    fn g7_identity_is_a_decimal_id() {
        assert!(User::from_x(&body(), false).is_some());
        for id in ["", "12a", "-1", "1.0", "１２", "123456789012345678901"] {
            assert_eq!(User::from_x(&UserBody { id: id.into(), ..body() }, false), None, "{id}");
        }
        for username in ["", "a b", "<script>", "é"] {
            assert_eq!(User::from_x(&UserBody { username: username.into(), ..body() }, false), None, "{username}");
        }
        let long = UserBody { id: "18446744073709551615".into(), ..body() };
        assert_eq!(User::from_x(&long, false).unwrap().id, "18446744073709551615");
    }

    #[test]
    fn g7_an_address_needs_its_scope_and_is_never_made_up() {
        assert_eq!(User::from_x(&body(), true).unwrap().email.as_deref(), Some("dev@example.com"));
        assert_eq!(User::from_x(&body(), false).unwrap().email, None);
        let without = UserBody { confirmed_email: None, ..body() };
        assert_eq!(User::from_x(&without, true).unwrap().email, None);
        let none = UserBody { confirmed_email: Some("XDevelopers".into()), ..body() };
        assert_eq!(User::from_x(&none, true).unwrap().email, None);
    }

    #[test]
    fn an_avatar_that_no_page_should_load_is_dropped() {
        for (url, kept) in [
            ("https://pbs.twimg.com/a.jpg", true),
            ("http://127.0.0.1:4000/a.svg", true),
            ("http://pbs.twimg.com/a.jpg", false),
            ("javascript:alert(1)", false),
            ("data:image/svg+xml,<svg/>", false),
        ] {
            let body = UserBody { profile_image_url: Some(url.into()), ..body() };
            assert_eq!(User::from_x(&body, false).unwrap().profile_image_url.is_some(), kept, "{url}");
        }
    }
}
