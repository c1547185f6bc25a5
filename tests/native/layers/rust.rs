//! Rust: paths that begin with `crate`, `self`, `super`, `std`, `core`, `alloc`, and the names of browser crates.

/// What a file belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layer {
    Protocol,
    Flow,
    Button,
    Browser,
    Bindings,
    Server,
    ServerBindings,
}
use Layer::{Bindings, Browser, Button, Flow, Protocol, Server, ServerBindings};

impl Layer {
    pub(super) fn of(path: &str) -> Option<Self> {
        let inside = path.strip_prefix("src/")?;
        if inside.starts_with("server/bindings/") {
            return Some(ServerBindings);
        }
        Self::named(inside.split_once('/')?.0)
    }

    fn named(module: &str) -> Option<Self> {
        Some(match module {
            "protocol" => Protocol,
            "flow" => Flow,
            "button" => Button,
            "browser" => Browser,
            "bindings" => Bindings,
            "server" => Server,
            _ => return None,
        })
    }

    /// Whom it may name, besides itself.
    const fn below(self) -> &'static [Self] {
        match self {
            Protocol => &[],
            Flow | Button | Server => &[Protocol],
            Browser => &[Flow, Button, Protocol],
            Bindings => &[Browser, Flow, Button, Protocol],
            ServerBindings => &[Server, Button, Protocol],
        }
    }

    const fn is_pure(self) -> bool {
        matches!(self, Protocol | Flow | Button | Server)
    }
}

/// Crates that only a browser, or a clock or randomness of its own, gives meaning to.
const BROWSER_CRATES: [&str; 9] = [
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "serde_wasm_bindgen",
    "gloo",
    "getrandom",
    "rand",
    "lol_alloc",
];

/// Parts of the standard library that reach outside.
const OUTSIDE: [&str; 6] = ["time", "env", "fs", "net", "process", "thread"];

/// What is wrong with a file, one sentence each.
pub(super) fn faults(path: &str, source: &str) -> Vec<String> {
    let tokens = tokens(source);
    let Some(layer) = Layer::of(path) else {
        // lib.rs lists modules.
        return exports(&tokens)
            .then(|| format!("{path}: exports to JavaScript outside bindings"))
            .into_iter()
            .collect();
    };
    let mut faults = Vec::new();
    for named in paths(path, &tokens) {
        let segments: Vec<_> = named.iter().map(String::as_str).collect();
        match segments[..] {
            ["crate", module, ref rest @ ..] => {
                let target = match (Layer::named(module), rest.first()) {
                    (Some(Server), Some(&"bindings")) => Some(ServerBindings),
                    (target, _) => target,
                };
                match target {
                    Some(target) if target == layer || layer.below().contains(&target) => {}
                    _ => faults.push(format!("{path}: {layer:?} may not name {}", named.join("::"))),
                }
            }
            // The types of addresses; `core` has no socket.
            ["core", "net", ..] => {}
            ["std" | "core", module, ..] if layer.is_pure() && OUTSIDE.contains(&module) => {
                faults.push(format!("{path}: {layer:?} may not reach {}", named.join("::")));
            }
            _ => {}
        }
    }
    if layer.is_pure() {
        for token in tokens.iter().filter(|token| BROWSER_CRATES.contains(&token.as_str())) {
            faults.push(format!("{path}: {layer:?} may not use {token}"));
        }
    }
    if !matches!(layer, Bindings | ServerBindings) && exports(&tokens) {
        faults.push(format!("{path}: exports to JavaScript outside bindings"));
    }
    faults
}

/// The source as words and marks, without comments and literals. `::` is one mark.
fn tokens(source: &str) -> Vec<String> {
    let chars: Vec<char> = source.chars().collect();
    let (mut found, mut at) = (Vec::new(), 0);
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    while let Some(&c) = chars.get(at) {
        let next = chars.get(at + 1).copied().unwrap_or(' ');
        match c {
            '/' if next == '/' => at = end_of(&chars, at, &['\n']),
            '/' if next == '*' => {
                at += 2;
                while at < chars.len() && !(chars[at] == '*' && chars.get(at + 1) == Some(&'/')) {
                    at += 1;
                }
                at += 2;
            }
            '"' => at = end_of(&chars, at + 1, &['"']),
            // A character, not a lifetime: 'a' or '\n'.
            '\'' if next == '\\' => at = end_of(&chars, at + 2 + 1, &['\'']),
            '\'' if chars.get(at + 2) == Some(&'\'') => at += 3,
            // Raw text: r"…" or r#"…"#.
            'r' if next == '"' || (next == '#' && matches!(chars.get(at + 2), Some('"' | '#'))) => {
                let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
                let close: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
                at += hashes + 2;
                while at < chars.len() && !chars[at..].starts_with(&close) {
                    at += 1;
                }
                at += close.len();
            }
            ':' if next == ':' => {
                found.push("::".into());
                at += 2;
            }
            _ if is_word(c) => {
                let word: String = chars[at..].iter().take_while(|c| is_word(**c)).collect();
                at += word.chars().count();
                found.push(word);
            }
            _ => {
                if !c.is_whitespace() {
                    found.push(c.into());
                }
                at += 1;
            }
        }
    }
    found
}

