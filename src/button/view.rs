//! The button as a tree of nodes. The tree is the same for every option, so that a change touches attributes and text
//! only and the focus stays where it is.

use super::label::{FAILED, Words, phrase};
use super::mark;
use super::options::{Activity, ButtonOptions, Kind, LogoAlignment};
use crate::protocol::text::{cut, joined};

/// An element.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// Its tag; [`CONTROL`] for what is a link where a link is asked for.
    pub tag: &'static str,
    /// Its attributes.
    pub attributes: &'static [(&'static str, Content)],
    /// Its text, when it holds text.
    pub text: Content,
    /// Its children, when it holds elements.
    pub children: &'static [Node],
}

/// What an attribute or a text says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Nothing: the attribute is not there.
    None,
    /// Always this.
    Fixed(&'static str),
    /// The button's classes.
    Classes,
    /// These words.
    Words(Words),
    /// What is announced: words, and whose name it is.
    Announcement,
    /// The button's words, where they are not shown.
    HiddenLabel,
    /// The language of these words, where it is not the page's.
    Lang(Words),
    /// And their direction; not of a word or two that look the same in both.
    Dir(Words),
    /// `true` while a sign-in is going on.
    Busy,
    /// There, when the button is disabled.
    Disabled,
    /// There, unless somebody is at X, or a sign-in went wrong.
    NoNotice,
    /// Of the notice, and of what went wrong.
    NoticePart,
    /// What kind of button it is, if it is one.
    Type,
    /// Where the sign-in begins without scripts, if it is a link.
    Start,
}

use Content::Fixed;

/// The tag of the button itself: `button`, or `a` with an address where the sign-in begins without scripts.
pub const CONTROL: &str = "";

/// The button with mark, spinner and words, and a live region beside it.
pub const TREE: &[Node] = &[
    Node {
        tag: CONTROL,
        attributes: &[
            ("type", Content::Type),
            ("href", Content::Start),
            ("part", Fixed("button")),
            ("class", Content::Classes),
            ("lang", Content::Lang(Words::Label)),
            ("dir", Content::Dir(Words::Label)),
            ("aria-label", Content::HiddenLabel),
            ("aria-busy", Content::Busy),
            ("disabled", Content::Disabled),
        ],
        text: Content::None,
        children: &[
            Node {
                tag: "svg",
                attributes: &[
                    ("part", Fixed("mark")),
                    ("viewBox", Fixed(mark::VIEW_BOX)),
                    ("aria-hidden", Fixed("true")),
                ],
                text: Content::None,
                children: &[Node {
                    tag: "path",
                    attributes: &[("d", Fixed(mark::PATH))],
                    text: Content::None,
                    children: &[],
                }],
            },
            Node { tag: "span", attributes: &[("class", Fixed("spinner"))], text: Content::None, children: &[] },
            Node {
                tag: "span",
                attributes: &[("part", Fixed("label"))],
                text: Content::Words(Words::Label),
                children: &[],
            },
        ],
    },
    Node {
        tag: "span",
        attributes: &[("role", Fixed("status")), ("lang", Content::Lang(Words::Announcement))],
        text: Content::Announcement,
        children: &[],
    },
    // For whoever is back before X has answered, as X tells nobody when it strands a person; and after a failure.
    Node {
        tag: "span",
        attributes: &[("part", Content::NoticePart), ("hidden", Content::NoNotice)],
        text: Content::None,
        children: &[
            Node {
                tag: "span",
                attributes: &[("lang", Content::Lang(Words::Stranded)), ("dir", Content::Dir(Words::Stranded))],
                text: Content::Words(Words::Stranded),
                children: &[],
            },
            Node {
                tag: "button",
                attributes: &[
                    ("type", Fixed("button")),
                    ("value", Fixed("retry")),
                    ("lang", Content::Lang(Words::Again)),
                ],
                text: Content::Words(Words::Again),
                children: &[],
            },
            Node {
                tag: "button",
                attributes: &[
                    ("type", Fixed("button")),
                    ("value", Fixed("cancel")),
                    ("lang", Content::Lang(Words::Cancel)),
                ],
                text: Content::Words(Words::Cancel),
                children: &[],
            },
        ],
    },
];

