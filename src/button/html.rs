//! The same button as HTML text, for servers and tests.

use super::view::{Node, TREE, View};
use crate::protocol::text::escape;

/// Writes the button as HTML. Attribute values and text are escaped.
pub fn html(view: &View) -> String {
    let mut out = String::new();
    for node in TREE {
        write(&mut out, view, node);
    }
    out
}

fn write(out: &mut String, view: &View, node: &Node) {
    out.push('<');
    out.push_str(view.tag(node));
    for (name, content) in node.attributes {
        let Some(value) = view.say(*content) else { continue };
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        escape(out, value);
        out.push('"');
    }
    out.push('>');
    escape(out, view.say(node.text).unwrap_or_default());
    for child in node.children {
        write(out, view, child);
    }
    out.push_str("</");
    out.push_str(view.tag(node));
    out.push('>');
}

#[cfg(test)]
mod tests {
    use super::html;
    use crate::button::label::STRANDED;
    use crate::button::options::{Activity, ButtonOptions, Kind};
    use crate::button::view::View;
    use crate::protocol::form::Form;
    use crate::protocol::text::escape;

    #[test]
    fn f5_a_real_button_that_submits_no_form() {
        let text = html(&View::new(ButtonOptions::default()));
        assert!(text.starts_with(r#"<button type="button" part="button" class="button black large pill">"#), "{text}");
        assert!(text.contains(">Sign in with X</span>"), "{text}");
        assert!(text.contains(r#"<span role="status"></span>"#), "{text}");
        for button in text.split("<button").skip(1) {
            assert!(button.starts_with(r#" type="button""#), "{text}");
        }
    }

    #[test]
    fn f7_a_busy_icon_says_its_name_and_its_state() {
        let options = ButtonOptions { kind: Kind::Icon, activity: Activity::Waiting, ..ButtonOptions::default() };
        let text = html(&View::new(options));
        assert!(text.contains(r#"aria-label="Sign in with X" aria-busy="true""#), "{text}");
        assert!(text.contains(r#"<span role="status">Waiting for X</span>"#), "{text}");
    }

    #[test]
    fn d13_a_way_out_is_shown_while_somebody_is_at_x_and_only_then() {
        for activity in [Activity::Idle, Activity::Loading, Activity::Waiting, Activity::Finishing, Activity::SignedIn]
        {
            let text = html(&View::new(ButtonOptions { activity, ..ButtonOptions::default() }));
            let shown = text.contains(&format!(r#"<span part="notice"><span>{STRANDED}<"#));
            assert_eq!(shown, activity == Activity::Waiting, "{text}");
            assert_eq!(text.contains(r#"<span part="notice" hidden="">"#), !shown, "{text}");
            assert!(
                text.contains(r#" value="retry">Try again</button>"#)
                    && text.contains(r#" value="cancel">Cancel</button>"#)
            );
        }
    }

    #[test]
    fn f5_what_went_wrong_is_said_beside_the_button_and_announced_until_it_cannot_be_pressed() {
        let html = |text| html(&View::new(ButtonOptions::read(Form::parse(text).unwrap())));
        let text = html("error=true");
        assert!(text.contains(r#"<span role="status">Sign-in did not work.</span>"#), "{text}");
        assert!(text.contains(r#"<span part="notice error"><span>Sign-in did not work.<"#), "{text}");
        let text = html("error=true&failed=Oje&lang=de&dir=ltr");
        assert!(text.contains(r#"<span role="status" lang="de">Oje</span>"#), "{text}");
        assert!(text.contains(r#"<span lang="de" dir="ltr">Oje</span>"#), "{text}");
        assert!(html("error=true&lang=de").contains(r#"<span role="status" lang="en">Sign-in"#));
        assert_eq!(html("error=true&disabled=true"), html("disabled=true"));
    }

    #[test]
    fn f8_whose_name_it_is_is_announced_with_the_words_and_only_then() {
        let html = |text| html(&View::new(ButtonOptions::read(Form::parse(text).unwrap())));
        let text = html("activity=signed_in&who=%3A+Ada+%40ada&lang=de");
        assert!(text.contains(r#"<span role="status" lang="en">Signed in: Ada @ada</span>"#), "{text}");
        assert!(html("who=%3A+Ada+%40ada").contains(r#"<span role="status"></span>"#));
        assert!(html("activity=finishing&who=%3A+Ada").contains(r#">Signing you in</span>"#));
    }

    #[test]
    fn text_and_attributes_are_escaped() {
        let mut out = String::new();
        escape(&mut out, "\"><script>&");
        assert_eq!(out, "&quot;&gt;&lt;script&gt;&amp;");
    }
}