/// The place behind the next of these marks that no backslash escapes.
fn end_of(chars: &[char], mut at: usize, marks: &[char]) -> usize {
    while let Some(c) = chars.get(at) {
        at += if *c == '\\' { 2 } else { 1 };
        if marks.contains(c) {
            break;
        }
    }
    at
}

/// Every path in the file, complete from `crate`, `std` or `core`; groups (`a::{b, c}`) are taken apart.
fn paths(path: &str, tokens: &[String]) -> Vec<Vec<String>> {
    let mut here: Vec<String> = vec!["crate".into()];
    let inside = path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
    here.extend(inside.split('/').map(Into::into));
    // Inline modules: their name and the depth of their brace.
    let (mut inner, mut depth): (Vec<(String, usize)>, usize) = (Vec::new(), 0);
    let (mut found, mut at) = (Vec::new(), 0);
    while at < tokens.len() {
        let token = tokens[at].as_str();
        match token {
            "{" => {
                depth += 1;
                if at >= 2 && tokens[at - 2] == "mod" {
                    inner.push((tokens[at - 1].clone(), depth));
                }
            }
            "}" => {
                inner.pop_if(|(_, opened)| *opened == depth);
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        let begins = tokens.get(at + 1).is_some_and(|next| next == "::") && (at == 0 || tokens[at - 1] != "::");
        if begins && matches!(token, "crate" | "self" | "super" | "std" | "core") {
            let module: Vec<_> = here.iter().cloned().chain(inner.iter().map(|(name, _)| name.clone())).collect();
            at = read_path(tokens, at, Vec::new(), &module, &mut found);
        } else {
            at += 1;
        }
    }
    found
}

/// Reads one path (or one group of paths) and answers where it ends.
fn read_path(
    tokens: &[String],
    mut at: usize,
    mut read: Vec<String>,
    module: &[String],
    found: &mut Vec<Vec<String>>,
) -> usize {
    loop {
        match tokens.get(at).map(String::as_str) {
            Some("{") => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token != "}") {
                    at = if tokens[at] == "," { at + 1 } else { read_path(tokens, at, read.clone(), module, found) };
                }
                return at + 1;
            }
            Some("super") => {
                if read.is_empty() {
                    read = module.to_vec();
                }
                read.pop();
            }
            Some("self") if read.is_empty() => read = module.to_vec(),
            Some(word) => read.push(word.into()),
            None => break,
        }
        at += 1;
        if tokens.get(at).is_none_or(|token| token != "::") {
            break;
        }
        at += 1;
    }
    found.push(read);
    // `x as y`
    if tokens.get(at).is_some_and(|token| token == "as") { at + 2 } else { at }
}

/// Whether something is exported: `#[wasm_bindgen]` on anything but an `extern` block or a part of one.
fn exports(tokens: &[String]) -> bool {
    let (mut depth, mut imports): (usize, Option<usize>) = (0, None);
    let mut at = 0;
    while at < tokens.len() {
        match tokens[at].as_str() {
            "extern" if tokens.get(at + 1).is_some_and(|next| next == "{") => imports = imports.or(Some(depth)),
            "{" => depth += 1,
            "}" => {
                depth = depth.saturating_sub(1);
                imports = imports.filter(|outside| *outside != depth);
            }
            "#" if tokens.get(at + 2).is_some_and(|name| name == "wasm_bindgen") && imports.is_none() => {
                let mut after = end_of_attribute(tokens, at);
                while tokens.get(after).is_some_and(|token| token == "#") {
                    after = end_of_attribute(tokens, after);
                }
                let item = tokens[after..].iter().find(|token| !matches!(token.as_str(), "pub" | "unsafe"));
                if item.is_none_or(|item| item != "extern") {
                    return true;
                }
            }
            _ => {}
        }
        at += 1;
    }
    false
}

fn end_of_attribute(tokens: &[String], start: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(start) {
        match token.as_str() {
            "[" => depth += 1,
            "]" if depth == 1 => return at + 1,
            "]" => depth -= 1,
            _ => {}
        }
    }
    tokens.len()
}

