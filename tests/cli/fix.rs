//! `fix`: what changes, and what never does.

use std::fs;

use gouji_analysis::apply::{Policy, fix_text};
use gouji_analysis::{Config, Document};

use crate::{Folder, REPORT, one};

const FIX: [&str; 4] = ["fix", "a.md", "--select", "T209"];

fn fixed() -> String {
    REPORT.replace("１２", "12").replace("1,234", "1234")
}

#[test]
fn form_is_repaired_in_place_and_a_second_run_changes_nothing() {
    let folder = one(REPORT);
    let run = folder.run(&FIX);
    assert_eq!(folder.read("a.md"), fixed().as_bytes());
    assert!(run.out.contains("a.md: T209 改为半角数字：１２ → 12"), "{run:?}");
    // The broken sum is still there.
    assert_eq!(run.code, 1);
    let again = folder.run(&FIX);
    assert_eq!((again.out.as_str(), again.code), ("", 1));
    assert_eq!(folder.read("a.md"), fixed().as_bytes());
}

#[test]
fn numbers_are_left_alone() {
    let folder = one(REPORT);
    folder.run(&["fix"]);
    let text = String::from_utf8(folder.read("a.md")).unwrap();
    assert!(text.contains("| 1 | 0 | 0 | 0 | 2 |"), "{text}");
}

/// The sample report, whose table 三 has one wrong total, with another wrong digit in it.
fn damaged() -> String {
    let sample = include_str!("../reports/sample.md");
    let row = sample.lines().find(|it| it.contains("1.本机关不掌握")).unwrap();
    let wrong = row.replacen("| 4 |", "| 41 |", 1);
    assert_ne!(row, wrong);
    sample.replace(row, &wrong)
}

/// The same without any wrong number in its table.
fn repaired() -> String {
    let row = |it: &&str| it.contains("（一）予以公开");
    let sample = include_str!("../reports/sample.md");
    let wrong = sample.lines().find(row).unwrap();
    sample.replace(wrong, &wrong.replace("| 11 |", "| 12 |"))
}

#[test]
fn wrong_numbers_of_a_table_are_repaired_where_their_rules_are_named() {
    for select in ["R", "R305", "R301"] {
        let folder = one(&damaged());
        let diff = folder.run(&["fix", "--diff", "--select", select]);
        assert!(diff.out.contains("\n-") && diff.out.contains("| 41 |"), "{select}: {}", diff.out);
        assert_eq!(folder.read("a.md"), damaged().as_bytes(), "{select}");
        let run = folder.run(&["fix", "--select", select]);
        let text = String::from_utf8(folder.read("a.md")).unwrap();
        assert_eq!(text, repaired(), "{select}");
        // One repair of both, however many findings carry it.
        assert_eq!(run.out.lines().count(), 1, "{select}: {}", run.out);
        assert!(run.out.contains("更正 2 格："), "{select}: {}", run.out);
    }
}

#[test]
fn a_choice_between_repairs_is_left_to_the_user() {
    let folder = one(REPORT);
    let run = folder.run(&["fix", "--select", "R"]);
    assert_eq!((run.out.as_str(), run.code), ("", 1));
    assert_eq!(folder.read("a.md"), REPORT.as_bytes());
}

#[test]
fn diff_leaves_files_alone() {
    let folder = one(REPORT);
    let run = folder.run(&["fix", "--diff", "--select", "T209"]);
    assert_eq!(folder.read("a.md"), REPORT.as_bytes());
    for line in ["--- a.md", "+++ a.md", "-| 行政规范性文件 | １２", "+| 行政规范性文件 | 12"]
    {
        assert!(run.out.contains(line), "{line}: {}", run.out);
    }
}

#[test]
fn encoding_mark_and_line_ends_stay() {
    let text = REPORT.replace('\n', "\r\n");
    let expected = fixed().replace('\n', "\r\n");
    let bom = |it: &str| [b"\xEF\xBB\xBF", it.as_bytes()].concat();
    let gbk = |it: &str| encoding_rs::GB18030.encode(it).0.into_owned();
    let utf16 = |it: &str| {
        let units = it.encode_utf16().flat_map(u16::to_be_bytes);
        [0xFE, 0xFF].into_iter().chain(units).collect::<Vec<u8>>()
    };
    for encode in [&bom as &dyn Fn(&str) -> Vec<u8>, &gbk, &utf16] {
        let folder = Folder::new(&[("a.md", &encode(&text))]);
        folder.run(&FIX);
        assert_eq!(folder.read("a.md"), encode(&expected));
    }
}

#[test]
fn a_file_without_anything_to_fix_is_not_touched() {
    let folder = one(&fixed());
    let path = folder.path().join("a.md");
    let before = fs::metadata(&path).unwrap().modified().unwrap();
    folder.run(&FIX);
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), before);
}

#[test]
fn standard_input_is_fixed_to_standard_output() {
    let args = ["fix", "-", "--select", "T209", "--quiet"];
    let run = Folder::new(&[]).run_with(&args, REPORT.as_bytes());
    assert_eq!((run.out, run.err.as_str()), (fixed(), ""));
}

#[test]
fn a_read_only_file_stays_and_is_an_error() {
    let folder = one(REPORT);
    let path = folder.path().join("a.md");
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    folder.run(&[&FIX[..], &["--quiet"]].concat()).fails_with("a.md");
    assert_eq!(folder.read("a.md"), REPORT.as_bytes());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left behind");
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_keeps_its_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = one(REPORT);
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(folder.path().join("probe"), "").is_ok() {
        eprintln!("skipped: this user may write everywhere");
        return;
    }
    folder.run(&[&FIX[..], &["--quiet"]].concat()).fails_with("a.md");
    assert_eq!(folder.read("a.md"), REPORT.as_bytes());
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = Folder::new(&[("real.md", REPORT.as_bytes())]);
    let path = folder.path().join("real.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real.md", folder.path().join("a.md")).unwrap();
    folder.run(&FIX);
    assert_eq!(folder.read("real.md"), fixed().as_bytes());
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(folder.path().join("a.md").is_symlink());
}

#[test]
fn the_editors_fix_all_gives_the_same_text() {
    let config = Config::default();
    for text in [REPORT.to_owned(), fixed(), String::new(), REPORT.replace("规章", "规  章")] {
        let here = fix_text(&text, &config, &Policy::default()).text;
        let doc = Document::new(&text);
        let there = gouji_ide::apply(&doc, &gouji_ide::fix_all(&doc, &config).changes);
        assert_eq!(here, there.text().to_string());
    }
}
