//! The button's words in other languages, and those of the host.

use crate::kit::shown;

const ARABIC: &str = "تسجيل الدخول باستخدام \u{2068}X\u{2069}";

#[test]
fn f13_english_without_a_language_is_marked_nowhere() {
    for activity in ["idle", "waiting", "signed_in"] {
        let text = shown(&[("activity", activity), ("locale", "")]);
        assert!(!text.contains(" lang=") && !text.contains(" dir="), "{text}");
    }
}

#[test]
fn f13_the_button_has_the_language_and_the_direction_of_its_words() {
    let text = shown(&[("label", ARABIC), ("lang", "ar"), ("dir", "rtl")]);
    assert!(text.contains(r#"class="button black large pill" lang="ar" dir="rtl">"#), "{text}");
    assert!(text.contains(&format!(">{ARABIC}</span>")), "{text}");
}

#[test]
fn f13_f7_the_name_of_an_icon_is_in_its_language() {
    let text = shown(&[("type", "icon"), ("label", ARABIC), ("lang", "ar"), ("dir", "rtl")]);
    assert!(text.contains(&format!(r#"lang="ar" dir="rtl" aria-label="{ARABIC}">"#)), "{text}");
}

#[test]
fn f13_what_is_still_in_english_beside_another_language_is_marked_as_english() {
    let text = shown(&[("label", ARABIC), ("lang", "ar"), ("dir", "rtl"), ("activity", "waiting")]);
    assert!(text.contains(r#"<span role="status" lang="en">Waiting for X</span>"#), "{text}");
    assert!(text.contains(r#"<span lang="en" dir="ltr">Continue in"#), "{text}");
    assert!(text.contains(r#"value="retry" lang="en">Try again</button>"#), "{text}");
    assert!(text.contains(r#"value="cancel" lang="en">Cancel</button>"#), "{text}");
}

#[test]
fn f13_a_button_without_words_in_its_language_is_in_english_and_says_so() {
    let text = shown(&[("lang", "ar"), ("dir", "rtl"), ("text", "connect_to")]);
    assert!(text.contains(r#" lang="en" dir="ltr">"#) && text.contains(">Connect to X</span>"), "{text}");
    assert!(!text.contains("rtl"), "{text}");
}

#[test]
fn f13_the_host_s_own_words_take_the_place_of_every_phrase() {
    let own = [("label", "Ek"), ("stranded", "Du"), ("again", "Tri"), ("cancel", "Kvar"), ("lang", "eo")];
    for (name, activity) in [("waiting", "waiting"), ("finishing", "finishing"), ("signedIn", "signed_in")] {
        let text = shown(&[own.as_slice(), &[(name, "Kvin"), ("activity", activity)]].concat());
        for word in ["Ek", "Du", "Tri", "Kvar"] {
            assert!(text.contains(&format!(r#"{word}</"#)), "{text}");
        }
        assert!(text.contains(r#"<span role="status" lang="eo">Kvin</span>"#), "{text}");
        assert!(!text.contains(r#"lang="en""#) && !text.contains("dir="), "{text}");
    }
    // Of a page's own language nothing needs to be said.
    assert!(!shown(&[("label", "Ek")]).contains("lang="));
}

#[test]
fn f13_words_are_text() {
    let text = shown(&[("type", "icon"), ("label", "\"><b>&"), ("lang", "\">")]);
    assert!(text.contains(r#"lang="&quot;&gt;" aria-label="&quot;&gt;&lt;b&gt;&amp;""#), "{text}");
}
