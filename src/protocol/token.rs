//! The token endpoint's answers (RFC 6749 §5.1 and §5.2), and X's own way of writing them.
//!
//! Reading JSON is the backend's business; here is what the members mean. Nothing of this is in the browser build.

use serde::Deserialize;

use super::scope::Scopes;
use super::secret::Secret;

/// The longest token that is kept, in bytes. X's are around 100.
const TOKEN_MAX: usize = 8192;

/// The longest life of an access token that is believed, in seconds: a day. X's live two hours; whatever lasts longer is
/// renewed, or signed in again, once a day.
const EXPIRES_MAX: f64 = 86_400.0;

/// A success as X sends it; members that are not listed are ignored (RFC 6749 §5.1).
#[derive(Deserialize)]
pub struct TokenBody {
    token_type: String,
    access_token: String,
    expires_in: Option<f64>,
    refresh_token: Option<String>,
    scope: Option<String>,
}

/// Tokens that can be used: right by construction, and they do not print themselves.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// For `Authorization: Bearer`, and nothing else (RFC 6750 §2.1).
    pub access_token: Secret,
    /// Only with the scope `offline.access`. Each use replaces it.
    pub refresh_token: Option<Secret>,
    /// Seconds from now until the access token expires, when X said so.
    pub expires_in: Option<u32>,
    /// What was granted, in X's order, which is not the order that was asked. Empty when X did not say: then it is what
    /// was asked for (RFC 6749 §5.1).
    pub scopes: Vec<String>,
}

/// The member that cannot be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// Not `bearer`.
    TokenType,
    /// Empty, too long, or with characters that a header cannot carry.
    AccessToken,
    /// The same.
    RefreshToken,
    /// Not a positive number.
    ExpiresIn,
    /// A character that RFC 6749 §3.3 does not allow.
    Scope,
}

impl Malformed {
    /// The member's name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TokenType => "token_type",
            Self::AccessToken => "access_token",
            Self::RefreshToken => "refresh_token",
            Self::ExpiresIn => "expires_in",
            Self::Scope => "scope",
        }
    }
}

impl TryFrom<TokenBody> for Tokens {
    type Error = Malformed;

    fn try_from(body: TokenBody) -> Result<Self, Malformed> {
        // RFC 6749 §5.1: the value is case-insensitive.
        if !body.token_type.eq_ignore_ascii_case("bearer") {
            return Err(Malformed::TokenType);
        }
        Ok(Self {
            access_token: token(body.access_token).ok_or(Malformed::AccessToken)?,
            refresh_token: match body.refresh_token {
                Some(text) => Some(token(text).ok_or(Malformed::RefreshToken)?),
                None => None,
            },
            expires_in: body.expires_in.map(seconds).transpose()?,
            scopes: match body.scope.as_deref().map(str::trim) {
                None | Some("") => Vec::new(),
                Some(text) => Scopes::parse(text).ok_or(Malformed::Scope)?.tokens().to_vec(),
            },
        })
    }
}

fn token(text: String) -> Option<Secret> {
    let fits = !text.is_empty() && text.len() <= TOKEN_MAX && text.bytes().all(|b| b.is_ascii_graphic());
    fits.then(|| Secret::new(text))
}

fn seconds(number: f64) -> Result<u32, Malformed> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 1 to a day")]
    if number >= 1.0 { Ok(number.min(EXPIRES_MAX) as u32) } else { Err(Malformed::ExpiresIn) }
}

/// An error as X sends it: RFC 6749 §5.2, sometimes with an `errors` array beside it, which adds nothing.
#[derive(Deserialize)]
pub struct TokenErrorBody {
    error: String,
    error_description: Option<String>,
}

/// What X refused, whatever it called it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenRefusal {
    /// The code is expired, used, or not X's.
    Code,
    /// The verifier does not belong to the code.
    Verifier,
    /// The redirect URI is not the one that the code was issued for.
    RedirectUri,
    /// The app did not authenticate in the way its type requires.
    Client,
    /// Something else; X's words say what.
    Other,
}

impl TokenErrorBody {
    /// X's error code.
    pub fn error(&self) -> &str {
        &self.error
    }

    /// X's sentence: a stranger's text.
    pub fn description(&self) -> &str {
        self.error_description.as_deref().unwrap_or_default()
    }

    /// Whether a refresh token is spent or taken back. X writes "Value passed for the token was invalid." with the code
    /// `invalid_request` where RFC 6749 §5.2 wants `invalid_grant`.
    pub fn ends_the_grant(&self) -> bool {
        let sentence = self.description().to_ascii_lowercase();
        self.error == "invalid_grant"
            || (self.error == "invalid_request" && sentence.contains("value passed for the token was invalid"))
    }

