//! The button's words: the engine's own, which are English, and the names under which others are given.

use super::options::{Activity, Text};

/// What is said somewhere in the button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// The button's own words.
    Label,
    /// What is announced; in place of it, and of [`STRANDED`], after a failure [`FAILED`].
    Announcement,
    /// [`STRANDED`].
    Stranded,
    /// [`AGAIN`].
    Again,
    /// [`CANCEL`].
    Cancel,
}

/// The name under which other words are given, and the words in English.
pub const fn phrase(words: Words, text: Text, activity: Activity) -> (&'static str, &'static str) {
    match words {
        Words::Label => ("label", label(text)),
        Words::Announcement => announcement(activity),
        Words::Stranded => ("stranded", STRANDED),
        Words::Again => ("again", AGAIN),
        Words::Cancel => ("cancel", CANCEL),
    }
}

/// The label. X's own pages call the act "Sign in with X", "Log in with X" and "Connect to X"
/// (<https://docs.x.com/fundamentals/authentication/guides/log-in-with-x>).
const fn label(text: Text) -> &'static str {
    match text {
        Text::SigninWith => "Sign in with X",
        Text::SignupWith => "Sign up with X",
        Text::ContinueWith => "Continue with X",
        Text::ConnectTo => "Connect to X",
        Text::LoginWith => "Log in with X",
    }
}

/// What a screen reader hears when the activity changes; empty when there is nothing to say.
const fn announcement(activity: Activity) -> (&'static str, &'static str) {
    match activity {
        Activity::Idle | Activity::Loading => ("", ""),
        Activity::Waiting => ("waiting", "Waiting for X"),
        Activity::Finishing => ("finishing", "Signing you in"),
        Activity::SignedIn => ("signedIn", "Signed in"),
    }
}

/// What helps a person who is back before X has answered.
pub const STRANDED: &str = "Continue in X’s window. Gone or stuck?";

/// What is said of a sign-in that went wrong, and the name under which other words are given.
pub const FAILED: (&str, &str) = ("failed", "Sign-in did not work.");

/// Begins anew.
pub const AGAIN: &str = "Try again";

/// Stops waiting.
pub const CANCEL: &str = "Cancel";
