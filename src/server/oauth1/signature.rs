//! The signature of a request: RFC 5849 §3.4, HMAC-SHA1, the only method that X takes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;

use crate::protocol::form::{Form, encode};
use crate::protocol::secret::Secret;
use crate::protocol::text::cut;

/// What is signed (RFC 5849 §3.4.1): the method, the address without its query, and every parameter, wherever it is sent.
///
/// `parameters` are those of the form body and of the header (without `realm` and `oauth_signature`), as they are before
/// any encoding; those of the query are read from `url`. `None` when the address is none or its query cannot be read.
pub fn base_string(method: &str, url: &str, parameters: &[(&str, &str)]) -> Option<String> {
    let (address, query) = cut(cut(url, b"#").0, b"?");
    let query = Form::parse(query.get(1..).unwrap_or_default())?;
    let in_query = query.pairs().iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let mut pairs: Vec<(String, String)> =
        parameters.iter().copied().chain(in_query).map(|(name, value)| (encoded(name), encoded(value))).collect();
    // §3.4.1.3.2: by the encoded name, then by the encoded value; byte by byte, as strings compare here.
    pairs.sort_unstable();
    let normalised: Vec<String> = pairs.into_iter().map(|(name, value)| [name, value].join("=")).collect();
    let parts = [encoded(&method.to_ascii_uppercase()), encoded(&base_uri(address)?), encoded(&normalised.join("&"))];
    Some(parts.join("&"))
}

/// The signature as base64. The token's secret is empty while there is no token (§3.4.2).
pub fn signature(base_string: &str, consumer_secret: &Secret, token_secret: &Secret) -> Option<String> {
    let key = [encoded(consumer_secret.expose()), encoded(token_secret.expose())].join("&");
    // HMAC takes a key of any length; the type cannot say so.
    let mut mac = Hmac::<Sha1>::new_from_slice(key.as_bytes()).ok()?;
    mac.update(base_string.as_bytes());
    Some(STANDARD.encode(mac.finalize().into_bytes()))
}

/// §3.4.1.2: scheme and host in lower case, without the scheme's own port; the path as it is sent.
fn base_uri(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let (authority, path) = cut(rest, b"/");
    let authority = authority.to_ascii_lowercase();
    let own_port = match scheme.as_str() {
        "https" => ":443",
        "http" => ":80",
        _ => return None,
    };
    let authority = authority.strip_suffix(own_port).unwrap_or(&authority);
    if authority.is_empty() {
        return None;
    }
    Some([scheme.as_str(), "://", authority, if path.is_empty() { "/" } else { path }].concat())
}

/// §3.6: everything but letters, digits, `-`, `.`, `_` and `~`, in capitals, as UTF-8.
pub(super) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    encode(&mut out, text);
    out
}

#[cfg(test)]
mod tests {
    use super::{base_string, base_uri, encoded};

    /// The table of docs.x.com, oauth-1-0a, "Percent encoding parameters".
    #[test]
    fn g9_percent_encoding() {
        for (text, expected) in [
            ("Ladies + Gentlemen", "Ladies%20%2B%20Gentlemen"),
            ("An encoded string!", "An%20encoded%20string%21"),
            ("Dogs, Cats & Mice", "Dogs%2C%20Cats%20%26%20Mice"),
            ("☃", "%E2%98%83"),
            ("-._~", "-._~"),
            ("*'()", "%2A%27%28%29"),
        ] {
            assert_eq!(encoded(text), expected);
        }
    }

    /// RFC 5849 §3.4.1.2 and its two examples.
    #[test]
    fn g9_base_uri() {
        for (address, expected) in [
            ("HTTP://EXAMPLE.COM:80/r%20v/X", Some("http://example.com/r%20v/X")),
            ("https://www.example.net:8080/", Some("https://www.example.net:8080/")),
            ("https://api.x.com:443/oauth/request_token", Some("https://api.x.com/oauth/request_token")),
            ("https://api.x.com", Some("https://api.x.com/")),
            ("https://[::1]:443/a", Some("https://[::1]/a")),
            ("http://api.x.com:443/", Some("http://api.x.com:443/")),
            ("https:///a", None),
            ("ftp://api.x.com/", None),
            ("api.x.com/a", None),
        ] {
            assert_eq!(base_uri(address).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn g9_repeated_and_empty_parameters_count_each() {
        let base = base_string("get", "https://h.example/?a=2&a=10&b&=&c=x+y#f?d=1", &[("a", "1"), ("a", "")]).unwrap();
        assert_eq!(base, "GET&https%3A%2F%2Fh.example%2F&%3D%26a%3D%26a%3D1%26a%3D10%26a%3D2%26b%3D%26c%3Dx%2520y");
        assert_eq!(base_string("GET", "https://h.example/?a=%zz", &[]), None);
    }
}
