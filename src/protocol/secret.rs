//! Values that must never be printed.

use core::fmt;

/// A string that does not show itself: `Debug` prints `[redacted]`, there is no `Display` and no equality.
///
/// Used for code verifiers, authorization codes, tokens and client secrets, so that none of them can reach a log or
/// an error by accident.
#[derive(Clone, Default)]
pub struct Secret(String);

impl Secret {
    /// Wraps a value.
    pub const fn new(value: String) -> Self {
        Self(value)
    }

    /// The value itself. Call it only where the value leaves for the place it is meant for.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn b5_debug_never_shows_the_value() {
        assert_eq!(format!("{:?}", Secret::new("canary".into())), "[redacted]");
    }
}
