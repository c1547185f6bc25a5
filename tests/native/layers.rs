//! The arrows between the layers (crate.md): who may name whom, read from the source itself.

mod javascript;
mod rust;

use std::fs;
use std::path::{Path, PathBuf};

/// Every file below a folder with one of these endings, relative to the project.
fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    walk(&root.join(folder), &mut found);
    let mut read: Vec<_> = found
        .iter()
        .filter(|path| path.extension().is_some_and(|it| endings.iter().any(|ending| it == *ending)))
        .map(|path| {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    read.sort();
    read
}

#[test]
fn the_crate_s_arrows_point_down() {
    let sources = files("src", &["rs"]);
    assert!(sources.len() > 40, "found the sources");
    let faults: Vec<_> = sources.iter().flat_map(|(path, source)| rust::faults(path, source)).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_folder_of_the_crate_is_a_known_layer() {
    for (path, _) in files("src", &["rs"]) {
        assert!(path == "src/lib.rs" || rust::Layer::of(&path).is_some(), "{path} belongs to no layer");
    }
}

#[test]
fn the_page_s_and_the_simulator_s_arrows_stay_at_home() {
    let mut sources = files("www/src", &["js"]);
    sources.extend(files("www/simulator", &["js"]));
    sources.extend(files("www/demo", &["js", "mjs"]));
    assert!(sources.iter().any(|(path, _)| path == "www/src/callback.js"));
    assert!(sources.len() > 40, "found the sources");
    let faults: Vec<_> = sources.iter().flat_map(|(path, source)| javascript::faults(path, source)).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}
