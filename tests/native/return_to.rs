//! Where a person lands: never on another origin. The corpus is shared with other suites.

use proptest::prelude::*;
use serde_json::Value;
use sign_in_with_x::protocol::return_to::return_to;
use url::Url;

use super::kit::ORIGIN;

const CORPUS: &str = include_str!("../fixtures/return-to.json");

fn corpus(list: &str) -> Vec<(String, String)> {
    let corpus: Value = serde_json::from_str(CORPUS).unwrap();
    corpus[list]
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| (pair[0].as_str().unwrap().to_owned(), pair[1].as_str().unwrap().to_owned()))
        .collect()
}

/// A browser's own reading: it lands on our origin, and the value is a path as it stands.
fn is_safe(out: &str, origin: &str) -> bool {
    let own = Url::parse(origin).unwrap();
    let Ok(landed) = own.join("/auth/x/callback").and_then(|page| page.join(out)) else { return false };
    landed.origin() == own.origin()
        && out.starts_with('/')
        && !out.starts_with("//")
        && !landed.path().starts_with("//")
        && landed.username().is_empty()
}

#[test]
fn b4_hostile_values_become_the_front_page() {
    let hostile = corpus("hostile");
    assert!(hostile.len() >= 60, "{}", hostile.len());
    for (value, why) in hostile {
        assert_eq!(return_to(&value, ORIGIN), "/", "{why}: {value:?}");
    }
}

#[test]
fn b4_values_that_only_look_hostile_stay_on_the_origin() {
    let odd = corpus("odd");
    for (value, why) in odd {
        let out = return_to(&value, ORIGIN);
        assert!(out == value || out == "/", "{why}: {value:?} became {out:?}");
        assert!(is_safe(&out, ORIGIN), "{why}: {value:?}");
    }
}

#[test]
fn b4_honest_values_are_kept() {
    for (value, out) in corpus("kept") {
        assert_eq!(return_to(&value, ORIGIN), out, "{value:?}");
        assert!(is_safe(&out, ORIGIN));
    }
}

#[test]
fn b4_a_long_value_becomes_the_front_page() {
    for (length, kept) in [(2048, true), (2049, false), (100_000, false)] {
        let value = format!("/{}", "x".repeat(length - 1));
        assert_eq!(return_to(&value, ORIGIN) == value, kept, "{length}");
    }
}

/// Texts made of the pieces that URL parsers disagree about.
fn tricky() -> impl Strategy<Value = String> {
    let pieces = [
        "/",
        "//",
        "\\",
        ".",
        "..",
        "%2e",
        "%2E",
        "%2f",
        "%5c",
        "@",
        ":",
        "?",
        "#",
        "\t",
        "\n",
        "\r",
        " ",
        "\0",
        "evil.example",
        "https://app.example",
        "https:",
        "http:",
        "javascript:",
        "data:",
        "[",
        "]",
        "é",
        "\u{ff0f}",
        "\u{3002}",
        "\u{2028}",
        "\u{ad}",
        "%09",
        "%00",
        "a",
        "&",
        "=",
        ";",
        "|",
        "^",
        "\u{7f}",
        "\u{85}",
    ];
    proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..12).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn b4_whatever_is_asked_the_origin_stays(
        asked in prop_oneof![tricky(), tricky().prop_map(|rest| format!("{ORIGIN}{rest}")), any::<String>(), "/[ -~]{0,40}"],
        origin in proptest::sample::select(vec![ORIGIN, "http://127.0.0.1:3000", "http://[::1]:8080", "http://localhost"]),
    ) {
        let out = return_to(&asked, origin);
        prop_assert!(is_safe(&out, origin), "{:?} became {:?}", asked, out);
        // Once more changes nothing: what was stored may be checked again.
        prop_assert_eq!(return_to(&out, origin), out);
    }
}
