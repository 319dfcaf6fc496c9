//! What the compiler and the lints cannot hold: where the protocol may be named, how long a
//! file may be, and that each says what it owns.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

use std::fs;
use std::path::{Path, PathBuf};

/// Longer files cannot be read at one sitting.
const LONGEST: usize = 800;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// The project's Rust files, relative to its root, and their text.
fn sources() -> Vec<(String, String)> {
    let root = root();
    let mut files = Vec::new();
    for folder in ["server/src", "server/crates", "server/benches", "tests"] {
        collect(&root.join(folder), &mut files);
    }
    files.sort();
    let relative = |it: &PathBuf| it.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
    files.iter().map(|it| (relative(it), fs::read_to_string(it).unwrap())).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() && name != "target" && name != "node_modules" {
            collect(&path, files);
        } else if path.extension().is_some_and(|it| it == "rs") {
            files.push(path);
        }
    }
}

#[test]
fn the_protocol_library_is_named_in_one_folder() {
    let library = concat!("tower", "_lsp");
    for (path, text) in sources() {
        let may = path.starts_with("server/src/lsp/")
            || path.starts_with("server/benches/")
            || path.starts_with("tests/");
        assert!(may || !text.contains(library), "{path} names {library}");
    }
}

#[test]
fn the_core_depends_on_no_runtime() {
    for name in ["syntax", "analysis", "ide"] {
        let manifest = root().join("server/crates").join(name).join("Cargo.toml");
        let manifest = fs::read_to_string(manifest).unwrap();
        for library in ["tokio", "tower", "dashmap"] {
            assert!(!manifest.contains(library), "{name} depends on {library}");
        }
    }
}

#[test]
fn every_file_says_what_it_owns_and_can_be_read_at_one_sitting() {
    let sources = sources();
    assert!(sources.len() > 50);
    for (path, text) in sources {
        assert!(text.starts_with("//! "), "{path} has no module documentation");
        let lines = text.lines().count();
        assert!(lines <= LONGEST, "{path} has {lines} lines");
    }
}

#[test]
fn each_rule_of_the_catalogue_is_in_a_file_of_its_own() {
    let rules = root().join("server/crates/analysis/src/rules");
    for rule in gouji_analysis::rules::ALL {
        let file = rules.join(rule.name.replace('-', "_")).with_extension("rs");
        let text = fs::read_to_string(&file).unwrap_or_default();
        assert!(text.contains(&format!("code: \"{}\"", rule.code)), "{}", file.display());
    }
}
