//! The hints of the backend half, as the source has them: no answer can bring all of them about.

use std::fs;
use std::path::Path;

use sign_in_with_x::protocol::error::DESCRIPTION_MAX;

/// The texts of a source file: what stands in quotation marks, without the comments and the tests.
fn texts(source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code = lines.collect::<Vec<_>>().join("\n").replace("'\"'", "").replace("\\\"", "'");
    code.split('"').skip(1).step_by(2).map(joined).collect()
}

/// A line that ends in a backslash goes on at the next one's first letter.
fn joined(text: &str) -> String {
    let mut lines = text.split("\\\n");
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |all, line| all + line.trim_start())
}

fn every_text(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            every_text(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.extend(texts(&fs::read_to_string(path).unwrap()));
        }
    }
}

#[test]
fn g13_no_hint_is_longer_than_a_page_keeps() {
    let mut found = Vec::new();
    every_text(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/server"), &mut found);
    // The longest of them, and one in a single line: they are found, and as a whole.
    for known in ["X could not authenticate the request. Check oauth1.consumerKey", "There were too many sign-ins"] {
        assert!(found.iter().any(|text| text.starts_with(known) && text.ends_with('.')), "{known}");
    }
    for text in found.iter().filter(|text| !text.starts_with("<!doctype")) {
        assert!(text.len() <= DESCRIPTION_MAX, "{}: {text}", text.len());
    }
}
