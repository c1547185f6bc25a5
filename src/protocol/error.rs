//! Every way a sign-in can fail, as one table of stable codes.

use core::fmt;

use super::text::clean;

/// A stable code. Its text is the same in Rust, in `SignInError.code` and in the documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorCode {
    /// An option is missing or cannot be right; nothing was started.
    InvalidConfig,
    /// The engine was used before `init()` finished.
    NotInitialised,
    /// The engine could not be loaded.
    WasmUnavailable,
    /// The browser did not let the popup open.
    PopupBlocked,
    /// The person said no: Cancel at X, closing the popup, Back, or the page's own cancel.
    Cancelled,
    /// No answer within the time allowed.
    Timeout,
    /// The callback carries no `state`.
    StateMissing,
    /// The callback answers another attempt than the one that is waiting here.
    StateMismatch,
    /// The callback was handled already.
    AlreadyUsed,
    /// The attempt is older than a transaction may be.
    Expired,
    /// No attempt is waiting in this browser: it was started elsewhere, or is over.
    StartedElsewhere,
    /// The callback is malformed: repeated or missing parameters, tokens, bad encoding, a foreign issuer.
    InvalidCallback,
    /// X answered with an error.
    ProviderError,
    /// The host's backend refused the exchange, or X refused the backend.
    ExchangeFailed,
    /// The host's backend could not be reached.
    Network,
    /// The browser refuses to store the transaction.
    StorageUnavailable,
    /// A sign-in cannot finish inside this embedded page.
    EmbeddedUnsupported,
    /// The browser has no secure randomness.
    EntropyUnavailable,
    /// A fault of this package.
    Internal,
}

impl ErrorCode {
    /// Every code, in the order of the documentation.
    pub const ALL: [Self; 19] = [
        Self::InvalidConfig,
        Self::NotInitialised,
        Self::WasmUnavailable,
        Self::PopupBlocked,
        Self::Cancelled,
        Self::Timeout,
        Self::StateMissing,
        Self::StateMismatch,
        Self::AlreadyUsed,
        Self::Expired,
        Self::StartedElsewhere,
        Self::InvalidCallback,
        Self::ProviderError,
        Self::ExchangeFailed,
        Self::Network,
        Self::StorageUnavailable,
        Self::EmbeddedUnsupported,
        Self::EntropyUnavailable,
        Self::Internal,
    ];

    /// The code's text, such as `state_mismatch`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidConfig => "invalid_config",
            Self::NotInitialised => "not_initialised",
            Self::WasmUnavailable => "wasm_unavailable",
            Self::PopupBlocked => "popup_blocked",
            Self::Cancelled => "cancelled",
            Self::Timeout => "timeout",
            Self::StateMissing => "state_missing",
            Self::StateMismatch => "state_mismatch",
            Self::AlreadyUsed => "already_used",
            Self::Expired => "expired",
            Self::StartedElsewhere => "started_elsewhere",
            Self::InvalidCallback => "invalid_callback",
            Self::ProviderError => "provider_error",
            Self::ExchangeFailed => "exchange_failed",
            Self::Network => "network",
            Self::StorageUnavailable => "storage_unavailable",
            Self::EmbeddedUnsupported => "embedded_unsupported",
            Self::EntropyUnavailable => "entropy_unavailable",
            Self::Internal => "internal",
        }
    }

    /// The code with this text.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.as_str() == text)
    }
}

/// A failed sign-in. It never holds a code, a state, a verifier or a token (its words are fixed ones, or what X said
/// about itself), so it may be logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What happened.
    pub code: ErrorCode,
    /// Reason and description, out of the way: most results are no errors.
    words: Option<Box<[String; 2]>>,
}

/// The longest description that is kept, in bytes of UTF-8.
pub const DESCRIPTION_MAX: usize = 200;

impl Error {
    /// An error whose code says it all.
    pub const fn new(code: ErrorCode) -> Self {
        Self { code, words: None }
    }

    /// An error with a fixed reason.
    #[inline(never)]
    pub fn because(code: ErrorCode, reason: &str) -> Self {
        Self { code, words: Some(Box::new([reason.into(), String::new()])) }
    }

    /// An error in somebody else's words: both are cut and cleaned.
    #[inline(never)]
    pub fn reported(code: ErrorCode, reason: &str, description: &str) -> Self {
        Self { code, words: Some(Box::new([reason, description].map(|words| clean(words, DESCRIPTION_MAX)))) }
    }

    /// What exactly, as a stable word: the option and its fault for `invalid_config`, the fault for `invalid_callback`,
    /// X's error code for `provider_error`, the backend's for `exchange_failed`. Empty when the code says it all.
    pub fn reason(&self) -> &str {
        self.words.as_deref().map_or("", |[reason, _]| reason)
    }

    /// X's or the backend's own sentence, cut to [`DESCRIPTION_MAX`] bytes and without control characters. It is a
    /// stranger's text: show it as text only.
    pub fn description(&self) -> &str {
        self.words.as_deref().map_or("", |[_, description]| description)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.as_str())?;
        for part in [self.reason(), self.description()] {
            if !part.is_empty() {
                f.write_str(": ")?;
                f.write_str(part)?;
            }
        }
        Ok(())
    }
}

impl core::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::{DESCRIPTION_MAX, Error, ErrorCode};

    #[test]
    fn a22_every_code_has_its_own_text() {
        for code in ErrorCode::ALL {
            assert_eq!(ErrorCode::parse(code.as_str()), Some(code));
        }
        assert_eq!(ErrorCode::parse("nonsense"), None);
    }

    #[test]
    fn b6_strangers_words_are_cut_and_cleaned() {
        let error = Error::reported(ErrorCode::ProviderError, "server_error", &"\u{1b}[31mé\n".repeat(500));
        assert!(
            error.description().len() <= DESCRIPTION_MAX && error.description().starts_with("[31mé[31mé"),
            "{error}"
        );
    }
}
