//! Comments that silence findings: what they silence, what they leave, and what is said of those
//! that silence nothing.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

mod support;

use std::collections::BTreeMap;

use gouji_analysis::apply::{self, Policy, fix_text};
use gouji_analysis::suppression::{Scope, ignore};
use gouji_analysis::{Checked, Config, Document, Finding, Lang, Severity, check};
use support::{Dialect, Sample, findings_with};

/// Codes, and the sources there.
type Names = Vec<(&'static str, String)>;

/// What is found by code, with the source at its place.
type Found = BTreeMap<(&'static str, String), usize>;

fn all(text: &str) -> Vec<Finding> {
    checked(text).findings()
}

fn checked(text: &str) -> Checked {
    check(&Document::new(text), &Config::default(), None, &|| false).expect("not cancelled")
}

fn found(text: &str) -> Found {
    let starts = Document::new(text).starts();
    let mut found = Found::new();
    for finding in all(text) {
        let source = text[finding.place.resolve(&starts)].trim().to_owned();
        *found.entry((finding.code, source)).or_default() += 1;
    }
    found
}

fn codes(text: &str) -> Vec<&'static str> {
    all(text).iter().map(|it| it.code).collect()
}

/// A report with slips of many kinds: a wrong total, blanks, a percentage, a heading, a title.
fn damaged(dialect: Dialect) -> String {
    let mut sample = Sample::new("2021");
    sample.set("requests", "received", "total", "77");
    sample.set("requests", "granted", "charity", "");
    sample.set("requests", "partial", "charity", "１");
    sample.set("litigation", "", "review.total", "9");
    sample.set("disclosure", "normative", "made", "-");
    let text = sample.text(dialect);
    let text = text.replace("五、存在的主要问题及改进情况", "五、存在的主要问题和改进");
    let prose =
        "共收到申请20件，其中网上8件、信函12件，占40%、50%。截止到2024年12月31日，公开信息3条。";
    let at = text.find("六、其他").unwrap();
    let at = text[..at].rfind('\n').unwrap() + 1;
    let line = match dialect {
        Dialect::Html => format!("<p>{prose}</p>\n"),
        _ => format!("{prose}\n\n"),
    };
    [&text[..at], &*line, &text[at..]].concat()
}

/// The damaged report with a comment on a line of its own before the line with some words.
fn with_comment(comment: &str, words: &str) -> String {
    let text = damaged(Dialect::Gfm);
    let at = text.find(words).unwrap();
    let at = text[..at].rfind('\n').map_or(0, |it| it + 1);
    [&text[..at], comment, "\n", &text[at..]].concat()
}

/// What a comment there takes away from what is found, and what it brings.
fn difference(text: &str) -> (Names, Names) {
    let (before, after) = (found(&damaged(Dialect::Gfm)), found(text));
    let missing = |a: &Found, b: &Found| {
        let missing = a.iter().filter(|it| b.get(it.0).copied().unwrap_or_default() < *it.1);
        missing.map(|it| it.0.clone()).collect()
    };
    (missing(&before, &after), missing(&after, &before))
}

#[track_caller]
fn assert_silences(comment: &str, before: &str, gone: &[(&str, &str)]) {
    let text = with_comment(comment, before);
    let (missing, new) = difference(&text);
    let missing: Vec<_> = missing.iter().map(|it| (it.0, &*it.1)).collect();
    assert_eq!((missing.as_slice(), new), (gone, Vec::new()), "{comment}\n{text}");
}

#[test]
fn a_comment_silences_the_next_block_alone() {
    let prose = "共收到申请20件";
    assert_silences("<!-- gouji-ignore N402：四舍五入 -->", prose, &[("N402", "40")]);
    assert_silences("<!-- gouji-ignore percentage -- why -->", prose, &[("N402", "40")]);
    assert_silences(
        "<!-- gouji-ignore n402,W602 -->",
        prose,
        &[("N402", "40"), ("W602", "截止到")],
    );
    assert_silences("<!-- gouji-ignore W -->", prose, &[("W602", "截止到")]);
    let heading = [("S105", "五、存在的主要问题和改进")];
    assert_silences("<!--gouji-ignore S105-->", "五、存在", &heading);
}

#[test]
fn a_comment_behind_a_line_silences_that_line() {
    let text = damaged(Dialect::Gfm);
    let comment = "<!-- gouji-ignore W602 N402 -->";
    let text = text.replace("公开信息3条。", &format!("公开信息3条。 {comment}"));
    let gone = vec![("N402", "40".to_owned()), ("W602", "截止到".to_owned())];
    assert_eq!(difference(&text), (gone, Vec::new()));
}

#[test]
fn cells_are_named_and_others_stay() {
    let received = [("R301", "77")];
    assert_silences("<!-- gouji-ignore R301 received.total -->", "申请人情况", &received);
    assert_silences("<!-- gouji-ignore R301 received -->", "申请人情况", &received);
    // In the section of the table, too.
    assert_silences("<!-- gouji-ignore R301 received.total -->", "三、收到和处理", &received);
    let cells = "<!-- gouji-ignore T206 T209 granted.charity partial.charity -->";
    assert_silences(cells, "申请人情况", &[("T206", ""), ("T209", "１")]);
}

#[test]
fn a_table_and_a_report_are_silenced_as_a_whole() {
    let both = [("T206", ""), ("T209", "１")];
    for comment in ["<!-- gouji-ignore-table T -->", "<!-- gouji-ignore T -->"] {
        assert_silences(comment, "申请人情况", &both);
    }
    let file = [("T206", ""), ("T206", "-"), ("T209", "１")];
    for before in ["一、总体情况", "六、其他", "申请人情况"] {
        assert_silences("<!-- gouji-ignore-file T -->", before, &file);
    }
}

#[test]
fn sums_are_as_broken_as_before() {
    let text = damaged(Dialect::Gfm);
    let comment = "<!-- gouji-ignore-file R301 R302 -->";
    let silenced = with_comment(comment, "六、其他");
    assert_eq!(checked(&silenced).tally(), checked(&text).tally());
    let suspects = |text: &str| {
        let findings = all(text).into_iter().filter(|it| it.code == "R305");
        findings.map(|it| it.message.text(Lang::Zh)).collect::<Vec<_>>()
    };
    assert!(!suspects(&text).is_empty());
    assert_eq!(suspects(&silenced), suspects(&text));
}

#[test]
fn a_severity_can_be_changed_and_switched_off() {
    let severity = |comment: &str| {
        let text = with_comment(comment, "一、总体情况");
        assert!(!codes(&text).contains(&"W603"), "{comment}");
        all(&text).iter().find(|it| it.code == "W602").map(|it| it.severity)
    };
    assert_eq!(severity("<!-- gouji-severity W602 error -->"), Some(Severity::Error));
    assert_eq!(
        severity("<!-- gouji-severity N402 W information：原因 -->"),
        Some(Severity::Information)
    );
    assert_eq!(severity("<!-- gouji-severity W602 off -->"), None);
    assert_eq!(severity("<!-- gouji-severity N402 off -->"), Some(Severity::Hint));
}

/// The messages of W603.
fn idle(text: &str) -> Vec<String> {
    let idle = all(text).into_iter().filter(|it| it.code == "W603");
    idle.map(|it| it.message.text(Lang::Zh)).collect()
}

#[test]
fn what_silences_nothing_is_reported_word_by_word() {
    let cases = [
        ("<!-- gouji-ignore N402 R301 -->", "「R301」在这里没有要忽略的问题"),
        ("<!-- gouji-ignore N402 N403x -->", "「N403x」不是规则"),
        ("<!-- gouji-ignore N402 因为如此 -->", "「因为如此」不是规则"),
        ("<!-- gouji-ignore -->", "「gouji-ignore」没有写明忽略哪条规则"),
        ("<!-- gouji-ignore：理由 -->", "「gouji-ignore」没有写明忽略哪条规则"),
        ("<!-- gouji-ignore received.total -->", "「gouji-ignore」没有写明忽略哪条规则"),
        ("<!-- gouji-ignore-tabel R301 -->", "没有「gouji-ignore-tabel」这样的注释"),
        ("<!-- gouji-severity N402 loud -->", "「gouji-severity」没有写明级别"),
        ("<!-- gouji-ignore-table N402 -->", "「N402」在这里没有要忽略的问题"),
        ("<!-- gouji-ignore R301 carried_in.total -->", "「R301」在这里没有要忽略的问题"),
    ];
    for (comment, message) in cases {
        let idle = idle(&with_comment(comment, "共收到申请20件"));
        assert!(idle.iter().any(|it| it.starts_with(message)), "{comment}: {idle:?}");
    }
    let cell = "<!-- gouji-ignore R301 received.total granted.legal -->";
    assert_eq!(idle(&with_comment(cell, "申请人情况")).len(), 1);
}

#[test]
fn other_comments_and_those_in_tables_and_fences_are_not_read() {
    let comments = [
        "<!-- a comment -->",
        "<!-- gouji is a checker -->",
        "```\n<!-- gouji-ignore-file N402 R301 -->\n```",
        "<!-- gouji-ignore-file N402",
        "<script><!-- gouji-ignore-file N402 --></script>",
    ];
    for comment in &comments[..3] {
        assert_silences(comment, "共收到申请20件", &[]);
    }
    for comment in &comments[3..] {
        let text = format!("{}\n{comment}\n", damaged(Dialect::Gfm));
        assert!(codes(&text).contains(&"N402") && !codes(&text).contains(&"W603"), "{comment}");
    }
    let html = damaged(Dialect::Html);
    let inside = html.replacen("<tr>", "<!-- gouji-ignore-file T206 --><tr>", 1);
    assert_eq!(found(&inside), found(&html));
}

#[test]
fn rules_that_are_off_are_not_unused() {
    let text = with_comment("<!-- gouji-ignore N402 -->", "一、总体情况");
    assert_eq!(idle(&text).len(), 1);
    let silent = |config: Config| findings_with(&text, &config).iter().all(|it| it.code != "W603");
    assert!(silent(Config { ignore: vec!["N402".into()], ..Config::default() }));
    assert!(silent(Config { ignore: vec!["W603".into()], ..Config::default() }));
    assert!(!silent(Config { ignore: vec!["N401".into()], ..Config::default() }));
}

#[test]
fn the_rule_on_comments_can_be_silenced_by_one() {
    let unused = "<!-- gouji-ignore N402 -->\n";
    let own = "<!-- gouji-ignore-file W603 -->\n";
    let text = |comments: &str| with_comment(comments.trim_end(), "一、总体情况");
    assert_eq!(idle(&text(unused)).len(), 1);
    assert_eq!(idle(&text(&[unused, own].concat())).len(), 0);
    assert_eq!(idle(&text(&[own, unused].concat())).len(), 0);
    assert_eq!(idle(&text(own)).len(), 1);
}

/// The text with the comment that silences a finding.
fn ignored(text: &str, finding: &Finding, scope: Scope) -> Option<String> {
    let (_, reading) = checked(text).reading(0).expect("a report");
    let edit = ignore(&reading, finding, scope)?;
    Some(apply::apply(text, &Document::new(text).starts(), &[edit]).expect("a place of the text"))
}

const SCOPES: [Scope; 3] = [Scope::Here, Scope::Table, Scope::Report];

#[test]
fn the_comment_that_is_written_silences_its_finding_and_brings_nothing() {
    let ends = Dialect::ALL.map(|it| (it, "\n")).into_iter().chain([(Dialect::Gfm, "\r\n")]);
    for (dialect, end) in ends {
        let text = damaged(dialect).replace('\n', end);
        let before = found(&text);
        assert!(before.len() > 6, "{dialect:?} {before:?}");
        let findings = all(&text);
        let is_first = |at: &usize| findings[..*at].iter().all(|it| it.code != findings[*at].code);
        let firsts = (0..findings.len()).filter(is_first).map(|at| &findings[at]);
        for (finding, scope) in firsts.flat_map(|it| SCOPES.map(|scope| (it, scope))) {
            let Some(ignored) = ignored(&text, finding, scope) else { continue };
            let case = format!("{dialect:?} {scope:?} {}\n{ignored}", finding.code);
            let after = found(&ignored);
            let others = |it: &Found| -> Found {
                it.iter()
                    .filter(|it| it.0.0 != finding.code)
                    .map(|(k, v)| (k.clone(), *v))
                    .collect()
            };
            assert_eq!(others(&after), others(&before), "{case}");
            let count = |it: &Found| -> usize {
                it.iter().filter(|it| it.0.0 == finding.code).map(|it| it.1).sum()
            };
            assert!(count(&after) < count(&before), "{case}");
            assert!(scope != Scope::Report || count(&after) == 0, "{case}");
            let feeds = ignored.matches('\n').count();
            assert!(end == "\n" || ignored.matches("\r\n").count() == feeds, "{case}");
        }
    }
}

#[test]
fn what_is_silenced_next_joins_a_comment_of_the_same_scope() {
    let text = damaged(Dialect::Gfm);
    for scope in SCOPES {
        let mut text = text.clone();
        for code in ["T206", "T209", "R301"] {
            let next = all(&text).into_iter().find(|it| it.code == code).unwrap();
            text = ignored(&text, &next, scope).unwrap();
        }
        let comments = text.matches("<!-- gouji-ignore").count();
        // Each cell has its own rules; the first blank cell stands in another table.
        let expected =
            if scope == Scope::Report { 1 } else { 2 + usize::from(scope == Scope::Here) };
        assert_eq!(comments, expected, "{scope:?}\n{text}");
        assert!(!codes(&text).contains(&"W603"), "{text}");
    }
}

#[test]
fn comments_that_are_not_needed_any_more_are_removed_without_a_trace() {
    for dialect in Dialect::ALL {
        let damaged = damaged(dialect);
        let right = Sample::new("2021").text(dialect);
        let mut text = right.clone();
        // Written where the slips are, in the report that has none.
        for scope in SCOPES {
            for finding in all(&damaged).iter().filter(|it| it.code == "R301" || it.code == "T209")
            {
                text = ignored(&text, finding, scope).unwrap_or(text);
            }
        }
        assert_ne!(text, right);
        assert!(codes(&text).iter().all(|it| *it == "W603"), "{text}");
        let fixed = fix_text(&text, &Config::default(), &Policy::default());
        assert_eq!(fixed.text, right);
        assert!(fixed.unsettled.is_empty());
    }
}

#[test]
fn a_comment_changes_nothing_of_what_is_read() {
    for dialect in Dialect::ALL {
        let text = damaged(dialect);
        let (doc, before) = (Document::new(&text), found(&text));
        for start in doc.starts() {
            // Between blocks; in the middle of a line only where one starts there.
            for comment in ["<!-- 注 -->\n", "<!-- | 规章 | 1 | 一、总体情况 -->"] {
                if !text[..start].ends_with('\n') && start > 0 && comment.ends_with('\n') {
                    continue;
                }
                let with = [&text[..start], comment, &text[start..]].concat();
                assert_eq!(found(&with), before, "{dialect:?}\n{with}");
            }
        }
    }
}

#[test]
fn a_comment_behind_any_line_changes_nothing_of_what_is_read() {
    for dialect in [Dialect::Gfm, Dialect::Tab] {
        let text = damaged(dialect);
        let (before, tally) = (found(&text), checked(&text).tally());
        for (at, _) in text.match_indices('\n') {
            let with = [&text[..at], " <!-- 注 -->", &text[at..]].concat();
            assert_eq!((found(&with), checked(&with).tally()), (before.clone(), tally), "{with}");
        }
    }
}

#[test]
fn a_comment_behind_a_row_silences_the_row() {
    let text = damaged(Dialect::Gfm);
    let line = text.lines().find(|it| it.contains(" 77 ")).expect("a wrong total");
    let text = text.replace(line, &format!("{line} <!-- gouji-ignore R301 -->"));
    assert_eq!(difference(&text), (vec![("R301", "77".to_owned())], Vec::new()));
}
