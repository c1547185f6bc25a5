//! `application/x-www-form-urlencoded`: queries, bodies, and the records this crate keeps and sends.

use core::fmt;
use core::str::Bytes;

use super::text::{cut, pieces};

/// Appends `name=value` to a query or body, percent-encoded; spaces become `%20`, which X documents (and `+` is never
/// written, because OAuth 1.0a and some of X's endpoints read it literally).
#[inline(never)]
pub fn append(out: &mut String, name: &str, value: &str) {
    if !out.is_empty() && !out.ends_with('?') {
        out.push('&');
    }
    encode(out, name);
    out.push('=');
    encode(out, value);
}

/// Appends several, each of the names, which have a space between them, with the value of the same place.
#[inline(never)]
pub fn append_all(out: &mut String, names: &str, values: &[&str]) {
    for (name, value) in pieces(names, b' ').zip(values) {
        append(out, name, value);
    }
}

/// Percent-encodes everything but RFC 3986's unreserved characters, upper-case hex, as UTF-8.
pub fn encode(out: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(hex(byte >> 4));
            out.push(hex(byte & 15));
        }
    }
}

/// A parsed form: pairs in their order.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Form(Vec<(String, String)>);

/// A parameter was there more than once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeated;

impl Form {
    /// Reads `a=b&c=d`. `+` is a space. An empty segment is skipped.
    ///
    /// Strict: `None` for a `%` without two hex digits, and for bytes that are not UTF-8 after decoding, so that no two
    /// readers can disagree about what a callback said.
    pub fn parse(text: &str) -> Option<Self> {
        let mut pairs = Vec::new();
        for piece in pieces(text, b'&') {
            let (name, value) = cut(piece, b"=");
            pairs.push((decode(name)?, decode(value.get(1..).unwrap_or_default())?));
        }
        Some(Self(pairs))
    }

    /// The value of a name, `None` when it is not there.
    ///
    /// # Errors
    /// [`Repeated`] when it is there more than once (RFC 6749 §3.1: parameters must not repeat).
    #[inline(never)]
    pub fn only(&self, name: &str) -> Result<Option<&str>, Repeated> {
        let mut found = None;
        for (_, value) in self.0.iter().filter(|(known, _)| known == name) {
            if found.replace(value.as_str()).is_some() {
                return Err(Repeated);
            }
        }
        Ok(found)
    }

    /// The value of a name; empty when it is not there, or there more than once.
    #[inline(never)]
    pub fn get(&self, name: &str) -> &str {
        self.only(name).ok().flatten().unwrap_or_default()
    }

    /// Whether a name is there, once or more.
    pub fn has(&self, name: &str) -> bool {
        self.only(name) != Ok(None)
    }

    /// The pairs.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }
}

impl FromIterator<(String, String)> for Form {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(pairs: T) -> Self {
        Self(pairs.into_iter().collect())
    }
}

/// Shows the names only: the values may be a code or a verifier.
impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Form")?;
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

fn decode(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut out = String::new();
    while let Some(first) = byte(&mut bytes) {
        out.push(character(first?, &mut bytes)?);
    }
    Some(out)
}

/// The next byte that is meant: `Some(None)` for a `%` without two hex digits.
fn byte(bytes: &mut Bytes<'_>) -> Option<Option<u8>> {
    Some(match bytes.next()? {
        b'+' => Some(b' '),
        b'%' => bytes.next().and_then(nibble).zip(bytes.next().and_then(nibble)).map(|(high, low)| (high << 4) | low),
        other => Some(other),
    })
}

/// A character of UTF-8 by its first byte, as RFC 3629 §4 allows it. The standard library's check of a whole text is a
/// fast one, with a table, and twice the size.
fn character(first: u8, bytes: &mut Bytes<'_>) -> Option<char> {
    let (more, bits) = match first {
        0..=0x7f => (0, first),
        0xc2..=0xdf => (1, first & 0x1f),
        0xe0..=0xef => (2, first & 0x0f),
        0xf0..=0xf4 => (3, first & 0x07),
        _ => return None,
    };
    let mut code = u32::from(bits);
    for _ in 0..more {
        let next = byte(bytes)??;
        if next & 0xc0 != 0x80 {
            return None;
        }
        code = (code << 6) | u32::from(next & 0x3f);
    }
    // Neither a surrogate nor one that a shorter form says.
    char::from_u32(code).filter(|c| c.len_utf8() == more + 1)
}

fn nibble(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

const fn hex(nibble: u8) -> char {
    (if nibble < 10 { b'0' + nibble } else { b'A' + nibble - 10 }) as char
}

#[cfg(test)]
mod tests {
    use super::{Form, append};

    #[test]
    fn h3_spaces_are_percent_twenty() {
        let mut out = String::new();
        append(&mut out, "scope", "tweet.read users.read");
        append(&mut out, "x", "Ladies + Gentlemen ☃~");
        assert_eq!(out, "scope=tweet.read%20users.read&x=Ladies%20%2B%20Gentlemen%20%E2%98%83~");
    }

    #[test]
    fn a9_decoding_is_strict() {
        let form = Form::parse("a=%4a+b&&c&=d=").unwrap();
        assert_eq!(
            form.pairs(),
            [("a".into(), "J b".into()), ("c".into(), String::new()), (String::new(), "d=".to_owned())]
        );
        for bad in ["a=%", "a=%4", "a=%zz", "a=%ff", "a=%c3%28", "%e2%98=1"] {
            assert_eq!(Form::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a9_utf_8_is_read_as_the_standard_library_reads_it() {
        let agree = |bytes: &[u8]| {
            let mut text = String::from("a=");
            for byte in bytes {
                text += &format!("%{byte:02x}");
            }
            let read = Form::parse(&text).map(|form| form.get("a").to_owned());
            assert_eq!(read, String::from_utf8(bytes.to_vec()).ok(), "{text}");
        };
        // Each length's first and last characters, the surrogates between, forms that are too long, and what is cut short.
        let edges = [0x00, 0x25, 0x2b, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff];
        for first in 0..=0xff {
            agree(&[first]);
            for second in 0..=0xff {
                agree(&[first, second]);
            }
            for second in edges {
                for third in edges {
                    agree(&[first, second, third]);
                    for fourth in edges {
                        agree(&[first, second, third, fourth]);
                    }
                }
            }
        }
        for plain in ["é", "☃", "\u{10ffff}", "aé☃\u{1f980}b"] {
            assert_eq!(Form::parse(plain).unwrap().pairs(), [(plain.to_owned(), String::new())]);
        }
    }

    #[test]
    fn a9_repeated_names_are_seen() {
        let form = Form::parse("a=1&b=2&a=1").unwrap();
        assert!(form.only("a").is_err());
        assert_eq!(form.get("a"), "");
        assert_eq!(form.only("b"), Ok(Some("2")));
        assert_eq!(form.only("c"), Ok(None));
    }
}
