//! Small questions about text, each answered once. The standard library's searching functions bring their own panics and
//! messages along, which a browser download does not need.

/// The text before the first of `marks` (ASCII), and the rest from that mark on; the whole text when there is none.
#[inline(never)]
pub fn cut<'a>(text: &'a str, marks: &[u8]) -> (&'a str, &'a str) {
    let at = text.bytes().position(|byte| marks.contains(&byte)).unwrap_or(text.len());
    text.split_at_checked(at).unwrap_or((text, ""))
}

/// The pieces between `mark`s (ASCII), empty ones left out.
pub const fn pieces(text: &str, mark: u8) -> Pieces<'_> {
    Pieces { rest: text, mark }
}

/// What [`pieces`] finds, one after the other.
#[derive(Clone, Debug)]
pub struct Pieces<'a> {
    rest: &'a str,
    mark: u8,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a str;

    #[inline(never)]
    fn next(&mut self) -> Option<&'a str> {
        while !self.rest.is_empty() {
            let (piece, more) = cut(self.rest, &[self.mark]);
            self.rest = more.get(1..).unwrap_or_default();
            if !piece.is_empty() {
                return Some(piece);
            }
        }
        None
    }
}

/// Whether a name is in a list of names that have a space between them.
#[inline(never)]
pub fn is_listed(name: &str, names: &str) -> bool {
    pieces(names, b' ').any(|known| known == name)
}

/// Whether one of `marks` (ASCII) is in the text.
pub fn has(text: &str, marks: &[u8]) -> bool {
    !cut(text, marks).1.is_empty()
}

/// Whether another text is in the text.
pub fn contains(text: &str, part: &str) -> bool {
    text.as_bytes().windows(part.len().max(1)).any(|window| window == part.as_bytes())
}

/// A whole number in decimal digits: no sign, no spaces, no more than a `u64` holds.
#[inline(never)]
pub fn number(text: &str) -> Option<u64> {
    if text.is_empty() {
        return None;
    }
    text.bytes().try_fold(0_u64, |sum, byte| {
        let digit = byte.is_ascii_digit().then_some(byte & 15)?;
        sum.checked_mul(10)?.checked_add(digit.into())
    })
}

/// A number as decimal digits.
pub fn digits(number: u64) -> String {
    let mut text = if number < 10 { String::new() } else { digits(number / 10) };
    #[allow(clippy::cast_possible_truncation, reason = "a remainder of ten")]
    text.push((b'0' + (number % 10) as u8).into());
    text
}

/// Texts one after the other.
#[inline(never)]
pub fn joined(parts: &[&str]) -> String {
    let mut text = String::new();
    for part in parts {
        text.push_str(part);
    }
    text
}

/// Appends text as HTML shows it, in an element or in an attribute's quotes of either kind.
pub fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
}

/// Somebody else's words, safe to keep and to show as text: at most `max` bytes, without ASCII control characters.
#[inline(never)]
pub fn clean(text: &str, max: usize) -> String {
    let mut kept = String::new();
    let mut left = max;
    for c in text.chars() {
        // The controls are counted too: it is the text that is cut.
        let Some(less) = left.checked_sub(c.len_utf8()) else { break };
        left = less;
        if !c.is_ascii_control() {
            kept.push(c);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::{clean, contains, cut, digits, has, is_listed, number, pieces};

    #[test]
    fn cutting() {
        assert_eq!(cut("a?b#c", b"#?"), ("a", "?b#c"));
        assert_eq!(cut("é?", b"?"), ("é", "?"));
        assert_eq!(cut("abc", b"?"), ("abc", ""));
        assert_eq!(pieces("&a&&b&", b'&').collect::<Vec<_>>(), ["a", "b"]);
        assert!(is_listed("b", "a b") && !is_listed("", "a  b") && !is_listed("a b", "a b"));
        assert!(has("a#", b"#") && !has("a", b"#"));
        assert!(contains("abc", "bc") && !contains("abc", "bd") && !contains("a", "ab") && !contains("", ""));
    }

    #[test]
    fn numbers() {
        for n in [0, 7, 10, 1_763_000_000_000, u64::MAX] {
            assert_eq!(number(&digits(n)), Some(n));
            assert_eq!(digits(n), n.to_string());
        }
        for bad in ["", "-1", "+1", " 1", "1.5", "1e3", "18446744073709551616", "١"] {
            assert_eq!(number(bad), None, "{bad}");
        }
    }

    #[test]
    fn b6_strangers_words_lose_what_could_act() {
        assert_eq!(clean("\u{1b}[31mé\n!", 100), "[31mé!");
        assert_eq!(clean("aéb", 2), "a");
    }
}
