//! The element as a server writes it.

use sign_in_with_x::button::declarative::{Refused, Sheet, element};
use sign_in_with_x::button::options::words_of;
use sign_in_with_x::button::style::STYLE;
use sign_in_with_x::protocol::form::Form;

const NONE: Sheet<'_> = Sheet::Inline { nonce: "" };

fn form(text: &str) -> Form {
    Form::parse(text).unwrap()
}

#[test]
fn f10_the_attributes_the_sheet_and_the_button() {
    let html = element(&form("client-id=a%26b&width=240&disabled="), &Form::default(), NONE).unwrap();
    let [before, after] = html.split(STYLE).collect::<Vec<_>>().try_into().unwrap();
    assert_eq!(
        before,
        r#"<sign-in-with-x client-id="a&amp;b" width="240" disabled=""><template shadowrootmode="open" shadowrootdelegatesfocus><style>"#
    );
    assert!(after.starts_with(":host{--sign-in-with-x-width:240px}</style><button "), "{after}");
    assert!(after.contains(r#" disabled="">"#) && after.ends_with("</span></template></sign-in-with-x>"), "{after}");
}

#[test]
fn f10_f1_a_sheet_by_its_address_or_with_a_nonce() {
    let linked = element(&form("width=240"), &Form::default(), Sheet::Linked("/b.css?a&b")).unwrap();
    assert!(
        linked.contains(r#"<link rel="stylesheet" href="/b.css?a&amp;b"><button "#) && !linked.contains("<style"),
        "{linked}"
    );
    let nonce = element(&Form::default(), &Form::default(), Sheet::Inline { nonce: "\">" }).unwrap();
    assert!(nonce.contains(r#"<style nonce="&quot;&gt;">:host"#), "{nonce}");
}

#[test]
fn f10_b6_a_width_that_is_no_number_is_no_style() {
    for width in ["240px}*{color:red", "1e9", "-1", "99999999", "fluid", "</style>"] {
        let mut query = String::new();
        sign_in_with_x::protocol::form::append(&mut query, "width", width);
        let html = element(&form(&query), &Form::default(), NONE).unwrap();
        assert!(html.contains(&format!("{STYLE}</style>")), "{width}");
    }
}

#[test]
fn f11_f13_words_stand_in_the_button_and_in_the_link_for_older_browsers() {
    let words = form("label=Weiter%20%3C&lang=de&dir=ltr&retry=never");
    let html = element(&form("start=/auth/x/start&label=Mine&lang=fr"), &words, NONE).unwrap();
    assert!(html.contains(r#"<span part="label">Weiter &lt;</span>"#), "{html}");
    assert!(
        html.ends_with(r#"</template><a href="/auth/x/start" lang="de" dir="ltr">Weiter &lt;</a></sign-in-with-x>"#),
        "{html}"
    );
}

#[test]
fn f11_no_link_beside_a_button_or_a_disabled_link() {
    for given in ["", "start=javascript:alert(1)", "start=/auth/x/start&disabled="] {
        assert!(
            element(&form(given), &Form::default(), NONE).unwrap().ends_with("</template></sign-in-with-x>"),
            "{given}"
        );
    }
}

#[test]
fn b6_a13_what_is_no_attribute_of_the_button_is_refused_and_a_secret_is_none() {
    for name in [
        "onclick",
        "on",
        "",
        "a b",
        "x\"",
        "<",
        "A",
        "a=b",
        "1a",
        "é",
        "a/b",
        "style",
        "is",
        "nonce",
        "href",
        "data-",
        "data-a b",
        "data-x\"",
        "aria-",
        "client-secret",
        "client_secret",
        "clientsecret",
        "Client-Secret",
        "data-client-secret",
        "origin",
        "redirect-uris",
    ] {
        let attributes: Form = [(name.to_owned(), "canary".to_owned())].into_iter().collect();
        assert_eq!(element(&attributes, &Form::default(), NONE), Err(Refused::Name(name.to_owned())), "{name}");
    }
    assert!(element(&form("data-x=1&aria-label=2&class=a&id=b"), &Form::default(), NONE).is_ok());
}

#[test]
fn h1_a_word_that_an_attribute_does_not_take_is_refused_with_those_it_takes() {
    for attribute in ["type", "theme", "size", "shape", "text", "logo-alignment"] {
        let wrong = element(&form(&format!("{attribute}=canary")), &Form::default(), NONE).unwrap_err();
        assert_eq!(wrong, Refused::Word(attribute.to_owned()));
        for word in words_of(attribute) {
            assert!(wrong.to_string().contains(word), "{wrong}");
            assert!(element(&form(&format!("{attribute}={word}")), &Form::default(), NONE).is_ok());
        }
        assert!(!wrong.to_string().contains("canary"), "{wrong}");
    }
    assert_eq!(
        element(&form("theme=drak"), &Form::default(), NONE).unwrap_err().to_string(),
        "`theme` is one of black, white, outline, auto"
    );
}

#[test]
fn b6_every_attribute_that_the_element_reads_is_one() {
    let script = include_str!("../../www/src/element.js");
    let lists = script
        .lines()
        .take_while(|line| !line.contains("FLAGS"))
        .chain(script.lines().filter(|line| line.starts_with("const ATTRIBUTES")));
    let names: Vec<_> = lists
        .filter(|line| line.starts_with("const ") && line.contains('['))
        .flat_map(|line| line.split('\'').skip(1).step_by(2))
        .collect();
    assert!(names.len() > 15, "{names:?}");
    for name in names {
        let attributes: Form = [(name.to_owned(), String::new())].into_iter().collect();
        assert!(element(&attributes, &Form::default(), NONE).is_ok(), "{name}");
    }
}
