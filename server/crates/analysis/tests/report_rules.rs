//! Each rule on the form and the sentences of a report catches its planted error in every
//! dialect, and the report's right twin is silent.

mod support;

use gouji_analysis::{Config, Finding, Severity};
use support::{Dialect, Sample, findings_with};

/// Codes of errors and warnings by any rule.
fn wrong(text: &str) -> Vec<&'static str> {
    let severe = |it: &Finding| it.severity >= Severity::Warning;
    let findings = findings_with(text, &Config::default());
    findings.iter().filter(|it| severe(it)).map(|it| it.code).collect()
}

/// The line, or HTML paragraph, that holds `part`, with its line break.
fn line<'a>(text: &'a str, part: &str) -> &'a str {
    let holds = |it: &&str| it.contains(part);
    text.split_inclusive('\n').find(holds).unwrap_or_else(|| panic!("no {part} in\n{text}"))
}

/// From the line that holds `from` to the line before that which holds `to`.
fn stretch<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let start = text.find(line(text, from)).unwrap_or_default();
    let end = start + text[start..].find(line(&text[start..], to)).unwrap_or_default();
    &text[start..end]
}

/// Holds the codes that a spoilt report gives in each dialect.
#[track_caller]
fn caught(spoil: impl Fn(&str) -> String, expected: &[&str]) {
    for dialect in Dialect::ALL {
        let right = Sample::new("2021").text(dialect);
        let spoilt = spoil(&right);
        assert_ne!(spoilt, right, "{dialect:?}: nothing was planted");
        assert_eq!(wrong(&spoilt), expected, "{dialect:?}\n{spoilt}");
    }
}

/// Replaces a sentence of section 一.
#[track_caller]
fn said(sentence: &str, expected: &[&str]) {
    let usual = "及时发布本机关的文件、办事指南和工作动态。";
    caught(|text| text.replace(usual, sentence), expected);
}

#[test]
fn the_right_report_is_silent_in_every_dialect() {
    for dialect in Dialect::ALL {
        for form in ["2019", "2021"] {
            let text = Sample::new(form).text(dialect);
            assert_eq!(wrong(&text), Vec::<&str>::new(), "{form} {dialect:?}\n{text}");
        }
    }
}

