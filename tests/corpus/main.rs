//! Real reports, through the real binary. They are not part of the project: they are looked
//! for at `GOUJI_SHARED`, then at `../shared` beside the checkout, and each test says so
//! where it is skipped.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};

/// The folder of real reports, if there is one.
fn corpus(test: &str) -> Option<PathBuf> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let shared = std::env::var_os("GOUJI_SHARED").map_or_else(beside, PathBuf::from);
    let corpus = shared.join("corpus");
    if corpus.is_dir() {
        return Some(corpus);
    }
    eprintln!("skipped: {test}: no reports at GOUJI_SHARED or ../shared");
    None
}

/// The program's JSON for one file, in its folder.
fn gouji(command: &str, file: &std::path::Path) -> Value {
    let program = Command::new(env!("CARGO_BIN_EXE_gouji"))
        .args([command, "--format", "json"])
        .arg(file.file_name().unwrap())
        .current_dir(file.parent().unwrap())
        .output()
        .unwrap();
    serde_json::from_slice(&program.stdout).unwrap()
}

/// Code and zero-based line of the findings at error and warning level.
fn wrong(file: &std::path::Path) -> Vec<(String, u64)> {
    let checked = gouji("check", file);
    let findings = checked["files"][0]["findings"].as_array().unwrap().clone();
    let severe = findings
        .into_iter()
        .filter(|it| matches!(it["severity"].as_str().unwrap(), "error" | "warning"));
    let at = |it: &Value| it["range"]["start"]["line"].as_u64().unwrap();
    severe.map(|it| (it["code"].as_str().unwrap().to_owned(), at(&it))).collect()
}

#[test]
fn the_reports_that_the_project_starts_from_have_exactly_their_own_errors() {
    let Some(corpus) = corpus("the_reports_that_the_project_starts_from") else { return };
    let found = |name: &str| {
        let found = wrong(&corpus.join("seeds").join(name));
        found.iter().map(|it| format!("{} {}", it.0, it.1)).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(found("000_0c6e16169acb3968.txt"), "N402 22, S107 368, S114 377");
    assert_eq!(
        found("002_90d10d0810e34bee.txt"),
        "T206 101, T206 101, T206 101, T206 101, T206 101, S114 111, S110 117"
    );
    let labels = ["T205 54, "; 3].concat() + &["T205 55, "; 8].concat();
    assert_eq!(found("004_046dc01fb9bbe87a.txt"), format!("S101 0, {labels}S110 61"));
}

#[test]
fn every_value_of_their_tables_comes_out() {
    let Some(corpus) = corpus("every_value_of_their_tables_comes_out") else { return };
    let tables = |name: &str| {
        let extracted = gouji("extract", &corpus.join("seeds").join(name));
        extracted["files"][0]["reports"][0]["tables"].clone()
    };
    let third = tables("004_046dc01fb9bbe87a.txt");
    let row = |first: u32| {
        json!({"natural": first, "business": 0, "research": 0, "charity": 0, "legal": 0,
               "other": 0, "total": first})
    };
    for (key, value) in [
        ("/requests/received", 11),
        ("/requests/partial", 1),
        ("/requests/unavailable/not_held", 10),
        ("/requests/done", 11),
    ] {
        assert_eq!(third.pointer(key), Some(&row(value)), "{key}");
    }
    assert_eq!(numbers(&third["requests"]), (175, 66), "all the rest is 0");
    assert_eq!(numbers(&third["litigation"]), (15, 0));
    assert_eq!(
        third["disclosure"],
        json!({
            "rules": {"made": 0, "repealed": 0, "in_force": 0},
            "normative": {"made": 13, "repealed": 0, "in_force": 21},
            "license": {"decisions": 1493},
            "penalty": {"decisions": 58},
            "coercion": {"decisions": 9},
            "fees": {"amount": 1071},
        })
    );
    for (name, litigation) in [("000_0c6e16169acb3968.txt", 0), ("002_90d10d0810e34bee.txt", 10)] {
        let tables = tables(name);
        assert_eq!(numbers(&tables["disclosure"]), (10, 0), "{name}");
        assert_eq!(numbers(&tables["requests"]), (175, 0), "{name}");
        assert_eq!(numbers(&tables["litigation"]), (litigation, 0), "{name}: five are blank");
    }
}

/// How many numbers there are below a value, and their sum.
fn numbers(value: &Value) -> (usize, u64) {
    match value {
        Value::Number(number) => (1, number.as_u64().unwrap()),
        Value::Object(fields) => {
            fields.values().map(numbers).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1))
        }
        _ => (0, 0),
    }
}

#[test]
fn no_real_report_has_a_broken_sum_or_a_wrong_number_that_it_does_not_contain() {
    let Some(corpus) = corpus("no_real_report_has_a_broken_sum") else { return };
    // Read one by one: the sums and sentences of these files hold.
    let mut files: Vec<_> =
        corpus.join("real").read_dir().unwrap().map(|it| it.unwrap().path()).collect();
    files.sort();
    assert!(files.len() > 30);
    for file in files {
        let wrong = wrong(&file);
        let numbers = wrong.iter().filter(|it| it.0.starts_with(['R', 'N', 'D']));
        assert_eq!(numbers.collect::<Vec<_>>(), Vec::<&(String, u64)>::new(), "{}", file.display());
    }
}
