//! `new`: what is written, and what is refused.

use crate::{Folder, one};

const AGENCY: [&str; 3] = ["new", "--agency", "青禾市水务局"];

fn new(folder: &Folder, rest: &[&str]) -> crate::Run {
    folder.run(&[&AGENCY, rest].concat())
}

/// The codes of the findings in what `new` printed, each once.
fn codes(folder: &Folder, text: &str) -> Vec<String> {
    let check = folder.run_with(&["check", "-", "--format", "json"], text.as_bytes());
    let json = check.json();
    let findings = json["files"][0]["findings"].as_array().unwrap();
    let mut codes: Vec<_> =
        findings.iter().map(|it| it["code"].as_str().unwrap().to_owned()).collect();
    codes.sort();
    codes.dedup();
    codes
}

#[test]
fn a_blank_report_has_only_the_findings_of_what_is_to_be_filled_in() {
    let folder = Folder::new(&[]);
    for template in ["2019", "2021"] {
        let year = if template == "2019" { "2020" } else { "2025" };
        for dialect in ["gfm", "html", "tsv"] {
            let rest = ["--year", year, "--dialect", dialect, "--template", template];
            let run = new(&folder, &rest);
            assert_eq!((run.code, run.err.as_str()), (0, ""), "{rest:?}");
            assert_eq!(codes(&folder, &run.out), ["S110", "S111", "T206"], "{rest:?}");
        }
    }
}

#[test]
fn the_template_is_that_of_the_year_and_the_dialect_markdown() {
    let folder = Folder::new(&[]);
    let old = new(&folder, &["--year", "2020"]).out;
    assert!(old.starts_with("# 青禾市水务局2020年政府信息公开工作年度报告\n"), "{old}");
    assert!(old.contains("| 本年新制作数量") && old.contains("国办公开办函〔2019〕60号"), "{old}");
    let current = new(&folder, &["--year", "2021"]).out;
    assert!(current.contains("| 本年制发件数"), "{current}");
    assert!(current.contains("国办公开办函〔2021〕30号"), "{current}");
}

#[test]
fn a_file_is_written_once_and_never_overwritten() {
    let folder = one("mine");
    let args = ["--year", "2025", "--output"];
    let text = new(&folder, &["--year", "2025"]).out;
    let run = new(&folder, &[&args[..], &["b.md"]].concat());
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", ""));
    assert_eq!(folder.read("b.md"), text.as_bytes());
    new(&folder, &[&args[..], &["a.md"]].concat()).fails_with("a.md：文件已存在");
    assert_eq!(folder.read("a.md"), b"mine");
    new(&folder, &[&args[..], &["no/b.md"]].concat()).fails_with("no/b.md：文件夹不存在");
}

#[test]
fn nonsense_is_refused_in_one_line() {
    let folder = Folder::new(&[]);
    for (rest, words) in [
        (vec!["--year", "1999"], "2019 至 2099"),
        (vec!["--year", "20255"], "2019 至 2099"),
        (vec!["--year", "今年"], "--year"),
        (vec![], "--year"),
        (vec!["--year", "2025", "--template", "2020"], "2019, 2021"),
        (vec!["--year", "2025", "--dialect", "docx"], "gfm, html, tsv"),
    ] {
        new(&folder, &rest).fails_with(words);
    }
    for agency in ["", "　", "甲\n乙"] {
        folder.run(&["new", "--agency", agency, "--year", "2025"]).fails_with("机关名称");
    }
    folder.run(&["new", "--year", "2025"]).fails_with("--agency");
    let english = new(&folder, &["--year", "1999", "--lang", "en"]);
    english.fails_with("the year 1999 has no form");
}
