//! The button as a tree of nodes. The tree has the same shape for every option, so that a change touches attributes and
//! text only and the focus stays where it is.

use super::label::{announcement, label};
use super::mark;
use super::options::{Activity, ButtonOptions, Kind, LogoAlignment, Width};

/// An element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its tag.
    pub tag: &'static str,
    /// Its attributes; `None` means that it has none of that name.
    pub attributes: Vec<(&'static str, Option<String>)>,
    /// Its text, when it holds text.
    pub text: Option<&'static str>,
    /// Its children, when it holds elements.
    pub children: Vec<Node>,
}

/// Builds the tree: the button with mark, spinner and words, and a live region beside it.
pub fn view(options: &ButtonOptions) -> [Node; 2] {
    let words = label(options.text);
    let busy = matches!(options.activity, Activity::Waiting | Activity::Finishing);
    let mut class = String::new();
    for word in [
        options.kind.as_str(),
        options.theme.as_str(),
        options.size.as_str(),
        options.shape.as_str(),
        if options.logo_alignment == LogoAlignment::Center { "center" } else { "" },
        if options.width == Width::Fluid { "fluid" } else { "" },
        if busy { "busy" } else { "" },
    ] {
        if !word.is_empty() {
            if !class.is_empty() {
                class.push(' ');
            }
            class.push_str(word);
        }
    }
    let path = Node::new("path", &[("d", mark::PATH)]);
    let svg = Node::new("svg", &[("part", "mark"), ("viewBox", mark::VIEW_BOX), ("aria-hidden", "true")]).with(path);
    let spinner = Node::new("span", &[("class", "spinner")]);
    let text = Node { text: Some(words), ..Node::new("span", &[("part", "label")]) };
    let mut button = Node::new("button", &[("type", "button"), ("part", "button"), ("class", &class)])
        .with(svg)
        .with(spinner)
        .with(text);
    button.attributes.push(("aria-label", (options.kind == Kind::Icon).then(|| words.to_owned())));
    button.attributes.push(("aria-busy", busy.then(|| "true".to_owned())));
    button.attributes.push(("disabled", options.disabled.then(String::new)));
    let said = Node { text: Some(announcement(options.activity)), ..Node::new("span", &[("role", "status")]) };
    [button, said]
}

/// The inline size of the button in CSS pixels, when the host fixed it.
pub const fn fixed_width(options: &ButtonOptions) -> Option<u16> {
    match options.width {
        Width::Pixels(pixels) => Some(pixels),
        Width::Auto | Width::Fluid => None,
    }
}

impl Node {
    fn new(tag: &'static str, attributes: &[(&'static str, &str)]) -> Self {
        let attributes = attributes.iter().map(|(name, value)| (*name, Some((*value).to_owned()))).collect();
        Self { tag, attributes, text: None, children: Vec::new() }
    }

    fn with(mut self, child: Self) -> Self {
        self.children.push(child);
        self
    }
}
