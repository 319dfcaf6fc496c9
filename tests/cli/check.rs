//! `check`: exit codes, text, JSON.

use std::io::Read;
use std::process::Stdio;

use gouji_analysis::rules::ALL;
use serde::Deserialize;
use unicode_width::UnicodeWidthStr;

use crate::{Folder, REPORT, one};

/// The shape that other programs rely on: no field more, none less.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Output {
    version: u32,
    files: Vec<File>,
    summary: Summary,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Summary {
    files: u32,
    error: u32,
    warning: u32,
    information: u32,
    hint: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    path: String,
    findings: Vec<Finding>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Finding {
    code: String,
    name: String,
    severity: String,
    message: String,
    range: Range,
    related: Vec<Related>,
    fixes: Vec<Fix>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Related {
    range: Range,
    message: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fix {
    title: String,
    safety: String,
    preferred: bool,
    edits: Vec<Edit>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    range: Range,
    #[serde(rename = "newText")]
    new_text: String,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Debug, Deserialize, PartialEq, PartialOrd)]
#[serde(deny_unknown_fields)]
struct Position {
    line: u32,
    character: u32,
}

/// The report without its broken sum.
fn good() -> String {
    REPORT.replace("| 1 | 0 | 0 | 0 | 2 |", "| 1 | 0 | 0 | 0 | 1 |")
}

#[test]
fn the_exit_code_is_one_where_the_failing_level_is_reached() {
    let folder = Folder::new(&[("a.md", REPORT.as_bytes()), ("b.md", good().as_bytes())]);
    let code = |args: &[&str]| folder.run(args).code;
    assert_eq!(code(&["check", "a.md", "--select", "R"]), 1);
    assert_eq!(code(&["check", "b.md", "--select", "R"]), 0);
    assert_eq!(code(&["check", "--select", "R"]), 1);
    let families: Vec<_> = ALL.iter().map(|it| &it.code[..1]).collect();
    assert_eq!(code(&["check", "--ignore", &families.join(",")]), 0);
    // Hints never fail.
    assert_eq!(code(&["check", "--select", "T209", "--fail-on", "warning"]), 0);
}

#[test]
fn the_configuration_changes_severities() {
    let folder = Folder::new(&[
        ("a.md", REPORT.as_bytes()),
        ("warn.toml", b"select = [\"R\"]\n[severity]\nR304 = \"warning\"\n"),
        ("bad.toml", b"select = []\nselct = []\n"),
        ("unknown.toml", b"ignore = [\"R999\"]\n"),
    ]);
    let run = |args: &[&str]| folder.run(&[&["check", "a.md", "--config"], args].concat());
    assert_eq!(run(&["warn.toml"]).code, 0);
    assert_eq!(run(&["warn.toml", "--fail-on", "warning"]).code, 1);
    run(&["bad.toml"]).fails_with("bad.toml");
    run(&["unknown.toml"]).fails_with("R999");
    run(&["absent.toml"]).fails_with("absent.toml");
}

#[test]
fn comments_in_the_report_silence_and_are_removed_when_they_silence_nothing() {
    let comment = "<!-- gouji-ignore-file R：已核对 -->\n";
    let folder = Folder::new(&[
        ("a.md", (REPORT.to_owned() + comment).as_bytes()),
        ("b.md", (good() + comment).as_bytes()),
    ]);
    assert_eq!(folder.run(&["check", "a.md", "--select", "R"]).code, 0);
    let unused = folder.run(&["check", "b.md", "--select", "R,W603"]);
    assert_eq!(unused.code, 0, "a hint");
    assert!(unused.out.contains("提示[W603]: 「R」在这里没有要忽略的问题"), "{}", unused.out);
    let fixed = folder.run(&["fix", "b.md", "--select", "W603", "--diff"]);
    assert!(fixed.out.contains("-<!-- gouji-ignore-file R"), "{}", fixed.out);
}

#[test]
fn wrong_usage_is_said_in_one_line_in_the_users_language() {
    let folder = one(REPORT);
    folder.run(&["chekc"]).fails_with("不认识的命令「chekc」");
    folder.run(&["check", "--colour"]).fails_with("不认识的参数「--colour」");
    folder.run(&["check", "--format", "sarif"]).fails_with("sarif");
    folder.run(&["check", "--select", "Q101"]).fails_with("没有规则「Q101」");
    folder.run(&["check", "--lang", "en", "--select", "Q101"]).fails_with("no rule Q101");
    folder.run(&["explain"]).fails_with("缺少参数");
    folder.run(&[]).fails_with("缺少命令");
}

#[test]
fn help_is_in_both_languages() {
    let folder = one(REPORT);
    for command in ["check", "fix", "extract", "explain", "rules", "lsp"] {
        let zh = folder.run(&[command, "--help"]);
        let en = folder.run(&[command, "--help", "--lang", "en"]);
        assert_eq!((zh.code, en.code), (0, 0));
        assert!(zh.out.contains("用法") && en.out.contains("Usage"), "{zh:?}");
        assert!(!zh.out.contains("cli.help") && !en.out.contains("cli.help"), "{zh:?}");
    }
}

#[test]
fn json_has_the_promised_shape() {
    let folder = one(REPORT);
    let run = folder.run(&["check", "--format", "json", "--select", "R304,T209"]);
    assert_eq!(run.code, 1);
    let output: Output = serde_json::from_str(&run.out).unwrap();
    assert_eq!((output.version, output.files.len(), output.summary.files), (1, 1, 1));
    let Summary { error, warning, information, hint, .. } = output.summary;
    assert_eq!((error, warning, information, hint), (1, 0, 0, 2));
    assert_eq!(output.files[0].path, "a.md");
    let findings = &output.files[0].findings;
    assert!(findings.is_sorted_by(|a, b| a.range.start <= b.range.start));
    let [wide, _, sum] = &findings[..] else { panic!("{findings:?}") };
    // In UTF-16 units: the line has wide characters before the number.
    let range = |line, start, end| Range {
        start: Position { line, character: start },
        end: Position { line, character: end },
    };
    assert_eq!((wide.code.as_str(), wide.name.as_str()), ("T209", "number-format"));
    assert_eq!((wide.severity.as_str(), &wide.range), ("hint", &range(12, 12, 14)));
    let [Fix { title, safety, preferred, edits }] = &wide.fixes[..] else { panic!("{wide:?}") };
    assert!(title.contains("12") && *preferred);
    assert_eq!((safety.as_str(), edits.len()), ("safe", 1));
    assert_eq!((edits[0].new_text.as_str(), &edits[0].range), ("12", &wide.range));
    assert_eq!((sum.code.as_str(), sum.severity.as_str()), ("R304", "error"));
    assert!(sum.message.contains("应为 1") && sum.message.contains("现为 2"), "{}", sum.message);
    assert_eq!(sum.range, range(30, 18, 19));
    assert_eq!(sum.related[0].range.start.line, 30);
    assert!(!sum.related[0].message.is_empty());
}

#[test]
fn json_has_the_suspects_with_their_repairs() {
    let sample = include_str!("../reports/sample.md");
    let run = one(sample).run(&["check", "--format", "json", "--select", "R"]);
    let output: Output = serde_json::from_str(&run.out).unwrap();
    let findings = &output.files[0].findings;
    let codes: Vec<_> = findings.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(codes, ["R301", "R305", "R302"]);
    let suspect = &findings[1];
    assert_eq!((suspect.name.as_str(), suspect.severity.as_str()), ("suspect-cell", "information"));
    let message = "最可能只有此处有误：（一）予以公开·总计 11 → 12，改后 2 项勾稽全部成立";
    assert_eq!(suspect.message, message);
    assert_eq!((suspect.related.len(), &suspect.range), (2, &findings[0].range));
    let [fix] = &suspect.fixes[..] else { panic!("{suspect:?}") };
    assert!(fix.preferred && fix.safety == "unsafe", "{fix:?}");
    assert_eq!((fix.edits.len(), fix.edits[0].new_text.as_str()), (1, "12"));
    // The broken column points at the total of the row, too.
    assert!(findings[2].related[0].message.contains("（一）予以公开·总计 11 → 12"));
    assert_eq!(findings[2].related[0].range, suspect.range);
}

#[test]
fn text_shows_place_code_severity_and_repair() {
    let run = one(REPORT).run(&["check", "--select", "R304,T209"]);
    for words in ["错误[R304]", "提示[T209]", "a.md:13:13", "a.md:31:19", "修复: ", "检查 1 个文件"]
    {
        assert!(run.out.contains(words), "{words}: {}", run.out);
    }
    let english = one(REPORT).run(&["check", "--lang", "en", "--select", "R304,T209"]);
    for words in ["error[R304]", "hint[T209]", "files checked: 1; errors: 1"] {
        assert!(english.out.contains(words), "{words}: {}", english.out);
    }
    assert!(!run.out.contains('\u{1b}'), "no colours in a pipe");
}

#[test]
fn quiet_leaves_out_the_summary() {
    let folder = one(&good());
    assert_eq!(folder.run(&["check", "--quiet", "--select", "R"]).out, "");
}

/// Width on a terminal of what stands before the marks, and the marks' width.
fn marks(out: &str, source: &str) -> (usize, usize, usize) {
    let lines: Vec<_> = out.lines().collect();
    let at = lines.iter().position(|it| it.contains(source)).unwrap();
    let (line, marks) = (lines[at], lines[at + 1]);
    let before = line.split_once(source).unwrap().0.width();
    let first = marks.find('^').unwrap();
    (before, marks[..first].width(), marks[first..].trim_end().width())
}

#[test]
fn marks_stand_under_double_width_text() {
    let run = one(REPORT).run(&["check", "--select", "T209"]);
    let (expected, start, width) = marks(&run.out, "１２ |");
    assert_eq!((start, width), (expected, 4), "{}", run.out);
}

#[test]
fn long_lines_are_cut_around_the_finding() {
    let long = "政府信息公开".repeat(100);
    let text =
        REPORT.replace("行政规范性文件 | １２ |", &format!("行政规范性文件 | １２ | {long}"));
    let run = one(&text).run(&["check", "--select", "T"]);
    let shown: Vec<_> = run.out.lines().filter(|it| it.starts_with("13 |")).collect();
    assert!(shown.len() > 1, "{}", run.out);
    for line in shown {
        assert!(line.width() < 140 && line.contains("..."), "{line}");
    }
}

#[test]
fn runs_do_not_differ() {
    let names: Vec<_> = (0..12).map(|it| format!("{it}.md")).collect();
    let files: Vec<_> = names.iter().map(|it| (it.as_str(), REPORT.as_bytes())).collect();
    let folder = Folder::new(&files);
    for format in ["text", "json"] {
        let args = ["check", "--format", format];
        let first = folder.run(&args);
        assert!((0..5).all(|_| folder.run(&args) == first), "{format}");
    }
    let json = folder.run(&["check", "--format", "json"]).json();
    let paths: Vec<_> =
        json["files"].as_array().unwrap().iter().map(|it| it["path"].as_str().unwrap()).collect();
    assert!(paths.is_sorted() && paths.len() == 12, "{paths:?}");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let names: Vec<_> = (0..200).map(|it| format!("{it}.md")).collect();
    let files: Vec<_> = names.iter().map(|it| (it.as_str(), REPORT.as_bytes())).collect();
    let folder = Folder::new(&files);
    let mut command = folder.command(&["check", "--select", "R"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdout.take().unwrap().read_exact(&mut [0; 10]).unwrap();
    let run = crate::Run::new(child.wait_with_output().unwrap());
    assert_eq!((run.code, run.err.as_str()), (1, ""));
}
