//! How the button may look. Each type reads an attribute's text; a word it does not know gives the default, because a
//! misspelt attribute must not take the button away.

use crate::protocol::form::Form;

/// Declares an enum whose variants each have one attribute word; the first one is the default.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every choice, the default first.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The attribute's words, in the order of [`ALL`](Self::ALL).
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The attribute's word.
            pub fn as_str(self) -> &'static str {
                Self::WORDS.get(self as usize).copied().unwrap_or_default()
            }
        }

        words!(@default $name $($variant)+);
    };
    (@default $name:ident $first:ident $($rest:ident)*) => {
        impl Default for $name {
            fn default() -> Self {
                Self::$first
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::ALL.get(position(Self::WORDS, text)).copied().unwrap_or_default()
            }
        }
    };
}

/// Where a word stands in a list; past the end when it does not.
#[inline(never)]
fn position(words: &[&str], word: &str) -> usize {
    words.iter().position(|known| *known == word).unwrap_or(words.len())
}

words! {
    /// What it is.
    Kind {
        /// Mark and words.
        Button = "button",
        /// The mark alone; the words are its accessible name.
        Icon = "icon",
        /// Words in the text's own colour, with the mark in front.
        Link = "link",
    }
}

words! {
    /// Its colours. X's mark is black or white, nothing else.
    Theme {
        /// White on black.
        Black = "black",
        /// Black on white.
        White = "white",
        /// Black on white with a border.
        Outline = "outline",
        /// Black on light pages, white on dark ones (`prefers-color-scheme`).
        Auto = "auto",
    }
}

words! {
    /// Its height.
    Size {
        /// 44 CSS pixels: a comfortable target for a finger.
        Large = "large",
        /// 36 CSS pixels.
        Medium = "medium",
        /// 28 CSS pixels; still above the 24 of WCAG 2.5.8.
        Small = "small",
    }
}

words! {
    /// Its corners.
    Shape {
        /// Round ends.
        Pill = "pill",
        /// Corners of 8 pixels.
        Rounded = "rounded",
        /// No rounding.
        Square = "square",
    }
}

words! {
    /// Its words.
    Text {
        /// Sign in with X.
        SigninWith = "signin_with",
        /// Sign up with X.
        SignupWith = "signup_with",
        /// Continue with X.
        ContinueWith = "continue_with",
        /// Connect to X.
        ConnectTo = "connect_to",
        /// Log in with X.
        LoginWith = "login_with",
    }
}

words! {
    /// Where the mark stands in a wide button.
    LogoAlignment {
        /// At the leading edge.
        Left = "left",
        /// Beside the words.
        Center = "center",
    }
}

words! {
    /// What the sign-in is doing, as the button shows it.
    Activity {
        /// Ready to be pressed.
        Idle = "idle",
        /// The engine is still on its way.
        Loading = "loading",
        /// A person is at X.
        Waiting = "waiting",
        /// The code is being exchanged.
        Finishing = "finishing",
        /// Done.
        SignedIn = "signed_in",
    }
}

/// The words that an attribute of the button's looks takes, the default first; none where it takes any text.
pub fn words_of(attribute: &str) -> &'static [&'static str] {
    match attribute {
        "type" => Kind::WORDS,
        "theme" => Theme::WORDS,
        "size" => Size::WORDS,
        "shape" => Shape::WORDS,
        "text" => Text::WORDS,
        "logo-alignment" => LogoAlignment::WORDS,
        _ => &[],
    }
}

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ButtonOptions {
    /// Attribute `type`.
    pub kind: Kind,
    /// Attribute `theme`.
    pub theme: Theme,
    /// Attribute `size`.
    pub size: Size,
    /// Attribute `shape`.
    pub shape: Shape,
    /// Attribute `text`.
    pub text: Text,
    /// Attribute `logo-alignment`.
    pub logo_alignment: LogoAlignment,
    /// Attribute `width` is `fluid`: as wide as its container. (A number of pixels is a custom property of the style.)
    pub fluid: bool,
    /// Attribute `disabled`.
    pub disabled: bool,
    /// What is going on.
    pub activity: Activity,
    /// The last sign-in went wrong, and the button can be pressed again.
    pub failed: bool,
    /// All of it as it was given, for the words in place of the engine's ([`phrase`](super::label::phrase) has their
    /// names), and for their language and direction, `lang` and `dir`.
    pub given: Form,
}

impl ButtonOptions {
    /// Reads attributes by their HTML names.
    pub fn read(given: Form) -> Self {
        Self {
            kind: given.get("type").into(),
            theme: given.get("theme").into(),
            size: given.get("size").into(),
            shape: given.get("shape").into(),
            text: given.get("text").into(),
            logo_alignment: given.get("logo-alignment").into(),
            fluid: given.get("width") == "fluid",
            disabled: !given.get("disabled").is_empty(),
            activity: given.get("activity").into(),
            failed: given.has("error") && !given.has("disabled"),
            given,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ButtonOptions, Size, Theme};
    use crate::protocol::form::Form;

    #[test]
    fn words_are_read_and_unknown_ones_are_defaults() {
        let read = |text| ButtonOptions::read(Form::parse(text).unwrap());
        assert_eq!(read("theme=outline").theme, Theme::Outline);
        assert_eq!(read("theme=mauve").theme, Theme::Black);
        assert_eq!(read("size=small").size, Size::Small);
        assert!(read("width=fluid").fluid && !read("width=200").fluid);
        assert!(read("disabled=true").disabled && !read("").disabled);
    }
}
