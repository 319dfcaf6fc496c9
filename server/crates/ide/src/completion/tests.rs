//! What is offered where, and what becomes of the text. `$0` is the cursor.

use gouji_analysis::render::{self, Contents};
use gouji_analysis::report::Date;
use gouji_analysis::schema::SCHEMAS;
use gouji_analysis::{Config, Lang, check};

use super::*;

const WANTS: Wants = Wants { snippets: false, dialect: Dialect::Gfm, year: 2023 };

/// A report with 0 in every cell but those of new requests and of what became of them.
fn report(dialect: Dialect) -> String {
    let signed = Date { year: 2024, month: 1, day: 12 };
    let contents =
        Contents {
            agency: "青禾市水务局", year: 2023, contact: "电话：0500-6000001", signed
        };
    render::report(&SCHEMAS[1], dialect, &contents, &|table, part, row, column| {
        let row = &*table.parts[part].rows[row].key;
        let number = match (&*table.id, row, column) {
            ("requests", "received" | "done" | "granted", 0) => 9,
            ("requests", "received" | "done" | "granted", 1) => 2,
            ("requests", "received" | "done" | "granted", 6) => 11,
            _ => 0,
        };
        Some(number.to_string())
    })
}

/// The text without its mark, and where that was.
#[track_caller]
fn marked(text: &str) -> (String, usize) {
    let at = text.find("$0").expect("a mark");
    (text.replace("$0", ""), at)
}

#[track_caller]
fn complete_with(text: &str, wants: Wants) -> Vec<Completion> {
    let (text, at) = marked(text);
    let doc = Document::new(&text);
    let checked = check(&doc, &Config::default(), None, &|| false).unwrap();
    let checked = Some(&checked).filter(|it| it.is_report());
    let found = completions(&doc, checked, at, wants);
    for it in &found {
        assert!(it.range.start <= at && at <= it.range.end, "{it:?}");
        assert!(!text[it.range.clone()].contains(['\n', '\r']), "{it:?}");
        let typed = &text[it.range.start..at];
        assert!(pinyin::matches(typed, &it.filter), "a client would hide {it:?} for {typed}");
    }
    found
}

#[track_caller]
fn complete(text: &str) -> Vec<Completion> {
    complete_with(text, WANTS)
}

#[track_caller]
fn labels(text: &str) -> Vec<String> {
    complete(text).into_iter().map(|it| it.label).collect()
}

/// The text after the completion that starts with `label`.
#[track_caller]
fn completed(text: &str, label: &str) -> String {
    let found = complete(text);
    let is_it = |it: &&Completion| it.label.starts_with(label);
    let it = found.iter().find(is_it).unwrap_or_else(|| panic!("no {label} in {found:?}"));
    let mut text = marked(text).0;
    text.replace_range(it.range.clone(), &it.text);
    text
}

fn codes(text: &str) -> Vec<&'static str> {
    let checked = check(&Document::new(text), &Config::default(), None, &|| false).unwrap();
    let mut codes: Vec<_> = checked.findings().iter().map(|it| it.code).collect();
    codes.dedup();
    codes
}

#[test]
fn absent_headings_are_offered_at_the_start_of_a_line_as_the_others_are_written() {
    let whole = report(Dialect::Gfm);
    let five = "## 五、存在的主要问题及改进情况\n";
    for typed in ["$0", "## $0", "#$0", "zyw$0", "## czdz$0", "五$0", "## 存在$0", "五、$0  "]
    {
        let text = whole.replacen(five, &format!("{typed}\n"), 1);
        assert_eq!(labels(&text)[..1], ["五、存在的主要问题及改进情况"], "{typed}");
        assert_eq!(completed(&text, "五、"), whole, "{typed}");
    }
    for typed in ["我局$0", "## 总体$0", "五、$0存在", "今年，五$0"] {
        let text = whole.replacen(five, &format!("{typed}\n"), 1);
        assert_eq!(labels(&text), [""; 0], "{typed}");
    }
    assert_eq!(labels(&whole.replacen(five, &format!("{five}$0\n"), 1)), [""; 0]);
}