#[test]
fn what_is_allowed() {
    for (path, source) in [
        (
            "src/protocol/a.rs",
            "use super::b::C; use crate::protocol::d; use core::fmt; use std::collections::BTreeMap;",
        ),
        ("src/protocol/mod.rs", "pub mod a; pub use self::a::B;"),
        (
            "src/protocol/a.rs",
            "// use crate::flow::x;\n/* web_sys */ /// [`crate::server`]\nfn f() { \"crate::flow::x\"; }",
        ),
        (
            "src/protocol/a.rs",
            "const A: &str = r#\"use crate::browser; \"x\" \"#; fn f<'a>(c: &'a char) { if *c == '\"' {} }",
        ),
        ("src/protocol/a.rs", "mod tests { use super::B; use super::super::c; use crate::protocol::{d, e::{f, g}}; }"),
        ("src/flow/a.rs", "use crate::protocol::{error::Error, state::State}; use super::b; use crate::flow::c;"),
        ("src/button/view.rs", "use super::label::{announcement, label}; use crate::protocol::user::User;"),
        ("src/browser/a.rs", "use crate::{button::b, flow::c, protocol::d}; use web_sys::Window; use super::page;"),
        (
            "src/browser/a.rs",
            "#[wasm_bindgen]\nextern \"C\" { #[derive(Clone)] type T; #[wasm_bindgen(method, catch)] fn f(a: &T); }",
        ),
        ("src/bindings/a.rs", "use crate::browser::b; #[wasm_bindgen(js_name = f)] pub fn f() {}"),
        ("src/server/a.rs", "use crate::protocol::form; use super::config; fn f() { crate::protocol::text::has(x); }"),
        ("src/server/bindings/mod.rs", "use crate::server::A; use super::B; #[wasm_bindgen] pub fn f() {}"),
        ("src/lib.rs", "pub mod button; #[cfg(feature = \"server\")] pub mod server;"),
    ] {
        assert_eq!(faults(path, source), [""; 0], "{source}");
    }
}

#[test]
fn what_is_refused() {
    for (path, source) in [
        ("src/protocol/a.rs", "use crate::flow::x;"),
        ("src/protocol/a.rs", "use crate::{protocol::b, flow::x};"),
        ("src/protocol/a.rs", "use crate::{protocol::{b, c}, server};"),
        ("src/protocol/a.rs", "use super::super::flow::x;"),
        ("src/protocol/mod.rs", "use super::button::x;"),
        ("src/protocol/a.rs", "mod tests { use super::super::super::flow::x; }"),
        ("src/protocol/a.rs", "use crate::server::bindings;"),
        ("src/protocol/a.rs", "fn f() { crate::browser::clock::now() }"),
        ("src/protocol/a.rs", "pub(in crate::flow) fn f() {}"),
        ("src/protocol/a.rs", "use crate::*;"),
        ("src/protocol/a.rs", "use std::time::SystemTime;"),
        ("src/protocol/a.rs", "use std::{collections::BTreeMap, time::{Duration, Instant}};"),
        ("src/protocol/a.rs", "fn f() { std::env::var(\"X\"); }"),
        ("src/protocol/a.rs", "use web_sys::Window;"),
        ("src/protocol/a.rs", "fn f() { ::getrandom::fill(&mut b); }"),
        ("src/protocol/a.rs", "#[wasm_bindgen] pub fn f() {}"),
        ("src/flow/a.rs", "use crate::button::x;"),
        ("src/flow/a.rs", "use crate::browser::x;"),
        ("src/flow/a.rs", "use gloo::timers::callback::Timeout;"),
        ("src/flow/a.rs", "use core::time::Duration;"),
        ("src/button/a.rs", "use crate::flow::x;"),
        ("src/button/a.rs", "use js_sys::Array;"),
        ("src/browser/a.rs", "use crate::bindings::x;"),
        ("src/browser/a.rs", "use crate::server::x;"),
        ("src/browser/a.rs", "#[wasm_bindgen] pub fn f() {}"),
        (
            "src/browser/a.rs",
            "#[wasm_bindgen] extern \"C\" { fn f(); }\n#[wasm_bindgen(js_name = g)] #[inline] pub struct G;",
        ),
        ("src/bindings/a.rs", "use crate::server::x;"),
        ("src/server/a.rs", "use crate::flow::x;"),
        ("src/server/a.rs", "use crate::server::bindings::x;"),
        ("src/server/a.rs", "use serde_wasm_bindgen::from_value;"),
        ("src/server/bindings/a.rs", "use crate::browser::x;"),
        ("src/server/bindings/a.rs", "use super::super::super::flow::x;"),
        ("src/lib.rs", "#[wasm_bindgen(start)] pub fn main() {}"),
    ] {
        assert_ne!(faults(path, source), [""; 0], "{path}: {source}");
    }
}