/// A [`TREE`] with its variable contents.
#[derive(Clone, Debug)]
pub struct View {
    options: ButtonOptions,
    classes: String,
    announcement: String,
}

impl View {
    /// The button with these options.
    pub fn new(options: ButtonOptions) -> Self {
        let mut classes = String::new();
        for word in [
            options.kind.as_str(),
            options.theme.as_str(),
            options.size.as_str(),
            options.shape.as_str(),
            if options.logo_alignment == LogoAlignment::Center { "center" } else { "" },
            if options.fluid { "fluid" } else { "" },
            if is_busy(options.activity) { "busy" } else { "" },
        ] {
            if !word.is_empty() && !classes.is_empty() {
                classes.push(' ');
            }
            classes.push_str(word);
        }
        let mut view = Self { options, classes, announcement: String::new() };
        // With the words, because a name that came later would be an announcement of its own.
        let who = if view.options.activity == Activity::SignedIn { view.options.given.get("who") } else { "" };
        view.announcement = joined(&[view.words(Words::Announcement), who]);
        view
    }

    /// What a content says now; `None` when it is not there.
    pub fn say(&self, content: Content) -> Option<&str> {
        match content {
            Content::None => None,
            Content::Fixed(text) => Some(text),
            Content::Classes => Some(&self.classes),
            Content::Words(words) => Some(self.words(words)),
            Content::Announcement => Some(&self.announcement),
            Content::HiddenLabel => (self.options.kind == Kind::Icon).then(|| self.words(Words::Label)),
            Content::Lang(words) => self.tongue(words, "lang", "en"),
            Content::Dir(words) => self.tongue(words, "dir", "ltr"),
            Content::Busy => is_busy(self.options.activity).then_some("true"),
            Content::Disabled => self.options.disabled.then_some(""),
            Content::Type => self.start().is_empty().then_some("button"),
            Content::Start => (!self.start().is_empty() && !self.options.disabled).then(|| self.start()),
            Content::NoNotice => (self.options.activity != Activity::Waiting && !self.options.failed).then_some(""),
            Content::NoticePart => Some(if self.options.failed { "notice error" } else { "notice" }),
        }
    }

    /// A node's tag.
    pub fn tag(&self, node: &Node) -> &'static str {
        match node.tag {
            CONTROL if self.start().is_empty() => "button",
            CONTROL => "a",
            tag => tag,
        }
    }

    /// The link's address, a path or one of the web's; empty for a button. A link that is disabled leads nowhere.
    fn start(&self) -> &str {
        let start = self.options.given.get("start");
        if is_start(start) { start } else { "" }
    }

    /// The words that were given in place of the engine's, which may be none, and those.
    fn phrase(&self, words: Words) -> (&str, &'static str) {
        let (name, english) = match words {
            Words::Announcement | Words::Stranded if self.options.failed => FAILED,
            _ => phrase(words, self.options.text, self.options.activity),
        };
        (self.options.given.get(name), english)
    }

    fn words(&self, words: Words) -> &str {
        match self.phrase(words) {
            ("", english) => english,
            (given, _) => given,
        }
    }

    /// Language or direction, by its name. The engine's own words are marked as English only where a language is asked
    /// for: a page that asks for none has them as it always had.
    fn tongue(&self, words: Words, name: &'static str, of_english: &'static str) -> Option<&str> {
        let given = &self.options.given;
        let value = match self.phrase(words) {
            ("", _) if given.has("lang") => of_english,
            _ => given.get(name),
        };
        (!value.is_empty()).then_some(value)
    }
}

const fn is_busy(activity: Activity) -> bool {
    matches!(activity, Activity::Waiting | Activity::Finishing)
}

/// A path of this origin, or an address of the web. Two slashes, and what browsers take for them (`\\`, and any control
/// character between), lead to another host (URL Standard §4.4); who means that writes the address out.
fn is_start(text: &str) -> bool {
    let (head, path) = cut(text, b"/");
    let is_web = head == "https:" || head == "http:";
    let is_path = head.is_empty() && path.starts_with('/') && !path.starts_with("//") && !path.starts_with("/\\");
    (is_path || (is_web && path.starts_with("//"))) && !text.bytes().any(|byte| byte.is_ascii_control())
}