#[test]
fn the_heading_that_comes_next_is_first() {
    let text = "# 青禾市水务局2023年政府信息公开工作年度报告\n\n## 三、收到和处理政府信息公开申请情况\n\n$0\n";
    let numbers: String = labels(text).iter().filter_map(|it| it.chars().next()).collect();
    assert_eq!(numbers, "四五六一二");
    let text = text.replace("## 三", "三").replace("# 青", "青");
    assert!(completed(&text, "四、").contains("\n四、政府信息公开行政复议"));
}

#[test]
fn a_total_is_what_its_addends_make() {
    for dialect in [Dialect::Gfm, Dialect::Pipe, Dialect::Tab, Dialect::Html] {
        let whole = report(dialect);
        let row = whole.find("一、本年新收").unwrap();
        let total = row + whole[row..].find("11").unwrap();
        for typed in ["$0", "1$0", "$01", "7$0"] {
            let mut text = whole.clone();
            text.replace_range(total..total + 2, typed);
            let found = complete(&text);
            assert_eq!(found.len(), 1, "{dialect:?} {typed} {found:?}");
            assert_eq!(found[0].label, "11");
            assert_eq!(found[0].detail.text(Lang::Zh), "= 9+2");
            let bare = |it: &str| it.replace(' ', "");
            assert_eq!(bare(&completed(&text, "11")), bare(&whole), "{dialect:?} {typed}");
        }
        // Where addends are unknown, and in a cell that is no total, there is nothing to say.
        let natural = row + whole[row..].find('9').unwrap();
        let mut text = whole.clone();
        text.replace_range(total..total + 2, "$0");
        text.replace_range(natural..=natural, " ");
        assert_eq!(labels(&text), [""; 0], "{dialect:?}");
        let mut text = whole.clone();
        text.replace_range(natural..=natural, "$0");
        assert_eq!(labels(&text), [""; 0], "{dialect:?}");
    }
}

#[test]
fn a_total_keeps_the_width_of_its_column() {
    let whole = report(Dialect::Gfm);
    let row = whole.lines().find(|it| it.starts_with("| 一、本年新收")).unwrap();
    let at = row.rfind("11").unwrap();
    let blank = [&row[..at], "$0  ", &row[at + 2..]].concat();
    assert_eq!(completed(&whole.replace(row, &blank), "11"), whole);
}

#[test]
fn labels_of_absent_rows_and_columns_are_offered_in_their_cells() {
    let whole = report(Dialect::Gfm);
    let row = whole.lines().find(|it| it.contains("2.重复申请")).unwrap();
    for typed in ["$0", "cfsq$0", "重复$0", "2.$0"] {
        let start = row.find("2.重复申请").unwrap();
        let begun = [&row[..start], typed, &row[start + "2.重复申请".len()..]].concat();
        let text = whole.replace(row, &begun);
        assert_eq!(labels(&text), ["2.重复申请"], "{typed}");
        let completed = completed(&text, "2.重");
        let bare = |it: &str| it.replace(' ', "");
        assert_eq!(bare(&completed), bare(&whole), "{typed}");
    }
    let text = whole.replacen("| 本年废止件数", "| $0", 1);
    assert_eq!(labels(&text), ["本年废止件数"]);
    // Nothing is absent; merged cells are blank on purpose.
    let text = whole.replacen(row, &row.replacen("|  ", "| $0 ", 1), 1);
    assert_eq!(labels(&text), [""; 0]);
}

