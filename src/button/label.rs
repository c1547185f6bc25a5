//! The button's words.

use super::options::{Activity, Text};

/// The label, in English. X's own pages call the act "Sign in with X", "Log in with X" and "Connect to X"
/// (<https://docs.x.com/fundamentals/authentication/guides/log-in-with-x>).
pub const fn label(text: Text) -> &'static str {
    match text {
        Text::SigninWith => "Sign in with X",
        Text::SignupWith => "Sign up with X",
        Text::ContinueWith => "Continue with X",
        Text::ConnectTo => "Connect to X",
        Text::LoginWith => "Log in with X",
    }
}

/// What a screen reader hears when the activity changes; empty when there is nothing to say.
pub const fn announcement(activity: Activity) -> &'static str {
    match activity {
        Activity::Idle | Activity::Loading => "",
        Activity::Waiting => "Waiting for X",
        Activity::Finishing => "Signing you in",
        Activity::SignedIn => "Signed in",
    }
}

/// What helps a person who is back before X has answered.
pub const STRANDED: &str = "Continue in X’s window. Gone or stuck?";

/// Begins anew.
pub const AGAIN: &str = "Try again";

/// Stops waiting.
pub const CANCEL: &str = "Cancel";
