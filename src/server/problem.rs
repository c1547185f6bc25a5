//! What X's refusals mean, for the person who runs the backend.

use serde::Deserialize;

use super::config::ServerConfig;
use super::failure::{Failure, FailureCode, clean};
use super::http::HttpResponse;
use crate::protocol::token::{TokenErrorBody, TokenRefusal};

/// X asks to wait. `None` for any other answer.
pub(super) fn rate_limit(response: &HttpResponse, now_seconds: u64) -> Option<Failure> {
    (response.status == 429).then(|| Failure {
        retry_after: response.wait_seconds(now_seconds),
        ..Failure::new(FailureCode::RateLimited, "X has had too many requests from this app. Try again later.")
    })
}

/// An answer that is neither a success nor an error in the form that was agreed on: HTML, a redirect, half a body.
pub(super) fn unreadable(response: &HttpResponse) -> Failure {
    let hint = match response.status {
        // A redirect is not followed: it would carry the code or the token to another address.
        0 | 300..=399 => "X answered with a redirect, which is not followed.".into(),
        200 => "X answered with something that cannot be read. It may be out of order; try again.".into(),
        status => format!("X answered with status {status} and no reason. It may be out of order; try again."),
    };
    Failure::new(FailureCode::ProviderError, hint)
}

/// The token endpoint's refusal (RFC 6749 §5.2, and what X says instead).
pub(super) fn token_refused(config: &ServerConfig, response: &HttpResponse) -> Failure {
    let Some(body) = response.refusal::<TokenErrorBody>() else {
        return unreadable(response);
    };
    match body.refusal() {
        TokenRefusal::Code => Failure::new(
            FailureCode::InvalidGrant,
            "X refused the code: it lives for 30 seconds and works once. Sign in again.",
        ),
        TokenRefusal::Verifier => Failure::new(
            FailureCode::InvalidGrant,
            "The code belongs to another sign-in attempt than the verifier. Sign in again.",
        ),
        TokenRefusal::RedirectUri => Failure::new(
            FailureCode::InvalidGrant,
            "The redirectUri is not, byte for byte, the one that the sign-in started with. Sign in again.",
        ),
        TokenRefusal::Client if config.client_secret.is_some() => Failure::new(
            FailureCode::InvalidClient,
            "X refused the client id and secret. Check clientSecret; for an app of type \"Native App\" or \"Single Page \
             App\" (console.x.com) leave it out.",
        ),
        TokenRefusal::Client => Failure::new(
            FailureCode::InvalidClient,
            "X expects a client secret: this app is of type \"Web App\" or \"Automated App\". Give clientSecret, or \
             change the type to \"Native App\" or \"Single Page App\" (console.x.com).",
        ),
        TokenRefusal::Other => {
            Failure::new(FailureCode::ProviderError, said("X refused the token request", body.description()))
        }
    }
    .because(body.error())
}

/// A problem (RFC 9457) as X writes it, or one of the `errors` of an envelope, which has the same members.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Problem {
    title: Option<String>,
    detail: Option<String>,
    reason: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
}

impl Problem {
    /// The stable word: `reason`, or the last path segment of `type`, which comes with the hosts api.twitter.com and
    /// api.x.com alike.
    fn word(&self) -> &str {
        let of_type =
            self.kind.as_deref().and_then(|kind| kind.rsplit('/').next()).filter(|word| *word != "about:blank");
        self.reason.as_deref().or(of_type).unwrap_or_default()
    }

    /// What it means that the profile was refused after the code was accepted.
    pub(super) fn profile_refused(&self, status: u16) -> Failure {
        let word = self.word();
        let hint = match (status, word) {
            // The callback and the tokens are valid all the same
            // (https://github.com/xdevplatform/xurl, README, "Move to package").
            (403, "client-not-enrolled" | "client-forbidden") => {
                "X accepted the sign-in and then refused the profile, because the app is in no package: console.x.com > \
                 Apps > Move to package > Pay-per-use, environment Production."
                    .into()
            }
            (401, _) => "X issued a token and then refused it. This happens during outages of X; try again.".into(),
            (403, _) => said(
                "X accepted the sign-in and then refused the profile; it needs the scopes tweet.read and users.read",
                self.text(),
            ),
            _ => said("X accepted the sign-in and then refused the profile", self.text()),
        };
        Failure::new(FailureCode::ProviderError, hint).because(word)
    }

    fn text(&self) -> &str {
        self.detail.as_deref().or(self.title.as_deref()).unwrap_or_default()
    }
}

fn said(sentence: &str, text: &str) -> String {
    let text = clean(text);
    if text.is_empty() { format!("{sentence}.") } else { format!("{sentence}. X says: {text}") }
}