    /// What was refused. X writes `invalid_request` where RFC 6749 §5.2 wants `invalid_grant`, so its sentences decide.
    pub fn refusal(&self) -> TokenRefusal {
        let sentence = self.description().to_ascii_lowercase();
        match self.error.as_str() {
            "invalid_client" | "unauthorized_client" => TokenRefusal::Client,
            "invalid_request" | "invalid_grant" => {
                // In this order: the sentence about the redirect URI names the authorization code too.
                if sentence.contains("redirect uri did not match") {
                    TokenRefusal::RedirectUri
                } else if sentence.contains("code verifier did not match") {
                    TokenRefusal::Verifier
                } else if self.error == "invalid_grant" || sentence.contains("authorization code was invalid") {
                    TokenRefusal::Code
                } else {
                    TokenRefusal::Other
                }
            }
            _ => TokenRefusal::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Malformed, TokenBody, TokenErrorBody, TokenRefusal, Tokens};

    fn body() -> TokenBody {
        TokenBody {
            token_type: "bearer".into(),
            access_token: "canary".into(),
            expires_in: Some(7200.0),
            refresh_token: None,
            scope: Some("users.read tweet.read".into()),
        }
    }

    #[test]
    fn a17_members_that_may_be_missing_or_differ_in_case() {
        let tokens = Tokens::try_from(body()).unwrap();
        assert_eq!((tokens.expires_in, tokens.scopes.join(" ")), (Some(7200), "users.read tweet.read".into()));
        assert!(tokens.refresh_token.is_none());
        assert!(!format!("{tokens:?}").contains("canary"));

        let bare = TokenBody { token_type: "BeaRer".into(), expires_in: None, scope: None, ..body() };
        let tokens = Tokens::try_from(bare).unwrap();
        assert_eq!((tokens.expires_in, tokens.scopes.len()), (None, 0));
    }

    #[test]
    fn a17_members_that_cannot_be_right() {
        let refused = |body| Tokens::try_from(body).map(|_| ()).unwrap_err();
        assert_eq!(refused(TokenBody { token_type: "mac".into(), ..body() }), Malformed::TokenType);
        assert_eq!(refused(TokenBody { access_token: String::new(), ..body() }), Malformed::AccessToken);
        assert_eq!(refused(TokenBody { access_token: "a\r\nX-Evil: 1".into(), ..body() }), Malformed::AccessToken);
        assert_eq!(refused(TokenBody { access_token: "a".repeat(8193), ..body() }), Malformed::AccessToken);
        assert_eq!(refused(TokenBody { refresh_token: Some(" ".into()), ..body() }), Malformed::RefreshToken);
        assert_eq!(refused(TokenBody { scope: Some("a\"b".into()), ..body() }), Malformed::Scope);
        for number in [0.0, -1.0, f64::NAN] {
            assert_eq!(refused(TokenBody { expires_in: Some(number), ..body() }), Malformed::ExpiresIn);
        }
    }

    #[test]
    fn a17_no_token_is_believed_to_live_for_ever() {
        for (said, believed) in [(1.5, 1), (86_400.0, 86_400), (86_401.0, 86_400), (1e99, 86_400)] {
            let tokens = Tokens::try_from(TokenBody { expires_in: Some(said), ..body() }).unwrap();
            assert_eq!(tokens.expires_in, Some(believed), "{said}");
        }
    }

    /// The sentences are those that people reported, one source each in the comments.
    #[test]
    fn h2_what_x_refused() {
        for (error, sentence, refusal) in [
            // github.com/plhery/node-twitter-api-v2/issues/496
            ("invalid_request", "Value passed for the authorization code was invalid.", TokenRefusal::Code),
            ("invalid_grant", "", TokenRefusal::Code),
            // github.com/xdevplatform/twitter-api-typescript-sdk/issues/26
            (
                "invalid_request",
                "Value passed for the code verifier did not match the code challenge.",
                TokenRefusal::Verifier,
            ),
            (
                "invalid_request",
                "Value passed for the redirect uri did not match the uri of the authorization code.",
                TokenRefusal::RedirectUri,
            ),
            // github.com/xdevplatform/twitter-api-typescript-sdk/issues/23
            ("unauthorized_client", "Missing valid authorization header", TokenRefusal::Client),
            ("invalid_client", "", TokenRefusal::Client),
            // github.com/tweepy/tweepy/issues/2021
            ("invalid_request", "Missing required parameter [code_verifier].", TokenRefusal::Other),
            ("server_error", "", TokenRefusal::Other),
        ] {
            let body = TokenErrorBody { error: error.into(), error_description: Some(sentence.into()) };
            assert_eq!(body.refusal(), refusal, "{error} {sentence}");
        }
    }
}
