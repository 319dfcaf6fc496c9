//! Many files at once: the order and the bytes of what is printed, and how far a run has come.

use std::fs;

use crate::{Folder, REPORT, one};

/// Reports of several lengths, among them what is no report, no text, and not there.
fn folder() -> Folder {
    let long = REPORT.repeat(5);
    let folder = Folder::new(&[]);
    for index in 0..60 {
        let content = match index % 6 {
            0 => long.as_bytes(),
            1 => "# 会议记录\n\n今日无事。\n".as_bytes(),
            2 => b"\x89PNG\0\0",
            _ => REPORT.as_bytes(),
        };
        fs::write(folder.path().join(format!("{index}.md")), content).unwrap();
    }
    folder
}

/// Named, so that they are errors: in this order on stderr, whatever the order here.
const NAMED: [&str; 5] = [".", "2.md", "absent-2.md", "absent-1.md", "14.md"];

#[test]
fn the_number_of_workers_changes_nothing_but_the_time() {
    let folder = folder();
    for command in [
        ["check", "--format=text"],
        ["check", "--format=json"],
        ["extract", "--format=json"],
        ["extract", "--format=jsonl"],
        ["extract", "--format=csv"],
        ["fix", "--diff"],
    ] {
        let run = |jobs| folder.run(&[&command[..], &["--jobs", jobs], &NAMED].concat());
        let one = run("1");
        assert_eq!(one.code, 2, "{command:?}");
        let errors: Vec<_> = one.err.lines().take(4).collect();
        for (error, name) in errors.iter().zip(["14.md", "2.md", "absent-1.md", "absent-2.md"]) {
            assert!(error.contains(&format!(" {name}：")), "{command:?}: {}", one.err);
        }
        for jobs in ["3", "500"] {
            assert!(run(jobs) == one, "{command:?} with {jobs}");
        }
    }
}

#[test]
fn of_a_folder_only_reports_are_printed_and_counted() {
    let folder = folder();
    for jobs in ["1", "4"] {
        let json = folder.run(&["check", "--format", "json", "--jobs", jobs]).json();
        assert_eq!(json["files"].as_array().unwrap().len(), 40);
        assert_eq!(json["summary"]["files"], 40);
        let json = folder.run(&["extract", "--jobs", jobs]).json();
        assert_eq!(json["files"].as_array().unwrap().len(), 40);
        let text = folder.run(&["check", "--jobs", jobs]).out;
        assert!(text.contains("检查 40 个文件"), "{text}");
    }
    // A named file counts, whatever it is.
    assert_eq!(folder.run(&["check", "1.md", "--format", "json"]).json()["summary"]["files"], 1);
}

#[test]
fn json_of_no_file_is_json() {
    let folder = Folder::new(&[("notes.md", "今日无事。\n".as_bytes())]);
    let run = folder.run(&["check", "--format", "json"]);
    let zero = r#"{"files":0,"error":0,"warning":0,"information":0,"hint":0}"#;
    let expected = format!("{{\"version\":1,\"files\":[],\"summary\":{zero}}}\n");
    assert_eq!((run.code, run.out), (0, expected));
    assert_eq!(folder.run(&["extract"]).out, "{\"version\":1,\"files\":[]}\n");
}

#[test]
fn there_is_no_progress_where_there_is_no_terminal() {
    // Long enough that a terminal would see some.
    let long = REPORT.repeat(100);
    let names: Vec<_> = (0..12).map(|it| format!("{it}.md")).collect();
    let files: Vec<_> = names.iter().map(|it| (it.as_str(), long.as_bytes())).collect();
    let run = Folder::new(&files).run(&["check", "--format", "json", "--jobs", "1"]);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
}

#[test]
fn the_number_of_workers_is_a_whole_number_from_one() {
    let folder = one(REPORT);
    folder.run(&["check", "--jobs", "0"]).fails_with("「0」无效：应为正整数");
    folder.run(&["check", "--jobs", "many", "--lang", "en"]).fails_with("cannot be many");
}
