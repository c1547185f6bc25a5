//! JavaScript: what `import`, `export … from`, `import()` and `require()` name.

/// The script of the callback page, and what is bundled into it.
const CALLBACK_PAGE: [&str; 4] =
    ["www/src/callback.js", "www/src/locks.js", "www/src/tell.js", "www/src/shared-storage.js"];

/// What is wrong with a file, one sentence each.
pub(super) fn faults(path: &str, source: &str) -> Vec<String> {
    let is_allowed = |name: &str| {
        let inside = |folder: &str| name.starts_with('.') && resolve(path, name).starts_with(folder);
        if CALLBACK_PAGE.contains(&path) {
            // Of each other only: the callback page has to work before, and without, the engine.
            CALLBACK_PAGE.contains(&resolve(path, name).as_str())
        } else if path.starts_with("www/simulator/") {
            name.starts_with("node:") || inside("www/simulator/")
        } else if path.starts_with("www/demo/") {
            let package = name == "sign-in-with-x" || name.starts_with("sign-in-with-x/");
            package || name.starts_with("node:") || inside("www/demo/")
        } else {
            // www/generated: the engine's glue, written by the build.
            !name.starts_with('.') || inside("www/src/") || inside("www/generated/")
        }
    };
    let wrong = imports(source).into_iter().filter(|name| !is_allowed(name));
    wrong.map(|name| format!("{path} may not import {name}")).collect()
}

/// A relative name as a path from the project's root; `..` above it stays in sight.
fn resolve(path: &str, name: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in name.split('/') {
        match part {
            "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            other => parts.push(other),
        }
    }
    parts.join("/")
}

/// One piece of the source that matters here.
#[derive(Debug, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    Mark(char),
}
use Token::{Mark, Text, Word};

/// Every name that is imported; `?` for one that is computed.
fn imports(source: &str) -> Vec<String> {
    let tokens = tokens(source);
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Word(word) = token else { continue };
        let is_member = at > 0 && tokens[at - 1] == Mark('.');
        match (word.as_str(), tokens.get(at + 1)) {
            ("from" | "import", Some(Text(name))) => found.push(name.clone()),
            ("import" | "require" | "importScripts", Some(Mark('('))) if !is_member => {
                found.push(match tokens.get(at + 2) {
                    Some(Text(name)) if tokens.get(at + 3) == Some(&Mark(')')) => name.clone(),
                    _ => "?".into(),
                })
            }
            _ => {}
        }
    }
    found
}

/// The source without comments, regular expressions and numbers' details.
fn tokens(source: &str) -> Vec<Token> {
    let chars: Vec<char> = source.chars().collect();
    let (mut found, mut at) = (Vec::<Token>::new(), 0);
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    while let Some(&c) = chars.get(at) {
        let next = chars.get(at + 1).copied().unwrap_or(' ');
        match c {
            '/' if next == '/' => at += chars[at..].iter().take_while(|c| **c != '\n').count(),
            '/' if next == '*' => {
                at += 2;
                while at < chars.len() && !(chars[at] == '*' && chars.get(at + 1) == Some(&'/')) {
                    at += 1;
                }
                at += 2;
            }
            // A regular expression stands where a value may begin; elsewhere this is a division.
            '/' if !matches!(found.last(), Some(Word(_) | Text(_) | Mark(')' | ']' | '}'))) => {
                let mut in_class = false;
                at += 1;
                while at < chars.len() && (in_class || chars[at] != '/') {
                    match chars[at] {
                        '\\' => at += 1,
                        '[' => in_class = true,
                        ']' => in_class = false,
                        _ => {}
                    }
                    at += 1;
                }
                at += 1;
                found.push(Text(String::new()));
            }
            '\'' | '"' | '`' => {
                let mut text = String::new();
                at += 1;
                while at < chars.len() && chars[at] != c {
                    if chars[at] == '\\' {
                        at += 1;
                    }
                    text.extend(chars.get(at));
                    at += 1;
                }
                at += 1;
                found.push(Text(text));
            }
            _ if is_word(c) => {
                let word: String = chars[at..].iter().take_while(|c| is_word(**c)).collect();
                at += word.chars().count();
                found.push(Word(word));
            }
            _ => {
                if !c.is_whitespace() {
                    found.push(Mark(c));
                }
                at += 1;
            }
        }
    }
    found
}

#[test]
fn what_is_allowed() {
    for (path, source) in [
        (
            "www/src/callback.js",
            "// import './a.js'\n/** @param {import('./a.js').A} a */ const a = /['\"]\\/[/]/; 'from'",
        ),
        ("www/src/callback.js", "import { tell } from './tell.js';"),
        ("www/src/tell.js", "import { shared } from './shared-storage.js';"),
        ("www/src/client.js", "import { a } from './engine/a.js'; import './b.js'; export * from './c.js';"),
        ("www/src/engine/a.js", "import a from '../b.js';"),
        ("www/src/index.js", "const u = import.meta.url; a.import('../../x'); const path = 'https://x.com//import';"),
        ("www/simulator/a.js", "import fs from 'node:fs'; import { b } from './pages/b.js'; await import('./c.js');"),
        ("www/simulator/pages/a.js", "import { b } from '../b.js';"),
        (
            "www/demo/a.js",
            "import { createSignIn } from 'sign-in-with-x'; import 'sign-in-with-x/define'; import './b.js';",
        ),
        ("www/demo/server.mjs", "import { createServer } from 'node:http'; import { x } from './server/x.mjs';"),
    ] {
        assert_eq!(faults(path, source), [""; 0], "{path}: {source}");
    }
}

#[test]
fn what_is_refused() {
    for (path, source) in [
        ("www/src/callback.js", "import './a.js';"),
        ("www/src/callback.js", "import './engine/tell.js';"),
        ("www/src/tell.js", "import { ask } from './engine/engine.js';"),
        ("www/src/shared-storage.js", "import './client.js';"),
        ("www/src/callback.js", "const a = /\"/; import { b } from './b.js';"),
        ("www/src/callback.js", "export { a } from './a.js';"),
        ("www/src/callback.js", "await import(name);"),
        ("www/src/callback.js", "importScripts('x.js')"),
        ("www/src/client.js", "import a from '../demo/a.js';"),
        ("www/simulator/a.js", "import '../src/a.js';"),
        ("www/simulator/a.js", "import express from 'express';"),
        ("www/simulator/a.js", "import fs from 'fs';"),
        ("www/simulator/a.js", "import a from './pages/../../src/a.js';"),
        ("www/simulator/a.js", "import a from '../simulator-of-another/a.js';"),
        ("www/simulator/a.js", "const a = require('../../src/a.js');"),
        ("www/simulator/a.js", "import {\n  a,\n  b,\n} from\n  'sign-in-with-x';"),
        ("www/simulator/a.js", "await import('./' + name)"),
        ("www/demo/a.js", "import { createSignIn } from '../src/index.js';"),
        ("www/demo/a.js", "import x from '../../pkg/index.js';"),
        ("www/demo/a.js", "import x from 'sign-in-with-y';"),
        ("www/demo/server/a.mjs", "import { startSimulator } from '../../simulator/index.js';"),
        ("www/demo/a.js", "import x from '../../../www/demo/../src/a.js';"),
    ] {
        assert_ne!(faults(path, source), [""; 0], "{path}: {source}");
    }
}
