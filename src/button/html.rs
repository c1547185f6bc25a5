//! The same button as HTML text, for servers and tests.

use super::view::Node;

/// Elements that have no end tag.
const VOID: [&str; 1] = ["path"];

/// Writes nodes as HTML. Attribute values and text are escaped.
pub fn html(nodes: &[Node]) -> String {
    let mut out = String::new();
    for node in nodes {
        write(&mut out, node);
    }
    out
}

fn write(out: &mut String, node: &Node) {
    out.push('<');
    out.push_str(node.tag);
    for (name, value) in &node.attributes {
        let Some(value) = value else { continue };
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        escape(out, value);
        out.push('"');
    }
    if VOID.contains(&node.tag) {
        out.push_str("/>");
        return;
    }
    out.push('>');
    escape(out, node.text.unwrap_or_default());
    for child in &node.children {
        write(out, child);
    }
    out.push_str("</");
    out.push_str(node.tag);
    out.push('>');
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::html;
    use crate::button::options::ButtonOptions;
    use crate::button::view::{Node, view};

    #[test]
    fn f5_a_real_button_that_submits_no_form() {
        let text = html(&view(&ButtonOptions::default()));
        assert!(text.starts_with(r#"<button type="button" part="button""#), "{text}");
        assert!(text.contains(">Sign in with X</span>"), "{text}");
        assert!(text.ends_with(r#"<span role="status"></span>"#), "{text}");
    }

    #[test]
    fn text_and_attributes_are_escaped() {
        let node = Node {
            tag: "p",
            attributes: vec![("title", Some("\"><script>".into())), ("hidden", None)],
            text: Some("a < b & c"),
            children: Vec::new(),
        };
        assert_eq!(html(&[node]), "<p title=\"&quot;&gt;&lt;script&gt;\">a &lt; b &amp; c</p>");
    }
}
