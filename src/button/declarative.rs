//! The element in a page that is made on a server: its shadow tree is written out (declarative shadow DOM, HTML Standard
//! §4.12.3), so that it is seen before any script has run, and works as a link where none does.

use super::html::html;
use super::label::Words;
use super::options::{ButtonOptions, words_of};
use super::style::STYLE;
use super::view::{Content, View};
use crate::protocol::form::Form;
use crate::protocol::text::escape;

/// Where the style comes from until the page's script brings its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet<'a> {
    /// Inside the button, with this nonce; empty for none.
    Inline {
        /// The nonce of the policy's `style-src`.
        nonce: &'a str,
    },
    /// From this address, for `style-src 'self'`: [`STYLE`], served by the host.
    Linked(&'a str),
}

/// An attribute that is not written. The value is not repeated: it may be a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// A name that the element has no use for. The list is closed, because what is written here is public: a whole
    /// configuration that is passed by mistake must not put its `clientSecret` into every page.
    Name(String),
    /// A value that is none of the attribute's words. In a page it would give the default, without a word to anybody.
    Word(String),
}

impl core::fmt::Display for Refused {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Name(name) => write!(f, "not an attribute of the button: {name}"),
            Self::Word(name) => write!(f, "`{name}` is one of {}", words_of(name).join(", ")),
        }
    }
}

/// What the page's script reads, beside [`LOOKS`].
const SIGN_IN: &[&str] =
    &["client-id", "redirect-uri", "scope", "exchange", "flow", "return-to", "locale", "identity", "restore"];

/// What every element has (HTML Standard §3.2.6) and harms nobody; `data-` and `aria-` besides.
const COMMON: &[&str] = &["class", "dir", "hidden", "id", "lang", "part", "role", "slot", "tabindex", "title"];

/// The attributes that the button inside is drawn by; the others are the script's.
const LOOKS: &[&str] =
    &["type", "theme", "size", "shape", "text", "logo-alignment", "width", "disabled", "label", "start"];

/// Writes the element with these attributes, and `words` in place of the button's own (`label`, `lang`, `dir`).
///
/// # Errors
/// [`Refused`], for the first attribute that cannot be one.
pub fn element(attributes: &Form, words: &Form, sheet: Sheet<'_>) -> Result<String, Refused> {
    let mut out = String::from("<sign-in-with-x");
    for (name, value) in attributes.pairs() {
        if !is_attribute(name) {
            return Err(Refused::Name(name.clone()));
        }
        let words = words_of(name);
        if !words.is_empty() && !value.is_empty() && !words.contains(&value.as_str()) {
            return Err(Refused::Word(name.clone()));
        }
        attribute(&mut out, name, value);
    }
    out.push_str(r#"><template shadowrootmode="open" shadowrootdelegatesfocus>"#);
    write_sheet(&mut out, sheet, attributes.get("width"));
    let view = View::new(ButtonOptions::read(looks(attributes, words)));
    out.push_str(&html(&view));
    out.push_str("</template>");
    plain_link(&mut out, &view);
    out.push_str("</sign-in-with-x>");
    Ok(out)
}

fn is_attribute(name: &str) -> bool {
    let plain =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    let custom = name.strip_prefix("data-").or_else(|| name.strip_prefix("aria-"));
    [LOOKS, SIGN_IN, COMMON].iter().any(|names| names.contains(&name))
        || custom.is_some_and(|rest| !rest.is_empty() && plain(rest) && !rest.contains("secret"))
}

fn looks(attributes: &Form, words: &Form) -> Form {
    let given = attributes.pairs().iter().filter(|(name, _)| LOOKS.contains(&name.as_str()) && !words.has(name));
    let flagged =
        given.map(|(name, value)| (name.clone(), if name == "disabled" { "true".into() } else { value.clone() }));
    flagged.chain(words.pairs().iter().cloned()).collect()
}

fn write_sheet(out: &mut String, sheet: Sheet<'_>, width: &str) {
    match sheet {
        Sheet::Linked(address) => {
            out.push_str(r#"<link rel="stylesheet""#);
            attribute(out, "href", address);
            out.push('>');
        }
        Sheet::Inline { nonce } => {
            out.push_str("<style");
            if !nonce.is_empty() {
                attribute(out, "nonce", nonce);
            }
            out.push('>');
            out.push_str(STYLE);
            // What the script sets through CSSOM.
            if let Ok(width) = width.parse::<u16>() {
                out.push_str(&format!(":host{{--sign-in-with-x-width:{width}px}}"));
            }
            out.push_str("</style>");
        }
    }
}

/// For browsers that know no declarative shadow DOM; where there is a shadow tree, it is neither seen nor read out.
fn plain_link(out: &mut String, view: &View) {
    let Some(start) = view.say(Content::Start) else { return };
    out.push_str("<a");
    attribute(out, "href", start);
    for (name, content) in [("lang", Content::Lang(Words::Label)), ("dir", Content::Dir(Words::Label))] {
        if let Some(value) = view.say(content) {
            attribute(out, name, value);
        }
    }
    out.push('>');
    escape(out, view.say(Content::Words(Words::Label)).unwrap_or_default());
    out.push_str("</a>");
}

fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape(out, value);
    out.push('"');
}
