//! Which files are read, and in which encodings.

use std::fs;

use crate::{Folder, REPORT, Run, one};

fn paths(run: &Run) -> Vec<String> {
    let json = run.json();
    let files = json["files"].as_array().unwrap();
    files.iter().map(|it| it["path"].as_str().unwrap().to_owned()).collect()
}

const CHECK: [&str; 3] = ["check", "--format", "json"];

#[test]
fn folders_are_searched_for_what_looks_like_a_report() {
    let report = REPORT.as_bytes();
    let folder = Folder::new(&[
        ("b.md", report),
        ("a/2.txt", report),
        ("a/1.HTML", report),
        ("a/notes.md", "# 会议记录\n\n今日无事。\n".as_bytes()),
        ("a/report.rs", report),
        ("a/picture.txt", b"\x89PNG\0\0"),
        ("ignored/x.md", report),
        (".hidden/x.md", report),
        (".gitignore", b"ignored/\n"),
    ]);
    assert_eq!(paths(&folder.run(&CHECK)), ["a/1.HTML", "a/2.txt", "b.md"]);
    assert_eq!(paths(&folder.run(&[&CHECK[..], &["./a", "b.md"]].concat())).len(), 3);
}

#[test]
fn a_named_file_is_always_checked() {
    let folder = Folder::new(&[
        ("notes.rs", "今日无事。\n".as_bytes()),
        ("ignored/x.md", REPORT.as_bytes()),
        (".gitignore", b"ignored/\n"),
    ]);
    let run = folder.run(&[&CHECK[..], &["notes.rs", "ignored/x.md", "./notes.rs"]].concat());
    assert_eq!(paths(&run), ["ignored/x.md", "notes.rs"]);
    let absolute = folder.path().canonicalize().unwrap().join("notes.rs");
    assert_eq!(
        paths(&folder.run(&["check", "--format", "json", absolute.to_str().unwrap()])),
        ["notes.rs"]
    );
}

#[test]
fn standard_input_has_the_name_it_is_given() {
    let folder = Folder::new(&[]);
    let args = ["check", "-", "--stdin-filename", "草稿.md", "--select", "R"];
    let run = folder.run_with(&args, REPORT.as_bytes());
    assert_eq!(run.code, 1);
    assert!(run.out.contains("草稿.md:31:19"), "{}", run.out);
}

#[test]
fn every_encoding_gives_the_same_findings() {
    let gbk = encoding_rs::GB18030.encode(REPORT).0.into_owned();
    let utf16 = REPORT.encode_utf16().flat_map(u16::to_le_bytes);
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(utf16).collect();
    let bom = [b"\xEF\xBB\xBF", REPORT.as_bytes()].concat();
    let plain = one(REPORT).run(&CHECK);
    for bytes in [gbk, utf16, bom] {
        assert_eq!(Folder::new(&[("a.md", &bytes)]).run(&CHECK), plain);
    }
}

#[test]
fn what_cannot_be_read_is_one_line_and_the_rest_is_checked() {
    let folder = Folder::new(&[("a.md", REPORT.as_bytes()), ("b.png", b"\x89PNG\0\0")]);
    folder.run(&["check", "absent.md"]).fails_with("absent.md");
    folder.run(&["check", "b.png"]).fails_with("b.png");
    let run = folder.run(&["check", "a.md", "absent.md", "--select", "R"]);
    run.fails_with("absent.md");
    assert!(run.out.contains("R304"), "{}", run.out);
}

#[test]
fn a_file_without_permission_is_one_line() {
    let folder = one(REPORT);
    let path = folder.path().join("a.md");
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    set_mode(&mut permissions, 0o000);
    fs::set_permissions(&path, permissions).unwrap();
    if fs::read(&path).is_ok() {
        eprintln!("skipped: this user may read everything");
        return;
    }
    folder.run(&["check"]).fails_with("a.md");
}

#[cfg(unix)]
fn set_mode(permissions: &mut fs::Permissions, mode: u32) {
    std::os::unix::fs::PermissionsExt::set_mode(permissions, mode);
}

#[cfg(not(unix))]
fn set_mode(_: &mut fs::Permissions, _: u32) {}