#[test]
fn sentences_on_the_tables_are_offered_in_their_sections() {
    let whole = report(Dialect::Gfm);
    let overview = "及时发布本机关的文件、办事指南和工作动态。";
    let with = |typed: &str| whole.replace(overview, &format!("{overview}\n\n{typed}"));
    let sentence = "共收到政府信息公开申请11件，其中自然人9件、法人或其他组织2件。";
    for typed in ["$0", "gsd$0", "共收到$0", "共$0"] {
        let text = with(typed);
        assert_eq!(labels(&text)[0], sentence, "{typed}");
        let after = completed(&text, "共收到");
        assert!(after.contains(&format!("\n2023年，{sentence}\n")), "{after}");
        assert_eq!(codes(&after), codes(&whole));
    }
    // The year is there, or the sentence goes on.
    for (typed, before) in [
        ("2023年，$0", "2023年，"),
        ("2023年，gsd$0", "2023年，"),
        ("2023年，我局共收到$0", "2023年，我局"),
        ("情况如下。sdsq$0", "情况如下。"),
    ] {
        let after = completed(&with(typed), "共收到");
        assert!(after.contains(&format!("\n{before}{sentence}\n")), "{after}");
    }
    for typed in ["我局加强学习$0", "vv$0", "我局$0加强学习", "$0，加强学习"] {
        assert_eq!(labels(&with(typed)), [""; 0], "{typed}");
    }
    // What was said is not offered again, nor what another section is about.
    let said = with(&format!("{sentence}\n\n$0"));
    assert!(!labels(&said).contains(&sentence.to_owned()));
    let other = whole.replace("事项。\n", "事项。\n\n$0\n");
    assert_eq!(labels(&other), [""; 0]);
    let four = whole.replacen("诉讼情况\n", "诉讼情况\n\n$0\n", 1);
    assert!(labels(&four).iter().all(|it| it.contains("复议")), "{:?}", labels(&four));
}

#[test]
fn a_nearly_empty_document_becomes_a_blank_report() {
    for (typed, count) in [
        ("$0", 1),
        ("\n\n$0\n", 1),
        ("nb$0", 1),
        ("年报$0", 1),
        ("zfxxgk$0\n", 1),
        ("z$0", 0),
        ("test$0", 0),
        ("nb$0 后文", 0),
        ("前文\n\nnb$0", 0),
    ] {
        assert_eq!(complete(typed).len(), count, "{typed:?}");
    }
    let text = completed("nb$0", "政府信息公开");
    assert!(text.starts_with("# 【机关名称】2023年政府信息公开工作年度报告\n"), "{text}");
    let it = complete_with("$0", Wants { snippets: true, ..WANTS }).remove(0);
    assert!(it.is_snippet && it.text.starts_with("# ${1:机关名称}${2:2023}年"), "{}", it.text);
    // Nothing else in it means anything in a snippet.
    let plain =
        ["${1:机关名称}", "${2:2023}", "$0"].iter().fold(it.text, |it, mark| it.replace(mark, ""));
    assert!(!plain.contains(['$', '}', '\\']), "{plain}");
    let old = complete_with("$0", Wants { year: 2020, ..WANTS }).remove(0);
    assert!(old.text.contains("〔2019〕60号"));
}

#[test]
fn ordinary_texts_get_nothing() {
    let text = "# 备忘\n\n买菜。\n\n| 甲 | 乙 |\n|---|---|\n| 1 |  |\n\n";
    for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
        let marked = [&text[..at], "$0", &text[at..]].concat();
        assert_eq!(labels(&marked), [""; 0], "{marked}");
    }
}

#[test]
fn every_place_of_a_report_can_be_asked_for() {
    for dialect in Dialect::ALL {
        // With something absent of each sort.
        let text = report(dialect).replace("五、存在的主要问题及改进情况", "").replace("11", "");
        let doc = Document::new(&text);
        let checked = check(&doc, &Config::default(), None, &|| false).unwrap();
        for at in (0..=text.len()).filter(|it| text.is_char_boundary(*it)) {
            for it in completions(&doc, Some(&checked), at, WANTS) {
                assert!(it.range.start <= at && at <= it.range.end, "{dialect:?} {it:?}");
                assert!(!text[it.range.clone()].contains(['\n', '\r']), "{dialect:?} {it:?}");
                let typed = &text[it.range.start..at];
                assert!(pinyin::matches(typed, &it.filter), "{dialect:?} {it:?}");
            }
        }
        assert!(completions(&doc, Some(&checked), text.len() + 9, WANTS).len() < 20);
    }
}