/// The right report of a dialect, as it also comes.
type Variant = (&'static str, fn(&str) -> String);

const VARIANTS: [Variant; 6] = [
    ("CRLF", |text| text.replace('\n', "\r\n")),
    ("a byte order mark", |text| format!("\u{feff}{text}")),
    ("double-spaced", |text| text.replace('\n', "\n\n")),
    ("a form feed in a table", |text| text.replace("（四）无法提供", "\u{c}（四）无法提供")),
    ("a note below a table", |text| {
        let note = "注：本表由各科室报送，经办公室汇总。\n\n四、政府信息公开行政复议";
        text.replace("四、政府信息公开行政复议", note)
    }),
    ("full-width numbering", |text| text.replace("1.", "１．").replace("2.", "２．")),
];

#[test]
fn other_ways_to_write_the_right_report_are_silent() {
    for (dialect, (name, vary)) in Dialect::ALL.iter().flat_map(|d| VARIANTS.map(|v| (d, v))) {
        let text = vary(&Sample::new("2021").text(*dialect));
        assert_eq!(wrong(&text), Vec::<&str>::new(), "{dialect:?} {name}\n{text}");
    }
}

#[test]
fn a_saved_web_page_is_silent() {
    let body = Sample::new("2021").text(Dialect::Html);
    let head = "<!DOCTYPE html>\n<html><head><title>青禾市水务局</title><style>.a|p {margin:0}</style>\n\
                <script>if (a < 3 || b) { write('<table>'); }</script></head><body>\
                <div><a href=\"/\">首页</a> | <a>政务公开</a> | 字号：大 | 中 | 小</div>\n";
    let links = "<li><a href=\"x\">青禾市某局文件公布</a></li>\n".repeat(20);
    let foot = "<div>主办：青禾市人民政府办公室 | 备案号：000</div><div>2025-01-20 访问量 12</div></body></html>";
    let page = format!("{head}{body}{links}{foot}");
    for page in [page.replace('\n', ""), page] {
        assert_eq!(wrong(&page), Vec::<&str>::new(), "{page}");
    }
}

#[test]
fn s101_a_title_that_is_missing() {
    caught(|text| text.replacen(line(text, "年政府信息公开工作年度报告"), "", 1), &["S101"]);
}

#[test]
fn s102_a_section_that_is_missing() {
    caught(|text| text.replace(stretch(text, "五、存在的", "六、其他需要"), ""), &["S102"]);
}

#[test]
fn s103_a_section_that_stands_twice() {
    let again = |text: &str| {
        let section = stretch(text, "五、存在的", "六、其他需要");
        text.replace(section, &section.repeat(2))
    };
    caught(again, &["S103"]);
}

#[test]
fn s104_sections_out_of_order() {
    let swapped = |text: &str| {
        let five = stretch(text, "五、存在的", "六、其他需要");
        let six = stretch(text, "六、其他需要", "青禾市水务局\u{0}");
        text.replace(&format!("{five}{six}"), &format!("{six}{five}"))
    };
    // The signature's line is no heading: mark it for the search, then take the mark away.
    let spoil = |text: &str| {
        let at = text.rfind("青禾市水务局").unwrap_or_default();
        let marked =
            format!("{}青禾市水务局\u{0}{}", &text[..at], &text[at + "青禾市水务局".len()..]);
        swapped(&marked).replace('\u{0}', "")
    };
    caught(spoil, &["S104"]);
}

#[test]
fn s105_a_heading_in_other_words() {
    caught(
        |text| text.replace("五、存在的主要问题及改进情况", "五、存在问题及改进情况"),
        &["S105"],
    );
    caught(|text| text.replace("四、政府信息公开行政复议", "五、政府信息公开行政复议"), &["S105"]);
}

#[test]
fn s106_a_section_without_content() {
    let emptied = |text: &str| {
        let heading = line(text, "五、存在的").to_owned();
        text.replace(stretch(text, "五、存在的", "六、其他需要"), &heading)
    };
    caught(emptied, &["S106"]);
}

#[test]
fn s107_a_table_that_is_missing() {
    let told = |text: &str| {
        let section = stretch(text, "四、政府信息公开", "五、存在的");
        let heading = line(section, "四、政府信息公开");
        text.replace(section, &format!("{heading}本年度未发生行政复议、行政诉讼。\n\n"))
    };
    caught(told, &["S107"]);
}

#[test]
fn s110_a_signature_that_is_missing() {
    let unsigned = |text: &str| {
        let date = line(text, "2025年1月18日");
        let agency = text.rfind("青禾市水务局").unwrap_or_default();
        let start = text[..agency].rfind('\n').map_or(0, |it| it + 1);
        let end = text.find(date).unwrap_or_default() + date.len();
        format!("{}{}", &text[..start], &text[end..])
    };
    caught(unsigned, &["S110"]);
}

#[test]
fn s112_tables_of_the_form_that_was_replaced() {
    for dialect in Dialect::ALL {
        let mut sample = Sample::new("2019");
        sample.year = 2024;
        let found = wrong(&sample.text(dialect));
        assert!(!found.is_empty() && found.iter().all(|it| *it == "S112"), "{dialect:?} {found:?}");
    }
}

#[test]
fn n401_items_that_do_not_add_up() {
    said(
        "全年主动公开政府信息30条，其中：机构职能类信息12条，规划计划类信息8条，其他类信息11条。",
        &["N401"],
    );
    said(
        "全年主动公开政府信息31条，其中：机构职能类信息12条，规划计划类信息8条，其他类信息11条。",
        &[],
    );
}

#[test]
fn n402_a_share_that_is_wrong() {
    let sentence = |share: &str| {
        format!(
            "全年主动公开政府信息40条，其中：机构职能类信息10条，占比25.00%；规划计划类信息14条，\
             占比{share}；其他类信息16条，占比40.00%。"
        )
    };
    said(&sentence("35.60%"), &["N402"]);
    said(&sentence("35.00%"), &[]);
}

#[test]
fn n405_a_number_that_the_table_contradicts() {
    said("2024年，本机关共收到政府信息公开申请16件。", &["N405"]);
    said("2024年，本机关未收到政府信息公开申请。", &["N405"]);
    said("2024年，本机关共收到政府信息公开申请15件。", &[]);
}

#[test]
fn d501_years_that_disagree() {
    let stale = |text: &str| {
        text.replace("2024年1月1日起至2024年12月31日", "2023年1月1日起至2023年12月31日")
    };
    caught(stale, &["D501"]);
}
