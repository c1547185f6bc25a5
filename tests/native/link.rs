//! The button as a link, for pages without scripts.

use crate::kit::shown;

#[test]
fn f11_f5_with_a_start_it_is_a_link_there_and_otherwise_the_same() {
    let link = shown(&[("start", "/auth/x/start?to=a&b")]);
    let button = shown(&[]);
    let of_link = r#"<a href="/auth/x/start?to=a&amp;b" part="button" class="button black large pill">"#;
    assert!(link.starts_with(of_link), "{link}");
    let inside = |text: &str, tag: &str| text.split_once('>').unwrap().1.replacen(&format!("</{tag}>"), "", 1);
    assert_eq!(inside(&link, "a"), inside(&button, "button"));
}

#[test]
fn f11_a_link_that_is_disabled_leads_nowhere() {
    let link = shown(&[("start", "/auth/x/start"), ("disabled", "true")]);
    assert!(!link.contains("href"), "{link}");
    assert!(!shown(&[("disabled", "true")]).contains("<a"));
}

#[test]
fn f11_no_address_breaks_out_of_the_link() {
    let link = shown(&[("start", r#""><script>alert(1)</script>"#)]);
    assert!(!link.contains("<script"), "{link}");
}

#[test]
fn f11_b4_only_an_address_of_the_web_is_a_start() {
    for start in [
        "javascript:alert(1)",
        "data:text/html,x",
        " /start",
        "start",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "\t//evil.example",
        "http:evil.example",
        "https:/evil.example",
        "httpx://evil.example",
        "https:",
        "/\n",
        "ftp://x",
    ] {
        assert!(shown(&[("start", start)]).starts_with("<button"), "{start}");
    }
    for start in ["/", "/start", "/a//b", "https://app.example/start", "http://127.0.0.1:3000/start"] {
        assert!(shown(&[("start", start)]).starts_with("<a"), "{start}");
    }
}
