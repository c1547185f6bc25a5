//! The same button as steps for the page that draws it (`www/src/engine/draw.js`), so that nothing but text has to cross.

use super::view::{Node, TREE, View};
use crate::protocol::form::append;

/// Writes the button as a form whose pairs are steps, in their order: `tag` enters an element, a new one where there is none
/// yet; `text` and `without` change its text and take an attribute away; `end` leaves it; any other name is an attribute.
pub fn steps(view: &View) -> String {
    let mut out = String::new();
    write(&mut out, view, TREE);
    out
}

fn write(out: &mut String, view: &View, nodes: &[Node]) {
    for node in nodes {
        append(out, "tag", view.tag(node));
        for (name, content) in node.attributes {
            match view.say(*content) {
                Some(value) => append(out, name, value),
                None => append(out, "without", name),
            }
        }
        if let Some(text) = view.say(node.text) {
            append(out, "text", text);
        }
        write(out, view, node.children);
        append(out, "end", "");
    }
}

#[cfg(test)]
mod tests {
    use super::steps;
    use crate::button::options::ButtonOptions;
    use crate::button::view::View;
    use crate::protocol::form::Form;

    #[test]
    fn f5_a_button_is_entered_and_left_and_says_its_words() {
        let said = steps(&View::new(ButtonOptions::read(Form::parse("label=A%26B").unwrap())));
        let form = Form::parse(&said).unwrap();
        let count = |name| form.pairs().iter().filter(|(known, _)| known == name).count();
        assert_eq!((count("tag"), count("end")), (10, 10), "{said}");
        assert!(said.starts_with("tag=button&type=button&without=href&part=button&class=button%20black"), "{said}");
        assert!(said.contains("&part=label&text=A%26B&end=&"), "{said}");
    }
}
